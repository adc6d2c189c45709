"""An evaluator with only a keyboard, and a connection that goes away in the middle."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Desk
from tests.e2e.checks import axe
from tests.e2e.test_keyboard import tab_until

pytestmark = pytest.mark.slow
WHERE = """() => {
    const question = document.activeElement.closest("[data-criterion]");
    return question ? [question.dataset.criterion, question.id, document.activeElement.type] : ["", "", ""];
}"""
KEYS = {"five-step": "4", "yes-no": "j"}
STATUS = ".mvi-autosave"


def open_draft(page: Page) -> None:
    """From the list, by the filter on what is a draft."""
    page.goto("/evaluaties/?stand=draft")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Vul de beoordeling in").click()
    page.wait_for_url("**/beoordelen/")


def to_questions(page: Page) -> None:
    """Past menu and plan, to the first answers."""
    tab_until(page, "Direct naar de inhoud")
    page.keyboard.press("Enter")
    tab_until(page, "Bewaar het concept")
    page.keyboard.press("Tab")


def answer(page: Page) -> str:
    """Answer the question that has the focus with one key, and go on; tells which it was."""
    kind, name, _type = page.evaluate(WHERE)
    page.keyboard.press(KEYS[kind])
    page.keyboard.press("Enter")
    return str(name)


def counted(page: Page) -> int:
    found = re.match(r"(\d+) van", page.locator("[data-count]").inner_text())
    assert found
    return int(found[1])


def test_an_evaluation_by_keyboard_survives_a_lost_connection_and_a_closed_browser(writing: Desk) -> None:
    with writing.person("pianoo-1") as page:
        open_draft(page)
        expect(page.locator(".mvi-desk__plan [hx-get], .mvi-desk__pages").first).to_be_visible()  # unasked
        address, before = page.url, counted(page)
        to_questions(page)
        answer(page)
        expect(page.locator(STATUS)).to_contain_text("Bewaard.")
        page.context.set_offline(True)
        for _ in range(14):
            answer(page)
        page.keyboard.press("o")
        page.keyboard.type("Zonder verbinding geschreven.")
        page.keyboard.press("Control+Enter")
        expect(page.locator(STATUS)).to_contain_text("Geen verbinding")
        assert counted(page) > before
        page.wait_for_timeout(400)
        again = page.context.new_page()
        page.close()
        again.context.set_offline(False)
        again.goto(address)
        expect(again.locator(STATUS)).to_contain_text("Teruggezet")
        expect(again.locator(STATUS)).to_contain_text("Bewaard.")
        assert "Zonder verbinding geschreven." in again.locator("main").evaluate(
            "main => [...main.querySelectorAll('textarea')].map(area => area.value).join()"
        )
        assert not axe(again)
        logged_out(again)
        finish(again)


def logged_out(page: Page) -> None:
    """The session ends; what is typed waits here until somebody is back."""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Opmerking over het hele plan").fill("Getypt na het uitloggen.")
    expect(page.locator(STATUS)).to_contain_text("U bent uitgelogd")
    expect(page.get_by_role("link", name="Log opnieuw in")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type] # what it gave, it takes
    expect(page.locator(STATUS)).to_contain_text("Bewaard.", timeout=20_000)


def finish(page: Page) -> None:
    """The rest by keyboard, and in it goes."""
    page.reload()
    to_questions(page)
    while page.evaluate(WHERE)[0]:
        answer(page)
    total = page.locator("[data-criterion]").count()
    expect(page.locator("[data-count]")).to_have_text(f"{total} van {total} ingevuld")
    tab_until(page, "Dien in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="De evaluatie is ingediend")).to_be_visible()
