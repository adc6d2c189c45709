"""Evaluations and scores: within the scale, of the right rubric, and frozen once published."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from actionplans.models import Evaluation, EvaluationRound, EvaluationState, Score
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories.actionplans import (
    ActionPlanFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanVersionFactory,
    RubricFactory,
    ScoreFactory,
)

pytestmark = pytest.mark.django_db

FROZEN = "Een gepubliceerde evaluatie verandert niet meer. Maak een correctie."
SCORES_FROZEN = "De scores van een gepubliceerde evaluatie veranderen niet meer. Maak een correctie."
UPLOADED = datetime(2024, 6, 1, 9, tzinfo=UTC)


def criterion(evaluation: Evaluation, code: str) -> Any:
    return evaluation.rubric.criteria.get(code=code)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, EvaluationState.CHOSEN),
        ({"started_on": 1}, EvaluationState.DRAFT),
        ({"started_on": 1, "submitted_on": 2}, EvaluationState.SUBMITTED),
        ({"started_on": 1, "submitted_on": 2, "check_sent_on": 3}, EvaluationState.CHECK),
        ({"started_on": 1, "evaluated_on": 4, "published_on": 5}, EvaluationState.PUBLISHED),
    ],
)
def test_the_state_follows_from_the_dates(dates: dict[str, int], state: EvaluationState) -> None:
    evaluation = EvaluationFactory(**{name: date(2024, 5, day) for name, day in dates.items()})
    assert evaluation.state == state


def test_only_what_is_published_counts_as_evaluated() -> None:
    EvaluationFactory(evaluated_on=date(2024, 5, 1))
    published = EvaluationFactory.published(evaluated_on=PartialDate.month(2024, 5))
    assert not Evaluation.objects.evaluated(on=date(2024, 5, 30))
    assert list(Evaluation.objects.evaluated(on=date(2024, 5, 31))) == [published]


def test_an_evaluation_of_may_is_published_in_may() -> None:
    EvaluationFactory.published(evaluated_on=PartialDate.month(2024, 5), published_on=date(2024, 5, 20))


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("evaluation_published_has_date", {"published_on": date(2024, 6, 1)}),
        (
            "evaluation_published_after_evaluated",
            {"evaluated_on": date(2024, 5, 2), "published_on": date(2024, 5, 1)},
        ),
        ("evaluation_correction_has_reason", {"number": 2}),
        ("evaluation_correction_has_reason", {"correction_reason": "Verkeerde bladzijde gelezen."}),
        ("evaluation_correction_has_reason", {"number": 0, "correction_reason": "Nul bestaat niet."}),
        (
            "evaluation_submitted_on_after_started_on",
            {"started_on": date(2024, 5, 2), "submitted_on": date(2024, 5, 1)},
        ),
        (
            "evaluation_check_sent_on_after_submitted_on",
            {"submitted_on": date(2024, 5, 2), "check_sent_on": date(2024, 5, 1)},
        ),
        (
            "evaluation_check_until_after_check_sent_on",
            {"check_sent_on": date(2024, 5, 2), "check_until": date(2024, 5, 1)},
        ),
        (
            "evaluation_reacted_on_after_check_sent_on",
            {"check_sent_on": date(2024, 5, 2), "reacted_on": date(2024, 5, 1)},
        ),
        ("evaluation_file_has_fingerprint", {"file": "evaluatie.pdf", "uploaded_at": UPLOADED}),
        ("evaluation_sha256_form", {"sha256": "kort"}),
        ("evaluation_pages_positive", {"pages": 0}),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        EvaluationFactory(**fields)


@pytest.mark.parametrize("in_round", [True, False])
def test_a_version_of_an_evaluation_exists_once_in_a_round(in_round: bool) -> None:
    round_ = EvaluationRoundFactory() if in_round else None
    first = EvaluationFactory(round=round_, **({"rubric": round_.rubric} if round_ else {}))
    again = {"version": first.version, "round": round_, "rubric": first.rubric}
    with refused("evaluation_number_once"):
        EvaluationFactory(**again)
    EvaluationFactory(**again, number=2, correction_reason="Verkeerde bladzijde gelezen.")


def test_somebody_else_publishes() -> None:
    author = User.objects.create_user("beoordelaar@example.nl")
    other = User.objects.create_user("collega@example.nl")
    EvaluationFactory.published(evaluator=author, published_by=other)
    with refused("evaluation_published_by_another"):
        EvaluationFactory.published(evaluator=author, published_by=author)
    with refused("evaluation_publisher_has_date"):
        EvaluationFactory(published_by=other)


@pytest.mark.parametrize("published", [False, True])
def test_nothing_is_submitted_or_published_without_an_evaluator(published: bool) -> None:
    with refused("evaluation_submitted_has_evaluator", "evaluation_submitted_has_evaluator"):
        if published:
            EvaluationFactory.published(published_by=User.objects.create_user("collega@example.nl"))
        else:
            EvaluationFactory(submitted_on=date(2024, 5, 2), evaluator=None)


def test_a_draft_rubric_is_not_evaluated_with() -> None:
    with refused("evaluation_rubric_published", "Evalueer met een gepubliceerd beoordelingskader."):
        EvaluationFactory(rubric=RubricFactory())


def test_an_evaluation_uses_the_rubric_of_its_round() -> None:
    with refused("evaluation_rubric_of_round", "Deze ronde heeft een ander beoordelingskader."):
        EvaluationFactory(round=EvaluationRoundFactory())


def test_a_round_keeps_its_rubric_once_it_has_evaluations() -> None:
    round_, other = EvaluationRoundFactory(), RubricFactory.published()
    EvaluationRound.objects.update(rubric=other)
    EvaluationFactory(round=round_, rubric=other)
    with refused("evaluationround_rubric_kept"):
        EvaluationRound.objects.update(rubric=round_.rubric)


def test_an_evaluation_is_of_a_version_of_its_plan() -> None:
    with refused("evaluation_version_of_plan", "Deze versie hoort bij een ander actieplan."):
        EvaluationFactory(plan=ActionPlanFactory())


def test_an_evaluation_does_not_come_before_the_plan() -> None:
    version = PlanVersionFactory(received_on=date(2024, 5, 2))
    EvaluationFactory(version=version, evaluated_on=date(2024, 5, 2))
    with refused("evaluation_after_receipt", "De evaluatie ligt vóór de ontvangst van het actieplan."):
        EvaluationFactory(version=version, evaluated_on=date(2024, 5, 1))


def test_an_evaluation_with_scores_keeps_its_rubric() -> None:
    evaluation, other = EvaluationFactory(), RubricFactory.published()
    Evaluation.objects.update(rubric=other)
    evaluation.refresh_from_db()
    ScoreFactory(evaluation=evaluation)
    with refused("evaluation_rubric_kept"):
        Evaluation.objects.update(rubric=RubricFactory.published())


@pytest.mark.parametrize(
    ("code", "value"),
    [("five-step", 1), ("five-step", 5), ("yes-no", 0), ("yes-no", 1), ("points", 0), ("points", 10)],
)
def test_a_score_on_the_scale_is_kept(code: str, value: int) -> None:
    evaluation = EvaluationFactory()
    score = ScoreFactory(evaluation=evaluation, criterion=criterion(evaluation, code), value=value)
    score.full_clean()


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("five-step", 0),
        ("five-step", 6),
        ("yes-no", 2),
        ("yes-no", -1),
        ("points", -1),
        ("points", 11),
        ("text", 1),
    ],
)
def test_a_score_off_the_scale_is_refused(code: str, value: int) -> None:
    evaluation = EvaluationFactory()
    score = ScoreFactory.build(evaluation=evaluation, criterion=criterion(evaluation, code), value=value)
    with pytest.raises(ValidationError, match="buiten de schaal"):
        score.full_clean()
    with refused("score_within_scale", "Deze score valt buiten de schaal van het criterium."):
        Score.objects.bulk_create([score])


def test_a_score_does_not_move_off_the_scale() -> None:
    score = ScoreFactory(value=5)
    with refused("score_within_scale"):
        Score.objects.filter(pk=score.pk).update(value=6)


@pytest.mark.parametrize("code", ["five-step", "yes-no", "points", "text"])
def test_no_judgement_yet_is_kept_with_its_remark(code: str) -> None:
    evaluation = EvaluationFactory()
    score = ScoreFactory(
        evaluation=evaluation, criterion=criterion(evaluation, code), value=None, remark="Staat er niet."
    )
    score.full_clean()
    assert str(score) == "De acties zijn concreet: "


def test_a_criterion_is_scored_once() -> None:
    score = ScoreFactory()
    with refused("score_once"):
        ScoreFactory(evaluation=score.evaluation)


def test_a_criterion_of_another_rubric_is_not_scored() -> None:
    foreign = RubricFactory.published().criteria.get(code="five-step")
    with refused("score_criterion_of_rubric", "Dit criterium hoort bij een ander beoordelingskader."):
        ScoreFactory(criterion=foreign)


def published_with_score() -> Score:
    score: Score = ScoreFactory()
    Evaluation.objects.update(evaluated_on=date(2024, 5, 1), published_on=date(2024, 6, 1))
    return score


def test_a_published_evaluation_never_changes() -> None:
    evaluation = EvaluationFactory.published()
    evaluation.save()
    with refused("evaluation_frozen", FROZEN):
        Evaluation.objects.update(remark="Toch anders")
    with refused("evaluation_frozen", FROZEN):
        Evaluation.objects.update(published_on=None)
    with refused("evaluation_frozen", FROZEN):
        evaluation.delete()


def test_the_scores_of_a_published_evaluation_never_change() -> None:
    score = published_with_score()
    score.save()
    with refused("score_frozen", SCORES_FROZEN):
        Score.objects.update(value=4)
    with refused("score_frozen", SCORES_FROZEN):
        score.delete()
    with refused("score_frozen", SCORES_FROZEN):
        ScoreFactory(evaluation=score.evaluation, criterion=criterion(score.evaluation, "yes-no"), value=1)


def test_a_score_does_not_move_into_a_published_evaluation() -> None:
    published = published_with_score().evaluation
    draft = ScoreFactory(evaluation=EvaluationFactory(rubric=published.rubric))
    other = criterion(published, "points")
    with refused("score_frozen"):
        Score.objects.filter(pk=draft.pk).update(evaluation=published, criterion=other)


def test_one_score_that_cannot_be_keeps_out_all_that_are_written_with_it() -> None:
    published, draft = published_with_score(), ScoreFactory()
    published.remark, draft.remark = "Toch anders", "Mag"
    with refused("score_frozen", SCORES_FROZEN):
        Score.objects.bulk_update([published, draft], ["remark"])
    off = Score(evaluation=draft.evaluation, criterion=criterion(draft.evaluation, "points"), value=11)
    good = Score(evaluation=draft.evaluation, criterion=criterion(draft.evaluation, "yes-no"), value=1)
    with refused("score_within_scale"):
        Score.objects.bulk_create([good, off])
    assert list(Score.objects.values_list("remark", flat=True)) == ["", ""]


def test_scores_that_stay_as_they_are_hold_up_nothing_that_changes() -> None:
    published, draft = published_with_score(), ScoreFactory()
    draft.remark = "Mag"
    Score.objects.bulk_update([published, draft], ["remark"])
    assert Score.objects.get(remark="Mag") == draft


@pytest.mark.django_db(transaction=True)
def test_a_score_waits_for_somebody_who_is_just_publishing() -> None:
    evaluation, is_published = EvaluationFactory(), Event()

    def publish() -> None:
        with closing(connection), transaction.atomic():
            Evaluation.objects.update(evaluated_on=date(2024, 5, 1), published_on=date(2024, 6, 1))
            is_published.set()
            sleep(0.3)

    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(publish)
        assert is_published.wait(timeout=10)
        with refused("score_frozen"):
            ScoreFactory(evaluation=evaluation)
    publishing.result()


def test_a_correction_is_a_new_version_with_a_reason() -> None:
    first = EvaluationFactory.published()
    second = EvaluationFactory.published(
        version=first.version, number=2, correction_reason="De bijlage was niet gelezen."
    )
    assert list(Evaluation.objects.published()) == [first, second]


def test_a_draft_is_thrown_away_with_its_scores() -> None:
    ScoreFactory().evaluation.delete()
    assert not Score.objects.exists()


def test_rows_are_named_for_people_and_keyed_without_database_keys() -> None:
    round_ = EvaluationRoundFactory(slug="mei-2024")
    version = PlanVersionFactory(plan__slug="ede", plan__title="Actieplan Ede")
    evaluation = EvaluationFactory(version=version, round=round_, rubric=round_.rubric)
    assert (str(evaluation), evaluation.natural) == ("Actieplan Ede, evaluatie 1", "ede:mei-2024:1")
    assert EvaluationFactory(version=version).natural == "ede::1"
    assert (str(round_), round_.natural) == ("Evaluatieronde mei 2024", "mei-2024")
