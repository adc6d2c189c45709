"""The remarks that are at hand at every criterion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from actionplans.forms.remarks import RemarkForm
from actionplans.models import ReusableRemark
from actionplans.services import remarks as services
from actionplans.views.judging import common
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.templatetags.mvi import keep
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed

LIST = "actionplans:remark-list"
TITLE = "Vaste opmerkingen"


@common.page
@transaction.atomic
def remark_list(request: HttpRequest) -> HttpResponse:
    """One's own and the shared ones, and a form for one more."""
    by = allowed(request, Action.EVALUATE)
    form = RemarkForm(typed(request), instance=ReusableRemark(owner=by))

    def save(given: dict[str, Any]) -> None:
        services.keep_remark(text=given["text"], is_shared=given["is_shared"], by=by)

    if accepted(form, save):
        messages.success(request, "De opmerking is bewaard.")
        return redirect(LIST)
    usable = ReusableRemark.objects.usable_by(by)
    context = {
        "title": TITLE,
        "form": form,
        "mine": usable.filter(owner=by),
        "shared": usable.exclude(owner=by).select_related("owner"),
        "crumbs": [_evaluations(request), (TITLE, "")],
    }
    status = 400 if form.is_bound else 200
    return render(request, "actionplans/remark_list.html", context, status=status)


@common.page
@transaction.atomic
def remark_edit(request: HttpRequest, pk: int) -> HttpResponse:
    by = allowed(request, Action.EVALUATE)
    remark = get_object_or_404(ReusableRemark.objects.select_for_update(), pk=pk, owner=by)
    form = RemarkForm(typed(request), instance=remark)

    def save(given: dict[str, Any]) -> None:
        if not is_same(form):
            services.change_remark(remark=remark, text=given["text"], is_shared=given["is_shared"], by=by)

    if accepted(form, save):
        messages.success(request, NOTHING if is_same(form) else "De opmerking is bewaard.")
        return redirect(LIST)
    path, changes = [_evaluations(request), (TITLE, reverse(LIST))], change_lines(remark)
    title = "Vaste opmerking wijzigen"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, changes=changes)


@require_POST
@transaction.atomic
def remark_remove(request: HttpRequest, pk: int) -> HttpResponse:
    by = allowed(request, Action.EVALUATE)
    remark = get_object_or_404(ReusableRemark.objects.select_for_update(), pk=pk, owner=by)
    services.remove_remark(remark=remark, by=by)
    messages.success(request, "De opmerking is weggehaald. In evaluaties blijft zij staan.")
    return redirect(LIST)


def _evaluations(request: HttpRequest) -> tuple[str, str]:
    return "Evaluaties", keep(request, reverse("actionplans:evaluation-list"))
