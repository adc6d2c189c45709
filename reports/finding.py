"""Letters, for who searches everything: their subject, and the texts of their sections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from monitoring.referring import cites, number_of
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.citations import CitationError, parse
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.dates import long_date
from mvi_portal.core.finding import in_prose, search
from reports.models import Letter, NoteSection, Section


def letters(text: str, user: User, _today: date, _on: date, limit: int) -> list[Hit]:
    told = _told(Section, text)
    visible = Letter.objects.visible_to(user)
    by_title = search(visible, text, "title", "reference").values("pk")
    found: Any = visible.annotate(in_text=Exists(told.filter(letter=OuterRef("pk"))))
    rows = found.filter(in_text=True) | found.filter(pk__in=by_title.order_by())
    return [_hit(row) for row in rows.order_by("-dated", "pk")[:limit]]


def _told(model: Any, text: str) -> QuerySet[Any]:
    """Parts of letters or notes that tell it, or that cite it."""
    try:
        asked = parse(text)
    except CitationError:
        return in_prose(model.objects.all(), text, "text")
    named = model.objects.filter(text__contains=number_of(asked)).only("pk", "text")
    found: QuerySet[Any] = model.objects.filter(pk__in=[row.pk for row in named if cites(row.text, asked)])
    return found


def _hit(row: Any) -> Hit:
    state = row.get_state_display()
    where = ", in de tekst" if row.in_text else ""
    href = reverse("reports:letter-detail", args=[row.slug])
    return Hit(row.title, href, f"{long_date(row.dated)}, {state}{where}", row.is_demo)


def notes(text: str, user: User, _today: date, _on: date, limit: int) -> list[Hit]:
    """Sections of decision notes, for who works on letters: a note is written inside."""
    if not may(user, Action.COMMENT_LETTER):
        return []
    seen = Letter.objects.visible_to(user).order_by().values("pk")
    told = (
        _told(NoteSection, text).filter(note__letter__in=seen).select_related("note__letter", "note__office")
    )
    return [_section(row) for row in told.order_by("-note__letter__dated", "note", "order")[:limit]]


def _section(row: Any) -> Hit:
    letter, office = row.note.letter, row.note.office
    href = reverse("reports:note-detail", args=[letter.slug, office.slug])
    return Hit(f"{row.title} ({office})", href, f"bij {letter.title}", letter.is_demo)


NOTES = SearchSource("Beslisnota's", notes)
SEARCHED = SearchSource("Brieven", letters, "reports:letter-list")
