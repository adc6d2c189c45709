"""Plans come in through the browser: several at once with a script, and one without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.documents import pdf
from tests.e2e.browser import Desk

pytestmark = pytest.mark.slow


def chosen(name: str, pages: int) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(pages=pages)}


def confirm(page: Page, name: str) -> None:
    page.get_by_role("link", name=f"Bevestig {name}").click()
    page.get_by_label("Ontvangen op").fill("15 januari 2025")
    page.get_by_role("button", name="Bevestig").click()


def test_two_files_are_uploaded_at_once_and_confirmed(writing: Desk) -> None:
    with writing.person("pianoo-1") as page:
        page.goto("/actieplannen/")
        page.get_by_role("link", name="Upload bestanden").click()
        names = ["Plan voorbeeldgemeente 42.pdf", "Plan voorbeeldgemeente 50.pdf"]
        page.get_by_label("Bestanden", exact=True).set_input_files(
            [chosen(name, 2 + at) for at, name in enumerate(names)]
        )
        page.get_by_role("button", name="Upload").click()
        for name in names:
            expect(page.get_by_role("link", name=f"Bevestig {name}")).to_be_visible()
        confirm(page, names[0])
        expect(page.get_by_text(re.compile("staat nu bij"))).to_be_visible()
        page.get_by_role("link", name=f"Bevestig {names[1]}").click()
        page.get_by_role("button", name="Bevestig").click()
        page.goto("/actieplannen/?zoek=voorbeeldgemeente+42&peildatum=2025-01-31")
        page.get_by_role("rowheader").get_by_role("link").click()
        expect(page.get_by_role("link", name=names[0])).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name=names[0]).click()
        assert download.value.suggested_filename == names[0]


def test_a_file_survives_another_fault_without_scripts(writing: Desk) -> None:
    with writing.person("secretariaat", scripts=False) as page:
        page.goto("/actieplannen/nieuw/")
        page.get_by_label("Voor wie het plan geldt").fill("Voorbeeldgemeente 55")
        page.get_by_label("Titel").fill("Plan met een fout")
        page.get_by_label("Bestand").set_input_files([chosen("eerste.pdf", 5)])
        page.get_by_label("Ontvangen op").fill("31 februari 2025")
        page.get_by_role("button", name="Leg vast").click()
        expect(page.get_by_text("eerste.pdf")).to_be_visible()
        page.get_by_label("Ontvangen op").fill("30 januari 2025")
        page.get_by_role("button", name="Leg vast").click()
        expect(page.get_by_text("Het actieplan is vastgelegd")).to_be_visible()
        expect(page.get_by_role("link", name="eerste.pdf")).to_be_visible()
