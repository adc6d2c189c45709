"""A Word document taken apart: the few parts that tell its text, as trees of elements.

Nothing is unpacked to a disk, nothing is fetched, no entity is expanded. Each part may be so large and so
deep and no more; what a part says of its own size is not believed.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from mvi_portal.core.uploads.kinds import UNREADABLE

from .errors import WordError

MOST_BYTES = 24 * 1024**2  # of one part; the text of a letter of a hundred pages takes two
MOST_ELEMENTS = 250_000
DEEPEST = 120

_DOCUMENT, _MAIN = "word/document.xml", "officeDocument"
_PARTS = ("footnotes", "comments", "numbering", "styles")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CHUNK = 64 * 1024

BROKEN = (
    "Het Word-bestand is beschadigd: de tekst erin is niet te lezen. Open het in Word, bewaar het opnieuw "
    "als DOCX en probeer het nog eens."
)
NO_TEXT = (
    "In het bestand zit geen tekst van een Word-document. Bewaar het in Word als DOCX en probeer het opnieuw."
)
ENTITIES = (
    "Het bestand bevat opdrachten om tekst van elders op te halen of te vermenigvuldigen. Dat doet een "
    "gewoon Word-document niet. Het is daarom niet gelezen. Maak een nieuw document en plak de tekst daarin."
)
TOO_LARGE = "Het bestand pakt uit tot veel meer dan een brief bevat. Het is daarom niet gelezen."
TOO_DEEP = (
    "De tekst in het bestand zit in te veel lagen in elkaar. Het is daarom niet gelezen. Plak de tekst in "
    "een nieuw document en probeer het opnieuw."
)
NAMES = (
    "In het bestand zitten onderdelen met namen die een Word-document niet heeft. Het is daarom niet "
    "gelezen. Plak de tekst in een nieuw document en probeer het opnieuw."
)
LOCKED = "Het bestand is met een wachtwoord beveiligd. Haal de beveiliging eraf en probeer het opnieuw."


@dataclass(frozen=True)
class Package:
    """The parts by their short name ("document", "footnotes", …), where links lead, and who saved it last."""

    parts: Mapping[str, Element]
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    saved_by: str = ""
    outside: frozenset[str] = frozenset()  # what it asks for from elsewhere: "attachedTemplate", "image"


def opened(file: IO[bytes]) -> Package:
    """The parts of the document. Raises WordError."""
    try:
        with zipfile.ZipFile(file) as packed:
            return _package(packed)
    except (*UNREADABLE, ParseError) as error:
        is_locked = type(error) is RuntimeError  # how a zip says so
        raise WordError(LOCKED if is_locked else BROKEN) from error


def _package(packed: zipfile.ZipFile) -> Package:
    names = set(packed.namelist())
    if any(_is_odd(name) for name in names):
        raise WordError(NAMES)
    main = _main(packed, names)
    if main not in names:
        raise WordError(NO_TEXT)
    rels = _rels(packed, names, main)
    parts = {"document": _tree(packed, main)}
    for name in _PARTS:
        where = next((target for kind, target, _mode in rels.values() if kind == name), "")
        if where in names:
            parts[name] = _tree(packed, where)
    links = {"document": _links(rels)}
    if note_part := next((target for kind, target, _mode in rels.values() if kind == "footnotes"), ""):
        links["footnotes"] = _links(_rels(packed, names, note_part))
    every = [*rels.values(), *_rels(packed, names, "word/settings.xml").values()]
    outside = {kind for kind, _target, mode in every if mode == "External" and kind != "hyperlink"}
    return Package(parts, links, _properties(packed, names), _saved_by(packed, names), frozenset(outside))


def _is_odd(name: str) -> bool:
    """A path that leads out of the package, or that no package has."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name


def _main(packed: zipfile.ZipFile, names: set[str]) -> str:
    found = (target for kind, target, _mode in _rels(packed, names, "").values() if kind == _MAIN)
    return next(found, _DOCUMENT)


def _rels(packed: zipfile.ZipFile, names: set[str], of: str) -> dict[str, tuple[str, str, str]]:
    """By their key the kind, target and mode of what a part points at."""
    folder, _slash, name = of.rpartition("/")
    place = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if place not in names:
        return {}
    found: dict[str, tuple[str, str, str]] = {}
    for row in _tree(packed, place):
        mode, target = row.get("TargetMode", ""), row.get("Target", "")
        kind = row.get("Type", "").rpartition("/")[2]
        inside = (
            posixpath.normpath(posixpath.join(folder, target)).lstrip("/") if mode != "External" else target
        )
        found[row.get("Id", "")] = (kind, inside, mode)
    return found


def _links(rels: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    return {
        key: target
        for key, (kind, target, mode) in rels.items()
        if kind == "hyperlink" and mode == "External"
    }


def _properties(packed: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Those that somebody gave a name, such as ours."""
    if "docProps/custom.xml" not in names:
        return {}
    rows = _tree(packed, "docProps/custom.xml")
    return {row.get("name", ""): "".join(row.itertext()).strip() for row in rows}


def _saved_by(packed: zipfile.ZipFile, names: set[str]) -> str:
    if "docProps/core.xml" not in names:
        return ""
    found = (row.text for row in _tree(packed, "docProps/core.xml") if row.tag.endswith("}lastModifiedBy"))
    return (next(found, "") or "").strip()[:100]


def _tree(packed: zipfile.ZipFile, name: str) -> Element:
    """The part as a tree; in the words of the older standard when it uses those of the strict one."""
    parser: Any = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        for chunk in _chunks(packed, name):
            parser.feed(chunk)
        found: Element = parser.close()
    except DefusedXmlException as error:
        raise WordError(ENTITIES) from error
    return found


def _chunks(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    taken = 0
    with packed.open(name) as part:
        while chunk := part.read(_CHUNK):
            taken += len(chunk)
            if taken > MOST_BYTES:
                raise WordError(TOO_LARGE)
            yield chunk


class _Bounded(TreeBuilder):
    """Builds no deeper and no larger than a document is."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise WordError(TOO_DEEP)
        if self._count > MOST_ELEMENTS:
            raise WordError(TOO_LARGE)
        return super().start(_older(tag), {_older(key): value for key, value in attrs.items()})

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(_older(tag))


_STRICT = re.compile(
    r"^\{http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/relationships)\}"
)
_OLDER = {
    "wordprocessingml/main": f"{{{_W}}}",
    "officeDocument/relationships": "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
}


def _older(name: str) -> str:
    return _STRICT.sub(lambda found: _OLDER[found[1]], name)
