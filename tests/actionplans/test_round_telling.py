"""What rounds tell elsewhere: a task on the start page, a proposal for a letter."""

from __future__ import annotations

from datetime import date

import pytest

from actionplans.boards import tasks_of
from actionplans.material import proposal
from actionplans.models import Evaluation, EvaluationRound
from actionplans.services import rounds
from mvi_portal.accounts.models import Role, User
from mvi_portal.core import prose
from mvi_portal.core.figures import registry
from tests.factories.actionplans import EvaluationFactory, EvaluationRoundFactory, PlanVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 31)


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@voorbeeld.example", name="Anna", role=Role.EVALUATOR)


def test_an_evaluator_is_asked_for_what_is_to_be_handed_in(anna: User) -> None:
    made: EvaluationRound = EvaluationRoundFactory(name="Ronde 1", due_on=date(2025, 3, 1))
    plans = [PlanVersionFactory().plan for _ in range(3)]
    rounds.choose(round_=made, plans=plans, because="x", by=anna)
    assert tasks_of(anna, ON) == []
    mine = Evaluation.objects.filter(plan__in=plans[:2])
    mine.update(evaluator=anna)
    (task,) = tasks_of(anna, ON)
    assert (task.title, task.due) == ("Actieplannen beoordelen: Ronde 1", date(2025, 3, 1))
    assert task.detail == "Van mij: 2 van 3, nog 2 in te dienen"
    assert task.href == f"/evaluaties/rondes/{made.slug}/bord/?van=mij"
    mine.update(started_on=ON, submitted_on=ON)
    assert tasks_of(anna, ON) == []
    mine.update(submitted_on=None)
    rounds.close(round_=made, on=ON, despite_unfinished=True, by=anna)
    assert tasks_of(anna, ON) == []


def test_a_letter_gets_sentences_with_figures_that_exist() -> None:
    first, _ = proposal(ON, None), PlanVersionFactory(received_on=date(2024, 1, 1))
    assert "Er zijn" in first[0].html
    (state,) = proposal(ON, None)
    assert state.line == "C"
    assert "Er is <mvi-figure" in state.html
    assert "Er is geen actieplan waarvan de termijn is verstreken." in state.html
    figures = [node for node in prose.nodes(state.html) if isinstance(node, prose.FigureNode)]
    assert figures
    assert all(node.key in registry for node in figures)


def test_a_round_that_was_closed_since_brings_its_findings() -> None:
    made = EvaluationRoundFactory(
        name="Ronde <1>", closed_on=date(2024, 7, 1), findings="<p>Meer geld is nodig.</p>"
    )
    judged = EvaluationFactory.published(round=made, rubric=made.rubric)
    EvaluationFactory.published(round=made, rubric=made.rubric, published_on=date(2024, 7, 2))
    EvaluationFactory.published(
        round=made, rubric=made.rubric, version=judged.version, number=2, correction_reason="Fout."
    )
    own, known = (str(prose.FigureNode(key)) for key in ("ronde.gekozen", "actieplannen.ontvangen"))
    EvaluationRoundFactory(
        closed_on=date(2024, 8, 1), findings=f"<p>Gekozen: {own}. Ontvangen: {known}. Er is meer nodig.</p>"
    )
    _state, first, second = proposal(ON, date(2024, 6, 30))  # what came after the closing does not count
    assert "De ronde “Ronde &lt;1&gt;” is op 1 juli 2024 afgesloten, met 1 actieplan." in first.html
    assert "Meer geld is nodig." in first.html
    assert f"<p>Gekozen: 0. Ontvangen: {known}. Er is meer nodig.</p>" in second.html
    assert len(proposal(ON, date(2024, 8, 1))) == 1
