"""What the pages about rubrics share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actionplans import reading
from actionplans.models import Rubric
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed, reader
from mvi_portal.core.templatetags.mvi import keep

EXAMPLE = "Dit beoordelingskader is een voorbeeld van dit portaal, niet het kader van PIANOo."


def address(rubric: Rubric, page: str = "rubric-detail") -> str:
    return reverse(f"actionplans:{page}", args=[rubric.slug, rubric.version])


def found(request: HttpRequest, slug: str, version: int) -> Rubric:
    """The rubric, when the reader may see it."""
    return get_object_or_404(reading.rubrics(reader(request)), slug=slug, version=version)


def built(request: HttpRequest, slug: str, version: int) -> tuple[Rubric, User]:
    """The rubric, locked, and who builds it. A reader who may not is refused."""
    rubric = found(request, slug, version)
    by = allowed(request, Action.EVALUATE)
    return Rubric.objects.select_for_update().get(pk=rubric.pk), by


def crumbs(request: HttpRequest, rubric: Rubric | None = None) -> list[tuple[str, str]]:
    path = [
        ("Evaluaties", keep(request, reverse("actionplans:evaluation-list"))),
        ("Beoordelingskaders", keep(request, reverse("actionplans:rubric-list"))),
    ]
    if rubric is not None:
        path.append((str(rubric), keep(request, address(rubric))))
    return path


def context(rubric: Rubric, **told: Any) -> dict[str, Any]:
    return {"rubric": rubric, "example": EXAMPLE if rubric.is_example else "", **told}
