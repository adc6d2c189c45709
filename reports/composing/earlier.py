"""The earlier texts of a section: every state that was saved, and what each changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from itertools import pairwise
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from mvi_portal.accounts.changes import GONE, THE_SYSTEM
from mvi_portal.accounts.models import User
from mvi_portal.core.differences import marked
from mvi_portal.core.prose import matched, paragraphs
from mvi_portal.core.writing import as_read
from reports.models import Written

PAUSE = timedelta(minutes=30)  # who saves nothing for so long, sits down anew


@dataclass(frozen=True)
class Earlier:
    """One saved text: when, by whom, and what it changed in the one before it, paragraph by paragraph.

    Of a sitting it is the last; `saves` tells how many there were.
    """

    key: int
    at: datetime
    who: str
    changes: list[SafeString]
    is_current: bool
    first: list[str] = field(default_factory=list)  # the words, when there was no text before
    saves: int = 1


def states(section: Written) -> list[Any]:
    """What the database recorded, the newest first; each with another text than the one before it."""
    events: Any = section.events  # type: ignore[union-attr] # of the history
    rows = list(events.select_related("pgh_context").order_by("-pgh_id"))
    return [row for row, older in pairwise([*rows, None]) if older is None or row.text != older.text]


def sittings(found: Sequence[Any]) -> list[list[Any]]:
    """The states in which one person wrote without a long pause together, the newest first."""
    groups: list[list[Any]] = []
    for row in found:
        if groups and _goes_on(row, groups[-1][-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(row: Any, later: Any) -> bool:
    who = _user(row)
    return who is not None and who == _user(later) and later.pgh_created_at - row.pgh_created_at < PAUSE


def told(section: Written, groups: Sequence[Sequence[Any]], following: Any) -> list[Earlier]:
    """Of some sittings in a row; `following` is the state that is older than them all, if there is one."""
    found = [group[0] for group in groups]
    people = User.objects.in_bulk({who for row in found if (who := _user(row)) is not None})
    older = [*found[1:], following]
    return [
        Earlier(
            key=row.pgh_id,
            at=row.pgh_created_at,
            who=_who(row, people),
            changes=changes(before.text, row.text) if before else [],
            is_current=row.text == section.text,
            first=[] if before else [_read(item.html) for item in paragraphs(row.text)],
            saves=len(group),
        )
        for group, row, before in zip(groups, found, older, strict=True)
    ]


def changes(before: str, after: str) -> list[SafeString]:
    """The paragraphs that differ, each with its words marked."""
    pairs = matched(paragraphs(before), paragraphs(after))
    return [
        marked(_read(old.html) if old else "", _read(new.html) if new else "")
        for old, new in pairs
        if old is None or new is None or old.sha256 != new.sha256
    ]


def _read(html: str) -> str:
    """The words, with what stands between them by its name: "[cijfer]"."""
    return unescape(strip_tags(as_read(html)))


def _user(row: Any) -> int | None:
    found: int | None = row.pgh_context.metadata.get("user") if row.pgh_context else None
    return found


def _who(row: Any, people: dict[int, User]) -> str:
    key = _user(row)
    return THE_SYSTEM if key is None else str(people.get(key, GONE))
