"""The typeface of printed pages: which files it is, and which of them a text needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from .errors import PdfError

# How Fontsource cuts a typeface up; what a letter needs of it, the usual letters first.
_CUTS = ("latin", "latin-ext")
_LOOKS = tuple((weight, style) for weight in (400, 600) for style in ("normal", "italic"))
_REGULAR = (400, "normal")
_ITALIC = 1  # the bit of OS/2 fsSelection
_RULE = "@font-face{{font-family:'{}';font-weight:{};font-style:{};src:url('{}')}}"


@dataclass(frozen=True)
class Face:
    """A weight and a style, in one or more files that each hold some of its characters."""

    paths: tuple[Path, ...]
    weight: int
    style: str

    @property
    def characters(self) -> frozenset[str]:
        return frozenset().union(*map(_characters, self.paths))

    @property
    def is_regular(self) -> bool:
        return (self.weight, self.style) == _REGULAR

    def file(self, folder: Path) -> Path:
        """The face as one file, made in the folder when it is in more: half a second of work.

        WeasyPrint would take two files that look the same for one, and print the wrong letters.
        """
        if len(self.paths) == 1:
            return self.paths[0]
        made = folder / f"{self.weight}-{self.style}.ttf"
        Merger().merge([str(_unpacked(path, folder)) for path in self.paths]).save(made)
        return made


@dataclass(frozen=True)
class Typeface:
    """Faces that go by one name. All weights and styles hold the same characters (a test looks at ours)."""

    family: str
    faces: tuple[Face, ...]

    @property
    def characters(self) -> frozenset[str]:
        return frozenset().union(*(face.characters for face in self.faces if face.is_regular))

    def css(self, folder: Path) -> str:
        """The rules that make the typeface known and use it for all; files may be made in the folder."""
        rules = (
            _RULE.format(self.family, face.weight, face.style, face.file(folder).as_uri())
            for face in self.faces
        )
        return "".join(rules) + f"html{{font-family:'{self.family}'}}"

    def holding(self, text: Collection[str]) -> Typeface:
        """The same with only the usual letters, when the text has no others."""
        usual = replace(self, faces=tuple(replace(face, paths=face.paths[:1]) for face in self.faces))
        return usual if usual.characters.issuperset(text) else self


def folder() -> Path:
    """Where the typeface lies."""
    return Path(settings.LETTER_FONT_DIR).resolve()


def typeface() -> Typeface:
    """The one that is set; raises PdfError when it is not there."""
    found = _typeface(folder())
    if not any(face.is_regular for face in found.faces):
        raise PdfError(
            "Het lettertype van de brief ontbreekt: er is geen gewone snit (400). Voer 'make setup' uit, of "
            "kijk naar de instelling LETTER_FONT_DIR."
        )
    return found


@cache
def _typeface(place: Path) -> Typeface:
    faces = _cut_up(place) or _whole(place)
    # Its name is what the regular face calls itself: a bold one may call itself a family of its own.
    regular = [TTFont(face.paths[0], lazy=True) for face in faces if face.is_regular]
    names = [font["name"].getBestFamilyName() for font in regular]
    return Typeface(next(iter(names), None) or "Letter", faces)


def _cut_up(place: Path) -> tuple[Face, ...]:
    """From a package of Fontsource. Of its two packings the older: it unpacks fifteen times faster."""
    found = {
        look: tuple(path for cut in _CUTS for path in place.glob(f"*-{cut}-{look[0]}-{look[1]}.woff"))
        for look in _LOOKS
    }
    return tuple(Face(paths, *look) for look, paths in found.items() if paths)


def _whole(place: Path) -> tuple[Face, ...]:
    """From a folder with fonts as they come."""
    paths = sorted(path for path in place.glob("*") if path.suffix in {".ttf", ".otf"})
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Face:
    looks = TTFont(path, lazy=True)["OS/2"]
    return Face((path,), looks.usWeightClass, "italic" if looks.fsSelection & _ITALIC else "normal")


@cache
def _characters(path: Path) -> frozenset[str]:
    return frozenset(map(chr, TTFont(path, lazy=True).getBestCmap()))


def _unpacked(path: Path, folder: Path) -> Path:
    font = TTFont(path)
    font.flavor = None
    made = folder / f"{path.stem}.ttf"
    font.save(made)
    return made
