"""Printed tables: of figures in a text, and of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenTable
from mvi_portal.core.printing.wording import change, qualified

BLOCK = 200  # rows; WeasyPrint's time grows faster than the length of one table
_PAGE = 170  # millimetres between the margins of an annex
_LETTER = 1.6  # of a character in a table, on average
_GAP = 3  # between two columns
_NUMBER = '<td class="number">{}</td>'
_HEAD = '<th scope="row">{}</th>'
_WIDEST = 48  # characters; a longer cell wraps rather than make its column wider


def of_figures(
    figures: Sequence[FrozenFigure],
    *,
    on: date,
    since: date | None,
    title: str,
    link: Callable[[str], str] | None = None,
) -> SafeString:
    """The figures in rows; with their values on `since` and the difference when all of them have one.

    `link` tells where a reader on a screen is told of a figure.
    """
    compared = since is not None and all(figure.previous is not None for figure in figures)
    heads = [long_date(on)]
    if since and compared:
        heads = [long_date(since), *heads, "Verschil"]
    rows = ((_named(figure, link), _numbers(_values(figure, compared=compared))) for figure in figures)
    return format_html(
        '<table class="figures"><caption>{}</caption><thead><tr><th scope="col">Aantal</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        title or "Cijfers",
        format_html_join("", '<th scope="col" class="number">{}</th>', ((head,) for head in heads)),
        format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', rows),
    )


def _named(figure: FrozenFigure, link: Callable[[str], str] | None) -> str:
    if link is None:
        return figure.label
    return format_html('<a class="mvi-number" href="{}">{}</a>', link(figure.key), figure.label)


def of_rows(tables: Sequence[FrozenTable]) -> SafeString:
    """The rows as they are, in blocks that look like one table. The first cell of a row is its header.

    Tables with the same columns have them at the same place.
    """
    return format_html_join("", "{}", ((_of_rows(table, _widths(table.header, tables)),) for table in tables))


def _of_rows(table: FrozenTable, widths: Sequence[int]) -> SafeString:
    kinds = ["number" if index in table.numeric else "" for index in range(len(table.header))]
    heads = format_html_join(
        "",
        '<th scope="col" class="w{} {}">{}</th>',
        zip(widths, kinds, table.header, strict=True),
    )
    return format_html_join(
        "",
        '<table class="rows"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        (
            (_caption(table, start), heads, _body(table.rows[start : start + BLOCK], kinds))
            for start in range(0, max(len(table.rows), 1), BLOCK)
        ),
    )


def _values(figure: FrozenFigure, *, compared: bool) -> list[str]:
    now = qualified(figure, figure.value)
    if not compared or figure.previous is None:
        return [now]
    difference = change(figure)
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return [number(figure.previous), now, sign + number(abs(difference))]


def _numbers(values: list[str]) -> SafeString:
    return format_html_join("", _NUMBER, ((value,) for value in values))


def _caption(table: FrozenTable, start: int) -> str:
    if not start:
        return table.title
    return f"{table.title} (vervolg, vanaf rij {number(start + 1)})"


def _body(rows: Sequence[tuple[str, ...]], kinds: list[str]) -> SafeString:
    if not rows:
        return format_html(
            '<tr><td colspan="{}">Er is niets op te nemen op de peildatum.</td></tr>', len(kinds)
        )
    return format_html_join("", "<tr>{}</tr>", ((_cells(row, kinds),) for row in rows))


def _cells(row: tuple[str, ...], kinds: list[str]) -> SafeString:
    forms = (_NUMBER if kind else "<td>{}</td>" for kind in kinds[1:])
    cells = [format_html(form, cell) for form, cell in zip(forms, row[1:], strict=True)]
    return format_html_join("", "{}", ((cell,) for cell in [format_html(_HEAD, row[0]), *cells]))


def _widths(header: tuple[str, ...], tables: Sequence[FrozenTable]) -> list[int]:
    """Shares of the page, in per cent, by what the columns hold in all tables with this header.

    A head may stand in two lines.
    """
    heads = [max(len(title) * 3 // 4, *map(len, title.split()), 0) for title in header]
    rows = [row for table in tables if table.header == header for row in table.rows]
    cells = [max(map(len, column)) for column in zip(*rows, strict=True)] or heads
    wants = [min(_WIDEST, max(pair)) * _LETTER + _GAP for pair in zip(heads, cells, strict=True)]
    shares = [max(3, int(100 * want / _PAGE)) for want in _fitted(wants)]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares


def _fitted(wants: list[float]) -> list[float]:
    """Room for each column: the small ones get what they want before the large ones share the rest."""
    room, fitted = float(_PAGE), dict[int, float]()
    for index in sorted(range(len(wants)), key=wants.__getitem__):
        left = sum(wants[other] for other in range(len(wants)) if other not in fitted)
        fair = room / (len(wants) - len(fitted))
        fitted[index] = wants[index] * room / left if left <= room else min(wants[index], fair)
        room -= fitted[index]
    return [fitted[index] for index in range(len(wants))]
