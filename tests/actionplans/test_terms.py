"""Delays, inquiries and reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from actionplans.models import Answer, Delay, ReminderKind
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories.actionplans import DelayFactory, InquiryFactory, ReminderFactory

pytestmark = pytest.mark.django_db

RELEASED = datetime(2023, 10, 26, 8, tzinfo=UTC)


def test_a_delay_is_announced_once() -> None:
    signature = DelayFactory().signature
    second = Delay(signature=signature, announced_on=date(2024, 1, 1), until=date(2024, 6, 1))
    with pytest.raises(ValidationError, match="Uitstel kan één keer worden gemeld"):
        second.full_clean()
    with refused("actionplans_delay_signature_id_key"):
        second.save()


@pytest.mark.parametrize("until", [date(2023, 10, 1), date(2023, 9, 30)])
def test_a_delay_to_a_day_that_is_past_is_refused(until: date) -> None:
    with refused("delay_until_after_announcement"):
        DelayFactory(announced_on=date(2023, 10, 1), until=until)


def test_a_delay_is_known_as_precise_as_it_was_announced() -> None:
    delay = DelayFactory(signature__slug="ede", until=PartialDate.season(2024, "najaar"))
    assert str(delay).endswith("ede: uitstel tot najaar 2024")


def test_one_inquiry_a_day() -> None:
    inquiry = InquiryFactory(answer=Answer.PROMISED)
    assert str(inquiry).endswith("toegezegd")
    with refused("inquiry_once_a_day"):
        InquiryFactory(signature=inquiry.signature)


def test_an_answer_outside_the_list_is_refused() -> None:
    with refused("inquiry_answer_known"):
        InquiryFactory(answer="misschien")


def test_a_reminder_is_made_ready_once() -> None:
    reminder = ReminderFactory()
    ReminderFactory(signature=reminder.signature, kind=ReminderKind.DUE)
    with refused("reminder_once"):
        ReminderFactory(signature=reminder.signature)


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (ReminderKind.AHEAD, date(2023, 8, 26)),
        (ReminderKind.SOON, date(2023, 10, 25)),
        (ReminderKind.DUE, date(2023, 11, 24)),
        (ReminderKind.PAST, date(2023, 12, 24)),
    ],
)
def test_a_reminder_goes_out_days_before_or_after_the_due_date(kind: ReminderKind, day: date) -> None:
    reminder = ReminderFactory(kind=kind, due_on=date(2023, 11, 24))
    assert reminder.sends_on == day
    assert str(reminder).endswith(kind.label)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("reminder_kind_known", {"kind": 7}),
        ("reminder_released_or_skipped", {"released_at": RELEASED, "skipped_reason": "Al gebeld."}),
    ],
)
def test_a_reminder_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        ReminderFactory(**fields)


def test_who_released_a_reminder_did_so_at_a_moment() -> None:
    user = User.objects.create_user("secretariaat@example.nl")
    ReminderFactory(released_by=user, released_at=RELEASED)
    with refused("reminder_released_has_moment"):
        ReminderFactory(released_by=user)
