"""The tags of a PDF by WeasyPrint, completed: whole tables with scopes, notes, and no page furniture.

It knows what WeasyPrint writes and is not meant for other files: each page starts its part of the tree anew,
a table header has an ID "<part>-<row>-<column>", and each cell names the IDs of its headers.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

_MARKED = re.compile(rb"/\w+\s<</MCID (\d+)>>\sBDC")
_PAGINATION = b"/Artifact\n<</Type /Pagination>>\nBDC"


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
    document = pdf.Root.StructTreeRoot.K[0]
    _tag_notes(document)
    tables = list(_every(document, "/Table"))
    for table in tables:
        _scope_headers(table)
    _join_tables(tables, parts)
    _index(pdf.Root.StructTreeRoot, document)
    _release_furniture(pdf, document)


def _part_of(name: str) -> str:
    return name.partition("-")[0]


def _kids(element: Object) -> list[Object]:
    """The elements right below this one, without marks and references to annotations."""
    return [kid for kid in element.K if isinstance(kid, Dictionary) and Name.S in kid]


def _below(element: Object) -> Iterator[Object]:
    for kid in _kids(element):
        yield kid
        yield from _below(kid)


def _every(element: Object, kind: str) -> Iterator[Object]:
    return (found for found in _below(element) if str(found.S) == kind)


def _tag_notes(document: Object) -> None:
    """A page's footnotes are the spans in the one nameless element beside its body."""
    notes = (note for area in _kids(document) if area.S == "/NonStruct" for note in _kids(area))
    for count, note in enumerate(notes, 1):
        note.S = Name.Note
        note.ID = String(f"note-{count}")
        marker = _kids(note)[0]
        if marker.S == "/NonStruct":
            marker.S = Name.Lbl


def _scope_headers(table: Object) -> None:
    for row in _every(table, "/TR"):
        cells = _kids(row)
        heads_columns = row.P.S == "/THead" or all(cell.S == "/TH" for cell in cells)
        for cell in cells:
            if cell.S == "/TH":
                cell.A.Scope = Name.Column if heads_columns else Name.Row


def _join_tables(tables: list[Object], parts: dict[str, int]) -> None:
    """One table for what was torn over pages: its rows together, the repeated heads left out of the tree."""
    begun: dict[int, Object] = {}
    for table in tables:
        head = next(_every(table, "/TH"), None)
        if head is None:
            continue
        first = begun.setdefault(parts[_part_of(str(head.ID))], table)
        if first.objgen != table.objgen:
            _head_columns(table, first)
            _move_rows(table, first)


def _head_columns(table: Object, first: Object) -> None:
    """Let the cells of a later part name the column headers that stay, those of the first part."""
    repeated, kept = (
        [head.ID for part in _kids(one) if part.S == "/THead" for head in _every(part, "/TH")]
        for one in (table, first)
    )
    kept_for = dict(zip(map(str, repeated), kept, strict=True))
    for cell in _every(table, "/TD"):
        cell.A.Headers = Array([kept_for.get(str(header), header) for header in cell.A.Headers])


def _move_rows(table: Object, first: Object) -> None:
    target = _kids(first)[-1]
    for part in _kids(table):
        for row in _kids(part) if part.S == "/TBody" else ():
            row.P = target
            target.K.append(row)
    _drop(table)


def _drop(element: Object) -> None:
    """Take the element out of the tree, with those above it that hold nothing else."""
    parent = element.P
    parent.K = Array([kid for kid in parent.K if not _same(kid, element)])
    if not len(parent.K) and parent.S != "/Document":
        _drop(parent)


def _same(one: Object, other: Object) -> bool:
    return isinstance(one, Dictionary) and bool(one.objgen == other.objgen)


def _index(root: Object, document: Object) -> None:
    """The tree from IDs to elements, which is required as soon as one element has an ID."""
    named = sorted((bytes(found.ID), found) for found in _below(document) if Name.ID in found)
    root.IDTree = Dictionary(
        Names=Array([part for pair in named for part in (String(pair[0].decode()), pair[1])])
    )


def _release_furniture(pdf: pikepdf.Pdf, document: Object) -> None:
    """What the margins repeat and what was left out above becomes an artifact, as PDF/UA-1 asks (7.8)."""
    told = {found.objgen for found in _below(document)}
    owners_of_pages = pdf.Root.StructTreeRoot.ParentTree.Nums[1::2]
    for page, owners in zip(pdf.pages, owners_of_pages, strict=False):
        loose = {mark for mark, owner in enumerate(owners) if owner.objgen not in told}
        if loose:
            _make_artifacts(page, loose)
            for mark in loose:
                owners[mark] = None


def _make_artifacts(page: pikepdf.Page, marks: set[int]) -> None:
    def renamed(match: re.Match[bytes]) -> bytes:
        return _PAGINATION if int(match[1]) in marks else match[0]

    drawing = _MARKED.sub(renamed, page.Contents.read_bytes())
    page.Contents.write(zlib.compress(drawing), filter=Name.FlateDecode)
