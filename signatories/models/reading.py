"""Who may read a row: by an organisation that a path leads to, or with the row above it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import models

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action
from signatories.models.organisations import reach

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def readable(rows: Rows, user: User, *paths: str, on: date) -> Rows:
    """Each row once that the user may read today (`on`), by an organisation that a path leads to.

    Without paths a row is of no organisation: who reads only of the own one, does not read it.
    """
    condition = reach(user, Action.READ, *paths, on=on)
    if not condition:
        return rows
    return rows.filter(pk__in=rows.model._default_manager.filter(condition).values("pk"))


def beneath(rows: Rows, path: str, seen: models.QuerySet[Any]) -> Rows:
    """The rows that the path leads from to one of those that the user sees.

    Who sees all is not asked for each row whether it is among all; so of a path that is always filled in.
    """
    query = seen.query
    if query.where or query.is_sliced or query.combinator:
        return rows.filter(**{f"{path}__in": seen.values("pk")})
    return rows
