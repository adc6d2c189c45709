"""The counts that were published with different values, typed by hand into a draft: found and explained."""

from __future__ import annotations

import pytest

from mvi_portal.demo.letters import OF_2025
from mvi_portal.demo.loading import Loaded
from reports.checks import checked, open_errors
from reports.models import CheckKey, Letter, Section

DRAFT = """<p>Bij de start waren er 64 deelnemers. In februari 2023 ging het om zo'n 90 organisaties, en
inmiddels doen zo'n 70 gemeenten mee.</p>"""


@pytest.fixture
def letter(demo: Loaded) -> Letter:
    return Letter.objects.get(slug=OF_2025)


def test_the_three_published_counts_are_found_and_explained(letter: Letter) -> None:
    section = letter.sections.get(code="A")
    Section.objects.filter(pk=section.pk).update(text=DRAFT)
    found = [item.finding for item in checked(letter) if item.finding.check is CheckKey.TYPED_NUMBER]
    told = [item.text for item in found if item.section == section]
    assert len(told) == 3
    assert all(item.is_error for item in found)
    signatures, organisations, municipalities = told
    assert "‘64 deelnemers’" in signatures
    assert "Staat" not in signatures
    assert "over 24 november 2022; het register telt 64 op 24 november 2022" in signatures
    assert "‘zo'n 90 organisaties’ in" in organisations
    assert "over 15 februari 2023" in organisations
    assert "‘zo'n 70 gemeenten’ in" in municipalities
    assert "Het past bij de stand van begin 2025" in municipalities


def test_the_letter_of_the_demonstration_has_no_open_errors(letter: Letter) -> None:
    assert open_errors(letter) == []
