"""What the pages share on which plans are kept: who may, which plan, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from actionplans import reading
from actionplans.models import ActionPlan
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, reader, scope
from mvi_portal.core.templatetags.mvi import keep

Crumbs = list[tuple[str, str]]


def keeps_plans(user: User) -> bool:
    """Who keeps the plans of every organisation: the secretariat and PIANOo."""
    return scope(user, Action.UPLOAD_PLANS) is Scope.YES


def keeper(request: HttpRequest) -> User:
    """Raises PermissionDenied for who does not keep plans."""
    user = reader(request)
    if not keeps_plans(user):
        raise PermissionDenied
    return user


def locked(request: HttpRequest, slug: str) -> ActionPlan:
    """The plan, for a form that saves: 404 for who may not see it, PermissionDenied for who may only see."""
    rows = reading.plans(reader(request), today=timezone.localdate())
    plan = get_object_or_404(rows.select_for_update(of=("self",)), slug=slug)
    keeper(request)
    return plan


def list_crumbs(request: HttpRequest) -> Crumbs:
    return [("Actieplannen", keep(request, reverse("actionplans:plan-list")))]


def crumbs(request: HttpRequest, plan: ActionPlan) -> Crumbs:
    return [*list_crumbs(request), (plan.title, address(request, plan))]


def address(request: HttpRequest, plan: ActionPlan) -> str:
    return keep(request, reverse("actionplans:plan-detail", args=[plan.slug]))


def facts(given: dict[str, Any], *beside: str) -> dict[str, Any]:
    """What a form gave of the row itself."""
    return {name: value for name, value in given.items() if name not in {"edition", "why", *beside}}


def say(request: HttpRequest, is_new: bool, done: str, known: str) -> None:
    """What was done; or that it stood there already, as when somebody presses twice."""
    messages.add_message(request, messages.SUCCESS if is_new else messages.INFO, done if is_new else known)
