"""An evaluator finds the evaluations of line C."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Desk

pytestmark = pytest.mark.slow


def test_an_evaluator_finds_what_was_published_and_opens_its_scores(desk: Desk) -> None:
    with desk.person("pianoo-1") as page:
        page.goto("/")
        page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Evaluaties").click()
        page.get_by_label("Stand", exact=True).select_option(label="gepubliceerd")
        page.get_by_role("main").get_by_role("button", name="Zoek").click()
        expect(page.locator("table caption").first).to_contain_text("gevonden")
        page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").first.click()
        expect(page.get_by_role("heading", name="Scores")).to_be_visible()
