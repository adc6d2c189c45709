"""Who acts for which organisation: added and ended with a day, never deleted."""

from __future__ import annotations

from datetime import date

from django.db import transaction

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
