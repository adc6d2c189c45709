from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e import portal
from tests.e2e.browser import Desk, chromium
from tests.e2e.crawl import Found, crawl, different

HERE = Path(__file__).parent
# one for each part in the portal, and one of an umbrella organisation; nobody comes last
PEOPLE = ("secretariaat", "ienw", "pianoo-1", "vng", "lezer", "beheerder", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests in one process, and first: they share a portal, and take longest."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("e2e"))
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: HERE not in item.path.parents)


@dataclass(frozen=True)
class Site:
    """A portal that is up, with a browser in front of it, and all that can be found by following links."""

    desk: Desk
    found: list[Found]
    different: list[Found]


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="package")
def demonstration(folder: Path) -> Iterator[str]:
    with portal.demonstration(folder) as name:
        yield name


@pytest.fixture(scope="package")
def desk(demonstration: str, folder: Path) -> Iterator[Desk]:
    """The demonstration, in a browser."""
    with portal.served(demonstration, folder) as address, chromium() as browser:
        yield Desk(browser, address)


def explore(desk: Desk, people: tuple[str, ...]) -> list[Found]:
    """The first person opens a few pages of each kind: there they differ most."""
    found: list[Found] = []
    for who in people:
        found += crawl(desk.window(who).request, who, examples=1 if found else 3)
    return found


@pytest.fixture(scope="package")
def site(desk: Desk) -> Site:
    found = explore(desk, PEOPLE)
    return Site(desk, found, different(found))


@pytest.fixture(scope="package")
def empty_site(demonstration: str, desk: Desk, folder: Path) -> Iterator[Site]:
    """The same without a single row in the register."""
    with portal.copy_of(demonstration, "empty") as name:
        portal.empty_register(name)
        with portal.served(name, folder) as address:
            empty = Desk(desk.browser, address)
            found = explore(empty, PEOPLE[:1])
            yield Site(empty, found, different(found))
