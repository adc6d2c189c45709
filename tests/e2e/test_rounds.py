"""A whole round of three plans in the browser, from choice to report, by two evaluators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mvi_portal.jobs.workers import ensure_worker
from tests.e2e import portal
from tests.e2e.browser import Desk
from tests.e2e.checks import axe, recorded
from tests.e2e.crawl import name_of
from tests.e2e.hand import Hand
from tests.e2e.tasks import ONE, ROUND_OF_THREE, TWO, line, whole

pytestmark = pytest.mark.slow
COUNTED = portal.ROOT / "docs" / "tasks.md"


@pytest.fixture(scope="module", autouse=True)
def worker(writing: Desk, folder: Path) -> Iterator[None]:
    with ensure_worker(env=portal.environment(writing.database, folder)):
        yield


@dataclass
class Look:
    """At pages that are there only in the middle of a round, each kind once: others test_every_page sees."""

    page: Page
    seen: set[str] = field(default_factory=set)

    def __call__(self) -> None:
        name = name_of(self.page.url)
        if name not in self.seen:
            self.seen.add(name)
            assert not axe(self.page), self.page.url


def test_a_round_of_three_plans_from_choice_to_report(writing: Desk) -> None:
    """Every step by the one who may: who judged a plan does not publish it. As many clicks as we tell."""
    hands, seen = list[Hand](), set[str]()
    with writing.person(ONE) as one, writing.person(TWO) as two, recorded(one) as told, recorded(two) as too:
        pages = {ONE: one, TWO: two}
        for step in ROUND_OF_THREE:
            page = pages[step.who]
            page.goto("/")
            hands.append(Hand(page, look=Look(page, seen)))
            step.task(hands[-1])
        assert one.request.get(made(one)).body().startswith(b"%PDF-")
        scores_and_results(one)
    assert not told.faults + too.faults
    counted = [line(step.name, step.who, hand) for step, hand in zip(ROUND_OF_THREE, hands, strict=True)]
    counted.append(line("All of that round", "two evaluators", whole(hands)))
    written = COUNTED.read_text()
    assert [row for row in counted if row not in written] == []


def made(page: Page) -> str:
    return page.get_by_role("link", name="verslag-ronde-van-drie.pdf").get_attribute("href") or ""


def scores_and_results(page: Page) -> None:
    """What the round left: three evaluations with their scores, the draft that went out, the number."""
    page.goto(f"/evaluaties/rondes/ronde-van-drie/resultaten/?peildatum={timezone.localdate()}")
    page.get_by_role("link", name="3", exact=True).click()
    page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Scores")).to_be_visible()
