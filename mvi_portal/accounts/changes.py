"""The history of a row as a page tells it: with the name of who made each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from mvi_portal.accounts.models import User
from mvi_portal.history.reading import Change, changes_among, changes_of, come_and_gone

THE_SYSTEM = "het portaal"
GONE = "iemand van wie het account is gewist"


@dataclass(frozen=True)
class ChangeLine:
    """One change: when, in a word what, by whom, why, and which fields it touched."""

    at: datetime
    kind: str
    who: str
    why: str
    fields: tuple[str, ...]


def change_lines(row: models.Model) -> list[ChangeLine]:
    """The newest first. Three queries, however long the history is."""
    changes = changes_of(row)
    names = User.objects.in_bulk({change.user for change in changes if change.user is not None})
    return [_line(change, names) for change in changes]


def change_lines_among(rows: Sequence[models.Model], *, after: datetime) -> list[tuple[str, ChangeLine]]:
    """Of rows of one kind what changed since then, by the key of each as text, the newest first."""
    found = changes_among(rows, after=after)
    names = User.objects.in_bulk({change.user for _key, change in found if change.user is not None})
    return [(key, _line(change, names)) for key, change in found]


def lines_come_and_gone(
    model: type[models.Model], *, action: str, **values: Any
) -> list[tuple[Any, ChangeLine]]:
    """As `history.reading.come_and_gone`, with names."""
    found = come_and_gone(model, action=action, **values)
    names = User.objects.in_bulk({change.user for _row, change in found if change.user is not None})
    return [(row, _line(change, names)) for row, change in found]


def _line(change: Change, names: dict[int, User]) -> ChangeLine:
    who = THE_SYSTEM if change.user is None else str(names.get(change.user, GONE))
    fields = tuple(difference.field for difference in change.differences)
    return ChangeLine(change.at, change.kind, who, change.why, fields)
