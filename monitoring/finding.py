"""What line D adds for who searches everything: papers, commitments, progress, and citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from monitoring.models import (
    Activity,
    Commitment,
    CommunicationMoment,
    Consultation,
    EntryState,
    Example,
    FinanceCover,
    Frame,
    Indicator,
    Paper,
    Position,
    Programme,
    ProgressEntry,
    PublishedFigure,
)
from monitoring.models.reading import readable
from monitoring.naming import Names, shortened
from monitoring.referring import citations
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.dates import long_date
from mvi_portal.core.finding import in_prose, search

Find = Callable[[str, User, date, date, int], list[Hit]]


def room(
    model: Any,
    noun: str,
    *fields: str,
    detail: Callable[[Any], str],
    title: str = "title",
    prose: str = "",
    beneath: Mapping[str, tuple[str, ...]] | None = None,
) -> Find:
    """Rows with a page of their own, that know who may read them; `beneath` as in `search`."""

    def find(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
        visible = model.objects.visible_to(user, on=today)
        return [
            Hit(shortened(getattr(row, title)), _page(noun, row), detail(row), row.is_demo)
            for row in search(visible, text, *fields, prose=prose, beneath=beneath)[:limit]
        ]

    return find


def around(model: Any, noun: str, *fields: str, key: str = "slug") -> Find:
    """What surrounds the plan: of no organisation, so for who reads all."""

    def find(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
        visible = readable(model.objects.all(), user, on=today)
        return [
            Hit(
                shortened(getattr(row, fields[0])),
                reverse(f"monitoring:{noun}-detail", args=[getattr(row, key)]),
                "",
                row.is_demo,
            )
            for row in search(visible, text, *fields)[:limit]
        ]

    return find


def _page(noun: str, row: Any) -> str:
    return reverse(f"monitoring:{noun}-detail", args=[row.slug])


def covers(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """Who covers its part, by where that is written: an organisation's own name is found beside it."""
    visible = readable(FinanceCover.objects.all(), user, on=today)
    rows = list(search(visible, text, "citation", "source")[:limit])
    names = Names((row.organisation_id for row in rows), on)
    return [
        Hit(
            f"Dekking van {row.year} door {names.of(row.organisation_id)}",
            reverse("monitoring:cover-detail", args=[row.pk]),
            shortened(row.citation or row.source),
            row.is_demo,
        )
        for row in rows
    ]


def entries(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """What was accepted; for who decides about it, also what was handed in."""
    states = [EntryState.ACCEPTED]
    if may(user, Action.ASK_PROGRESS):
        states.append(EntryState.SUBMITTED)
    visible = ProgressEntry.objects.visible_to(user, on=today).filter(state__in=states, round__isnull=False)
    told = in_prose(visible, text, "text")
    rows = list(told.select_related("round", "line", "organisation").order_by("-submitted_at", "pk")[:limit])
    names = Names((row.organisation_id for row in rows), on)
    return [_entry(row, names) for row in rows]


def _entry(row: Any, names: Names) -> Hit:
    place = (row.round.slug, row.organisation.key, row.line.code)
    handed_in = long_date(timezone.localdate(row.submitted_at)) if row.submitted_at else ""
    return Hit(
        f"{names.of(row.organisation_id)} over {row.line}",
        reverse("monitoring:entry-detail", args=place),
        f"{row.round}, {handed_in}",
        row.is_demo,
    )


SEARCHED = {
    "citations": SearchSource("Vindplaatsen", citations),
    "progress": SearchSource("Voortgang", entries),
    "commitments": SearchSource(
        "Toezeggingen en moties",
        room(
            Commitment,
            "commitment",
            "text",
            "citation",
            title="text",
            detail=lambda row: f"{row.get_kind_display()}, {row.made_on}",
            beneath={"steps": ("evidence", "evidence_citation")},
        ),
        "monitoring:commitment-list",
    ),
    "papers": SearchSource(
        "Stukken",
        room(
            Paper,
            "paper",
            "title",
            "number",
            "citation",
            "summary",
            detail=lambda row: f"{row.get_kind_display()}, {row.dated}",
            beneath={"points": ("text", "reaction")},
        ),
        "monitoring:paper-list",
    ),
    "consultations": SearchSource(
        "Overleggen",
        room(
            Consultation,
            "consultation",
            "title",
            "citation",
            detail=lambda row: str(row.held_on),
            prose="agenda",
            beneath={"decisions": ("text",)},
        ),
        "monitoring:consultation-list",
    ),
    "positions": SearchSource(
        "Standpunten",
        around(Position, "position", "stance", "holder_name", "citation", "source", key="pk"),
        "monitoring:position-list",
    ),
    "communication": SearchSource(
        "Communicatie",
        around(CommunicationMoment, "communication", "title", "description", "source"),
        "monitoring:communication-list",
    ),
    "examples": SearchSource(
        "Voorbeelden",
        around(Example, "example", "title", "result", "citation", "source"),
        "monitoring:example-list",
    ),
    "programmes": SearchSource(
        "Programma's en instrumenten",
        around(Programme, "programme", "name", "description", "citation", "source"),
        "monitoring:programme-list",
    ),
    "activities": SearchSource(
        "Activiteiten",
        room(
            Activity,
            "activity",
            "title",
            "description",
            detail=lambda row: shortened(row.description),
            beneath={"milestones": ("title",)},
        ),
        "monitoring:activity-list",
    ),
    "indicators": SearchSource(
        "Indicatoren",
        room(
            Indicator,
            "indicator",
            "name",
            "definition",
            title="name",
            detail=lambda row: shortened(row.definition),
        ),
        "monitoring:indicator-list",
    ),
    "covers": SearchSource("Financiële dekking", covers, "monitoring:cover-list"),
    "frames": SearchSource(
        "Kaders en lijnen",
        room(
            Frame,
            "frame",
            "name",
            "plan_title",
            "aim",
            title="name",
            detail=lambda row: row.plan_title,
            beneath={"lines": ("title", "aim")},
        ),
        "monitoring:frame-list",
    ),
    "published": SearchSource(
        "Gepubliceerde cijfers",
        around(PublishedFigure, "published", "wording", "document", "remark", key="pk"),
        "monitoring:published-list",
    ),
}
