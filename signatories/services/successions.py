"""What becomes of a signature, and of contacts, when an organisation goes over into another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Contact, Event, Organisation, Signatory, Succession
from signatories.models.organisations import on_day

DECIDED = "Over deze opvolging is al besloten. Bekijk hoe zij er nu voor staat."


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
        return _record(predecessor, successor, event, on, source)


@transaction.atomic
def record_event(
    *,
    predecessors: Iterable[Organisation],
    successors: Iterable[Organisation],
    event: Event,
    on: date,
    ends: bool,
    source: str,
    by: User,
    why: str = "",
) -> list[Succession]:
    """Each predecessor goes over into each successor; with `ends` it exists until the day before.

    Raises ValidationError when one of them cannot, and then none of it is recorded.
    """
    before, after = list(predecessors), list(successors)
    if len(before) > 1 and len(after) > 1:
        message = "Leg een herindeling met meer voorgangers én meer opvolgers in delen vast, per voorganger."
        raise ValidationError({"successors": message})
    with history(by=by, action="succession.recorded", why=why):
        made = [_record(old, new, event, on, source) for old in before for new in after]
        for old in before if ends else ():
            _end(old, on - timedelta(days=1))
    return made


def _record(
    predecessor: Organisation, successor: Organisation, event: Event, on: date, source: str
) -> Succession:
    succession = Succession(
        predecessor=predecessor,
        successor=successor,
        event=event,
        on=on,
        source=source,
        is_demo=predecessor.is_demo or successor.is_demo,
    )
    succession.full_clean()
    succession.save()
    return succession


def _end(organisation: Organisation, on: date) -> None:
    """Who ended earlier, stays so."""
    if organisation.valid_until is None or organisation.valid_until > on:
        organisation.valid_until = on
        organisation.full_clean()
        organisation.save(update_fields=["valid_until"])


@transaction.atomic
def confirm_succession(*, succession: Succession, on: date, by: User | None) -> list[Signatory]:
    """The secretariat confirms, on the day `on`, that the signature goes along.

    From the day of the succession the successor is a signatory under every signature that the predecessor
    stood under on the eve. The predecessor is one until that eve, unless it continues to exist. Where the
    successor stands under the signature already, nothing is added. What was confirmed for a later
    succession of the successor goes along with it. Gives the rows that were made.
    """
    with history(by=by, action="succession.confirmed"):
        _decide(succession, "confirmed_on", on)
        return _carry(succession)


@transaction.atomic
def settle(
    *,
    goes_along: Mapping[Succession, bool],
    contacts: Mapping[Contact, Organisation],
    on: date,
    by: User,
    why: str = "",
    also: Callable[[], object] = lambda: None,
) -> None:
    """One decision about a merger or a split: whether signatures go along, and where contacts go.

    `also` writes what other apps were answered, in the same step. Raises ValidationError when somebody
    decided meanwhile.
    """
    with history(by=by, action="succession.settled", why=why):
        for succession, goes in goes_along.items():
            _decide(succession, "confirmed_on" if goes else "declined_on", on)
        for succession in sorted(
            (item for item, goes in goes_along.items() if goes), key=lambda item: item.on
        ):
            _carry(succession)
        for contact, organisation in contacts.items():
            contact.organisation = organisation
            contact.save(update_fields=["organisation"])
        also()


@transaction.atomic
def reopen_succession(*, succession: Succession, by: User, why: str = "") -> None:
    """Take a decision back: the successor's rows that came of it go, the predecessor's run on as before.

    Contacts and plans stay where they are. Raises ValidationError when nothing was decided.
    """
    with history(by=by, action="succession.reopened", why=why):
        Succession.objects.select_for_update().get(pk=succession.pk)
        succession.refresh_from_db()
        if succession.confirmed_on is None and succession.declined_on is None:
            raise ValidationError("Over deze opvolging is nog niet besloten.")
        _take_back(succession)
        succession.confirmed_on = succession.declined_on = None
        succession.save(update_fields=["confirmed_on", "declined_on"])


def _take_back(succession: Succession, signature: int | None = None) -> None:
    """What came of the succession, and what later successions carried on from it."""
    rows = Signatory.objects.filter(via=succession)
    rows = rows if signature is None else rows.filter(signature=signature)
    for row in rows:
        for later in Succession.objects.confirmed().filter(
            predecessor=succession.successor, on__gt=succession.on
        ):
            _take_back(later, row.signature_id)
        row.delete()
        if not Signatory.objects.filter(
            signature=row.signature_id, via__predecessor=succession.predecessor, valid_from=succession.on
        ).exists():
            same = Signatory.objects.filter(signature=row.signature_id, organisation=succession.predecessor)
            same.filter(valid_until=succession.eve).update(valid_until=None)


def _decide(succession: Succession, how: str, on: date) -> None:
    Succession.objects.select_for_update().get(pk=succession.pk)
    succession.refresh_from_db()
    if succession.confirmed_on is not None:
        raise ValidationError("Deze opvolging is al bevestigd.")
    if succession.declined_on is not None:
        raise ValidationError(DECIDED)
    setattr(succession, how, on)
    succession.full_clean()
    succession.save(update_fields=[how])


def _carry(succession: Succession) -> list[Signatory]:
    eve = succession.eve
    made = []
    for row in Signatory.objects.in_force(on=eve).filter(organisation=succession.predecessor):
        if succession.continues:
            made += _join(row, succession, until=row.valid_until)
        else:
            # Its last day may stand there already, when another part of a split was confirmed before.
            made += _join(row, succession, until=None if row.valid_until == eve else row.valid_until)
            Signatory.objects.filter(pk=row.pk).update(valid_until=eve)
    later = Succession.objects.confirmed().filter(predecessor=succession.successor, on__gt=succession.on)
    for following in later.order_by("on"):
        made += _carry(following)
    return made


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
