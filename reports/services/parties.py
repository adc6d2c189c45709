"""Who takes part in the agreement: proposed, added, taken out and replaced, at any time, and logged."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports.agreement.proposing import proposed
from reports.errors import LetterError
from reports.models import Assent, AssentKind, Letter
from reports.services.locks import sent
from signatories.models import Organisation

TWICE = "Deze organisatie is al partij bij de brief: zij wordt één keer gevraagd."
SENDER = "Dit is de afzender van de brief: die beslist zelf, en wordt niet gevraagd."


@transaction.atomic
def propose_parties(*, letter: Letter, by: User | None) -> int:
    """Add who is to be asked and is no party yet; who was taken out stays out. Returns how many."""
    found = open_letter(letter)
    known = set(found.assents.values_list("organisation", flat=True))
    new = {key: kind for key, kind in proposed(found).items() if key not in known}
    with history(by=by, action="letter.parties-proposed"):
        for key, kind in new.items():
            Assent.objects.create(letter=found, organisation_id=key, kind=kind, recorded_by=by)
    return len(new)


@transaction.atomic
def add_party(
    *, letter: Letter, organisation: Organisation, kind: AssentKind, why: str = "", by: User | None
) -> Assent:
    """One more party; who was taken out before comes back with what it answered.

    Raises LetterError when it is one already.
    """
    found = open_letter(letter)
    if organisation.pk == found.sender.organisation_id:
        raise LetterError(SENDER)
    row = Assent.objects.select_for_update().filter(letter=found, organisation=organisation).first()
    if row is not None and row.left_on is None:
        raise LetterError(TWICE)
    row = row or Assent(letter=found, organisation=organisation, recorded_by=by)
    row.kind, row.left_on, row.left_why = kind, None, ""
    with history(by=by, action="letter.party-added", why=why):
        row.save()
    return row


@transaction.atomic
def remove_party(
    *,
    assent: Assent,
    why: str,
    instead: Organisation | None = None,
    by: User | None,
) -> Assent | None:
    """It takes part no more; what it answered stays in the record. `instead` takes its place.

    Raises LetterError for one that was taken out already, or when the other is a party itself.
    """
    letter = open_letter(assent.letter)
    row = Assent.objects.select_for_update().get(pk=assent.pk)
    if row.left_on is not None:
        raise LetterError("Deze organisatie was al geen partij meer.")
    row.left_on, row.left_why, row.is_asked = timezone.localdate(), why, False
    with history(by=by, action="letter.party-removed", why=why):
        row.save(update_fields=["left_on", "left_why", "is_asked"])
    if instead is None:
        return None
    return add_party(letter=letter, organisation=instead, kind=AssentKind(row.kind), why=why, by=by)


def open_letter(letter: Letter) -> Letter:
    """Locked, so that it is not sent meanwhile. Raises LetterError for a letter that was sent."""
    found = Letter.objects.select_for_update(of=("self",)).select_related("sender").get(pk=letter.pk)
    if found.is_sent:
        raise LetterError(sent(found))
    return found
