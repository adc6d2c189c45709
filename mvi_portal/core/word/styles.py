"""What a style or a number of a list means: Word names them, other programs rename them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_HEADING = re.compile(r"(?:heading|kop)\s*([1-6])", re.IGNORECASE)
_QUOTE = re.compile(r"block ?text|quote|citaat|bloktekst", re.IGNORECASE)
_CAPTION = re.compile(r"table ?caption", re.IGNORECASE)
_BASED = 8  # styles on styles


@dataclass(frozen=True)
class Numbering:
    """The list that a paragraph is in, and how deep; `plain` goes on with an item without a number."""

    level: int
    ordered: bool
    plain: bool = False


class Styles:
    """Of one document. What it does not know is a paragraph like any other."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        rows = [] if styles is None else styles.findall(f"{W}style")
        self._styles = {row.get(f"{W}styleId", ""): row for row in rows}
        self._lists = _lists(numbering)

    def kind(self, paragraph: Element) -> str:
        """One of "p", "h1" to "h6", "quote" and "caption"."""
        for name, style in self._chain(paragraph):
            if found := _HEADING.fullmatch(name.strip()):
                return f"h{found[1]}"
            if _CAPTION.fullmatch(name.strip()):
                return "caption"
            if _QUOTE.search(name):
                return "quote"
            level = style.find(f"{W}pPr/{W}outlineLvl") if style is not None else None
            if level is not None and level.get(VAL, "9") in "012345":
                return f"h{int(level.get(VAL, '0')) + 1}"
        return "p"

    def numbering(self, paragraph: Element) -> Numbering | None:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        found = own if own is not None else self._of_style(paragraph)
        if found is None:
            return None
        number, level = _value(found, "numId"), int(_digits(_value(found, "ilvl")))
        if number in ("", "0"):
            return None
        form, text = self._lists.get((number, level), ("bullet", "•"))
        return Numbering(min(level, 8), form != "bullet", plain=form == "bullet" and not text.strip())

    def _of_style(self, paragraph: Element) -> Element | None:
        found = (
            style.find(f"{W}pPr/{W}numPr") for _name, style in self._chain(paragraph) if style is not None
        )
        return next((item for item in found if item is not None), None)

    def _chain(self, paragraph: Element) -> list[tuple[str, Element | None]]:
        """The paragraph's style, and what that is based on."""
        own = paragraph.find(f"{W}pPr/{W}pStyle")
        key = own.get(VAL, "") if own is not None else ""
        found: list[tuple[str, Element | None]] = []
        while key and len(found) < _BASED:
            style = self._styles.get(key)
            found.append((_value(style, "name") or key if style is not None else key, style))
            key = _value(style, "basedOn") if style is not None else ""
        return found


def _lists(numbering: Element | None) -> dict[tuple[str, int], tuple[str, str]]:
    """By list and level the form of its numbers, and what stands before an item."""
    if numbering is None:
        return {}
    abstract = {row.get(f"{W}abstractNumId", ""): row for row in numbering.findall(f"{W}abstractNum")}
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for row in numbering.findall(f"{W}num"):
        levels = abstract.get(_value(row, "abstractNumId"))
        for level in levels.findall(f"{W}lvl") if levels is not None else ():
            place = int(_digits(level.get(f"{W}ilvl", "0")))
            found[row.get(f"{W}numId", ""), place] = (_value(level, "numFmt"), _value(level, "lvlText"))
    return found


def _value(element: Element | None, name: str) -> str:
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(VAL, "") if found is not None else ""


def _digits(text: str) -> str:
    return text[:3] if text[:3].isdigit() else "0"


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property is set: there, and not said to be off."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(VAL, "1") not in ("0", "false", "none", "off")


def day_of(element: Element) -> date | None:
    """When a change or a comment was made, as far as it tells."""
    try:
        return date.fromisoformat(element.get(f"{W}date", "")[:10])
    except ValueError:
        return None
