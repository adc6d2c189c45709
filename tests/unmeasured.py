"""Processes that are tried as a whole: measuring their coverage would nearly double what they take."""

from __future__ import annotations

import os

import pytest


def environment() -> dict[str, str]:
    """That of this process, without what would measure a child of it."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}


def leave(patch: pytest.MonkeyPatch) -> None:
    """Children of this process are not measured, as long as the patch lasts."""
    for name in set(os.environ) - set(environment()):
        patch.delenv(name)
