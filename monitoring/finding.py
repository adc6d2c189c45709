"""What line D adds for who searches everything: papers, commitments, progress, and citations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from monitoring.models import (
    Activity,
    Commitment,
    CommunicationMoment,
    Consultation,
    EntryState,
    Example,
    Indicator,
    Paper,
    Position,
    Programme,
    ProgressEntry,
)
from monitoring.models.reading import readable
from monitoring.naming import Names, shortened
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.citations import Citation, CitationError, parse
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.dates import long_date
from mvi_portal.core.finding import Words, said, search

Find = Callable[[str, User, date, date, int], list[Hit]]


def room(
    model: Any, noun: str, *fields: str, detail: Callable[[Any], str], title: str = "title", prose: str = ""
) -> Find:
    """Rows with a page of their own, that know who may read them."""

    def find(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
        visible = model.objects.visible_to(user, on=today)
        return [
            Hit(shortened(getattr(row, title)), _page(noun, row), detail(row), row.is_demo)
            for row in search(visible, text, *fields, prose=prose)[:limit]
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


def entries(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """What was accepted; for who decides about it, also what was handed in."""
    states = [EntryState.ACCEPTED]
    if may(user, Action.ASK_PROGRESS):
        states.append(EntryState.SUBMITTED)
    visible = ProgressEntry.objects.visible_to(user, on=today).filter(state__in=states, round__isnull=False)
    told = visible.annotate(words=Words("text")).filter(words=said(text))
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


def citations(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
    """What was typed as a citation: where it can be read, and what in the portal refers to it."""
    try:
        asked = parse(text)
    except CitationError:
        return []
    elsewhere = Hit(str(asked), asked.url, "Lees het stuk zelf, buiten het portaal.", is_elsewhere=True)
    return [elsewhere, *_citing(asked, user, today)][:limit]


def _citing(asked: Citation, user: User, today: date) -> Iterator[Hit]:
    """Papers, commitments and consultations; each is written by hand, so compared by what it names."""
    number = asked.key.rpartition("-")[2]
    for model, noun, title in _CITING:
        rows: QuerySet[Any] = model.objects.visible_to(user, on=today).filter(citation__contains=number)
        for row in rows.order_by("pk"):
            if _names(row.citation, asked):
                called = capfirst(model._meta.verbose_name)
                yield Hit(shortened(getattr(row, title)), _page(noun, row), called, row.is_demo)


_CITING: tuple[tuple[Any, str, str], ...] = (
    (Paper, "paper", "title"),
    (Commitment, "commitment", "text"),
    (Consultation, "consultation", "title"),
)


def _names(text: str, asked: Citation) -> bool:
    try:
        return parse(text).key == asked.key
    except CitationError:
        return False


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
        ),
        "monitoring:consultation-list",
    ),
    "positions": SearchSource(
        "Standpunten",
        around(Position, "position", "stance", "holder_name", key="pk"),
        "monitoring:position-list",
    ),
    "communication": SearchSource(
        "Communicatie",
        around(CommunicationMoment, "communication", "title", "description"),
        "monitoring:communication-list",
    ),
    "examples": SearchSource(
        "Voorbeelden", around(Example, "example", "title", "result"), "monitoring:example-list"
    ),
    "programmes": SearchSource(
        "Programma's en instrumenten",
        around(Programme, "programme", "name", "description"),
        "monitoring:programme-list",
    ),
    "activities": SearchSource(
        "Activiteiten",
        room(Activity, "activity", "title", "description", detail=lambda row: shortened(row.description)),
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
}
