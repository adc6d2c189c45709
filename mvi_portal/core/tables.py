"""What a table on a page is made of; templates/_components/table.html prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

SORT = "volgorde"
DAY = re.compile(r"((\d{1,2}|begin|medio|eind) )?[a-z]{3,9} \d{4}(, \d\d:\d\d uur)?|niet bekend|geen datum")


@dataclass(frozen=True)
class Column:
    """A heading. `sort` is the word in the address that sorts on it; "-" before it turns it around."""

    key: str
    label: str
    numeric: bool = False
    sort: str | None = None

    @property
    def attributes(self) -> SafeString:
        """Of a cell in it: a narrow page names each."""
        form = 'data-label="{}" class="numeric"' if self.numeric else 'data-label="{}"'
        return format_html(form, self.label)


def escaped(text: object) -> str:
    """As `conditional_escape` does, which takes five times as long for a plain text."""
    return text if isinstance(text, SafeString) else escape(str(text))


def status(text: object, tone: str = "neutral") -> SafeString:
    """A tag: neutral, good, warn, bad or info."""
    return SafeString(f'<span class="mvi-tag mvi-tag--{escaped(tone or "neutral")}">{escaped(text)}</span>')


@dataclass(frozen=True)
class Cell:
    """Text, perhaps a link, perhaps a tag beside it ("demo") with its tone."""

    text: object
    href: str = ""
    tag: str = ""
    tone: str = "neutral"

    @property
    def whole(self) -> str:
        """An attribute of the cell: where there is room, a day stays on one line."""
        return " data-day" if DAY.fullmatch(str(self.text)) else ""

    @property
    def html(self) -> SafeString:
        """Made here and not by a template: a page has hundreds of them."""
        text = escaped(self.text)
        if self.href:
            text = f'<a href="{escaped(self.href)}">{text}</a>'
        return SafeString(f"{text} {status(self.tag, self.tone)}" if self.tag else text)


@dataclass(frozen=True)
class Row:
    """A cell for each column; the first is the row's heading."""

    cells: Sequence[Cell]


@dataclass(frozen=True)
class Heading:
    """A column as it stands in the head: with the address that sorts, and which way it is sorted now."""

    column: Column
    href: str
    direction: str  # the words of aria-sort: "ascending", "descending" or "none"


@dataclass(frozen=True)
class Table:
    """A table with its caption, and what stands there when it has no rows."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: str
    sort: str = ""
    query: QueryDict = field(default_factory=lambda: QueryDict(""))

    def headings(self) -> Iterator[Heading]:
        for column in self.columns:
            yield Heading(column, self._href(column), self._direction(column))

    def lines(self) -> Iterator[SafeString]:
        """The cells of each row, as HTML: the first is its heading, the others name their column."""
        attributes = [column.attributes for column in self.columns[1:]]
        for row in self.rows:
            heading, *others = row.cells
            cells = "".join(
                f"<td {told}{cell.whole}>{cell.html}</td>"
                for told, cell in zip(attributes, others, strict=True)
            )
            yield SafeString(f'<th scope="row"{heading.whole}>{heading.html}</th>{cells}')

    def _direction(self, column: Column) -> str:
        if column.sort and self.sort.removeprefix("-") == column.sort:
            return "descending" if self.sort.startswith("-") else "ascending"
        return "none"

    def _href(self, column: Column) -> str:
        """Sorted on this column, the other way around when it is already; from the first page."""
        if column.sort is None:
            return ""
        query = self.query.copy()
        query.pop("pagina", None)
        query[SORT] = f"-{column.sort}" if self.sort == column.sort else column.sort
        return f"?{query.urlencode()}"


def sort_of(query: QueryDict, allowed: dict[str, str], default: str) -> tuple[str, str]:
    """The word in the address and the field to sort on; a word that is not allowed gives the default."""
    asked = query.get(SORT, default)
    word = asked if asked.removeprefix("-") in allowed else default
    field_name = allowed[word.removeprefix("-")]
    return word, f"-{field_name}" if word.startswith("-") else field_name
