"""A person's hand, counted.

Minutes are those of the hand alone, by the keystroke-level model (Card, Moran and Newell, 1980): 1.3 s to
point and click, 0.28 s for a key, and 1.35 s to think before each click, field or answer. Without reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import FilePayload, Locator, Page

CLICK, KEY, THINK = 1.3, 0.28, 1.35  # seconds


@dataclass
class Hand:
    """A person's hand on mouse and keyboard."""

    page: Page
    clicks: int = 0
    fields: int = 0
    keys: int = 0
    answers: int = 0
    look: Callable[[], None] = field(default=lambda: None)  # at a page that is here and nowhere else

    def click(self, role: str, name: str | re.Pattern[str]) -> None:
        self.on(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type] # a name of a role

    def on(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)
        self.fields += 1
        self.keys += len(text)

    def choose(self, label: str, option: str) -> None:
        """The list is opened and the option clicked."""
        self.page.get_by_label(label).first.select_option(label=option)
        self.clicks += 2

    def bring(self, label: str, file: FilePayload) -> None:
        """The button, the file, and the button of the window."""
        self.page.get_by_label(label, exact=True).set_input_files([file])
        self.clicks += 3

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    @property
    def minutes(self) -> float:
        thought = self.clicks + self.fields + self.answers
        spent = CLICK * (self.clicks + self.fields) + KEY * self.keys + THINK * thought
        return spent / 60
