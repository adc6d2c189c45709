"""Main tasks of who keeps the register, rubrics and what was published; `tasks` counts them."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect

from tests.e2e.hand import Hand
from tests.signatories.registers import municipality, province, write


def find(hand: Hand) -> None:
    """In the search that stands on every page."""
    hand.type("Zoek in alles", "sgravenhaage")
    hand.click("button", "Zoek")
    hand.on(hand.page.get_by_role("main").get_by_role("link", name="Den Haag", exact=True))
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Den Haag")


def correct_signature(hand: Hand) -> None:
    """What was known before stays in its history."""
    hand.click("link", "Ondertekenaars")
    hand.on(hand.page.locator("tbody tr").first.get_by_role("link").nth(1))
    hand.click("link", "Wijzig de gegevens")
    hand.type("Vindplaats", "Staatscourant 2024, 806")
    hand.type("Waarom", "Stond er nog niet bij")
    hand.click("button", "Bewaar")
    expect(hand.page.get_by_role("status")).to_be_visible()


def withdraw_signature(hand: Hand) -> None:
    hand.click("link", "Ondertekenaars")
    hand.on(hand.page.locator("tbody tr").first.get_by_role("link").nth(1))
    hand.click("link", "Trek de handtekening in")
    hand.type("Ingetrokken op", "1 november 2025")
    hand.type("Waarom", "Brief van 1 november")
    hand.click("button", "Trek in")
    expect(hand.page.get_by_text("De handtekening is ingetrokken.")).to_be_visible()


def update_register(hand: Hand) -> None:
    """With one municipality more; the official one has six hundred."""
    with TemporaryDirectory() as folder:
        content = write(Path(folder), province(), municipality("gm9901", "Nieuwstad")).read_bytes()
    hand.click("link", "Organisaties")
    hand.click("link", "Werk het register bij")
    hand.bring(
        "Registerbestanden", {"name": "gemeenten.json", "mimeType": "application/json", "buffer": content}
    )
    hand.click("button", "Laat zien wat er verandert")
    hand.click("button", "Verwerk alles")
    expect(hand.page.get_by_role("status")).to_be_visible()


def export(hand: Hand) -> None:
    hand.click("link", "Actieplannen")
    hand.choose("Stand", "termijn verstreken")
    hand.on(hand.page.get_by_role("main").get_by_role("button", name="Zoek"))
    with hand.page.expect_download():
        hand.click("link", "ODS")


def add_contact(hand: Hand) -> None:
    """From the dossier."""
    hand.type("Zoek in alles", "voorbeeldgemeente 50")
    hand.click("button", "Zoek")
    hand.on(hand.page.get_by_role("main").get_by_role("link", name="Voorbeeldgemeente 50", exact=True).first)
    hand.click("link", "Voeg een contactpersoon toe")
    hand.type("Naam", "Jo de Vries")
    hand.type("E-mailadres", "j.devries@voorbeeld.example")
    hand.type("Doel", "actieplan")
    hand.click("button", "Voeg toe")
    expect(hand.page.get_by_text("Jo de Vries").first).to_be_visible()


def build_rubric(hand: Hand) -> None:
    hand.click("link", "Evaluaties")
    hand.click("link", "Beoordelingskaders")
    hand.click("link", "Maak een beoordelingskader")
    hand.type("Naam", "Korte beoordeling")
    hand.click("button", "Maak het kader")
    hand.click("link", "Voeg een criterium toe")
    for last, (name, kind) in enumerate(
        [("Ambitie", "stap 1 tot en met 5"), ("Er is budget", "ja of nee"), ("Advies", "tekst")]
    ):
        hand.type("Criterium", name)
        hand.choose("Soort", kind)
        hand.click("button", "Voeg toe en maak er nog een" if last < 2 else re.compile("^Voeg toe$"))
    hand.click("button", "Publiceer het kader")
    expect(hand.page.get_by_text("gepubliceerd").first).to_be_visible()


def correct_evaluation(hand: Hand) -> None:
    """A new version with a reason; a second person publishes it."""
    hand.click("link", "Evaluaties")
    hand.on(hand.page.get_by_role("main").get_by_role("link", name="Evaluatie mei 2024", exact=True).first)
    hand.on(hand.page.locator("tbody th a").first)
    hand.click("link", "Maak een correctie")
    hand.type("Reden van de correctie", "Een stap te laag")
    hand.click("button", "Maak een correctie")
    hand.on(hand.page.locator("[data-criterion] label").nth(1))
    hand.click("button", "Dien in")
    expect(hand.page.get_by_text("De evaluatie is ingediend")).to_be_visible()
