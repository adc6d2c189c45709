"""The desk of an evaluator: the plan beside the questions, saved while one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from actionplans.forms.judging import JudgingForm, facts, scores
from actionplans.models import Evaluation, ReusableRemark
from actionplans.services import judging
from actionplans.views.judging import common, pages
from mvi_portal.accounts.models import User
from mvi_portal.core import autosave
from signatories.views.keeping import accepted, typed

KEPT = "Wat klopt, is bewaard. Wat u nog moet aanpassen, staat hieronder."


@common.page
@transaction.atomic
def evaluation_edit(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.judged(request, plan, round_slug, number)
    if shut := judging.why_shut(evaluation, by):
        messages.error(request, shut)
        return redirect(common.address(evaluation))
    form = JudgingForm(typed(request), evaluation=evaluation)
    if not accepted(form, _saver(evaluation, by)):
        if _keeps_rest(form, evaluation, by):
            messages.info(request, KEPT)
        return _desk(request, evaluation, form, by)
    if request.POST.get("actie") == "dien-in":
        return _submitted(request, evaluation, by)
    messages.success(request, "Het concept is bewaard.")
    return redirect(common.address(evaluation, "edit"))


@require_POST
@transaction.atomic
def evaluation_draft(request: HttpRequest, plan: str, round_slug: str, number: int) -> JsonResponse:
    """What the page saves by itself."""
    evaluation, by = common.judged(request, plan, round_slug, number)
    form = JudgingForm(request.POST, evaluation=evaluation)

    def reopened() -> JudgingForm:
        return JudgingForm(evaluation=judging.locked(evaluation))

    return autosave.saved(form, _saver(evaluation, by), reopened)


def _keeps_rest(form: JudgingForm, evaluation: Evaluation, by: User) -> bool:
    """What is right of a form with something wrong in it is saved, as the page does by itself."""
    if not form.is_bound or form.conflicts:
        return False
    try:
        _saver(evaluation, by)(form.cleaned_data)
    except ValidationError:
        return False
    form.reopened(judging.locked(evaluation))
    return True


def _saver(evaluation: Evaluation, by: User) -> Any:
    def save(given: dict[str, Any]) -> None:
        judging.save_draft(evaluation=evaluation, scores=scores(given), by=by, **facts(given))

    return save


def _submitted(request: HttpRequest, evaluation: Evaluation, by: User) -> HttpResponse:
    """What is filled in is saved by now; what misses is told with the way to it."""
    try:
        judging.submit(evaluation=evaluation, by=by)
    except ValidationError as error:
        stored = judging.locked(evaluation)
        left = judging.missing(stored)
        problems = [
            {
                "text": f"Nog niet ingevuld: {item.name}.",
                "href": f"#criterium-{item.pk}",
                "where": "dit criterium",
            }
            for item in left
        ]
        told = problems or [{"text": line} for line in error.messages]
        return _desk(request, evaluation, JudgingForm(evaluation=stored), by, problems=told, status=400)
    messages.success(request, "De evaluatie is ingediend. Een tweede persoon kan de feitencheck versturen.")
    return redirect(common.address(evaluation))


def _desk(
    request: HttpRequest,
    evaluation: Evaluation,
    form: JudgingForm,
    by: User,
    *,
    problems: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "evaluation": evaluation,
        "form": form,
        "questions": list(form.questions()),
        "answered": form.answered,
        "total": len(form.criteria),
        "problems": problems,
        "place": common.place(evaluation),
        "remarks": ReusableRemark.objects.usable_by(by).order_by("text"),
        "crumbs": [*common.crumbs(request, evaluation), ("Beoordelen", "")],
        **pages.context(evaluation.version),
    }
    code = 400 if form.is_bound else status
    return render(request, "actionplans/evaluation_edit.html", context, status=code)
