"""What becomes of a signature when its organisation goes over into another."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Event, Organisation, Signatory, Succession
from signatories.models.organisations import on_day


@transaction.atomic
def record_succession(
    *,
    predecessor: Organisation,
    successor: Organisation,
    event: Event,
    on: date,
    by: User | None,
    source: str = "",
) -> Succession:
    """That it happened, from `on`; a signature goes along only once that is confirmed."""
    with history(by=by, action="succession.recorded"):
        succession = Succession(
            predecessor=predecessor, successor=successor, event=event, on=on, source=source
        )
        succession.full_clean()
        succession.save()
    return succession


@transaction.atomic
def confirm_succession(*, succession: Succession, on: date, by: User | None) -> list[Signatory]:
    """The secretariat confirms, on the day `on`, that the signature goes along.

    From the day of the succession the successor is a signatory under every signature that the predecessor
    stood under on the eve. The predecessor is one until that eve, unless it continues to exist. Where the
    successor stands under the signature already, nothing is added. What was confirmed for a later
    succession of the successor goes along with it. Gives the rows that were made.
    """
    with history(by=by, action="succession.confirmed"):
        Succession.objects.select_for_update().get(pk=succession.pk)
        succession.refresh_from_db()
        if succession.confirmed_on is not None:
            raise ValidationError("Deze opvolging is al bevestigd.")
        succession.confirmed_on = on
        succession.full_clean()
        succession.save(update_fields=["confirmed_on"])
        return _carry(succession)


def _carry(succession: Succession) -> list[Signatory]:
    eve = _eve(succession)
    made = []
    for row in Signatory.objects.in_force(on=eve).filter(organisation=succession.predecessor):
        if _continues(succession):
            made += _join(row, succession, until=row.valid_until)
        else:
            # Its last day may stand there already, when another part of a split was confirmed before.
            made += _join(row, succession, until=None if row.valid_until == eve else row.valid_until)
            Signatory.objects.filter(pk=row.pk).update(valid_until=eve)
    later = Succession.objects.confirmed().filter(predecessor=succession.successor, on__gt=succession.on)
    for following in later.order_by("on"):
        made += _carry(following)
    return made


def _eve(succession: Succession) -> date:
    """The last day of the predecessor; registers sometimes leave a day between two organisations."""
    eve = succession.on - timedelta(days=1)
    ended = succession.predecessor.valid_until
    return min(eve, ended) if ended else eve


def _continues(succession: Succession) -> bool:
    ended = succession.predecessor.valid_until
    return ended is None or ended >= succession.on


def _join(row: Signatory, succession: Succession, *, until: date | None) -> list[Signatory]:
    """The successor under the same signature, up to where it stands there in its own right."""
    if until is not None and until < succession.on:
        return []
    own = Signatory.objects.filter(signature=row.signature_id, organisation=succession.successor)
    if own.filter(on_day(succession.on)).exists():
        return []
    later = own.filter(valid_from__gt=succession.on).order_by("valid_from").first()
    if later is not None and later.valid_from is not None:
        eve = later.valid_from - timedelta(days=1)
        until = min(until, eve) if until else eve
    joined = Signatory(
        signature_id=row.signature_id,
        organisation=succession.successor,
        valid_from=succession.on,
        valid_until=until,
        via=succession,
        source=succession.source,
        is_demo=row.is_demo,
    )
    joined.full_clean()
    joined.save()
    return [joined]
