from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import portal
from tests.e2e.browser import Desk, chromium
from tests.e2e.site import Site, explore

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First, as they take longest; each process of a parallel run has a portal of its own."""
    items.sort(key=lambda item: HERE not in item.path.parents)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.unmeasured)  # what is tried runs in the portal's own process


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
        yield Desk(browser, address, demonstration)


@pytest.fixture(scope="package")
def site(desk: Desk) -> Site:
    return explore(desk)


@pytest.fixture(scope="package")
def empty_site(demonstration: str, desk: Desk, folder: Path) -> Iterator[Site]:
    """The same without a single row in the register."""
    with portal.copy_of(demonstration, "empty") as name:
        portal.empty_register(name)
        with portal.served(name, folder) as address:
            yield explore(Desk(desk.browser, address, name), ("secretariaat",))


@pytest.fixture(scope="package")
def writing(demonstration: str, desk: Desk, folder: Path) -> Iterator[Desk]:
    """The demonstration once more, to write in."""
    with portal.copy_of(demonstration, "writing") as name, portal.served(name, folder) as address:
        yield Desk(desk.browser, address, name)
