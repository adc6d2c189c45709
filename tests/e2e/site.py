"""Everything that can be found in a portal, by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, get_resolver, reverse

from tests.access.test_walk import addresses, load
from tests.e2e.browser import Desk
from tests.e2e.checks import axe_script
from tests.e2e.crawl import Crawler, Found, different

# nobody, one for each part in the portal, and one of an umbrella organisation
PEOPLE = (
    "",
    "secretariaat",
    "ienw",
    "pianoo-1",
    "contact",
    "beheerder",
)  # whose links are followed; between them every page
EVERYBODY = ("secretariaat", "ienw", "pianoo-1", "vng", "lezer", "beheerder")
BY_LINKS_ALONE = {"contact"}  # who sees nothing that others do not see more of
EXAMPLES: dict[str, int] = {}  # more than one page of a name, for who it differs
ONLY_POST = {row.name for row in load() if row.get is None}
NAMES = sorted(set(addresses(get_resolver().url_patterns)) - ONLY_POST)


@dataclass(frozen=True)
class Site:
    """A portal that is up, a browser in front of it, and what was found in it."""

    desk: Desk
    found: list[Found]
    different: list[Found]  # the pages that are worth a look of their own


def explore(desk: Desk, people: tuple[str, ...] = PEOPLE) -> Site:
    """From the start page, and then from what can be typed in an address bar; see also the walk over all."""
    found: list[Found] = []
    for who in people:
        window = desk.window(who)
        window.add_init_script(axe_script())  # handed over once, not for each page
        crawler = Crawler(desk.address, window.context, who, examples=EXAMPLES.get(who, 1))
        for start in ("/", *(() if who in BY_LINKS_ALONE else _typed())):
            found += crawler.crawl(start)
    return Site(desk, found, different(found))


def _typed() -> Iterator[str]:
    for name in NAMES:
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue
