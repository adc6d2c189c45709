"""A citation where it is typed and where a page shows it: printed, linked, and marked when it is in doubt."""

from __future__ import annotations

from typing import Any

from django import forms

from mvi_portal.core.citations import CitationError, parse
from mvi_portal.core.tables import Cell

NOT_RECOGNISED, IN_DOUBT = "niet herkend", "niet zeker"


class CitationField(forms.CharField):
    """A citation in its printed form; what is not recognised stays as it was typed, and pages say so."""

    def __init__(self, **kwargs: Any) -> None:
        example = "Bijvoorbeeld Kamerstukken II 2020/21, 30 196, nr. 746 of Staatscourant 2024, 806."
        given = {"label": "Vindplaats", "required": False, "max_length": 200, "help_text": example}
        super().__init__(**{**given, **kwargs})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        return printed(text) if text else ""


def printed(text: str) -> str:
    """The form in which it is printed; what is not recognised as it was typed."""
    try:
        return str(parse(text))
    except CitationError:
        return text


def address(text: str) -> str:
    """Where the citation can be read; empty for what is not a citation."""
    try:
        return parse(text).url
    except CitationError:
        return ""


def doubts(text: str) -> str:
    """What a person should look at, in a few words; empty for a citation that is right."""
    try:
        found = parse(text).doubts
    except CitationError:
        return f"{NOT_RECOGNISED} als vindplaats"
    return f"{IN_DOUBT}: {' '.join(found).rstrip('.')}" if found else ""


def citation_cell(text: str) -> Cell:
    """For a list: the printed form with its link, and a word when it is not recognised or not certain."""
    if not text:
        return Cell("")
    try:
        found = parse(text)
    except CitationError:
        return Cell(text, tag=NOT_RECOGNISED, tone="warn")
    return Cell(str(found), found.url, IN_DOUBT if found.doubts else "", "warn")
