"""Letters, for who searches everything: their subject, and the texts of their sections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from monitoring.referring import cites, number_of
from mvi_portal.accounts.models import User
from mvi_portal.core.citations import CitationError, parse
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.dates import long_date
from mvi_portal.core.finding import in_prose, search
from reports.models import Letter, Section


def letters(text: str, user: User, _today: date, _on: date, limit: int) -> list[Hit]:
    told = _told(text)
    visible = Letter.objects.visible_to(user)
    by_title = search(visible, text, "title", "reference").values("pk")
    found: Any = visible.annotate(in_text=Exists(told.filter(letter=OuterRef("pk"))))
    rows = found.filter(in_text=True) | found.filter(pk__in=by_title.order_by())
    return [_hit(row) for row in rows.order_by("-dated", "pk")[:limit]]


def _told(text: str) -> QuerySet[Section]:
    """Parts of letters that tell it, or that cite it."""
    try:
        asked = parse(text)
    except CitationError:
        return in_prose(Section.objects.all(), text, "text")
    named = Section.objects.filter(text__contains=number_of(asked)).only("pk", "text")
    return Section.objects.filter(pk__in=[row.pk for row in named if cites(row.text, asked)])


def _hit(row: Any) -> Hit:
    state = row.get_state_display()
    where = ", in de tekst" if row.in_text else ""
    href = reverse("reports:letter-detail", args=[row.slug])
    return Hit(row.title, href, f"{long_date(row.dated)}, {state}{where}", row.is_demo)


SEARCHED = SearchSource("Brieven", letters, "reports:letter-list")
