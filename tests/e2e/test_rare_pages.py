"""Pages that no link leads to, and those that say that something is wrong: judged like all others.

No demonstration holds a letter, an evaluation and an import in each state that they need. So they are made in
this process, as the walk over all addresses makes them, and put before the browser at their own address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from lxml import html
from playwright.sync_api import Page, Route
from pytest_django import DjangoDbBlocker

from mvi_portal.accounts.models import Role
from tests.access.rows import Access
from tests.access.test_walk import ROWS, firsts, visitor
from tests.e2e.browser import Desk
from tests.e2e.checks import BY_PLACE, visit
from tests.e2e.crawl import marks_of
from tests.e2e.test_every_page import UNLINKED

pytestmark = pytest.mark.slow

Pages = Mapping[str, str]  # by address
Make = Callable[[], dict[str, str]]
STATIC = "/static/"


def unlinked() -> dict[str, str]:
    """As the first role that may read it gets it; files, parts of pages and what leads elsewhere are none."""
    found: dict[str, str] = {}
    for row in ROWS:
        if row.name in UNLINKED and row.get:
            with transaction.atomic():
                found |= _whole(row)
                transaction.set_rollback(True)
    return found


def _whole(row: Access) -> dict[str, str]:
    address = row.address() if row.address else reverse(row.name)
    answer = visitor(firsts(row.get or frozenset())[0]).get(address)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return {address: answer.text} if is_page and "<html" in answer.text else {}


def wrong() -> dict[str, str]:
    """What somebody gets who asks for what is not there, may not, or in a wrong way; 429 and 500 bare."""
    with transaction.atomic():
        reader, nobody = visitor(Role.READER), Client(enforce_csrf_checks=True)
        form_only = reverse("reports:version-build", args=["geen"])
        answers: dict[int, Any] = {
            404: reader.get("/bestaat-niet/"),
            403: reader.get("/beheer/"),
            405: reader.get(form_only),
            400: nobody.get("/inloggen/", headers={"host": "een_host_die_niet_mag!"}),
        }
        answers |= {4_030: nobody.post("/inloggen/", {})}  # a form of an earlier session
        transaction.set_rollback(True)
    assert [answer.status_code for answer in answers.values()] == [404, 403, 405, 400, 403]
    told = {f"/fout/{status}/": answer.text for status, answer in answers.items()}
    return told | {f"/fout/{status}/": render_to_string(f"{status}.html") for status in (429, 500)}


def telling(pages: Pages) -> dict[str, str]:
    """Those with a kind of element that none before them had: of two forms alike the first is judged."""
    seen: set[str] = set()
    kept = {}
    for address, text in pages.items():
        marks = set(marks_of(html.fromstring(text.encode())))
        if marks - seen:
            kept[address] = text
            seen |= marks
    return kept


def apart(make: Make, database: str, blocker: DjangoDbBlocker) -> dict[str, str]:
    """In a thread of its own, as the driver of a browser and Django's database do not go together."""

    def made() -> dict[str, str]:
        connection.settings_dict = {**connection.settings_dict, "NAME": database}  # of this thread alone
        with blocker.unblock():
            try:
                return make()
            finally:
                connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(made).result()


def shown(page: Page, pages: Pages) -> Iterator[str]:
    """What is wrong with each; what a page asks for beside its style is not there, and not missed."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.is_navigation_request():
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif path.startswith(STATIC):
            route.continue_()
        else:
            route.fulfill(status=204)

    page.route("**/*", answer)
    for address in pages:
        yield from visit(page, address, narrow=BY_PLACE)


@pytest.mark.parametrize(("make", "fewest"), [(wrong, 7), (unlinked, 25)])
def test_everybody_can_use_a_page_that_no_link_leads_to(
    desk: Desk, django_db_blocker: DjangoDbBlocker, make: Make, fewest: int
) -> None:
    pages = apart(make, desk.database, django_db_blocker)
    assert len(pages) >= fewest
    with desk.person() as page:
        faults = list(shown(page, pages if make is wrong else telling(pages)))
    assert not faults, "\n".join(faults)
