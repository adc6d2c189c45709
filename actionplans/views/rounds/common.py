"""What the pages of a round share: who may come, the way back, and the rooms."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actionplans.models import EvaluationRound
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, allowed, may, reader, scope
from mvi_portal.core.tabs import Tab, tabs
from mvi_portal.core.templatetags.mvi import keep

NOTHING = "Er is niets gewijzigd."


def evaluator(request: HttpRequest) -> User:
    """Who keeps rounds. Raises PermissionDenied for anybody else."""
    return allowed(request, Action.EVALUATE)


def works_on_it(user: User) -> bool:
    """Who may see the scores of every organisation, and so how far each evaluation is."""
    return scope(user, Action.SEE_SCORES) is Scope.YES


def worker(request: HttpRequest) -> User:
    """Raises PermissionDenied for who does not work on evaluations."""
    user = reader(request)
    if not works_on_it(user):
        raise PermissionDenied
    return user


def found(slug: str) -> EvaluationRound:
    return get_object_or_404(EvaluationRound.objects.select_related("rubric"), slug=slug)


def locked(slug: str) -> EvaluationRound:
    """For a form that saves."""
    return get_object_or_404(EvaluationRound.objects.select_for_update(), slug=slug)


def rooms(request: HttpRequest, round_: EvaluationRound) -> list[Tab]:
    """The pages of the round that the reader may open."""
    names = [("Overzicht", "detail"), ("Resultaten", "results")]
    if works_on_it(reader(request)):
        names += [("Bord", "board"), ("Verslag en brieven", "files")]
    return tabs(
        request, *((label, reverse(f"actionplans:round-{name}", args=[round_.slug])) for label, name in names)
    )


def crumbs(request: HttpRequest, round_: EvaluationRound | None = None) -> list[tuple[str, str]]:
    """The way back from a page of the round."""
    path = [
        ("Evaluaties", keep(request, reverse("actionplans:evaluation-list"))),
        ("Rondes", keep(request, reverse("actionplans:round-list"))),
    ]
    if round_ is not None:
        path.append((round_.name, keep(request, reverse("actionplans:round-detail", args=[round_.slug]))))
    return path


def told(request: HttpRequest, round_: EvaluationRound, page: str) -> dict[str, Any]:
    """What every page of a round tells its template."""
    last = [(page, "")] if page else []
    path = crumbs(request, round_)
    return {
        "round": round_,
        "tabs": rooms(request, round_),
        "keeps": may(reader(request), Action.EVALUATE),
        "crumbs": [*path, *last] if page else [*path[:-1], (round_.name, "")],
        "back": path[-1][1],
    }
