"""The blocks of a Word document, as its text stands when every change in it is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO
from xml.etree.ElementTree import Element

from .errors import WordError
from .opening import Package, opened
from .runs import BOXES, Runs
from .styles import Numbering, Styles, W, day_of, is_on
from .told import Block, Document, Line, Note, Said

LONGEST = 20_000  # signs of one paragraph, or of one comment
MOST_BLOCKS, MOST_SIGNS = 3_000, 600_000  # ten times the longest letter
TOO_LONG = (
    "De tekst in het bestand is veel langer dan een brief. Zij is daarom niet gelezen. Breng alleen de tekst "
    "van de brief of de nota terug."
)
_OUTSIDE = {"attachedTemplate": "een sjabloon van elders", "image": "afbeeldingen van elders"}
_WRAPPED = {f"{W}{name}" for name in ("ins", "moveTo", "customXml", "sdt", "sdtContent", "smartTag")}
_GONE = {f"{W}{name}" for name in ("del", "moveFrom")}


def read(file: IO[bytes]) -> Document:
    """What the document says. Raises WordError."""
    package = opened(file)
    reader = _Reader(package)
    notes = dict(_notes(package))
    outside = {_OUTSIDE.get(kind, "verwijzingen naar bestanden van elders") for kind in package.outside}
    return Document(
        _bounded(reader.blocks()),
        notes,
        dict(_comments(package)),
        package.properties,
        package.saved_by,
        frozenset(outside | reader.runs.ignored),
    )


def _bounded(blocks: Iterator[Block]) -> tuple[Block, ...]:
    """All of them. Raises WordError for more than anybody compares in a few seconds."""
    found, signs = [], 0
    for block in blocks:
        lengths = [len(line.text) for line in block.lines]
        signs += sum(lengths)
        found.append(block)
        if len(found) > MOST_BLOCKS or signs > MOST_SIGNS or max(lengths, default=0) > LONGEST:
            raise WordError(TOO_LONG)
    return tuple(found)


class _Reader:
    """Goes through the body once; a bookmark that begins between two blocks belongs to the second."""

    def __init__(self, package: Package) -> None:
        self.body = package.parts["document"].find(f"{W}body")
        self.styles = Styles(package.parts.get("styles"), package.parts.get("numbering"))
        self.runs = Runs(package.links.get("document", {}))
        self._caption: Block | None = None
        self._merged: Line | None = None  # whose mark at the end was deleted: it goes on in the next

    def blocks(self) -> Iterator[Block]:
        """Lists, quotations and tables each as one."""
        open_block: Block | None = None
        for block in self._single(self.body if self.body is not None else Element("body")):
            if open_block is not None and _goes_on(open_block, block):
                open_block = _together(open_block, block)
                continue
            if open_block is not None:
                yield open_block
            open_block = block
        if open_block is not None:
            yield open_block
        yield from self._rest()

    def _rest(self) -> Iterator[Block]:
        """What would have run on into a paragraph that is not there."""
        if self._merged is not None:
            line, self._merged = self._merged, None
            yield self._finished("p", (line,))

    def _single(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._rest()
                yield self._table(element)
            elif element.tag in _WRAPPED:
                yield from self._single(element)
            elif element.tag == f"{W}altChunk":
                self.runs.ignored.add(BOXES)
            elif element.tag != f"{W}sectPr":
                self.runs.mark(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        line = self._line(element)
        if self._merged is not None:
            line = replace(line, pieces=(*self._merged.pieces, *line.pieces))
            self._merged = None
        if _mark_is_gone(element):
            self.runs.changed_by(element.find(f"{W}pPr/{W}rPr/{W}del"))
            if any(piece.text or piece.note for piece in line.pieces):
                self._merged = line
                return
        kind = self.styles.kind(element)
        numbering = self.styles.numbering(element) if kind == "p" else None
        if kind == "caption":
            self._caption = self._finished("caption", (line,))
            return
        if numbering is not None:
            yield self._item(line, numbering)
            return
        yield self._finished(kind, (line,))

    def _item(self, line: Line, numbering: Numbering) -> Block:
        row = 1 if numbering.plain else 0  # goes on with the item before it
        return self._finished(
            "list", (replace(line, level=numbering.level, ordered=numbering.ordered, row=row),)
        )

    def _line(self, element: Element) -> Line:
        mark = element.find(f"{W}pPr/{W}rPr/{W}ins")
        if mark is not None:
            self.runs.changed_by(mark)
        return Line(tuple(self.runs.of(element)))

    def _table(self, element: Element) -> Block:
        lines: list[Line] = []
        for number, row in enumerate(_rows(element)):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.runs.changed_by(properties.find(f"{W}del"))
                continue
            if properties is not None:
                self.runs.changed_by(properties.find(f"{W}ins"))
            head = is_on(properties, "tblHeader")
            lines += [replace(cell, row=number, is_head=head) for cell in self._cells(row)]
        found = self._finished("table", tuple(lines))
        caption, self._caption = self._caption, None
        if caption is None:
            return found
        return replace(
            found,
            caption=caption.text.strip(),
            keys=(*caption.keys, *found.keys),
            authors=tuple(dict.fromkeys((*caption.authors, *found.authors))),
            comments=tuple(dict.fromkeys((*caption.comments, *found.comments))),
        )

    def _cells(self, row: Element) -> Iterator[Line]:
        """What stands in a table in a cell is read as its words."""
        for element in row:
            if element.tag in _WRAPPED:
                yield from self._cells(element)
            elif element.tag == f"{W}tc":
                lines = [self._line(item) for item in element.iter(f"{W}p")]
                pieces = [piece for line in lines for piece in line.pieces]
                yield Line(tuple(pieces))
            else:
                self.runs.mark(element)

    def _finished(self, kind: str, lines: tuple[Line, ...]) -> Block:
        keys, authors, comments = self.runs.taken()
        return Block(kind, lines, keys, authors, comments)


def _rows(element: Element) -> Iterator[Element]:
    for item in element:
        if item.tag == f"{W}tr":
            yield item
        elif item.tag in _WRAPPED:
            yield from _rows(item)


def _mark_is_gone(element: Element) -> bool:
    """Whether the end of the paragraph was deleted, so that it runs on into the next."""
    properties = element.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(properties.find(tag) is not None for tag in _GONE)


def _goes_on(block: Block, following: Block) -> bool:
    """Items of one list, and paragraphs of one quotation; a bookmark of ours begins another."""
    if block.kind != following.kind or block.kind not in ("list", "quote"):
        return False
    return not (following.keys and block.keys)


def _together(block: Block, following: Block) -> Block:
    return replace(
        block,
        lines=(*block.lines, *following.lines),
        keys=(*block.keys, *following.keys),
        authors=tuple(dict.fromkeys((*block.authors, *following.authors))),
        comments=tuple(dict.fromkeys((*block.comments, *following.comments))),
    )


def _notes(package: Package) -> Iterator[tuple[str, Note]]:
    part = package.parts.get("footnotes")
    for element in part.findall(f"{W}footnote") if part is not None else ():
        runs = Runs(package.links.get("footnotes", {}))
        pieces = [piece for item in element.iter(f"{W}p") for piece in runs.of(item)]
        if pieces and element.get(f"{W}type") in (None, "normal"):
            pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
        yield element.get(f"{W}id", ""), Note(tuple(piece for piece in pieces if piece.text))


def _comments(package: Package) -> Iterator[tuple[str, Said]]:
    part = package.parts.get("comments")
    for element in part.findall(f"{W}comment") if part is not None else ():
        runs = Runs({})
        lines = ("".join(piece.text for piece in runs.of(item)).strip() for item in element.iter(f"{W}p"))
        text = "\n".join(line for line in lines if line)[:LONGEST]
        if text:
            author = " ".join(element.get(f"{W}author", "").split())[:100]
            yield element.get(f"{W}id", ""), Said(author, day_of(element), text)
