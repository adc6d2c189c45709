"""A checkout of its own for the services, so that those of the running tests stay untouched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mvi_portal.devservices.places import Home
from mvi_portal.devservices.services import stop_leftovers
from tests import unmeasured


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A folder that every user may enter; unpacked once for all tests."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="mvi-test-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        yield root
        assert stop_leftovers(root)


@pytest.fixture
def root(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with nothing in the environment that stands in for private services."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    return prepared


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A checkout in a folder that only its owner may enter."""
    place = tmp_path / "closed" / "checkout"
    place.mkdir(parents=True)
    place.parent.chmod(0o700)
    yield place
    shutil.rmtree(Home.of(place).spare, ignore_errors=True)


@pytest.fixture
def bare_environment() -> dict[str, str]:
    """Of somebody who calls make: no services are named."""
    given = {"DATABASE_URL", "REDIS_URL"}
    return {name: value for name, value in unmeasured.environment().items() if name not in given}
