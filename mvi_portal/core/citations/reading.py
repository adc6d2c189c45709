"""Recognising citations, alone (`parse`) and in running text (`find`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import patterns
from .kinds import (
    AnnexDocument,
    Citation,
    CitationError,
    Kamerstuk,
    ParliamentDocument,
    Proceedings,
    Staatscourant,
)
from .sessions import read_session

_Parts = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Match:
    """A citation in a text: text[start:end] says it."""

    start: int
    end: int
    text: str
    citation: Citation


def parse(text: str) -> Citation:
    """The citation that the text is, whole; spaces around it and a full stop behind it do not count.

    Raises CitationError with a Dutch message.
    """
    words = re.sub(r"\s+", " ", text).strip().rstrip(".,;").rstrip()
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(words):
            return read(found.groupdict())
    raise CitationError(_not_understood(words))


def find(text: str) -> list[Match]:
    """All citations in running text, in order; of overlapping readings the longest from the left."""
    candidates = sorted(_candidates(text), key=lambda match: (match.start, -match.end))
    found: list[Match] = []
    for match in candidates:
        if not found or match.start >= found[-1].end:
            found.append(match)
    return found


def _candidates(text: str) -> Iterator[Match]:
    for pattern, read in _FORMS:
        for found in pattern.finditer(text):
            yield Match(found.start(), found.end(), found[0], read(found.groupdict()))


def _not_understood(words: str) -> str:
    if _PAPER_WITHOUT_NUMBER.fullmatch(words):
        return f"Het nummer van het stuk ontbreekt: “{words}”. Schrijf bijvoorbeeld “30 196, nr. 746”."
    shown = words if len(words) <= 80 else words[:79] + "…"
    return (
        f"“{shown}” herkennen we niet als vindplaats. "
        "Schrijf bijvoorbeeld “Kamerstukken II 2020/21, 30 196, nr. 746” of “Staatscourant 2024, 806”."
    )


# --- what each form tells ------------------------------------------------------------------------------

_CHAMBERS = {"": "", "i": "I", "ek": "I", "eerste kamer": "I", "ii": "II", "tk": "II", "tweede kamer": "II"}


def _chamber(parts: _Parts) -> str:
    return _CHAMBERS[re.sub(r"\s+", " ", parts.get("chamber") or "").lower()]


def _session(parts: _Parts) -> str:
    first, second = parts.get("first"), parts.get("second")
    return read_session(first, second) if first and second else ""


def _read_paper(parts: _Parts) -> Kamerstuk:
    number = parts["number"] or ""
    return Kamerstuk(
        chamber=_chamber(parts),
        session=_session(parts),
        dossier=re.sub(r"[^0-9]", "", parts["dossier"] or ""),
        addition=(parts["addition"] or parts.get("council") or "").upper(),
        number=number.lower() if number[0].isdigit() else number.upper(),
        annex=bool(parts.get("annex")),
    )


def _read_sitting(parts: _Parts) -> Proceedings:
    return Proceedings(
        chamber=_chamber(parts),
        session=_session(parts),
        number=int(parts["number"] or ""),
        item=int(parts["item"] or ""),
    )


def _read_gazette(parts: _Parts) -> Staatscourant:
    return Staatscourant(int(parts["year"] or ""), int(parts["number"] or ""))


def _read_document(parts: _Parts) -> ParliamentDocument:
    return ParliamentDocument((parts["number"] or "").upper())


def _read_annex(parts: _Parts) -> AnnexDocument:
    return AnnexDocument(int(parts["number"] or ""))


_FORMS: list[tuple[re.Pattern[str], Callable[[_Parts], Citation]]] = [
    (re.compile(pattern, re.IGNORECASE), read)
    for forms, read in (
        (patterns.PAPER, _read_paper),
        (patterns.GAZETTE, _read_gazette),
        (patterns.SITTING, _read_sitting),
        (patterns.ANNEX, _read_annex),
        (patterns.DOCUMENT, _read_document),
    )
    for pattern in forms
]
_PAPER_WITHOUT_NUMBER = re.compile(patterns.PAPER_WITHOUT_NUMBER, re.IGNORECASE)
