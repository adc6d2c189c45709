"""A list page: searched, filtered, sorted, in pages; and as a file, by the same filter and rights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import IO, Any, ClassVar, cast

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic.base import View

from mvi_portal.core import exports, reference
from mvi_portal.core.addresses import address_of
from mvi_portal.core.contributions import long_exports
from mvi_portal.core.counting import Counted
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Column, Row, Table, sort_of
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.workbooks import Form, write
from mvi_portal.core.workbooks import Page as SheetPage

PER_PAGE = 50
CHUNK = 500  # so many rows of an export are in memory at once
LONG = 10_000  # with more rows than these a worker writes the export
PAGE = "pagina"


class ListPage(View):
    """What a list tells of itself; a subclass answers the page, `as_view(as_csv=True)` its export.

    The export is CSV, or what `?formaat=` asks for: XLSX or ODS. Each has the same rows, and explains its
    columns, the filter and the reference date.

    `sorts` leads from a word in the address to the field to sort on; a "-" before either turns it around.
    """

    http_method_names = ["get", "head", "options"]
    as_csv = False

    noun: ClassVar[str]  # what is listed, many of them: "Organisaties"
    template = "core/list.html"
    columns: ClassVar[Sequence[Column]]
    sorts: ClassVar[Mapping[str, str]]
    default_sort: ClassVar[str]
    then: ClassVar[Sequence[str]] = ("pk",)  # what decides between equals
    empty: ClassVar[str]
    header: ClassVar[Sequence[exports.Heading]] = ()  # of the export; with a Column, explained
    meanings: ClassVar[Mapping[str, str]] = {}  # what headings of it mean, beside the common ones
    export: ClassVar[str] = ""  # the name of the export's address, when there is one
    dated: ClassVar[bool] = True  # whether it follows the reference date, and says so
    counts_apart: ClassVar[bool] = False  # whether `total` is asked anyway, with more than that

    def rows(self) -> QuerySet[Any]:
        """All that the reader may see, with what a row shows."""
        raise NotImplementedError

    def narrowed(self, rows: QuerySet[Any]) -> django_filters.FilterSet:
        raise NotImplementedError

    def row(self, item: Any) -> Row:
        raise NotImplementedError

    def cells(self, item: Any) -> Sequence[object]:
        """What the export holds of it, in the order of `header`; asked only of a list with an export."""
        raise NotImplementedError

    def explained(self) -> Sequence[exports.Heading]:
        """Of the export; for a list whose columns are not always the same."""
        return self.header

    def export_address(self) -> str:
        """Asked only of a list with an export."""
        return reverse(self.export)

    def prepare(self, items: Sequence[Any]) -> None:
        """Fetch what all these rows need beside themselves."""

    def extra(self) -> dict[str, Any]:
        """What the template needs beside the list."""
        return {}

    def more_sorts(self) -> Mapping[str, str]:
        """Sorts that hold only for what was asked, as nearness does for a search."""
        return {}

    def get(self, request: HttpRequest, **_place: object) -> HttpResponse | FileResponse:
        if self.as_csv and self.found.form.is_valid():
            return self._later() or self._file(exports.form_of(request))
        return self._page()

    @cached_property
    def on(self) -> date:
        return reference.on_of(self.request)

    @cached_property
    def found(self) -> django_filters.FilterSet:
        return self.narrowed(self.rows())

    @cached_property
    def ordered(self) -> QuerySet[Any]:
        return self.sorted(self.found.qs)

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by(_order(self._sort[1]), *self.then)

    def divided(self) -> QuerySet[Any]:
        """What is divided into pages: all that is found, sorted."""
        return self.ordered

    def paged(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """A page of what was sorted: its keys are found by sorting alone, then its rows."""
        return self.sorted(self.of_page(found.values("pk")))

    def of_page(self, keys: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with these keys, with what a row shows: only a page is dressed, not all that is found."""
        found: QuerySet[Any] = self.found.qs
        return found.filter(pk__in=keys)

    def counted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Each with `found_in_all`: how many are found."""
        total = Counted(self.found.qs.order_by().values("pk"))
        counted: QuerySet[Any] = rows.annotate(found_in_all=total)
        return counted

    def total(self) -> int:
        """How many are found."""
        return int(self.found.qs.count())

    def link(self, name: str, *args: object) -> str:
        """The address of a page, at the reference date of this one."""
        return keep(self.request, address_of(name, *args))

    @cached_property
    def _sort(self) -> tuple[str, str]:
        more = self.more_sorts()
        default = next((f"-{word}" for word in more), self.default_sort)
        return sort_of(self.request.GET, {**self.sorts, **more}, default)

    def _found_page(self) -> Page[Any]:
        """The rows of a first page tell how many there are: it takes one query."""
        found = self.divided()
        paginator = Paginator(found, PER_PAGE)
        if PAGE in self.request.GET or self.counts_apart:
            paginator.count = self.total()  # a cached property: asked once, here
            page = paginator.get_page(self.request.GET.get(PAGE))
            page.object_list = self.paged(cast("QuerySet[Any]", page.object_list))
            return page
        items = list(self.counted(self.paged(found[:PER_PAGE])))
        paginator.count = items[0].found_in_all if items else 0
        return Page(items, 1, paginator)

    def _page(self) -> HttpResponse:
        page = self._found_page()
        items = list(page)
        self.prepare(items)
        rows = [self.row(item) for item in items]
        context = {
            "noun": self.noun,
            "table": Table(
                self._caption(page.paginator.count),
                self.columns,
                rows,
                self.empty,
                self._sort[0],
                self.request.GET,
            ),
            "form": self.found.form,
            "page": page,
            "on": self.on,
            **self._addresses(),
            **self.extra(),
        }
        return render(self.request, self.template, context, status=200 if self.found.form.is_valid() else 400)

    def _caption(self, total: int) -> str:
        found = f"{self.noun}: {number(total)} gevonden"
        return f"{found}, stand op {long_date(self.on)}" if self.dated else found

    def _addresses(self) -> dict[str, Any]:
        query = self.request.GET.urlencode()
        asked = reference.of(self.request)
        return {
            "query": self.request.GET,
            "asked_date": asked.day.isoformat() if asked.asked else "",
            "clear_url": keep(self.request, self.request.path),
            "exports": exports.links(f"{self.export_address()}{'?' if query else ''}{query}")
            if self.export
            else [],
        }

    def _later(self) -> HttpResponse | None:
        """By a worker, when it is long and there is one to ask."""
        later = next(iter(long_exports), None)
        if later is None or self.total() <= LONG:
            return None
        told = f"Stand op {long_date(self.on)}. {exports.filter_words(self.found.form)}"
        asked: HttpResponse = later(
            self.request, f"{self.noun} als {exports.form_of(self.request).label}", told
        )
        return asked

    def _file(self, form: Form) -> HttpResponse | FileResponse:
        return exports.file_answer(self._name(), form, self._sheet())

    def write_to(self, file: IO[bytes], form: Form, report: Callable[[int], None]) -> str:
        """The export into a file, telling how many rows were written; gives the name of the file."""
        write(file, form, self._sheet(report))
        return f"{self._name()}.{form}"

    def _name(self) -> str:
        return f"{self.noun.lower().replace(' ', '-')}-{self.on.isoformat()}"

    def _sheet(self, report: Callable[[int], None] = lambda _done: None) -> SheetPage:
        return SheetPage(
            self._heading(), exports.headed(self.explained(), self.meanings), self._lines(report), self._told
        )

    def _heading(self) -> str:
        """Of the sheet."""
        return self.noun

    def _told(self, count: int) -> list[str]:
        """What goes with the rows, once they are counted."""
        return [
            f"Stand op {long_date(self.on)}, {number(count)} rijen.",
            exports.filter_words(self.found.form),
        ]

    def _lines(self, report: Callable[[int], None]) -> Iterator[Sequence[object]]:
        """Fetched and dressed some at a time."""
        rows, done = self.ordered.iterator(chunk_size=CHUNK), 0
        while items := list(islice(rows, CHUNK)):
            self.prepare(items)
            yield from map(self.cells, items)
            done += len(items)
            report(done)


def _order(field: str) -> OrderBy:
    """What is not known stands last, either way."""
    name = F(field.removeprefix("-"))
    return name.desc(nulls_last=True) if field.startswith("-") else name.asc(nulls_last=True)
