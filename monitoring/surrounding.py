"""What happened around the plan: positions, examples, programmes, who does what for it, frames and rounds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import DateField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst

from monitoring.happenings import Rows, beneath, own
from monitoring.models import Example, Frame, PlanRole, Position, Programme, ProgressRound
from monitoring.naming import shortened
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings
from mvi_portal.core.dates import PartialDate, long_date
from signatories.called import Called
from signatories.models.reading import readable

Words = Callable[[Any, str], str]


def of_no_organisation(model: Any, field: str) -> Rows:
    """For who reads all, as on their pages."""

    def rows(user: User, today: date) -> QuerySet[Any]:
        found = readable(model.objects.filter(**{f"{field}__isnull": False}), user, on=today)
        dated: QuerySet[Any] = found.annotate(happened_on=Cast(field, DateField()))
        return dated

    return rows


def telling(
    model: Any, when: str, words: Words, noun: str, *, key: str = "slug", body: str = "", above: str = ""
) -> Callable[[Collection[int]], dict[int, Happening]]:
    """`body` is the field of an organisation, that goes by its name of the day; `above` whose page it is."""
    has_line = any(field.name == "line" for field in model._meta.get_fields())

    def tell(keys: Collection[int]) -> dict[int, Happening]:
        related = [name for name in (body, above, "line" if has_line else "") if name]
        rows = list(model._default_manager.filter(pk__in=keys).select_related(*related))
        bodies = (getattr(row, f"{body}_id") for row in rows) if body else ()
        called = Called(key for key in bodies if key is not None)
        return {row.pk: one(row, called) for row in rows}

    def one(row: Any, called: Called) -> Happening:
        day, name = getattr(row, when), ""
        if body and (mine := getattr(row, body)):
            name = called.on(mine.pk, day.last_day if isinstance(day, PartialDate) else day) or mine.key
        told = str(day) if isinstance(day, PartialDate) else long_date(day)
        shown = getattr(row, above) if above else row
        href = reverse(f"monitoring:{noun}-detail", args=[getattr(shown, key)])
        line = row.line.code if has_line and row.line else ""
        return Happening(told, words(row, name), href, line, row.is_demo)

    return tell


def _role(row: Any, name: str) -> str:
    return f"{name} {row.get_role_display()}: {row.frame.name}"


def _role_ends(row: Any, name: str) -> str:
    return f"{name} {row.get_role_display()} niet langer: {row.frame.name}"


OWNED = {"organisation": "organisation"}
AROUND = {
    "positions": Happenings(
        "standpunt",
        of_no_organisation(Position, "dated"),
        telling(
            Position,
            "dated",
            lambda row, name: f"Standpunt van {name or row.holder_name}: {shortened(row.stance)}",
            "position",
            key="pk",
            body="organisation",
        ),
        line_path="line",
        about=OWNED,
    ),
    "examples": Happenings(
        "voorbeeld",
        of_no_organisation(Example, "dated"),
        telling(
            Example,
            "dated",
            lambda row, name: f"Voorbeeld van {name}: {row.title}",
            "example",
            body="organisation",
        ),
        line_path="line",
        about=OWNED,
    ),
    **{
        f"programmes-{word}": Happenings(
            f"programma of instrument {label}",
            of_no_organisation(Programme, field),
            telling(Programme, field, words, "programme"),
            line_path="line",
            about={"organisation": "owner"},
        )
        for word, label, field, words in (
            ("begun", "begonnen", "valid_from", lambda row, _name: f"Begonnen: {row.name}"),
            ("ended", "afgelopen", "valid_until", lambda row, _name: f"Afgelopen: {row.name}"),
        )
    },
    **{
        f"roles-{word}": Happenings(
            f"rol in het plan {label}",
            beneath(PlanRole, "frame", Frame, field),
            telling(PlanRole, field, words, "frame", body="organisation", above="frame"),
            about=OWNED,
        )
        for word, label, field, words in (
            ("begun", "begonnen", "valid_from", _role),
            ("ended", "afgelopen", "valid_until", _role_ends),
        )
    },
    **{
        f"frames-{word}": Happenings(
            f"kader {label}",
            own(Frame, field),
            telling(Frame, field, words, "frame"),
        )
        for word, label, field, words in (
            ("begun", "begonnen", "valid_from", lambda row, _name: f"Dit kader gaat gelden: {row.name}"),
            ("ended", "afgelopen", "valid_until", lambda row, _name: f"Dit kader loopt af: {row.name}"),
        )
    },
    **{
        f"rounds-{word}": Happenings(
            f"voortgangsronde {label}",
            own(ProgressRound, field),
            telling(ProgressRound, field, words, "round"),
        )
        for word, label, field, words in (
            ("asked", "uitgevraagd", "asked_on", lambda row, _name: f"Uitgevraagd: {capfirst(row.title)}"),
            ("closed", "gesloten", "closed_on", lambda row, _name: f"Gesloten: {capfirst(row.title)}"),
        )
    },
}
