"""What the database recorded of a row: each change with when, who, which verb, why, and what differed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from pghistory.models import Events

KINDS = {"insert": "toegevoegd", "update": "gewijzigd", "delete": "verwijderd"}


@dataclass(frozen=True)
class Difference:
    """One field: its Dutch name, and its value before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One recorded change. `user` is the key of who made it, None for the system."""

    at: datetime
    kind: str
    user: int | None
    action: str
    why: str
    differences: tuple[Difference, ...]


def changes_of(row: models.Model) -> list[Change]:
    """The history of one row, the newest first. Two queries, however long the history is."""
    events = Events.objects.tracks(row).order_by("-pgh_created_at", "-pgh_id")
    return [_change(type(row), event) for event in events]


def came_to_light(
    rows: models.QuerySet[Any], column: str, *, since: datetime, until: datetime
) -> models.QuerySet[Any]:
    """Rows of which the column got the value that it has now in the period, and was not known to have before.

    `column` is a field of the rows' own table; `until` is outside the period.
    """
    events = rows.model._meta.get_field("events").related_model._default_manager
    same = events.filter(pgh_obj=OuterRef("pk"), **{column: OuterRef(column)})
    now = same.filter(pgh_created_at__gte=since, pgh_created_at__lt=until).exclude(pgh_label="delete")
    return rows.filter(Exists(now), ~Exists(same.filter(pgh_created_at__lt=since)))


def as_known(model: type[models.Model], *, at: datetime, **where: Any) -> models.QuerySet[Any]:
    """The rows of a model as the record had them at a moment, without those that were gone by then.

    They are events: a row's key is `pgh_obj_id`. `where` asks of columns that a row keeps.
    """
    events = model._meta.get_field("events").related_model._default_manager  # type: ignore[union-attr] # tracked
    known = events.filter(pgh_created_at__lte=at, **where)
    last = known.order_by("pgh_obj_id", "-pgh_created_at", "-pgh_id").distinct("pgh_obj_id")
    return events.filter(pk__in=last.values("pk")).exclude(pgh_label="delete")


def changes_among(rows: Sequence[models.Model], *, after: datetime) -> list[tuple[str, Change]]:
    """The same of several rows of one model since a moment, with the key of each as text."""
    if not rows:
        return []
    events = Events.objects.tracks(list(rows)).filter(pgh_created_at__gt=after)
    ordered = events.order_by("-pgh_created_at", "-pgh_id")
    return [(event.pgh_obj_id, _change(type(rows[0]), event)) for event in ordered]


def come_and_gone(model: type[models.Model], *, action: str, **values: Any) -> list[tuple[Any, Change]]:
    """Rows with these values that a verb added or removed, the newest first; each with its values of then.

    Those that are gone are told too: what belonged to a row, `changes_among` can no longer ask.
    """
    events: Any = model._meta.get_field("events").related_model
    found = events._default_manager.filter(pgh_context__metadata__action=action, **values)
    rows = found.exclude(pgh_label="update").select_related("pgh_context")
    return [(row, _come_or_gone(row)) for row in rows.order_by("-pgh_created_at", "-pgh_id")]


def _come_or_gone(event: Any) -> Change:
    told = event.pgh_context.metadata
    what, why = told.get("action", ""), told.get("why", "")
    return Change(event.pgh_created_at, KINDS[event.pgh_label], told.get("user"), what, why, ())


def _change(model: type[models.Model], event: Any) -> Change:
    context = event.pgh_context or {}
    return Change(
        at=event.pgh_created_at,
        kind=KINDS[event.pgh_label],
        user=context.get("user"),
        action=context.get("action", ""),
        why=context.get("why", ""),
        differences=tuple(_differences(model, event.pgh_diff or {})),
    )


def _differences(model: type[models.Model], diff: dict[str, list[Any]]) -> Iterator[Difference]:
    for name, (before, after) in sorted(diff.items()):
        yield Difference(_verbose(model, name), before, after)


def _verbose(model: type[models.Model], name: str) -> str:
    """A foreign key is recorded by its column."""
    names = {field.attname: field.verbose_name for field in model._meta.concrete_fields}
    return str(names.get(name, name))
