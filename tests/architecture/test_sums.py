"""What was typed as a value is never added up but by the model, which knows what may be added."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Where something is added up: figures say what their rows add, and measurements refuse what may not be added.
ADDS = {
    "mvi_portal/core/figures.py",
    "monitoring/models/adding.py",
    "monitoring/models/measurements.py",
}
APPS = ("mvi_portal", "signatories", "actionplans", "buyergroups", "monitoring", "reports")


def adding(tree: ast.AST) -> Iterator[str]:
    """Django's sums and means by any name, PostgreSQL's in SQL of ours, and Python's over values."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if module.startswith("django.db.models"):
                yield from (item.name for item in node.names if item.name in {"Sum", "Avg"})
            case ast.Attribute(attr="Sum" | "Avg" as name):
                yield name
            case ast.Call(func=ast.Name(id="sum" | "mean" | "fsum" as name), args=[over, *_]):
                if any(isinstance(part, ast.Attribute) and part.attr == "value" for part in ast.walk(over)):
                    yield f"{name} of .value"


def test_nothing_else_adds_values_up() -> None:
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    found = {
        str(path.relative_to(ROOT)): names
        for path in files
        if "migrations" not in path.parts and (names := set(adding(ast.parse(path.read_text()))))
    }
    assert {path: names for path, names in found.items() if path not in ADDS} == {}
    assert found.keys() == ADDS


def test_a_sum_is_seen_however_it_is_written() -> None:
    for written in (
        "from django.db.models import Sum as total",
        "models.Avg('value')",
        "sum(row.value for row in rows)",
    ):
        assert list(adding(ast.parse(written)))
    assert not list(adding(ast.parse("sum(row.count for row in rows)")))
