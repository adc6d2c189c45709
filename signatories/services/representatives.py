"""Who acts for which organisation: added and ended with a day, never deleted."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Organisation, Representative


@transaction.atomic
def appoint(*, user: User, organisation: Organisation, valid_from: date, by: User) -> Representative:
    """From the day on, the user acts for the organisation. Raises ValidationError when that is so already."""
    with history(by=by, action="representative.appointed"):
        representative = Representative(user=user, organisation=organisation, valid_from=valid_from)
        representative.full_clean()
        representative.save()
    return representative


@transaction.atomic
def end_representation(*, representative: Representative, valid_until: date | None, by: User) -> None:
    """The last day on which the user acts for the organisation; None takes an end back."""
    with history(by=by, action="representative.ended"):
        representative.valid_until = valid_until
        representative.full_clean()
        representative.save(update_fields=["valid_until"])


NOTHING_TO_DO = "Deze collega handelt in deze periode al voor dezelfde organisaties."
NOT_ACTING = "U handelt in deze periode voor geen organisatie: er valt niets te vervangen."
OTHER_ROLE = "Kies een collega met dezelfde rol: alleen die mag hetzelfde als u."
PAST = "De laatste dag is al voorbij."


@transaction.atomic
def arrange_stand_in(
    *, colleague: User, valid_from: date, valid_until: date, by: User
) -> list[Representative]:
    """From the first day up to and including the last, a colleague acts for all that `by` acts for.

    Raises ValidationError when there is nothing to take over.
    """
    if colleague.role != by.role or not colleague.is_active:
        raise ValidationError(OTHER_ROLE)
    if valid_until < timezone.localdate():
        raise ValidationError({"valid_until": PAST})
    mine = Representative.objects.in_own_name().filter(user=by).overlapping(valid_from, valid_until)
    theirs = Representative.objects.filter(user=colleague).overlapping(valid_from, valid_until)
    own = list(mine.select_related("organisation"))
    if not own:
        raise ValidationError(NOT_ACTING)
    taken = set(theirs.values_list("organisation", flat=True))
    with history(by=by, action="representative.stand-in-arranged"):
        made = [
            _stand_in(row, colleague, valid_from, valid_until)
            for row in own
            if row.organisation_id not in taken
        ]
    if not made:
        raise ValidationError(NOTHING_TO_DO)
    return made


def _stand_in(row: Representative, colleague: User, valid_from: date, valid_until: date) -> Representative:
    """Never longer than who is replaced acts."""
    last = min(valid_until, row.valid_until) if row.valid_until else valid_until
    made = Representative(
        user=colleague,
        organisation=row.organisation,
        valid_from=max(valid_from, row.valid_from),
        valid_until=last,
        stands_in_for=row.user,
    )
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def end_stand_in(*, representative: Representative, by: User) -> None:
    """Who is back, is back: from tomorrow on the colleague acts no more; not begun, it never was."""
    today = timezone.localdate()
    with history(by=by, action="representative.stand-in-ended"):
        if representative.valid_from > today:
            representative.delete()
            return
        representative.valid_until = min(representative.valid_until or today, today)
        representative.save(update_fields=["valid_until"])
