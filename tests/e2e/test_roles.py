"""Each person signs in and finds their lists."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Desk, sign_in
from tests.e2e.site import EVERYBODY

pytestmark = pytest.mark.slow


def results(page: Page) -> int:
    """How many rows the caption of the list tells of."""
    words = page.locator("table caption").first.inner_text().split()
    return int(words[words.index("gevonden,") - 1].replace(".", ""))


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_finds_filters_and_opens_an_organisation(desk: Desk, who: str) -> None:
    with desk.person(who) as page:
        page.goto("/")
        page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Organisaties").click()
        everything = results(page)
        page.get_by_label("Soort").select_option(label="waterschap")
        page.get_by_role("main").get_by_role("button", name="Zoek").click()
        assert 0 < results(page) < everything
        page.get_by_role("row").get_by_role("link", name="Aa en Maas").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aa en Maas")


def test_a_contact_finds_the_own_organisation_with_its_plan_and_scores_and_no_other(desk: Desk) -> None:
    with desk.person("contact") as page:
        page.goto("/")
        menu = page.get_by_role("navigation", name="Hoofdmenu")
        menu.get_by_role("link", name="Organisaties").click()
        assert results(page) == 1
        page.get_by_label("Soort").select_option(label="waterschap")
        page.get_by_role("main").get_by_role("button", name="Zoek").click()
        expect(page.get_by_text("Geen organisaties gevonden.")).to_be_visible()
        page.get_by_role("link", name="Wis filters").click()
        page.get_by_role("row").get_by_role("link", name="Voorbeeldgemeente 05").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Voorbeeldgemeente 05")
        menu.get_by_role("link", name="Actieplannen").click()
        assert results(page) == 2  # under the Manifest of now and the one before
        menu.get_by_role("link", name="Evaluaties").click()
        assert 0 < results(page) < 5  # none but those of the own plan, once they are published
        page.get_by_role("row").get_by_role("link", name="Voorbeeldgemeente 05").first.click()
        expect(page.get_by_role("heading", name="Scores")).to_be_visible()
        assert page.request.get("/organisaties/gm1680/").status == 404


def test_the_menu_leads_to_pages_and_says_where_one_is(desk: Desk) -> None:
    with desk.person("secretariaat") as page:
        page.goto("/")
        menu = page.get_by_role("navigation", name="Hoofdmenu")
        for name in menu.get_by_role("link").all_inner_texts():
            menu.get_by_role("link", name=name, exact=True).click()
            expect(menu.locator("[aria-current=page]")).to_have_text(name)


def test_a_wrong_password_is_told_and_a_right_one_lets_in(desk: Desk) -> None:
    with desk.person() as page:
        sign_in(page, "lezer", "niet dit wachtwoord")
        expect(page.get_by_role("alert")).to_be_visible()
        sign_in(page, "lezer")
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_label("Wachtwoord")).to_be_visible()
