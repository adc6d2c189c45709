"""Every address of the url conf, as each person finds it by following links: no list is kept by hand."""

from __future__ import annotations

import pytest

from tests.e2e.checks import visit
from tests.e2e.conftest import Site
from tests.e2e.crawl import Found, url_names

NOT_OURS = ("admin:",)  # Django's own pages
NAMES = sorted({name for name in url_names() if not name.startswith(NOT_OURS)})
UNLINKED: dict[str, str] = {}  # name of an address that no page leads to, and why


def check(site: Site, pages: list[Found]) -> None:
    faults = [fault for page in pages for fault in visit(site.desk.window(page.who), page.address)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_use_the_page(site: Site, name: str) -> None:
    answers = [found for found in site.found if found.name == name]
    assert answers or name in UNLINKED, f"no link leads to {name}"
    check(site, [found for found in site.different if found.name == name])


def test_an_empty_register_has_pages_that_everybody_can_use(empty_site: Site) -> None:
    check(empty_site, empty_site.different)


@pytest.mark.parametrize("filled", [True, False])
def test_no_link_is_dead(filled: bool, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue("site" if filled else "empty_site")
    dead = [found for found in site.found if found.status in {403, 404} or found.status >= 500]
    assert not dead, "\n".join(f"{one.status} {one.address} ({one.who}) on {one.linked_from}" for one in dead)
