"""Without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Desk, sign_in
from tests.e2e.test_roles import results

pytestmark = pytest.mark.slow


def test_signing_in_and_out(desk: Desk) -> None:
    with desk.person(scripts=False) as page:
        sign_in(page, "lezer")
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_label("Wachtwoord")).to_be_visible()


def test_a_list_is_filtered_sorted_paged_opened_and_exported(desk: Desk) -> None:
    with desk.person("lezer", scripts=False) as page:
        page.goto("/organisaties/")
        page.get_by_label("Soort").select_option(label="gemeente")
        page.get_by_role("main").get_by_role("button", name="Zoek").click()
        total = results(page)
        page.get_by_role("columnheader", name="Naam").get_by_role("link").click()
        page.get_by_role("columnheader", name="Naam").get_by_role("link").click()
        first = page.get_by_role("rowheader").first.inner_text()
        page.get_by_role("link", name="Volgende").click()
        assert results(page) == total
        assert page.get_by_role("rowheader").first.inner_text() != first
        with page.expect_download() as download:
            page.get_by_role("link", name="Exporteer als CSV").click()
        lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) >= total + 1
        page.get_by_role("rowheader").first.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_another_reference_date_goes_along(desk: Desk) -> None:
    with desk.person("lezer", scripts=False) as page:
        page.goto("/")
        page.get_by_label("Andere peildatum").fill("15 februari 2023")
        page.get_by_role("button", name="Toon").click()
        expect(page.get_by_text("Peildatum 15 februari 2023")).to_be_visible()
        page.get_by_role("link", name="Ondertekenaars").click()
        expect(page.get_by_text("stand op 15 februari 2023")).to_be_visible()
