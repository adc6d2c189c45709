"""The typeface of printed pages: which files it is, and whether it holds what must be printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from django.conf import settings
from fontTools.ttLib import TTFont

from .errors import PdfError

# The ways in which Fontsource cuts a typeface up; what a letter needs of them.
_SUBSETS = ("latin", "latin-ext")
_WEIGHTS = (400, 600)
_STYLES = ("normal", "italic")
_REGULAR = (400, "normal")
_ITALIC = 1  # the bit of OS/2 fsSelection
_RULE = "@font-face{{font-family:'{}';font-weight:{};font-style:{};src:url('{}')}}"


@dataclass(frozen=True)
class Face:
    """One file of the typeface."""

    path: Path
    weight: int
    style: str


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
_LAYOUT = "\t\n\r"
_SUBSCRIPTS, _SUPERSCRIPTS = "₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SMALL_DIGITS = re.compile(f"([{_SUBSCRIPTS}]+|[{_SUPERSCRIPTS}]+)")
_DIGITS = str.maketrans(_SUBSCRIPTS + _SUPERSCRIPTS, "0123456789" * 2)
_UNPRINTED = {"head", "style", "script", "template"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def folder() -> Path:
    """Where the typeface lies; raises PdfError when it is not there."""
    place = Path(settings.LETTER_FONT_DIR).resolve()
    if not _regular(place):
        raise PdfError("Het lettertype van de brief ontbreekt. Voer eerst 'make setup' uit.")
    return place


def css(place: Path) -> str:
    """The rules that make the typeface known and use it for all that is printed."""
    name = family(place)
    rules = (_RULE.format(name, face.weight, face.style, face.path.as_uri()) for face in all_in(place))
    return "".join(rules) + f"html{{font-family:'{name}'}}"


def family(place: Path) -> str:
    """The typeface's own name, as its regular face bears it: a bold one may call itself a family."""
    return TTFont(_regular(place)[0].path, lazy=True)["name"].getBestFamilyName() or "Letter"


def fit(page: Element, place: Path) -> None:
    """Make the page's text fit the typeface: composed letters, stand-ins, small digits as sub and sup.

    Raises PdfError for a character that cannot be printed, naming it and the heading under which it stands.
    """
    known = _characters(place)
    heading = ""
    for element in list(_printed(page)):
        if _name(element) in _HEADINGS:
            heading = " ".join("".join(element.itertext()).split())
        _fit_text(element)
        for text in (element.text, *(child.tail for child in element)):
            _demand(text or "", known, heading)


def _printed(element: Element) -> list[Element]:
    """The element and all below it that is printed, in the order of the page."""
    if _name(element) in _UNPRINTED:
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


def _demand(text: str, known: frozenset[int], heading: str) -> None:
    for sign in text:
        if ord(sign) not in known and sign not in _LAYOUT:
            where = f" Het staat onder '{heading}'." if heading else ""
            raise PdfError(f"Het teken '{sign}' (U+{ord(sign):04X}) kan niet worden afgedrukt.{where}")


@cache
def _characters(place: Path) -> frozenset[int]:
    """What the regular face holds; the others hold the same."""
    return frozenset().union(*(codes(face) for face in _regular(place)))


def codes(face: Face) -> set[int]:
    """The characters of one file."""
    return set(TTFont(face.path, lazy=True).getBestCmap())


def _regular(place: Path) -> list[Face]:
    return [face for face in all_in(place) if (face.weight, face.style) == _REGULAR]


@cache
def all_in(place: Path) -> tuple[Face, ...]:
    """The files of the typeface, by character set, weight and style."""
    return tuple(_face(path) for path in _files(place))


def _face(path: Path) -> Face:
    font = TTFont(path, lazy=True)
    style = "italic" if font["OS/2"].fsSelection & _ITALIC else "normal"
    return Face(path, font["OS/2"].usWeightClass, style)


def _files(place: Path) -> list[Path]:
    """The files of an npm package of Fontsource; in any other folder every font that is not packed.

    Of the two packings of Fontsource the older: it unpacks fifteen times faster.
    """
    names = (f"*-{cut}-{weight}-{style}.woff" for cut in _SUBSETS for weight in _WEIGHTS for style in _STYLES)
    packed = [path for name in names for path in sorted(place.glob(name))]
    return packed or sorted(path for path in place.glob("*") if path.suffix in {".ttf", ".otf"})


def _name(element: Element) -> str:
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""
