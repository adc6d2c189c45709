"""Print that letters and reports share."""

from __future__ import annotations

from datetime import date

import pytest

from mvi_portal.core.printing import figures
from mvi_portal.core.printing.house import Head
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.writing import as_read

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 31)
KEY = "actieplannen.ontvangen"


def test_a_text_that_is_no_letter_prints_its_figures_on_its_own_day() -> None:
    text = f'<p>Er zijn <mvi-figure data-key="{KEY}"></mvi-figure> plannen.</p>'
    printer = Printer(figures.frozen(ON), on=ON, document="dit verslag")
    printed = printer.passage(text, where="de bevindingen")
    assert "Er zijn 0 plannen." in printed
    assert "Alle aantallen in dit verslag gelden op de peildatum 31 januari 2025." in printed
    assert not printer.problems


def test_a_series_is_kept_only_for_a_chart() -> None:
    chart = f'<mvi-chart data-key="{KEY}" data-from="2024-01-31"></mvi-chart>'
    told = figures.frozen(ON, chart, "<mvi-figure></mvi-figure>")
    assert [day for day, _ in told[KEY].series][-1] == ON
    assert told["actieplannen.verwacht"].series == ()
    assert figures.frozen(ON, f'<mvi-chart data-key="{KEY}"></mvi-chart>')[KEY].series


def test_a_text_reads_without_its_html() -> None:
    assert (
        as_read("<p>Er zijn <mvi-figure data-key='x.y'></mvi-figure>.</p>") == "<p>Er zijn [x.y: getal].</p>"
    )
    assert "&lt;mvi-figure" in as_read("<mvi-figure></mvi-figure>")


def test_the_head_names_its_reference_before_what_stands_aside() -> None:
    head = Head("PIANOo", "Betreft", ON, ("Aardorp",), reference="2025-1", aside=(("Bijlagen", "2"),))
    assert head.labelled == (("Ons kenmerk", "2025-1"), ("Bijlagen", "2"))
    assert head.dated_in_words == "31 januari 2025"
    answering = Head("PIANOo", "Betreft", ON, ("Aardorp",), reference="2025-1", your_reference="2024Z1")
    assert answering.labelled == (("Ons kenmerk", "2025-1"), ("Uw kenmerk", "2024Z1"))
