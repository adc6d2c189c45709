"""The page that makes the idea visible, every figure with its definition; and the accessibility statement."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mvi_portal.core import reference
from mvi_portal.core.figures import registry


def definition_list(request: HttpRequest) -> HttpResponse:
    """All figures on the reference date, by line of the plan."""
    asked = reference.of(request)
    values = list(registry.collect(asked.day).values())
    context = {
        "lines": [
            (line, list(items)) for line, items in groupby(values, key=lambda value: value.figure.line)
        ],
        "has_demo": any(value.is_demo for value in values),
    }
    return render(request, "core/definition_list.html", context, status=400 if asked.error else 200)


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and where to say that something does not. Public by law."""
    return render(request, "core/accessibility.html", {"contact": settings.ACCESSIBILITY_CONTACT})
