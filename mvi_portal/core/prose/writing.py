"""Writing a text down so that every element stands where it may: what a browser reads back is the same."""

from __future__ import annotations

from dataclasses import dataclass

from .grammar import (
    BLOCKS,
    CHILDREN,
    CLOSABLE,
    IMPLIED,
    INLINE,
    LEAVES,
    MAX_DEPTH,
    NESTING,
    NOT_IN_ITSELF,
    NOT_IN_LINK,
    ROOT,
    Tag,
)

_KEPT_WHEN_EMPTY = frozenset({"td", "th"})


def escape(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(slots=True, eq=False)
class _Open:
    """An element that is being written: where its start tag stands, and whether it holds anything yet."""

    name: str
    at: int = 0
    is_empty: bool = True
    is_implied: bool = False  # nobody wrote it

    @property
    def may_close(self) -> bool:
        """Whether it may end because something else begins."""
        return self.is_implied or self.name in CLOSABLE


class Writer:
    """Takes tags and texts in order, each start tag with its end; `close` gives the HTML."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open = [_Open(ROOT)]
        self._begun: list[_Open | None] = []  # of each start tag not yet ended: what became of it
        self._gap = False  # a block was here that went: its words and the next must not grow together

    def start(self, tag: Tag) -> None:
        """An element begins, if it may stand here. A leaf is whole at once: what it held follows it."""
        fits = self._make_room(tag.name)
        if tag.name in LEAVES:
            if fits:
                self._leaf(tag)
        elif fits:
            self._begun.append(self._push(tag))
        else:
            self.skip(tag.name)

    def skip(self, name: str) -> None:
        """An element begins of which only the content is kept."""
        self._begun.append(None)
        self._gap |= name not in INLINE

    def end(self, name: str) -> None:
        """The element ends that began last."""
        if name in LEAVES:
            return
        element = self._begun.pop()
        if element is None:
            self._gap |= name not in INLINE
        elif element in self._open:
            self._close(element)

    def text(self, text: str) -> None:
        """Words; spaces alone count only among words."""
        is_space = not text.strip(" \t\n")
        if is_space and not self._takes("#text"):
            return
        self._make_room("#text")
        self._write("#text", escape(text))
        self._open[-1].is_empty &= is_space

    def close(self) -> str:
        """Everything ends; the whole text."""
        if len(self._open) > 1:
            self._close(self._open[1])
        return "".join(self._out)

    # --- what may stand where ---

    def _takes(self, name: str, place: int = -1) -> bool:
        return name in CHILDREN[self._open[place].name]

    def _make_room(self, name: str) -> bool:
        """Close or open what is needed for the element; False when it cannot stand here."""
        if name in NESTING and len(self._open) > MAX_DEPTH:
            return False
        if name in NOT_IN_LINK:
            self._close_all("a")
        if name in NOT_IN_ITSELF and any(element.name == name for element in self._open):
            return False
        if name not in INLINE:
            self._leave_paragraph(name)
        if name in INLINE or name in BLOCKS:
            self._open_implied(name)
        return self._takes(name)

    def _close_all(self, name: str) -> None:
        for element in self._open:
            if element.name == name:
                self._close(element)
                return

    def _leave_paragraph(self, name: str) -> None:
        """End paragraphs, and what nobody wrote, where the element may stand behind those."""
        place = last = len(self._open) - 1
        while not self._takes(name, place) and self._open[place].may_close:
            place -= 1
        if place < last and self._takes(name, place):
            self._close(self._open[place + 1])

    def _open_implied(self, name: str) -> None:
        """Words between list items become an item, words outside blocks a paragraph."""
        while not self._takes(name) and self._open[-1].name in IMPLIED:
            self._push(Tag(IMPLIED[self._open[-1].name])).is_implied = True

    # --- writing ---

    def _write(self, name: str, written: str) -> None:
        if self._gap and name in INLINE and not self._open[-1].is_empty:
            self._out.append(" ")
        self._gap = False
        self._out.append(written)

    def _push(self, tag: Tag) -> _Open:
        element = _Open(tag.name)
        self._write(tag.name, str(tag))
        element.at = len(self._out) - 1
        self._open.append(element)
        return element

    def _leaf(self, tag: Tag) -> None:
        self._write(tag.name, str(tag))
        if tag.name != "br":
            self._out.append(f"</{tag.name}>")
            self._open[-1].is_empty = False

    def _close(self, element: _Open) -> None:
        """End the element and all that is open in it; what turns out empty was not there."""
        self._gap = False
        while element in self._open:
            closing = self._open.pop()
            if not closing.is_empty or closing.name in _KEPT_WHEN_EMPTY:
                self._out.append(f"</{closing.name}>")
                self._open[-1].is_empty &= closing.is_empty
                continue
            spaces = self._out[closing.at + 1 :] if closing.name in INLINE else []
            self._out[closing.at :] = spaces
