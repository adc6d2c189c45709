"""A page on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Desk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("address", ["/", "/organisaties/", "/organisaties/gm1680/", "/definities/"])
def test_paper_tells_where_it_came_from_and_has_nothing_to_press(desk: Desk, address: str) -> None:
    with desk.person("lezer") as page:
        page.goto(address)
        page.set_viewport_size({"width": 680, "height": 960})  # a sheet between its margins
        page.emulate_media(media="print")
        expect(page.get_by_text(page.url)).to_be_visible()
        expect(page.get_by_text("Peildatum", exact=False).first).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)
        expect(page.get_by_role("navigation")).to_have_count(0)
        assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
