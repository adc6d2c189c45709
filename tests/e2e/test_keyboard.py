"""With the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Desk
from tests.e2e.keys import walked
from tests.e2e.portal import PASSWORD

pytestmark = pytest.mark.slow

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    return {name: one.labels?.[0]?.innerText || one.innerText || one.ariaLabel || "", seen: seen && inside};
}"""


def tab_until(page: Page, name: str, *, at_most: int = 60) -> list[str]:
    """Press Tab until the element of this name has the focus, each with a focus that can be seen."""
    passed: list[str] = []
    for _ in range(at_most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        passed.append(focused["name"].strip())
        assert focused["seen"], f"no visible focus on {passed[-1]!r}"
        if passed[-1] == name:
            return passed
    raise AssertionError(f"{name} is not among {passed}")


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("ienw", "/monitoring/voortgang/voortgang-2025/mnre1130/B/"),  # with the editor
        ("secretariaat", "/monitoring/voortgang/voortgang-2025/"),
        ("secretariaat", "/monitoring/voortgang/nieuw/"),
        ("lezer", "/monitoring/tijdlijn/"),
        ("lezer", "/zoeken/?zoek=circulair"),
    ],
)
def test_tab_passes_all_of_a_page_in_its_order(desk: Desk, who: str, address: str) -> None:
    with desk.person(who) as page:
        page.goto(address)
        assert not walked(page)
        if page.locator(".ProseMirror").count():  # what takes keys of its own
            page.reload()
            assert not walked(page, "Shift+Tab")


def test_signing_in(desk: Desk) -> None:
    with desk.person() as page:
        page.goto("/")
        tab_until(page, "E-mailadres")
        page.keyboard.type("lezer@voorbeeld.example")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()


def test_the_first_stop_leads_past_the_menu(desk: Desk) -> None:
    with desk.person("lezer") as page:
        page.goto("/organisaties/")
        assert tab_until(page, "Direct naar de inhoud") == ["Direct naar de inhoud"]
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.id") == "inhoud"
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_menu_filter_and_rows_come_in_the_order_of_the_page(desk: Desk) -> None:
    with desk.person("lezer") as page:
        page.goto("/organisaties/")
        passed = tab_until(page, "Aa en Hunze")
        filters = ["Zoek", "Soort", "Zoek", "CSV"]
        header = ["Zoek in alles", "Zoek", "Organisaties", "Uitloggen", "Toon"]
        stops = [*header, *filters, "Soort", "Aa en Hunze"]  # sorting, then rows
        assert [name for name in passed if name in stops] == stops


def test_enter_submits_the_filter_and_opens_a_row(desk: Desk) -> None:
    with desk.person("lezer") as page:
        page.goto("/organisaties/")
        page.get_by_label("Zoek", exact=True).focus()
        page.keyboard.type("aa en maas")
        page.keyboard.press("Enter")
        page.wait_for_url("**/organisaties/?*zoek=aa+en+maas*")
        tab_until(page, "Aa en Maas")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Aa en Maas")


def test_a_slash_searches_everything_from_any_page(desk: Desk) -> None:
    with desk.person("lezer") as page:
        page.goto("/monitoring/")
        page.keyboard.press("/")
        page.keyboard.type("voorbeldgemeente 54")  # with a typing error
        page.keyboard.press("Enter")
        found = page.get_by_role("link", name="Voorbeeldgemeente 54", exact=True)
        expect(found).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("niet/hier")  # within the box a slash is a slash
        expect(page.get_by_role("searchbox")).to_have_value("niet/hier")
