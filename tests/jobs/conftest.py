from __future__ import annotations

from collections.abc import Callable

import pytest

from mvi_portal.jobs import kinds


@pytest.fixture
def known_kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Make jobs of the kind "test" be done by the named function of `handlers`, for one test."""

    def know(handler: str) -> str:
        kind = kinds.JobKind("test", "Proef", f"tests.jobs.handlers.{handler}")
        monkeypatch.setitem(kinds._kinds, "test", kind)
        return "test"

    return know
