"""A whole round of three plans in the browser, from choice to report."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mvi_portal.jobs.workers import ensure_worker
from tests.e2e import portal
from tests.e2e.browser import Desk
from tests.e2e.checks import axe, recorded

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def worker(writing: Desk, folder: Path) -> Iterator[None]:
    with ensure_worker(env=portal.environment(writing.database, folder)):
        yield


def judge(desk: Desk, folder: Path, slug: str) -> None:
    """The scoring itself, without the browser."""
    env = portal.environment(desk.database, folder)
    command = [sys.executable, "-m", "tests.e2e.judging", slug]
    done = subprocess.run(command, cwd=portal.ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def clean(page: Page) -> None:
    assert not axe(page), page.url


def test_a_round_of_three_plans_from_choice_to_report(writing: Desk, folder: Path) -> None:
    with writing.person("pianoo-1") as page, recorded(page) as record:
        page.goto("/evaluaties/rondes/")
        page.get_by_role("link", name="Nieuwe ronde").click()
        clean(page)
        page.get_by_label("Naam").fill("Ronde van drie")
        page.get_by_label("Beoordelingskader").select_option(index=1)
        page.get_by_label("Klaar op").fill("31 december 2030")
        page.get_by_role("button", name="Maak de ronde").click()

        page.get_by_label("Stand").select_option("received")
        page.get_by_role("search", name="Zoeken en filteren").get_by_role("button", name="Zoek").click()
        clean(page)
        for place in range(3):
            page.get_by_role("row").get_by_role("checkbox").nth(place).check()
        page.get_by_label("Waarom deze plannen").fill("De eerste drie")
        page.get_by_role("button", name="Kies wat is aangekruist").click()

        page.get_by_role("button", name="Verdeel 3 plannen eerlijk").click()
        expect(page.get_by_text(re.compile("Van mij: [12] van 3"))).to_be_visible()
        clean(page)
        judge(writing, folder, "ronde-van-drie")

        page.get_by_role("link", name="Overzicht").click()
        page.get_by_role("link", name="Schrijf de bevindingen").click()
        page.locator(".mvi-editor[data-ready]").wait_for()
        page.get_by_role("textbox", name="Bevindingen en aanbevelingen").click()
        page.keyboard.type("Wij lazen de plannen van deze ronde: ")
        page.get_by_role("button", name="Cijfer", exact=True).click()
        page.get_by_role("dialog").get_by_label("Welk cijfer").select_option("ronde.geevalueerd")
        page.get_by_role("button", name="Zet in de tekst").click()
        clean(page)
        page.get_by_role("button", name="Bewaar de bevindingen").click()
        expect(page.get_by_text("Wij lazen de plannen van deze ronde: 3")).to_be_visible()

        page.get_by_role("link", name="Bord").click()
        page.get_by_role("link", name="Sluit de ronde af").click()
        clean(page)
        page.get_by_role("button", name="Sluit de ronde af").click()
        page.goto(f"/evaluaties/rondes/ronde-van-drie/resultaten/?peildatum={timezone.localdate()}")
        expect(page.get_by_role("link", name="3", exact=True)).to_be_visible()
        clean(page)

        page.get_by_role("link", name="Verslag en brieven").click()
        clean(page)
        page.get_by_role("button", name="Maak het verslag").click()
        link = page.get_by_role("link", name="verslag-ronde-van-drie.pdf")
        expect(link).to_be_visible(timeout=60_000)
        clean(page)
        assert page.request.get(link.get_attribute("href") or "").body().startswith(b"%PDF-")
    assert not record.faults
