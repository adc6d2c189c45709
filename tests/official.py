"""The official registers and the decision note, when shared/ lies beside the checkout; not ours to commit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
REGISTERS = tuple(sorted((SHARED / "data" / "tooi").glob("*.json")))
NOTE = SHARED / "source" / "beslisnota-voortgangsbrief-2025.txt"

needs_registers = pytest.mark.skipif(
    not REGISTERS, reason="the official TOOI registers are not here: ../shared/data/tooi/*.json"
)
needs_note = pytest.mark.skipif(
    not NOTE.exists(), reason=f"the decision note is not here: ../shared/source/{NOTE.name}"
)

HEADINGS = {  # of the note, by how docs/beslisnota.md calls them
    **{
        name: name
        for name in (
            *("Aanleiding", "Geadviseerd besluit", "Kernpunten", "Krachtenveld", "Politieke context"),
            *("Positie bedrijfsleven", "Rollen en taken DGMI", "Communicatie", "Bijlagen"),
        )
    },
    "Financiële/juridische overwegingen": "Financiële en juridische overwegingen",
    "Informatie die niet openbaargemaakt kan worden": "Informatie die niet openbaar kan worden",
}
LAST_LINE = "Kernpunten D"  # with one bullet; what follows is of all lines again


def sentences_of_the_note() -> dict[str, list[str]]:
    """By section, as docs/beslisnota.md calls them; the key points by line, and the footnotes apart."""
    texts: dict[str, list[str]] = {}
    before = ""
    for section, line in _lines_of_the_note():
        again = before not in ("", section) and section in texts and section != "Voetnoten"
        texts.setdefault(section, []).extend(["\n", line] if again else [line])
        before = section
    return {section: _sentences(lines) for section, lines in texts.items()}


def _lines_of_the_note() -> Iterator[tuple[str, str]]:
    section, bullets = "", 0
    for raw in NOTE.read_text().splitlines():
        line = raw.strip()
        if section != "Bijlagen" and re.match(r"\d [A-Z]", line):
            yield "Voetnoten", f"{line[2:]}."
        elif of_line := re.match(r"([A-D])\. ", line):
            section, bullets = f"Kernpunten {of_line[1]}", 0
        elif line in HEADINGS:
            section = HEADINGS[line]
        elif line and section:
            bullets += raw.startswith(" ")
            section = "Kernpunten" if section == LAST_LINE and bullets > 1 else section
            yield section, line


def _sentences(lines: list[str]) -> list[str]:
    text = " ".join(lines).replace("- ", "-")
    return re.split(r"(?<=\.)\s+(?=[A-Z])|\s*\n\s*", text)


def report() -> str:
    """The line in the head of a test run that says what the importer is tried on."""
    if not REGISTERS:
        return "TOOI registers: small ones of our own; the official ones are not in ../shared/data/tooi"
    return f"TOOI registers: small ones of our own, and the official {', '.join(p.name for p in REGISTERS)}"
