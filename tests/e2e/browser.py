"""A real Chromium, and a person in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.portal import PASSWORD

WIDE, NARROW, ZOOMED = 1280, 360, 320  # 320: what is left of 1280 at 400 %
HEIGHT = 900
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--no-turbofan --no-maglev",  # a script that runs once on each page is not worth compiling
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own browser, rather the one that draws no screen; playwright's when there is none."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    """As a person does: by the labels on the page that the portal opens with."""
    page.goto("/")
    page.get_by_label("E-mailadres").fill(f"{who}@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


@dataclass
class Desk:
    """A browser at one portal; each person signs in once, and is remembered."""

    browser: Browser
    address: str
    database: str
    _sessions: dict[str, Any] = field(default_factory=dict)
    _windows: dict[str, Page] = field(default_factory=dict)

    @contextmanager
    def person(self, who: str = "", *, width: int = WIDE, scripts: bool = True) -> Iterator[Page]:
        """A fresh window of somebody who is signed in; of nobody when `who` is empty."""
        context = self._context(who, width, scripts=scripts)
        yield context.new_page()
        context.close()

    def window(self, who: str) -> Page:
        """The window that a person keeps open: it knows our style sheets, and so opens a page sooner."""
        if who not in self._windows:
            self._windows[who] = self._context(who, WIDE).new_page()
        return self._windows[who]

    def _context(self, who: str, width: int, *, scripts: bool = True) -> BrowserContext:
        if who and who not in self._sessions:
            self._sessions[who] = self._signed_in(who)
        return self.browser.new_context(
            base_url=self.address,
            locale="nl-NL",
            java_script_enabled=scripts,
            storage_state=self._sessions.get(who),
            viewport={"width": width, "height": HEIGHT},
        )

    def _signed_in(self, who: str) -> Any:
        with self.person() as page:
            sign_in(page, who)
            expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
            return page.context.storage_state()
