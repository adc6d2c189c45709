"""The page that makes the idea visible: every figure, its definition, and its value on a day."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mvi_portal.core.dates import long_date, parse_day
from mvi_portal.core.figures import FigureValue, Qualifier, registry
from mvi_portal.core.numbers import number

WORDS = {Qualifier.EXACT: "", Qualifier.AT_LEAST: "minstens ", Qualifier.ABOUT: "zo'n "}


def definition_list(request: HttpRequest) -> HttpResponse:
    """All figures on the reference date that the address asks for."""
    typed = request.GET.get("peildatum", "")
    on, error = _reference_date(typed)
    rows = [_row(item) for item in registry.collect(on).values()]
    context = {
        "on_text": long_date(on),
        "typed": typed,
        "error": error,
        "lines": [(line, list(items)) for line, items in groupby(rows, key=lambda row: row["line"])],
        "has_demo": any(row["is_demo"] for row in rows),
    }
    return render(request, "core/definition_list.html", context, status=400 if error else 200)


def _reference_date(typed: str) -> tuple[date, str]:
    default = settings.REFERENCE_DATE or timezone.localdate()
    if not typed.strip():
        return default, ""
    try:
        return parse_day(typed), ""
    except ValueError as error:
        return default, str(error)


def _row(item: FigureValue) -> dict[str, Any]:
    figure = item.figure
    return {
        "key": figure.key,
        "label": figure.label,
        "line": figure.line,
        "definition": figure.definition,
        "value": WORDS[item.completeness.qualifier] + number(item.value),
        "unit": figure.unit.of(item.value),
        "note": item.completeness.note,
        "is_demo": item.is_demo,
    }
