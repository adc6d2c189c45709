"""Composing in the browser: from a new letter to live figures, and two people in one paragraph."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Desk
from tests.e2e.checks import axe, recorded

pytestmark = pytest.mark.slow


def opened(page: Page) -> None:
    """The editor has taken the place of the plain text."""
    expect(page.locator(".mvi-editor[data-ready]")).to_be_visible()


def test_a_letter_from_new_to_a_text_with_live_figures(writing: Desk) -> None:
    with writing.person("secretariaat") as page, recorded(page) as record:
        page.goto("/brieven/nieuw/")
        page.get_by_label("Onderwerp").fill("Voortgang, stand van maart 2026")
        page.get_by_label("Briefdatum").fill("16 maart 2026")
        page.get_by_label("Peildatum").fill("28 februari 2026")
        page.get_by_role("button", name="Maak de brief").click()
        page.get_by_role("link", name=re.compile("Bewerk de tekst van A")).click()
        page.get_by_role("link", name="Materiaal voor dit onderdeel").click()
        page.get_by_role("button", name=re.compile("Neem over ?: Gemeenten")).click()
        expect(page.get_by_text("al overgenomen")).to_be_visible()
        page.get_by_role("link", name="Bewerk de tekst").click()
        opened(page)
        text = page.get_by_role("textbox", name=re.compile("Tekst van"))
        text.press("Control+End")
        text.press("Enter")
        page.keyboard.type("Ook zijn er @provinc")
        choices = page.get_by_role("listbox", name="Cijfers")
        expect(choices.get_by_role("option", name=re.compile("Provincies"))).to_be_visible()
        assert not axe(page)
        page.keyboard.press("Enter")
        page.keyboard.type(" provincies.")
        preview = page.get_by_role("article", name="Voorbeeld")
        expect(preview).to_contain_text(re.compile(r"Ook zijn er \d+ provincies\."))
        expect(page.locator("[data-autosave-state=saved]")).to_be_visible(timeout=10_000)
        page.reload()
        opened(page)
        expect(text).to_contain_text("Ook zijn er")
        text.press("Control+End")
        page.keyboard.type(" En nog iets.")  # not saved yet
        page.get_by_role("heading", name="Open opmerkingen (0)").click()
        page.get_by_text("Maak een opmerking").click()
        page.get_by_label("Uw opmerking").fill("Klopt dit?")
        page.get_by_role("button", name="Plaats de opmerking").click()
        expect(page.get_by_role("heading", name="Open opmerkingen (1)")).to_be_visible()
        expect(text).to_contain_text("En nog iets.")
    assert not record.faults


def test_two_people_in_one_paragraph_lose_nothing(writing: Desk) -> None:
    place = "/brieven/voortgangsbrief-2025/"
    with writing.person("secretariaat") as one, writing.person("secretariaat") as other:
        for page in (one, other):
            page.goto(place)
            page.get_by_role("link", name=re.compile("^Bewerk D")).click()
            opened(page)
        for page, words in ((one, "Van de een. "), (other, "Van de ander. ")):
            page.get_by_role("textbox", name=re.compile("Tekst van")).press("Control+Home")
            page.keyboard.type(words)
            state = "saved" if page is one else "conflict"
            expect(page.locator(f"[data-autosave-state={state}]")).to_be_visible(timeout=10_000)
        both = other.get_by_role("region", name="Twee teksten naast elkaar")
        expect(both).to_contain_text("Van de een.")
        expect(both).to_contain_text("Van de ander.")
        both.get_by_role("button", name=re.compile("Houd dit")).click()
        expect(other.locator("[data-autosave-state=saved]")).to_be_visible(timeout=10_000)
