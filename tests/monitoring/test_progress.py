"""Progress: rounds and their questions, and entries with their steps and stamps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from monitoring.cited import Values, on_page
from monitoring.models import EntryState, ProgressEntry, ProgressQuestion, ProgressRound
from monitoring.panels import plan_panel, state_on
from mvi_portal.accounts.models import Role
from signatories.models import Signatory
from tests.actionplans.refusals import refused
from tests.factories.monitoring import (
    OfficerFactory,
    PolicyLineFactory,
    ProgressEntryFactory,
    ProgressQuestionFactory,
    ProgressRequestFactory,
    ProgressRoundFactory,
)
from tests.factories.registers import municipalities
from tests.factories.reports import figure
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db


def test_a_round_is_open_from_the_asking_until_it_is_closed() -> None:
    ProgressRoundFactory()
    asked = ProgressRoundFactory(asked_on=date(2025, 1, 1), closed_on=date(2025, 2, 1))
    assert not ProgressRound.objects.open(on=date(2024, 12, 31))
    assert list(ProgressRound.objects.open(on=date(2025, 1, 31))) == [asked]
    assert not ProgressRound.objects.open(on=date(2025, 2, 1))
    assert asked.natural == asked.slug


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("progressround_period_until_after_period_from", {"period_from": date(2025, 1, 1)}),
        ("progressround_due_on_after_asked_on", {"asked_on": date(2025, 1, 16)}),
        (
            "progressround_closed_on_after_asked_on",
            {"asked_on": date(2025, 1, 10), "closed_on": date(2025, 1, 9)},
        ),
        ("progressround_closed_after_asking", {"closed_on": date(2025, 1, 9)}),
    ],
)
def test_a_round_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        ProgressRoundFactory(**fields)


def test_an_organisation_is_asked_once_in_a_round() -> None:
    request = ProgressRequestFactory()
    with refused("progressrequest_once"):
        ProgressRequestFactory(round=request.round, organisation=request.organisation)
    assert list(request.round.organisations.all()) == [request.organisation]


def test_a_round_asks_one_thing_about_a_line_of_its_frame() -> None:
    question = ProgressQuestionFactory()
    with refused("progressquestion_once"):
        ProgressQuestionFactory(round=question.round, line=question.line)
    with refused("progressquestion_text_given"):
        ProgressQuestionFactory(text="")
    elsewhere = PolicyLineFactory()
    with refused("progressquestion_same_frame", "Deze lijn hoort niet bij het kader van de ronde."):
        ProgressQuestionFactory(line=elsewhere)
    with pytest.raises(ValidationError, match="hoort niet bij het kader"):
        ProgressQuestion(round=question.round, line=elsewhere, text="Hoe staat het?").full_clean()


def test_a_line_of_another_frame_has_no_entry_in_the_round() -> None:
    with refused("progressentry_same_frame"):
        ProgressEntryFactory(line=PolicyLineFactory())
    entry = ProgressEntryFactory.build(
        organisation=ProgressEntryFactory().organisation,
        round=ProgressRoundFactory(),
        line=PolicyLineFactory(),
    )
    with pytest.raises(ValidationError, match="hoort niet bij het kader"):
        entry.full_clean()


def test_entries_waiting_and_accepted() -> None:
    ProgressEntryFactory()
    waiting = ProgressEntryFactory(submitted=True)
    accepted = ProgressEntryFactory(accepted=True)
    today = timezone.localdate()
    assert list(ProgressEntry.objects.waiting()) == [waiting]
    assert list(ProgressEntry.objects.accepted(on=today)) == [accepted]
    assert not ProgressEntry.objects.accepted(on=today - timedelta(days=2))


def test_an_organisation_writes_once_about_a_line_in_a_round() -> None:
    entry = ProgressEntryFactory()
    same = {"organisation": entry.organisation, "line": entry.line}
    with refused("progressentry_once_in_round"):
        ProgressEntryFactory(**same, round=entry.round)
    prepared = ProgressEntryFactory(**same, round=None)
    with refused("progressentry_one_draft_outside_rounds"):
        ProgressEntryFactory(**same, round=None)
    ProgressEntryFactory(**same, round=None, accepted=True)
    assert prepared.natural == f"los:{entry.line.natural}:{entry.organisation.key}"
    assert entry.natural.startswith(f"{entry.round.slug}:")


NOW = timezone.now()


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("progressentry_state_known", {"state": "zoek"}),
        ("progressentry_submitted_by_somebody", {"submitted_at": NOW}),
        ("progressentry_returned_by_somebody", {"returned_at": NOW}),
        ("progressentry_accepted_by_somebody", {"accepted": True, "accepted_by": None}),
        ("progressentry_submitted_with_stamp", {"state": EntryState.SUBMITTED}),
        ("progressentry_returned_with_remark", {"returned": True, "remark": ""}),
        ("progressentry_returned_with_remark", {"returned": True, "returned_at": None, "returned_by": None}),
        ("progressentry_returned_with_remark", {"returned": True, "returned_at": NOW - timedelta(days=1)}),
        ("progressentry_accepted_with_stamp", {"submitted": True, "state": EntryState.ACCEPTED}),
        ("progressentry_accepted_with_stamp", {"accepted": True, "state": EntryState.SUBMITTED}),
        (
            "progressentry_accepted_after_submitted",
            {"accepted": True, "accepted_at": NOW - timedelta(days=1)},
        ),
        ("progressentry_answers", {"submitted": True, "text": ""}),
        ("progressentry_nothing_new_without_text", {"nothing_new": True}),
    ],
)
def test_an_entry_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        ProgressEntryFactory(**fields)


def test_nothing_new_is_a_full_answer() -> None:
    entry = ProgressEntryFactory(submitted=True, nothing_new=True, text="")
    assert entry.state == EntryState.SUBMITTED


def test_a_returned_entry_can_be_submitted_again_and_keeps_the_stamp_of_returning() -> None:
    entry = ProgressEntryFactory(returned=True)
    entry.state, entry.submitted_at, entry.submitted_by = (
        EntryState.SUBMITTED,
        timezone.now(),
        OfficerFactory(),
    )
    entry.save()
    entry.refresh_from_db()
    assert entry.returned_at < entry.submitted_at


def test_the_dossier_tells_how_an_entry_stood_on_the_day() -> None:
    entry = ProgressEntryFactory(
        returned=True,
        state=EntryState.ACCEPTED,
        submitted_at=datetime(2025, 1, 10, 9, tzinfo=UTC),
        returned_at=datetime(2025, 1, 15, 9, tzinfo=UTC),
        accepted_at=datetime(2025, 1, 31, 23, 30, tzinfo=UTC),  # 1 February in Amsterdam
        accepted_by=OfficerFactory(),
    )
    for day, state in (
        (date(2025, 1, 14), EntryState.SUBMITTED),
        (date(2025, 1, 31), EntryState.RETURNED),
        (date(2025, 2, 1), EntryState.ACCEPTED),
    ):
        assert state_on(entry, day) == state
    reader = ActorFactory(role=Role.READER)
    assert plan_panel(entry.organisation, date(2025, 1, 9), reader) is None
    panel = plan_panel(entry.organisation, date(2025, 1, 14), reader)
    assert panel is not None
    table = panel.context["progress"]
    assert table.caption == "Voortgang, stand op 14 januari 2025"
    assert [row.cells[2].tag for row in table.rows] == ["ingediend"]


def test_a_figure_that_begins_a_sentence_has_a_capital() -> None:
    municipalities(3, signed_on=date(2023, 1, 1))
    text = f"<p>{figure('ondertekenaars.gemeenten', 'words')} gemeenten.</p>"
    assert ">Drie</a> gemeenten." in on_page(text, Values(date(2025, 1, 31)))


def test_a_chart_in_a_text_says_that_it_counts_what_is_made_up() -> None:
    municipalities(3, signed_on=date(2023, 1, 1))
    text = '<mvi-chart data-key="ondertekenaars.gemeenten"></mvi-chart>'
    shown = on_page(text, Values(date(2025, 1, 31)))
    assert "<svg" in shown
    assert "demo" not in shown
    Signatory.objects.update(is_demo=True)
    assert "demo</span></p><svg" in on_page(text, Values(date(2025, 1, 31)))
