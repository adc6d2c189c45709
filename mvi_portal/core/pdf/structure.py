"""The tags of a PDF by WeasyPrint, completed: whole tables with scopes, notes, and no page furniture.

It knows what WeasyPrint writes and is not meant for other files: each page starts its part of the tree anew,
a table header has an ID "<part>-<row>-<column>", and each cell names the IDs of its headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

_MARKED = re.compile(rb"/\w+\s<</MCID (\d+)>>\sBDC")
_PAGINATION = b"/Artifact\n<</Type /Pagination>>\nBDC"


class Tag:
    """An element of the tree, read once: asking the file each time is what takes long."""

    def __init__(self, element: Object, kind: str, parent: Tag | None = None) -> None:
        self.element = element
        self.kind = kind
        self.parent = parent
        kids = [(kid, kid.get(Name.S)) for kid in element.K if isinstance(kid, Object)]
        self.kids = [Tag(kid, str(name), self) for kid, name in kids if name is not None]

    def below(self, *kinds: str) -> Iterator[Tag]:
        """All under this one in the order of reading; only of these kinds, when any are given."""
        for kid in self.kids:
            if not kinds or kid.kind in kinds:
                yield kid
            yield from kid.below(*kinds)

    def become(self, kind: str) -> None:
        self.kind = kind
        self.element.S = Name(kind)

    def take(self, kids: list[Tag]) -> None:
        """Have these as well, behind its own."""
        for kid in kids:
            kid.parent, kid.element.P = self, self.element
            self.element.K.append(kid.element)
        self.kids += kids

    def drop(self) -> None:
        """Leave the tree, with those above that hold nothing else."""
        if self.parent is None:
            return
        at = self.parent.kids.index(self)
        del self.parent.kids[at]
        self.parent.element.K = Array([kid.element for kid in self.parent.kids])
        if not self.parent.kids:
            self.parent.drop()


def table_parts(pages: Iterable[Any]) -> dict[str, int]:
    """Which table of the HTML each part on a page belongs to, by the part's name in its headers' IDs.

    The file itself no longer tells; WeasyPrint's own pages do, for as long as it writes.
    """
    tables: dict[Any, int] = {}
    parts: dict[str, int] = {}
    for page in pages:
        current = None
        for box in page._page_box.descendants():
            if box.element_tag == "table":
                current = box.element
            elif box.element_tag == "th" and hasattr(box, "mark"):
                parts[_part_of(box.mark["ID"].string)] = tables.setdefault(current, len(tables))
    return parts


def complete(pdf: pikepdf.Pdf, parts: dict[str, int]) -> None:
    """Complete the tags in place; `parts` as `table_parts` tells them."""
    document = Tag(pdf.Root.StructTreeRoot.K[0], "/Document")
    _tag_notes(document)
    tables = list(document.below("/Table"))
    for table in tables:
        _scope_headers(table)
    _join_tables(tables, parts)
    told = list(document.below())
    _index(pdf.Root.StructTreeRoot, told)
    _release_furniture(pdf, told)


def _part_of(name: str) -> str:
    return name.partition("-")[0]


def _tag_notes(document: Tag) -> None:
    """A page's footnotes are the spans in the one nameless element beside its body."""
    notes = (note for area in document.kids if area.kind == "/NonStruct" for note in area.kids)
    for count, note in enumerate(notes, 1):
        note.become("/Note")
        note.element.ID = String(f"note-{count}")
        if note.kids[0].kind == "/NonStruct":
            note.kids[0].become("/Lbl")


def _scope_headers(table: Tag) -> None:
    for row in table.below("/TR"):
        in_head = row.parent is not None and row.parent.kind == "/THead"
        heads_columns = in_head or all(cell.kind == "/TH" for cell in row.kids)
        for cell in row.kids:
            if cell.kind == "/TH":
                cell.element.A.Scope = Name.Column if heads_columns else Name.Row


def _join_tables(tables: list[Tag], parts: dict[str, int]) -> None:
    """One table for what was torn over pages: its rows together, the repeated heads left out of the tree."""
    begun: dict[int, Tag] = {}
    for table in tables:
        head = next(table.below("/TH"), None)
        if head is None:
            continue
        first = begun.setdefault(parts[_part_of(str(head.element.ID))], table)
        if first is not table:
            _head_columns(table, first)
            first.kids[-1].take([row for part in table.kids if part.kind == "/TBody" for row in part.kids])
            table.drop()


def _head_columns(table: Tag, first: Tag) -> None:
    """Let the cells of a later part name the column headers that stay, those of the first part.

    A part whose page has no room for the heads repeats none; there a cell is told its column by its place.
    """
    repeated, kept = _column_heads(table), _column_heads(first)
    kept_for = dict(zip(map(str, repeated), kept, strict=False))
    for row in table.below("/TR"):
        for place, cell in enumerate(row.kids):
            if cell.kind == "/TD":
                looks = cell.element.A
                named = [kept_for.get(str(header), header) for header in looks.get(Name.Headers, ())]
                looks.Headers = Array(named if repeated else [*named, *kept[place : place + 1]])


def _column_heads(table: Tag) -> list[Object]:
    """The names of its heads, in the order of the columns."""
    return [head.element.ID for part in table.kids if part.kind == "/THead" for head in part.below("/TH")]


def _index(root: Object, told: list[Tag]) -> None:
    """The tree from IDs to elements, which is required as soon as one element has an ID."""
    able = (tag.element for tag in told if tag.kind in {"/TH", "/Note"})
    named = sorted((str(element.ID), element) for element in able)
    root.IDTree = Dictionary(
        Names=Array([part for name, element in named for part in (String(name), element)])
    )


def _release_furniture(pdf: pikepdf.Pdf, told: list[Tag]) -> None:
    """What the margins repeat and what was left out above becomes an artifact, as PDF/UA-1 asks (7.8)."""
    known = {tag.element.objgen for tag in told}
    owners_of_pages = pdf.Root.StructTreeRoot.ParentTree.Nums[1::2]
    for page, owners in zip(pdf.pages, owners_of_pages, strict=False):
        loose = {mark for mark, owner in enumerate(owners) if owner.objgen not in known}
        if loose:
            _make_artifacts(page, loose)
            for mark in loose:
                owners[mark] = None


def _make_artifacts(page: pikepdf.Page, marks: set[int]) -> None:
    def renamed(match: re.Match[bytes]) -> bytes:
        return _PAGINATION if int(match[1]) in marks else match[0]

    drawing = _MARKED.sub(renamed, page.Contents.read_bytes())
    page.Contents.write(drawing)
