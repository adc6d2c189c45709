"""Facts of line D are recorded, corrected and removed, each with the rows that belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from monitoring.locking import locked_because
from monitoring.models import Frame
from monitoring.services.frames import refuse_change
from mvi_portal.accounts.models import User
from mvi_portal.core.refusals import as_errors, in_use
from mvi_portal.history import history


def keep_fact(
    *,
    fact: models.Model,
    kept: Iterable[models.Model] = (),
    dropped: Iterable[models.Model] = (),
    by: User,
    why: str = "",
) -> None:
    """Write the fact, drop rows of it, and write others; all or nothing.

    Raises ValidationError, with a Dutch message, for what a constraint or a trigger refuses, and for what a
    sent letter uses.
    """
    kept, dropped = list(kept), list(dropped)
    if isinstance(fact, Frame):
        refuse_change(fact, [*kept, *dropped])
    verb = "changed" if fact.pk else "recorded"
    with as_errors(), transaction.atomic(), history(by=by, action=f"{_noun(fact)}.{verb}", why=why):
        fact.full_clean()
        fact.save()
        for row in dropped:
            row.delete()
        for row in kept:
            _belongs_to(fact, row)
            row.full_clean()
            row.save()


def remove_fact(*, fact: models.Model, by: User, why: str) -> None:
    """Take back what should never have been recorded; the history keeps it.

    Raises ValidationError when something still refers to it, or when a sent letter uses it.
    """
    if isinstance(fact, Frame) and (because := locked_because(fact)):
        raise ValidationError(f"{because} Daarom kan dit kader niet weg.")
    with as_errors(), transaction.atomic(), history(by=by, action=f"{_noun(fact)}.removed", why=why):
        try:
            fact.delete()
        except ProtectedError as error:
            raise in_use(error) from error


def _noun(fact: models.Model) -> str:
    return str(fact._meta.model_name)


def _belongs_to(fact: models.Model, row: models.Model) -> None:
    """A new fact had no key yet when the row was made."""
    for field in row._meta.concrete_fields:
        if field.is_relation and field.related_model is type(fact) and field.name in row._state.fields_cache:
            setattr(row, field.name, fact)
            return
