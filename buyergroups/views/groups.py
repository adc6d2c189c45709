"""The page of one group, and how the secretariat keeps it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from buyergroups import services, tables
from buyergroups.forms import GroupForm
from buyergroups.models import BuyerGroup
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.reference import on_of
from mvi_portal.core.templatetags.mvi import keep
from signatories.views.keeping import NOTHING, accepted, answer, is_same, keeper, typed

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """As it was on the reference date; who keeps the register finds here what to change."""
    on, user = on_of(request), reader(request)
    groups = BuyerGroup.objects.visible_to(user, on=timezone.localdate())
    group = get_object_or_404(groups.with_phase(on=on), slug=slug)
    keeps = may(user, Action.KEEP_REGISTER)
    context = {
        "group": group,
        "keeps": keeps,
        "crumbs": [("Buyer groups", keep(request, reverse("buyergroups:group-list"))), (group.name, "")],
        "facts": tables.group_facts(group, request),
        "phases": tables.phase_items(group, on),
        "participants": tables.participants(group, request, keeps=keeps),
        "outputs": tables.outputs(group, on, keeps=keeps),
        "kept_phases": tables.kept_phases(group) if keeps else None,
        "changes": change_lines(group) if keeps else [],
    }
    return render(request, "buyergroups/group_detail.html", context)


@page
@transaction.atomic
def group_new(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    form = GroupForm(typed(request), instance=BuyerGroup())
    made: list[BuyerGroup] = []
    if accepted(form, lambda _given: made.append(services.make_group(**form.given(), by=by))):
        messages.success(
            request, "De buyer group staat in het register. Voeg nu haar fasen en deelnemers toe."
        )
        return redirect("buyergroups:group-detail", made[0].slug)
    path = [("Buyer groups", keep(request, reverse("buyergroups:group-list")))]
    return answer(request, form, title="Nieuwe buyer group", button="Voeg toe", crumbs=path)


@page
@transaction.atomic
def group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    by, group = keeper(request), locked(slug)
    path = crumbs(request, group)
    form = GroupForm(typed(request), instance=group)

    def save(_given: Any) -> None:
        services.change_group(group=group, **form.given(), by=by)

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "De gegevens van de buyer group zijn bewaard.")
        return redirect(path[-1][1])
    changes = change_lines(group)
    return answer(request, form, title="Gegevens wijzigen", button="Bewaar", crumbs=path, changes=changes)


def locked(slug: str) -> BuyerGroup:
    """Two who keep one group, do so one after the other."""
    return get_object_or_404(BuyerGroup.objects.select_for_update(of=("self",)), slug=slug)


def crumbs(request: HttpRequest, group: BuyerGroup) -> list[tuple[str, str]]:
    return [
        ("Buyer groups", keep(request, reverse("buyergroups:group-list"))),
        (group.name, keep(request, reverse("buyergroups:group-detail", args=[group.slug]))),
    ]
