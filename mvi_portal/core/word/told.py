"""What is read of a Word document: its blocks as they stand after all changes, and what was said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one form. `marks` are the bookmarks that it stands in; a `note` has no text."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    marks: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph of Word: of a block, an item of a list, or a cell of a table."""

    pieces: tuple[Piece, ...] = ()
    level: int = 0  # of a list
    ordered: bool = False
    row: int = 0  # of a table
    is_head: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Block:
    """One paragraph of ours: "p", a heading ("h1" to "h6"), "list", "quote" or "table"."""

    kind: str
    lines: tuple[Line, ...]
    keys: tuple[str, ...] = ()  # the bookmarks that begin in it
    authors: tuple[tuple[str, date | None], ...] = ()  # who changed something in it, and when
    comments: tuple[str, ...] = ()
    caption: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.caption and not any(
            piece.note or piece.text.strip() for line in self.lines for piece in line.pieces
        )


@dataclass(frozen=True)
class Note:
    """A footnote."""

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces).split())


@dataclass(frozen=True)
class Said:
    """A comment in the margin."""

    author: str
    day: date | None
    text: str


@dataclass(frozen=True)
class Document:
    blocks: tuple[Block, ...]
    notes: Mapping[str, Note] = field(default_factory=dict)
    comments: Mapping[str, Said] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    saved_by: str = ""
    ignored: frozenset[str] = frozenset()  # Dutch: what is in it and was not read
