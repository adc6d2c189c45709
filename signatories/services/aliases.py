"""What an organisation is also called, so that who types it finds the organisation."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Alias, Organisation


@transaction.atomic
def add_alias(
    *,
    organisation: Organisation,
    name: str,
    by: User | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
) -> Alias:
    """Raises ValidationError when the organisation is called so already."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # who presses twice, is the second
    alias = Alias(
        organisation=organisation,
        name=name,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        is_demo=organisation.is_demo,
    )
    with history(by=by, action="alias.added"):
        alias.full_clean()
        alias.save()
    return alias


@transaction.atomic
def change_alias(
    *, alias: Alias, name: str, valid_from: date | None, valid_until: date | None, source: str, by: User
) -> None:
    with history(by=by, action="alias.changed"):
        alias.name, alias.source = name, source
        alias.valid_from, alias.valid_until = valid_from, valid_until
        alias.full_clean()
        alias.save(update_fields=["name", "valid_from", "valid_until", "source"])


@transaction.atomic
def remove_alias(*, alias: Alias, by: User) -> None:
    """Nobody finds the organisation by it any more; history keeps that it was there."""
    with history(by=by, action="alias.removed"):
        alias.delete()
