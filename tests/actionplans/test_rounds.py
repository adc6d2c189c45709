"""A round of evaluations, from choosing plans to closing it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans import boards, livefigures
from actionplans.models import Evaluation, EvaluationRound
from actionplans.services import rounds
from actionplans.services.rounds import Assignment
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.dates import PartialDate
from mvi_portal.history.reading import changes_of
from tests.factories.actionplans import (
    ActionPlanFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanVersionFactory,
    RubricFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def pair() -> list[User]:
    return [user("Anna"), user("Bram")]


@pytest.fixture
def anna(pair: list[User]) -> User:
    return pair[0]


def user(name: str, role: Role = Role.EVALUATOR) -> User:
    return User.objects.create_user(f"{name.lower()}@voorbeeld.example", name=name, role=role)


def plans(count: int) -> list[Any]:
    return [PlanVersionFactory().plan for _ in range(count)]


def filled(count: int, by: User) -> EvaluationRound:
    made: EvaluationRound = EvaluationRoundFactory(due_on=date(2024, 5, 31))
    rounds.choose(round_=made, plans=plans(count), because="ontvangen", by=by)
    return made


def opened(by: User, name: str = "Evaluatie mei 2026") -> EvaluationRound:
    return rounds.open_round(
        name=name,
        rubric=RubricFactory.published(),
        starts_on=PartialDate.month(2026, 5),
        due_on=date(2026, 6, 30),
        source="",
        by=by,
    )


def test_a_new_round_gets_an_address_of_its_name(anna: User) -> None:
    assert opened(anna).slug == "evaluatie-mei-2026"
    assert opened(anna, "Evaluatie, mei 2026!").slug == "evaluatie-mei-2026-2"
    assert opened(anna, "Nieuw").slug == "nieuw-2"
    with pytest.raises(ValidationError, match="al een ronde met deze naam"):
        opened(anna, "nieuw")


def test_a_round_asks_for_a_published_rubric(anna: User) -> None:
    made = opened(anna)
    fields: dict[str, Any] = {"name": "X", "starts_on": None, "due_on": None, "source": "", "by": anna}
    with pytest.raises(ValidationError, match="gepubliceerd beoordelingskader"):
        rounds.open_round(rubric=RubricFactory(), **fields)
    other = RubricFactory.published()
    rounds.change_round(round_=made, rubric=other, **fields)
    made.refresh_from_db()
    assert (made.name, made.rubric) == ("X", other)
    rounds.choose(round_=made, plans=plans(1), because="x", by=anna)
    with pytest.raises(ValidationError, match="ligt daarmee vast"):
        rounds.change_round(round_=made, rubric=RubricFactory.published(), **fields)


def test_plans_come_in_once_in_the_version_of_today(anna: User) -> None:
    made = EvaluationRoundFactory(due_on=date(2026, 6, 30))
    plan = PlanVersionFactory().plan
    last = PlanVersionFactory(plan=plan, received_on=date(2024, 3, 1))
    unreceived = ActionPlanFactory()
    chosen = rounds.choose(round_=made, plans=[plan, unreceived], because="de eerste", by=anna)
    (evaluation,) = chosen.evaluations
    assert evaluation.version == last
    assert (evaluation.chosen_because, evaluation.due_on) == ("de eerste", date(2026, 6, 30))
    assert [why for _, why in chosen.left] == ["er is nog geen versie van ontvangen"]
    again = rounds.choose(round_=made, plans=[plan], because="nog eens", by=anna)
    assert [why for _, why in again.left] == ["staat al in deze ronde"]
    assert Evaluation.objects.count() == 1


def test_plans_are_dealt_out_evenly_over_what_each_has(pair: list[User]) -> None:
    made = filled(7, pair[0])
    first = boards.evaluations(made)[0]
    rounds.assign(round_=made, wanted={first.pk: Assignment(pair[1], None)}, by=pair[0])
    given = rounds.deal_out(round_=made, evaluators=pair, by=pair[0])
    assert given == Counter({pair[0]: 4, pair[1]: 2}) or given == Counter({pair[0]: 3, pair[1]: 3})
    rows = list(boards.evaluations(made))
    assert sorted(boards.share(rows, one).mine for one in pair) == [3, 4]
    assert not rounds.deal_out(round_=made, evaluators=pair, by=pair[0])
    with pytest.raises(ValidationError, match="geen actief account"):
        rounds.deal_out(round_=made, evaluators=[], by=pair[0])


def test_who_evaluates_can_be_changed_by_hand_until_it_is_handed_in(pair: list[User]) -> None:
    made = filled(2, pair[0])
    one, two = boards.evaluations(made)
    wanted = {
        one.pk: Assignment(pair[0], date(2024, 6, 1)),
        two.pk: Assignment(None, two.due_on),
    }
    assert rounds.assign(round_=made, wanted=wanted, by=pair[0]) == 1
    assert rounds.assign(round_=made, wanted=wanted, by=pair[0]) == 0
    Evaluation.objects.filter(pk=one.pk).update(started_on=date(2024, 5, 1), submitted_on=date(2024, 5, 2))
    with pytest.raises(ValidationError, match="al ingediend"):
        rounds.assign(round_=made, wanted={one.pk: Assignment(pair[1], None)}, by=pair[0])


def test_a_plan_goes_out_only_before_the_work_began(anna: User) -> None:
    made = filled(2, anna)
    one, two = boards.evaluations(made)
    rounds.drop(evaluation=one, by=anna)
    two.started_on = date(2024, 5, 1)
    two.save()
    with pytest.raises(ValidationError, match="al begonnen"):
        rounds.drop(evaluation=two, by=anna)
    assert Evaluation.objects.get() == two


def test_closing_names_what_is_unfinished_and_can_be_undone(anna: User) -> None:
    made = filled(2, anna)
    with pytest.raises(ValidationError, match="nog 2 evaluaties niet gepubliceerd"):
        rounds.close(round_=made, on=TODAY, despite_unfinished=False, by=anna)
    rounds.close(round_=made, on=TODAY, despite_unfinished=True, by=anna)
    for verb in (
        lambda: rounds.choose(round_=made, plans=[], because="x", by=anna),
        lambda: rounds.deal_out(round_=made, evaluators=[anna], by=anna),
        lambda: rounds.close(round_=made, on=TODAY, despite_unfinished=True, by=anna),
    ):
        with pytest.raises(ValidationError, match="afgesloten"):
            verb()
    rounds.reopen(round_=made, by=anna, why="te vroeg")
    rounds.reopen(round_=made, by=anna, why="nog eens")
    made.refresh_from_db()
    assert made.closed_on is None
    told = [(change.action, change.why, change.user) for change in changes_of(made)]
    assert told[0] == ("round.reopened", "te vroeg", anna.pk)
    assert [action for action, *_ in told[:2]] == ["round.reopened", "round.closed"]


def test_findings_say_figures_of_the_round_and_of_the_register(anna: User) -> None:
    made = filled(3, anna)
    text = (
        '<p>Van de <mvi-figure data-key="actieplannen.ontvangen"></mvi-figure> plannen zijn er '
        '<mvi-figure data-key="ronde.gekozen" data-form="words"></mvi-figure> gekozen.</p>'
    )
    rounds.write_findings(round_=made, text=text, by=anna)
    rounds.write_findings(round_=made, text=text, by=anna)
    made.refresh_from_db()
    assert len(changes_of(made)) == 2
    assert "Van de 3 plannen zijn er drie gekozen." in livefigures.shown(made)
    assert not livefigures.problems(made)
    rounds.write_findings(round_=made, text='<p><mvi-figure data-key="x.y"></mvi-figure></p>', by=anna)
    made.refresh_from_db()
    assert livefigures.problems(made) == ["In 'de bevindingen': Het cijfer 'x.y' bestaat niet."]
    assert "[x.y: getal]" in livefigures.shown(made)


@pytest.mark.parametrize(
    ("dates", "evaluated", "told"),
    [
        ({}, False, "een beoordelaar"),
        ({}, True, "het begin van de beoordeling"),
        ({"started_on": date(2024, 5, 1)}, True, "de beoordelaar, al 30 dagen"),
        ({"submitted_on": date(2024, 5, 30)}, True, "feitencheck of publicatie, al 1 dag"),
        ({"check_sent_on": date(2024, 5, 31)}, True, "een reactie"),
        (
            {"check_sent_on": date(2024, 5, 29), "check_until": date(2024, 6, 12)},
            True,
            "een reactie, tot en met 12 juni 2024, al 2 dagen",
        ),
        (
            {"check_sent_on": date(2024, 5, 1), "reacted_on": date(2024, 5, 11)},
            True,
            "publicatie, al 20 dagen",
        ),
        ({"published_on": date(2024, 5, 31), "evaluated_on": date(2024, 5, 1)}, True, ""),
    ],
)
def test_the_board_tells_for_what_a_plan_waits(
    dates: dict[str, date], evaluated: bool, told: str, anna: User
) -> None:
    evaluation = Evaluation(evaluator=anna if evaluated else None, **dates)
    assert boards.waiting(evaluation, date(2024, 5, 31)) == told


def test_what_is_past_its_date_and_not_handed_in_is_late(anna: User) -> None:
    evaluation = Evaluation(evaluator=anna, due_on=date(2024, 5, 31))
    assert not boards.is_late(evaluation, date(2024, 5, 31))
    assert boards.is_late(evaluation, date(2024, 6, 1))
    evaluation.submitted_on = date(2024, 6, 2)
    assert not boards.is_late(evaluation, date(2024, 6, 3))


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    made = EvaluationRoundFactory()
    version = PlanVersionFactory()
    first, second = (
        EvaluationFactory.published(
            version=version,
            round=made,
            rubric=made.rubric,
            number=number,
            correction_reason="fout in score" if number > 1 else "",
            published_on=date(2024, 6, number),
        )
        for number in (1, 2)
    )
    assert list(Evaluation.objects.current(on=date(2024, 6, 1))) == [first]
    assert list(Evaluation.objects.current(on=date(2024, 6, 2))) == [second]
    assert [item.number for item in boards.evaluations(made)] == [2]
