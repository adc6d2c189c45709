"""Both letters are whole: their figures are the register's, and they say what they must."""

from __future__ import annotations

import re

import pytest

from mvi_portal.core import prose
from mvi_portal.core.dates import MONTHS
from mvi_portal.core.figures import registry
from mvi_portal.demo.letters import OF_2023, OF_2025
from reports import render
from reports.content import gather
from reports.frozen import FrozenLetter
from reports.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

BOTH = (OF_2023, OF_2025)


def frozen(slug: str) -> FrozenLetter:
    letter = Letter.objects.get(slug=slug)
    return gather(letter.pk, on=letter.reference_date)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_there_are_two_letters_and_they_are_marked() -> None:
    assert set(Letter.objects.values_list("slug", flat=True)) == set(BOTH)
    assert all(letter.is_demo for letter in Letter.objects.all())


@pytest.mark.parametrize("slug", BOTH)
def test_every_figure_in_the_letter_is_the_registers_on_its_date(slug: str) -> None:
    """But for what was told after the letter of 2023 was frozen: see test_agreement.py."""
    letter = frozen(slug)

    for key, figure in letter.figures.items():
        if (slug, key) == (OF_2023, "buyergroups.deelnemers"):
            continue
        assert figure.value == registry.get(key).value(letter.reference_date)
        assert figure.qualifier == registry.get(key).completeness(letter.reference_date).qualifier.value


@pytest.mark.parametrize("slug", BOTH)
def test_the_letter_can_be_printed(slug: str) -> None:
    letter = frozen(slug)

    assert letter.is_demo
    assert render.check(letter) == []


@pytest.mark.parametrize("slug", BOTH)
def test_a_number_in_the_text_is_a_live_figure(slug: str) -> None:
    """But for dates, years, the names of phases and annexes."""
    for section in Letter.objects.get(slug=slug).sections.all():
        text = re.sub(r"<mvi-footnote>.*?</mvi-footnote>", "", section.text)
        text = re.sub(rf"\b\d{{1,2}} (?={'|'.join(MONTHS)})", "", words(text))
        text = re.sub(r"\b20\d\d(-20\d\d)?\b|Fase 2|Bijlage \d", "", text)
        assert not re.search(r"\d", text), re.findall(r".{20}\d.{20}", text)


def test_the_letter_of_2025_says_what_was_reached() -> None:
    text = words(render.to_html(frozen(OF_2025)))

    for phrase in (
        "Alle 15 departementen",
        "vijf provincies",
        "alle 21 waterschappen",
        "70 gemeenten",
        "Minstens 53 actieplannen",
        "27 daarvan zijn geëvalueerd",
        "zo'n 35 buyer groups",
        "Fase 2 van het onderzoek is in het najaar van 2024 begonnen en is medio 2025 gereed",
        "Sinds eind 2023",
        "In juni 2024",
        "vanaf 2026",
        "Kamerstukken II 2020/21, 30 196, nr. 746",
        "Kamerstukken II 2022/23, 30 196, nr. 807",
        "Reactie van het kabinet van 3 december 2024",
        "staatssecretaris van Infrastructuur en Waterstaat",
    ):
        assert phrase.lower() in text.replace("&#x27;", "'").lower(), phrase


def test_the_letter_of_2023_says_what_was_reached() -> None:
    text = words(render.to_html(frozen(OF_2023)))

    for phrase in ("Alle 12 departementen", "vijf provincies", "50 gemeenten: 4 meer", "90 organisaties"):
        assert phrase in text, phrase


def test_lines_and_senders_are_those_of_the_day() -> None:
    before, after = frozen(OF_2023), frozen(OF_2025)

    assert [section.code for section in before.sections] == ["", *"1234567", ""]
    assert [section.code for section in after.sections] == ["", *"ABCD", ""]
    assert [sender.organisation.abbreviation for sender in after.co_senders] == ["BZK", "EZ"]
    assert [sender.organisation.abbreviation for sender in before.co_senders] == [
        "BZK", "EZK", "SZW", "OCW", "LNV", "BZ",
    ]  # fmt: skip
    assert after.since == before.reference_date


def test_the_letter_of_2025_has_tables_a_chart_and_four_annexes() -> None:
    letter = frozen(OF_2025)
    nodes = [node for section in letter.sections for node in prose.nodes(section.html)]

    assert sum(isinstance(node, prose.TableNode) for node in nodes) == 2
    assert sum(isinstance(node, prose.ChartNode) for node in nodes) == 1
    assert [len(annex.tables) for annex in letter.annexes] == [4, 5, 1, 1]
    assert letter.annexes[2].tables[0].title == "Actieplannen (53)"
