"""A real Chromium, and a person in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.portal import PASSWORD

WIDE, NARROW, ZOOMED = 1280, 360, 320  # 320: what is left of 1280 at 400 %
HEIGHT = 900
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own browser; playwright's when there is none."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
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

    def __post_init__(self) -> None:
        self._sessions: dict[str, Any] = {}

    @contextmanager
    def person(self, who: str = "", *, width: int = WIDE, scripts: bool = True) -> Iterator[BrowserContext]:
        """Somebody who is signed in, in a window of their own; nobody when `who` is empty."""
        if who and who not in self._sessions:
            self._sessions[who] = self._session(who)
        context = self.browser.new_context(
            base_url=self.address,
            locale="nl-NL",
            java_script_enabled=scripts,
            storage_state=self._sessions.get(who),
            viewport={"width": width, "height": HEIGHT},
        )
        yield context
        context.close()

    def _session(self, who: str) -> Any:
        with self.person() as context:
            page = context.new_page()
            sign_in(page, who)
            assert page.get_by_role("button", name="Uitloggen").is_visible(), page.inner_text("main")
            return context.storage_state()
