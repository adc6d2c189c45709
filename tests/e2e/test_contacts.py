"""The secretariat keeps contact persons, and erases them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Desk
from tests.e2e.checks import visit

pytestmark = pytest.mark.slow

NAME = "Anna de Wit"


def test_a_contact_person_is_added_changed_and_erased(writing: Desk) -> None:
    with writing.person("secretariaat") as page:
        page.goto("/organisaties/gm1680/")
        page.get_by_role("link", name="Voeg een contactpersoon toe").click()
        page.get_by_label("Naam").fill(NAME)
        page.get_by_label("Doel").fill("actieplan")
        page.get_by_role("button", name="Voeg toe").click()
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        page.get_by_role("link", name=f"Wijzig {NAME}").click()
        assert not visit(page, page.url)
        page.get_by_label("Naam").fill(f"{NAME}-Smit")
        page.get_by_role("button", name="Bewaar").click()
        page.get_by_role("link", name=f"Wis {NAME}-Smit").click()
        assert not visit(page, page.url)
        page.get_by_role("main").get_by_role("button", name="Wis").click()
        expect(page.get_by_role("heading", name=NAME)).not_to_be_visible()
