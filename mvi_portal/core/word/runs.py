"""The text of one paragraph of Word, run by run: what was deleted left out, what was inserted in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from .styles import VAL, W, day_of, is_on
from .told import Piece

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OURS, PARAGRAPH = "mvi_", "mvi_p"
PICTURES, BOXES = "afbeeldingen", "tekstvakken of ingevoegde bestanden"
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_DELETED = {f"{W}del", f"{W}moveFrom"}
_THROUGH = {
    f"{W}{name}" for name in ("fldSimple", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")
}
_PICTURES = {f"{W}{name}" for name in ("drawing", "pict", "object")}
_SIGNS = {
    f"{W}tab": " ",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
    f"{W}cr": "\n",
    f"{W}ptab": " ",
}
_LINKS = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class _Form:
    href: str = ""
    is_gone: bool = False


class Runs:
    """Goes through the paragraphs of a document in order, and knows which bookmarks are open.

    `taken` gives what was met since it was last asked: bookmarks of ours that began, who changed something,
    and which comments were made.
    """

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links
        self._names: dict[str, str] = {}  # of the bookmarks that are open, by their number
        self._seen: set[str] = set()
        self._keys: list[str] = []
        self._authors: dict[tuple[str, date | None], None] = {}
        self._comments: dict[str, None] = {}
        self._commented: set[str] = set()
        self.ignored: set[str] = set()

    def of(self, paragraph: Element) -> Iterator[Piece]:
        yield from self._in(paragraph, _Form())

    def taken(self) -> tuple[tuple[str, ...], tuple[tuple[str, date | None], ...], tuple[str, ...]]:
        found = tuple(self._keys), tuple(self._authors), tuple(self._comments)
        self._keys, self._authors, self._comments = [], {}, {}
        return found

    def changed_by(self, element: Element | None) -> None:
        if element is not None:
            author = " ".join(element.get(f"{W}author", "").split())[:100]
            self._authors.setdefault((author, day_of(element)))

    def mark(self, element: Element) -> None:
        """A bookmark begins or ends, or a comment."""
        name, number = element.get(f"{W}name", ""), element.get(f"{W}id", "")
        match element.tag.removeprefix(W):
            case "bookmarkStart" if name.startswith(OURS) and name not in self._seen:
                self._seen.add(name)
                self._names[number] = name
                self._keys += [name] if name.startswith(PARAGRAPH) else []
            case "bookmarkEnd":
                self._names.pop(number, None)
            case "commentRangeStart" | "commentReference" if number not in self._commented:
                self._commented.add(number)  # one over several paragraphs belongs to the first
                self._comments.setdefault(number)

    def _in(self, parent: Element, form: _Form) -> Iterator[Piece]:
        for element in parent:
            tag = element.tag
            if tag == f"{W}r":
                yield from self._run(element, form)
            elif tag in _INSERTED or tag in _DELETED:
                self.changed_by(element)
                yield from self._in(element, _Form(form.href, form.is_gone or tag in _DELETED))
            elif tag == f"{W}hyperlink":
                href = self._links.get(element.get(R_ID, ""), "")
                yield from self._in(element, _Form(href if href.startswith(_LINKS) else "", form.is_gone))
            elif tag in _THROUGH:
                yield from self._in(element, form)
            else:
                self.mark(element)

    def _run(self, run: Element, form: _Form) -> Iterator[Piece]:
        properties = run.find(f"{W}rPr")
        marks = frozenset(self._names.values())
        bold, italic = is_on(properties, "b"), is_on(properties, "i")
        raised = properties.find(f"{W}vertAlign") if properties is not None else None
        for element in run:
            text, note = self._text(element)
            if raised is not None and raised.get(VAL) == "superscript" and text == ",":
                continue  # stands between two notes
            if (text or note) and not form.is_gone:
                yield Piece(text, bold and not note, italic and not note, form.href, marks, note)

    def _text(self, element: Element) -> tuple[str, str]:
        """What it says, and the number of the footnote that it calls."""
        tag = element.tag
        if tag == f"{W}t":
            return (element.text or "").replace("\n", " "), ""
        if tag == f"{W}br":
            return ("\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else " "), ""
        if tag == f"{W}footnoteReference":
            return "", element.get(f"{W}id", "")
        if tag in _PICTURES:
            self.ignored.add(PICTURES)
        elif tag.endswith("}AlternateContent"):
            self.ignored.add(BOXES)
        elif tag == f"{W}commentReference":
            self.mark(element)
        return _SIGNS.get(tag, ""), ""
