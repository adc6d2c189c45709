"""Making a page's text fit the typeface: stand-ins for what it lacks, else a clear word about it."""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element

from .errors import PdfError
from .faces import Typeface

# Signs that the typeface lacks, and what stands for them: hyphens, spaces, and marks that show nothing.
_SPACES = "\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000\u2028\u2029\v\f"
_FIXED_SPACES = "\u2007\u2009\u202f"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_STAND_INS = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_FIXED_SPACES, "\u00a0")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys(_UNSEEN, "")
)
_LAYOUT = frozenset("\t\n\r")
_SUBSCRIPTS, _SUPERSCRIPTS = "₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SMALL_DIGITS = re.compile(f"([{_SUBSCRIPTS}]+|[{_SUPERSCRIPTS}]+)")
_DIGITS = str.maketrans(_SUBSCRIPTS + _SUPERSCRIPTS, "0123456789" * 2)
_UNPRINTED = {"head", "style", "script", "template"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def fit(page: Element, typeface: Typeface) -> set[str]:
    """The characters that are printed, once letters are composed, and small digits made sub and sup.

    Raises PdfError for a character that the typeface lacks, naming it and the heading under which it stands.
    """
    used: set[str] = set()
    known, heading = typeface.characters, ""
    for element in _printed(page):
        if element.tag in _HEADINGS:
            heading = " ".join("".join(element.itertext()).split())
        _fit_text(element)
        signs = set().union(element.text or "", *(child.tail or "" for child in element))
        _demand(signs - known, heading)
        used |= signs
    return used - _LAYOUT


def _printed(element: Element) -> list[Element]:
    """The element and all below it that is printed, in the order of the page; no comments."""
    if not isinstance(element.tag, str) or element.tag in _UNPRINTED:
        return []
    return [element, *(found for child in element for found in _printed(child))]


def _fit_text(element: Element) -> None:
    in_picture = element.tag.startswith("{")
    children = list(element)
    element.text = _composed(element.text)
    for child in children:
        child.tail = _composed(child.tail)
    if in_picture:
        return
    for child in reversed(children):
        rest, made = _small_digits(child.tail)
        child.tail = rest
        place = list(element).index(child) + 1
        element[place:place] = made
    element.text, made = _small_digits(element.text)
    element[0:0] = made


def _composed(text: str | None) -> str | None:
    return unicodedata.normalize("NFC", text).translate(_STAND_INS) if text else text


def _small_digits(text: str | None) -> tuple[str | None, list[Element]]:
    """The text before the first small digit, and the rest as sub and sup elements: CO₂, CO<sub>2</sub>."""
    first, *parts = _SMALL_DIGITS.split(text or "")
    made = []
    for digits, tail in zip(parts[::2], parts[1::2], strict=True):
        small = Element("sub" if digits[0] in _SUBSCRIPTS else "sup")
        small.text, small.tail = digits.translate(_DIGITS), tail
        made.append(small)
    return first, made


def _demand(lacking: set[str], heading: str) -> None:
    for sign in sorted(lacking - _LAYOUT):
        where = f" Het staat onder '{heading}'." if heading else ""
        raise PdfError(f"Het teken '{sign}' (U+{ord(sign):04X}) kan niet worden afgedrukt.{where}")
