"""The secretariat writes, builds and downloads a letter; a second writer is shown both texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mvi_portal.jobs.workers import ensure_worker
from tests.e2e import portal
from tests.e2e.browser import Desk
from tests.e2e.checks import axe, recorded

pytestmark = pytest.mark.slow

LETTER = f"/brieven/{portal.LETTER}/"


@pytest.fixture(scope="module", autouse=True)
def worker(writing: Desk, folder: Path) -> Iterator[None]:
    with ensure_worker(env=portal.environment(writing.database, folder)):
        yield


def build(page: Page) -> None:
    page.goto(LETTER)
    page.get_by_role("button", name="Bouw de brief").click()
    page.wait_for_url("**/versies/*/")


def test_a_build_shows_how_far_it_is_and_ends_in_a_file(writing: Desk) -> None:
    with writing.person("secretariaat") as page, recorded(page) as record:
        build(page)
        assert not axe(page)
        link = page.get_by_role("link", name="Download de brief")
        expect(link).to_be_visible(timeout=60_000)
        file = page.request.get(link.get_attribute("href") or "")
        assert file.body().startswith(b"%PDF-")
    assert not record.faults


def test_without_scripts_a_build_is_followed_by_asking_again(writing: Desk) -> None:
    with writing.person("secretariaat", scripts=False) as page:
        build(page)
        for _ in range(120):
            if page.get_by_role("link", name="Download de brief").is_visible():
                return
            page.wait_for_timeout(500)
            page.reload()
    raise AssertionError("the build did not end")


def test_the_second_writer_sees_both_texts(writing: Desk) -> None:
    with (
        writing.person("secretariaat", scripts=False) as one,
        writing.person("secretariaat", scripts=False) as other,
    ):
        for page in (one, other):
            page.goto(LETTER)
            page.get_by_role("link", name="Bewerk").nth(1).click()
        save(one, "<p>De eerste tekst.</p>")
        save(other, "<p>De tweede tekst.</p>")
        both = other.get_by_role("region", name="Twee teksten naast elkaar")
        expect(both).to_contain_text("De eerste tekst.")
        expect(both).to_contain_text("De tweede tekst.")
        other.get_by_role("button", name="Bewaar de tekst").click()
        expect(both).not_to_be_visible()


def save(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Tekst").fill(text)
    page.get_by_role("button", name="Bewaar de tekst").click()
