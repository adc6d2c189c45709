"""Keeping who sends letters, to whom, and who holds an office."""

from __future__ import annotations

from django.db import models, transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history


@transaction.atomic
def keep(*, row: models.Model, by: User | None) -> None:
    """The row as it was typed and checked: new, or changed. A letter uses what holds on its own date."""
    row.full_clean()
    with history(by=by, action="letter.parties-kept"):
        row.save()
