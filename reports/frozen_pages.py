"""What the pages tell of freezes, of what drifted since, and of one number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from mvi_portal.accounts.permissions import reader
from mvi_portal.core import reference
from mvi_portal.core.contributions import Counted, counted_rows
from mvi_portal.core.dates import long_date, long_moment
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.wording import qualified
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports.drift import Change, Drift
from reports.frozen import FrozenFigure
from reports.frozen_register import FrozenRegister
from reports.models import Freeze, Letter

FREEZES = (
    Column("number", "Bevriezing"),
    Column("reference", "Peildatum"),
    Column("when", "Wanneer"),
    Column("sha256", "SHA-256"),
)
FIGURES = (
    Column("label", "Cijfer"),
    Column("value", "Bevroren", numeric=True),
    Column("rows", "Rijen erachter", numeric=True),
    Column("definition", "Definitie"),
)
_MOST = 300  # names on a page; the rest is behind the link
_PAGES = {  # where a row of a figure is shown, by how the figure names its rows
    "organisation__key": "signatories:organisation-detail",
    "plan__slug": "actionplans:plan-detail",
    "slug": "buyergroups:group-detail",
}


@dataclass(frozen=True)
class Named:
    """A row behind a figure."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class Told:
    """A figure that differs, as the page tells it."""

    change: Change
    href: str
    came: list[Named]
    went: list[Named]


@dataclass(frozen=True)
class Number:
    """One number of a letter: as it is printed, what it counts, and what the register says by now."""

    figure: FrozenFigure
    printed: str
    on: date
    is_frozen: bool
    rows: list[Named]
    more: int
    again: str  # on the same day, as the register tells it now
    today: str
    href: str  # the figure's own page on the day of the letter

    @property
    def differs(self) -> bool:
        return bool(self.again) and self.again != self.printed


def freezes_table(letter: Letter, freezes: Iterable[Freeze], request: HttpRequest) -> Table:
    rows = [Row(_freeze_cells(letter, item, request)) for item in freezes]
    return Table(f"Bevriezingen ({len(rows)})", FREEZES, rows, "De cijfers zijn nog niet bevroren.")


def _freeze_cells(letter: Letter, item: Freeze, request: HttpRequest) -> list[Cell]:
    address = keep(request, reverse("reports:freeze-detail", args=[letter.slug, item.number]))
    return [
        Cell(f"Bevriezing {item.number}", address),
        Cell(long_date(item.reference_date)),
        Cell(when(item)),
        Cell(f"{item.sha256[:12]}…"),
    ]


def when(item: Freeze) -> str:
    return long_moment(item.created_at) + (f" door {item.created_by}" if item.created_by else "")


def figures_table(register: FrozenRegister) -> Table:
    rows = [Row(_figure_cells(item, register.reference_date)) for item in register.figures.values()]
    return Table(f"Alle cijfers ({len(rows)})", FIGURES, rows, "Er zijn geen cijfers.")


def _figure_cells(item: FrozenFigure, on: date) -> list[Cell]:
    return [
        Cell(item.label, definition_of(item.key, on)),
        Cell(qualified(item, item.value)),
        Cell(number(len(item.rows))),
        Cell(f"{item.definition} {item.note}".strip()),
    ]


def definition_of(key: str, on: date) -> str:
    """The figure's own page on the day; "" for one that the register no longer knows."""
    if key not in registry:
        return ""
    return (
        f"{reverse('core:definition-detail', args=[key])}?{urlencode({reference.PARAMETER: on.isoformat()})}"
    )


def told(found: Drift, names: Mapping[str, str], on: date) -> list[Told]:
    return [
        Told(
            item,
            definition_of(item.key, on),
            named(item.key, item.came, names),
            named(item.key, item.went, names),
        )
        for item in found.changes
    ]


def named(key: str, rows: Iterable[str], names: Mapping[str, str]) -> list[Named]:
    """By the name of the day, with the page where a reader finds it."""
    page = _PAGES.get(registry.get(key).row_key, "") if key in registry else ""
    found = [Named(names.get(row, row), _address(page, row)) for row in rows]
    return sorted(found, key=lambda item: item.label.casefold())


def _address(page: str, row: str) -> str:
    try:
        return reverse(page, args=[row]) if page else ""
    except NoReverseMatch:
        return ""


def number_of(
    figure: FrozenFigure, on: date, request: HttpRequest, *, names: Mapping[str, str] | None
) -> Number:
    """`names` of what was frozen; without, the register of now tells what the rows are called."""
    rows = _live(figure.key, on, request) if names is None else named(figure.key, figure.rows, names)
    known = figure.key in registry
    today = timezone.localdate()
    return Number(
        figure=figure,
        printed=qualified(figure, figure.value),
        on=on,
        is_frozen=names is not None,
        rows=rows[:_MOST],
        more=max(0, len(rows) - _MOST),
        again=_value(figure.key, on) if known and names is not None else "",
        today=_value(figure.key, today) if known else "",
        href=definition_of(figure.key, on),
    )


def names_now(key: str, on: date, request: HttpRequest) -> dict[str, str]:
    """What the register calls the rows of a figure, as far as the reader may see them."""
    return {row.key: row.label for row in _counted(key, on, request)}


def _live(key: str, on: date, request: HttpRequest) -> list[Named]:
    found = _counted(key, on, request)
    return sorted((Named(row.label, row.href) for row in found), key=lambda row: row.label.casefold())


def _counted(key: str, on: date, request: HttpRequest) -> list[Counted]:
    source = counted_rows.get(key.partition(".")[0])
    return source(registry.get(key), on, reader(request)) if source and key in registry else []


def _value(key: str, on: date) -> str:
    value = registry.get(key).at(on)
    words = {"exact": "{}", "at-least": "minstens {}", "about": "zo'n {}"}
    return words[value.completeness.qualifier.value].format(number(value.value))
