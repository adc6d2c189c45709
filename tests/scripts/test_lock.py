from __future__ import annotations

from typing import Any

import pytest

from scripts import lock

PROJECT: dict[str, Any] = {
    "project": {"dependencies": ["django~=5.2", "psycopg[binary]>=3.2"]},
    "dependency-groups": {"dev": ["pytest>=8", {"include-group": "uv"}], "uv": ["uv>=0.5"]},
}
PINS = "django==5.2.19 \\\n    --hash=sha256:00\npsycopg==3.3.9\npytest==9.2.0\nuv==0.13.9\n"


def locked(text: str = PINS, name: str = "development") -> str:
    return f"{lock._MARK}{lock.fingerprint(lock.wanted(PROJECT, name))}\n{text}"


def test_a_lock_in_step_has_no_faults() -> None:
    assert list(lock.faults(PROJECT, "development", locked())) == []
    assert list(lock.faults(PROJECT, "production", locked(name="production"))) == []


def test_the_groups_that_a_group_includes_count() -> None:
    assert "uv>=0.5" in lock.wanted(PROJECT, "development")
    assert "uv>=0.5" not in lock.wanted(PROJECT, "production")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (locked().replace("pytest==9.2.0", "pytest==7.4"), "lacks pytest>=8"),
        (locked().replace("uv==0.13.9\n", ""), "lacks uv>=0.5"),
        (PINS, "was locked from other lists"),
        (locked("--index-url http://example.org\n" + PINS), "holds an address"),
    ],
)
def test_a_lock_out_of_step_is_told(text: str, fault: str) -> None:
    assert any(fault in found for found in lock.faults(PROJECT, "development", text))


def test_one_of_several_versions_will_do() -> None:
    text = "a==1.0 ; python_full_version < '3.12'\na==2.0 ; python_full_version >= '3.12'\n"
    assert lock.pins(text) == {"a": {"1.0", "2.0"}}


def test_this_projects_locks_are_in_step() -> None:
    assert lock.main(["--check"]) == 0
