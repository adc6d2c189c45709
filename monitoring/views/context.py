"""What surrounds the plan: positions, money, what is told about it, examples and related programmes.

Their lists, exports and pages all tell the fields that their form asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from monitoring import filters
from monitoring.cited import Fact, cited, known
from monitoring.models import FinanceCover, PolicyLine
from monitoring.models.context import WHOLE_PLAN
from monitoring.naming import Names, dossier, shortened
from monitoring.overview import line_href
from monitoring.views.keeping import Noun, adding, keeping
from monitoring.views.lists import RoomList, crumbs
from monitoring.views.nouns import COMMUNICATION, COVER, EXAMPLE, POSITION, PROGRAMME
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.citing import citation_cell
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Organisation
from signatories.models.reading import readable


class ContextList(RoomList):
    """A list of one noun; `shown` names the fields in the columns, of which the first leads to the page."""

    kind: ClassVar[Noun]
    shown: ClassVar[Sequence[str]]
    day: ClassVar[str] = "dated"  # a fact dated later than the reference date is not shown
    template = "monitoring/context_list.html"
    meanings = {
        "organisatie": "Om wie het gaat.",
        "standpunt": "Wat de organisatie vindt.",
        "gedateerd": "Wanneer dat gezegd is.",
        "bron": "Waar dit vandaan komt.",
        "kader": "Het kader (plan) waar het om gaat.",
        "jaar": "Het begrotingsjaar.",
        "gedekt": "Of er dekking is.",
        "bedrag (euro)": "Het bedrag, als het bekend is.",
        "kanaal": "Waarmee er is gecommuniceerd.",
        "datum": "Van wanneer het is.",
        "omschrijving": "Waar het over gaat.",
        "link": "Waar meer te lezen is.",
        "thema": "Het thema van het Manifest.",
        "resultaat": "Wat het opleverde.",
        "vanaf": "Vanaf wanneer het loopt.",
        "tot en met": "Tot wanneer het loopt.",
    }
    sorts: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        fields = _fields(cls.kind)
        cls.noun = cls.kind.many
        cls.export = f"monitoring:{cls.kind.name}-export"
        headings = {**{name: _label(fields[name]) for name in cls.shown}, "citation": "Vindplaats of bron"}
        cls.columns = [Column(name, headings[name], sort=_sort(cls, name)) for name in cls.shown]
        cls.header = [*(str(field.verbose_name) for field in fields.values()), "demo"]

    def rows(self) -> QuerySet[Any]:
        found = readable(_all(self.kind), reader(self.request), on=self.today)
        held = {f"{self.day}__lte": self.on}
        return found.filter(Q(**held) | Q(**{f"{self.day}__isnull": True})) if self.day else found

    def prepare(self, items: Sequence[Any]) -> None:
        owner = _owner(self.kind)
        self.names = Names((getattr(item, owner) for item in items if owner), self.on)

    def row(self, item: Any) -> Row:
        first, *others = self.shown
        href = keep(self.request, self.kind.address("detail", item))
        text = shortened(str(self._value(item, first))) or "–"
        cells = [Cell(text, href, "demo" if item.is_demo else "", "warn")]
        return Row([*cells, *(self._cell(item, name) for name in others)])

    def cells(self, item: Any) -> Sequence[object]:
        return [*(self._value(item, name) for name in _fields(self.kind)), item.is_demo]

    def extra(self) -> dict[str, Any]:
        return {**super().extra(), **adding(self.request, self.kind)}

    def _cell(self, item: Any, name: str) -> Cell:
        """Without a citation the source in words."""
        value = self._value(item, name)
        if name == "citation":
            return citation_cell(value) if value else Cell(item.source)
        return Cell(value)

    def _value(self, item: Any, name: str) -> Any:
        return value_of(item, name, self.names)


def _sort(page: type[ContextList], name: str) -> str | None:
    return next((word for word, field in page.sorts.items() if field == name), None)


def _fields(noun: Noun) -> dict[str, Any]:
    """What its form asks, as fields of the model."""
    return {name: noun.model._meta.get_field(name) for name in noun.form._meta.fields or ()}


def _label(field: Any) -> str:
    return capfirst(str(field.verbose_name))


def _owner(noun: Noun) -> str:
    """The column that names an organisation."""
    fields = _fields(noun)
    return next((f"{name}_id" for name, field in fields.items() if field.related_model is Organisation), "")


def _all(noun: Noun) -> QuerySet[Any]:
    related = [name for name, field in _fields(noun).items() if field.is_relation]
    lines = [f"{name}__frame" for name in related if name == "line"]
    return noun.model._default_manager.select_related(*related, *lines)


def value_of(item: Any, name: str, names: Names) -> Any:
    """As a page tells it: a choice by its label, an organisation by its name of the day."""
    field, value = item._meta.get_field(name), getattr(item, name)
    if value is None and isinstance(item, FinanceCover) and name == "line":
        return WHOLE_PLAN
    if field.related_model is Organisation:
        other = getattr(item, "holder_name", "")
        return names.of(getattr(item, f"{name}_id")) or other
    if field.choices:
        return getattr(item, f"get_{name}_display")()
    if isinstance(field, models.BooleanField):
        return "ja" if value else "nee"
    return "" if value is None else value


@require_safe
def context_detail(request: HttpRequest, key: str, noun: Noun) -> HttpResponse:
    user = reader(request)
    visible = readable(_all(noun), user, on=timezone.localdate())
    item: Any = get_object_or_404(visible, **{noun.key: key})
    title = shortened(str(getattr(item, "stance", None) or getattr(item, "headline", None) or item))
    context = {
        "title": title,
        "is_demo": item.is_demo,
        "facts": list(_facts(item, noun, request)),
        **keeping(request, noun, item),
        "crumbs": crumbs(request, (noun.many, f"monitoring:{noun.name}-list"), (title, "")),
    }
    return render(request, "monitoring/context_detail.html", context)


def _facts(item: Any, noun: Noun, request: HttpRequest) -> Iterator[Fact]:
    owner = _owner(noun)
    names = Names([getattr(item, owner)] if owner else [], on_of(request))
    for name, field in _fields(noun).items():
        yield from known(_fact(item, name, field, names, request))


def _fact(item: Any, name: str, field: Any, names: Names, request: HttpRequest) -> Fact:
    label, value = _label(field), value_of(item, name, names)
    if name == "citation":
        return cited(label, value)
    if name == "link":
        return label, value, value
    if isinstance(value, PolicyLine):
        return label, f"{value} ({value.frame.name})", line_href(value, request)
    body = getattr(item, name) if field.related_model is Organisation else None
    return label, value, dossier(body.key, request) if body else ""


class PositionList(ContextList):
    kind = POSITION
    filters = filters.PositionFilter
    shown = ("stance", "organisation", "kind", "dated", "citation")
    sorts = {"soort": "kind", "datum": "dated"}
    default_sort = "-datum"
    empty = "Geen standpunten gevonden op deze peildatum."


class CoverList(ContextList):
    kind = COVER
    filters = filters.CoverFilter
    day = ""
    shown = ("organisation", "frame", "line", "year", "covered", "citation")
    sorts = {"jaar": "year"}
    default_sort = "-jaar"
    empty = "Geen financiële dekking gevonden."

    def rows(self) -> QuerySet[Any]:
        """Up to the year after the reference date: in a year the money of the next one is found."""
        return super().rows().filter(year__lte=self.on.year + 1)


class CommunicationList(ContextList):
    kind = COMMUNICATION
    filters = filters.CommunicationFilter
    shown = ("title", "channel", "organisation", "dated")
    sorts = {"titel": "title", "kanaal": "channel", "datum": "dated"}
    default_sort = "-datum"
    empty = "Geen communicatiemomenten gevonden op deze peildatum."


class ExampleList(ContextList):
    kind = EXAMPLE
    filters = filters.ExampleFilter
    shown = ("title", "organisation", "theme", "dated")
    sorts = {"titel": "title", "datum": "dated"}
    default_sort = "titel"
    empty = "Geen voorbeelden gevonden op deze peildatum."


class ProgrammeList(ContextList):
    kind = PROGRAMME
    filters = filters.ProgrammeFilter
    day = "valid_from"
    shown = ("name", "kind", "owner", "valid_from", "valid_until")
    sorts = {"naam": "name", "soort": "kind"}
    default_sort = "naam"
    empty = "Geen programma's of instrumenten gevonden op deze peildatum."


LISTS: dict[str, type[ContextList]] = {
    "standpunten": PositionList,
    "financien": CoverList,
    "communicatie": CommunicationList,
    "voorbeelden": ExampleList,
    "programmas": ProgrammeList,
}


def detail(page: type[ContextList]) -> Any:
    return partial(context_detail, noun=page.kind)
