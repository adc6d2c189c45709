"""The house: who imports whom, and that no lookup climbs where no import may."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel

ROOT = Path(settings.BASE_DIR)
FLOORS = [
    "core",
    "history",
    "accounts",
    "jobs",
    "files",
    "mails",
    "imports",
    "signatories",
    "actionplans",
    "buyergroups",
    "monitoring",
    "reports",
]
SLOW_TO_LOAD = {
    *("icalendar", "lxml", "openpyxl", "PIL", "pikepdf", "pypandoc", "pypdfium2", "python_calamine"),
    *("weasyprint", "xlsxwriter"),
}
LEVEL = {label: level for level, label in enumerate(FLOORS)} | {"buyergroups": FLOORS.index("actionplans")}
FOLDERS = {label: ROOT / ("mvi_portal" if label in FLOORS[:7] else "") / label for label in FLOORS}


def upward_names() -> dict[str, set[str]]:
    """Per app: the query names by which its models are reached from models of higher apps."""
    found: dict[str, set[str]] = {label: set() for label in FLOORS}
    for model in apps.get_models():
        label = model._meta.app_label
        if label in found:
            found[label] |= {name for relation, name in relations(model) if climbs(label, relation)}
    return found


def relations(model: type[Model]) -> Iterator[tuple[ForeignObjectRel, str]]:
    for relation in model._meta.related_objects:
        name = relation.get_accessor_name()
        if name and not name.endswith("+"):
            yield relation, relation.name
            yield relation, name


def climbs(label: str, relation: ForeignObjectRel) -> bool:
    other = relation.related_model._meta.app_label
    return other in LEVEL and LEVEL[other] > LEVEL[label]


def lookups(source: str) -> set[str]:
    """Every name that could be the first or a later step of a lookup: keyword names, strings, attributes."""
    words: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg:
            words |= set(node.arg.split("__"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            words |= set(node.value.split("__"))
    return words


def climbing_lookups(label: str, source: str, upward: dict[str, set[str]]) -> set[str]:
    """Names in the source that only lead to a higher app, and are no field of any app at or below."""
    own_fields = {
        field.name
        for model in apps.get_models()
        if LEVEL.get(model._meta.app_label, 99) <= LEVEL[label]
        for field in model._meta.get_fields()
        if not (isinstance(field, ForeignObjectRel) and climbs(label, field))
    }
    above = {name for other, names in upward.items() if LEVEL[other] <= LEVEL[label] for name in names}
    return (lookups(source) & above) - own_fields


@pytest.mark.parametrize("label", FLOORS)
def test_no_app_looks_up_through_a_higher_one(label: str) -> None:
    upward = upward_names()
    for path in FOLDERS[label].rglob("*.py"):
        if "migrations" not in path.parts:
            assert not climbing_lookups(label, path.read_text(), upward), path


def test_a_planted_lookup_is_found() -> None:
    planted = "Signature.objects.filter(plan_coverages__plan__slug='x')"
    upward = {label: set[str]() for label in FLOORS} | {"signatories": {"plan_coverages"}}
    assert climbing_lookups("signatories", planted, upward) == {"plan_coverages"}


@pytest.mark.slow
def test_the_layers_hold() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_a_start_loads_no_pages_and_the_web_process_nothing_that_prints_or_makes_files() -> None:
    code = (
        "import gc, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'mvi_portal.settings';"
        "from mvi_portal.wsgi import application; from django.urls import get_resolver;"
        "print('mvi_portal.urls' in sys.modules, gc.isenabled(), gc.get_freeze_count() > 100_000);"
        "get_resolver().url_patterns; from django.core.checks import run_checks; run_checks();"
        f"print(sorted({SLOW_TO_LOAD} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout == "False True True\n[]\n", run.stderr
