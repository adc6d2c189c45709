"""What the database refuses, as a form can say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError

OTHERWISE = "Dit past niet bij wat er al in het register staat. Kijk de gegevens na en probeer het opnieuw."


@contextmanager
def as_errors() -> Iterator[None]:
    """Inside, a refusal of one of our triggers is a ValidationError with its Dutch message.

    To be entered outside the transaction (or savepoint) that the refusal undoes.
    """
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(message_of(error)) from error


def message_of(error: IntegrityError) -> str:
    """The message of our trigger; of a constraint, which tells in English, a general one in Dutch."""
    told = getattr(error.__cause__, "diag", None)
    is_ours = told is not None and told.constraint_name and not told.table_name
    return str(told.message_primary) if told is not None and is_ours else OTHERWISE


def in_use(error: ProtectedError | RestrictedError) -> ValidationError:
    """What still leans on a row that cannot be removed for that reason."""
    rows = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    kinds = sorted({str(row._meta.verbose_name) for row in rows})
    return ValidationError(f"Dit kan niet weg: er verwijst nog iets naar ({', '.join(kinds)}).")
