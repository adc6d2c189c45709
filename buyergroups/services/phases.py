"""The phases of a group follow one another: each ends on the day before the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from buyergroups.models import BuyerGroup, Phase
from buyergroups.models.phases import FINAL
from mvi_portal.accounts.models import User
from mvi_portal.history import history

SAME_DAY = "Op deze dag begint al een andere fase van de groep."
AFTER_END = "De groep is dan al afgerond of gestopt. Wijzig of verwijder eerst die laatste fase."
NOT_LAST = "Er is een latere fase. Een groep is pas afgerond of gestopt na haar laatste fase."
BEFORE_START = "De fase begint vóór de start van de groep ({start})."


@transaction.atomic
def save_phase(*, phase: Phase, by: User) -> None:
    """A new phase, or one that is corrected; its neighbours end and begin around it."""
    group = BuyerGroup.objects.select_for_update().get(pk=phase.group_id)
    others = list(Phase.objects.filter(group=group).exclude(pk=phase.pk))
    _must_fit(phase, group, others)
    ends = _ends([*others, phase])
    with history(by=by, action="phase.saved"):
        for other in others:
            _end(other, min(filter(None, (other.valid_until, ends[id(other)])), default=None))
        phase.valid_until = ends[id(phase)]
        phase.full_clean()
        phase.save()
        for other in others:
            _end(other, ends[id(other)])


@transaction.atomic
def drop_phase(*, phase: Phase, by: User) -> None:
    """A phase that never was; the one before it goes on until the next."""
    group = BuyerGroup.objects.select_for_update().get(pk=phase.group_id)
    with history(by=by, action="phase.dropped"):
        phase.delete()
        others = list(Phase.objects.filter(group=group))
        ends = _ends(others)
        for other in others:
            _end(other, ends[id(other)])


def _must_fit(phase: Phase, group: BuyerGroup, others: Sequence[Phase]) -> None:
    begin = phase.valid_from.last_day
    if group.started_on and begin < group.started_on.last_day:
        raise ValidationError({"valid_from": BEFORE_START.format(start=group.started_on)})
    if any(other.valid_from.last_day == begin for other in others):
        raise ValidationError({"valid_from": SAME_DAY})
    if any(other.kind in FINAL and other.valid_from.last_day < begin for other in others):
        raise ValidationError({"valid_from": AFTER_END})
    if phase.kind in FINAL and any(other.valid_from.last_day > begin for other in others):
        raise ValidationError({"kind": NOT_LAST})


def _ends(phases: Sequence[Phase]) -> dict[int, date | None]:
    """By identity, as a new phase has no key yet."""
    ordered = sorted(phases, key=lambda item: item.valid_from.last_day)
    ends: list[date | None] = [item.valid_from.last_day - timedelta(days=1) for item in ordered[1:]]
    return {id(item): end for item, end in zip(ordered, [*ends, None], strict=False)}


def _end(phase: Phase, day: date | None) -> None:
    if phase.valid_until != day:
        phase.valid_until = day
        phase.save(update_fields=["valid_until"])
