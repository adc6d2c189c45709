"""The table in the docs that leads each sentence of the decision note to its model and its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests.access.test_walk import addresses
from tests.official import needs_note, sentences_of_the_note

DOC = Path(__file__).resolve().parent.parent.parent / "docs" / "beslisnota.md"
SECTIONS = {
    "Aanleiding": 2,
    "Geadviseerd besluit": 1,
    "Kernpunten": 11,
    "Kernpunten A": 3,
    "Kernpunten B": 2,
    "Kernpunten C": 3,
    "Kernpunten D": 3,
    "Krachtenveld": 5,
    "Politieke context": 2,
    "Positie bedrijfsleven": 5,
    "Financiële en juridische overwegingen": 2,
    "Rollen en taken DGMI": 1,
    "Communicatie": 1,
    "Informatie die niet openbaar kan worden": 1,
    "Bijlagen": 1,
    "Voetnoten": 2,
}


def rows() -> list[list[str]]:
    lines = [line for line in DOC.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_no_sentence_is_left_over() -> None:
    told: dict[str, int] = {}
    for section, *_rest in rows():
        told[section] = told.get(section, 0) + 1
    assert told == SECTIONS


@needs_note
def test_the_note_itself_has_no_sentence_that_is_left_over() -> None:
    """Each row stands where its sentence does: the numbers and abbreviations that it tells are in it."""
    sentences = sentences_of_the_note()
    assert {section: len(found) for section, found in sentences.items()} == SECTIONS
    left = {section: list(found) for section, found in sentences.items()}
    for section, told, *_rest in rows():
        sentence = left[section].pop(0).replace(" ", "")
        named = re.findall(r"\d+|[A-Z][A-Za-z]*[A-Z]\w*", told)
        assert [word for word in named if word not in sentence] == [], told


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1][:40])
def test_each_sentence_has_a_model_and_a_page_that_exist(row: list[str]) -> None:
    _section, _told, models, pages = row
    for model in models.split(", "):
        assert apps.get_model(model)
    known = set(addresses(get_resolver().url_patterns))
    for page in pages.split(", "):
        assert page in known, page
