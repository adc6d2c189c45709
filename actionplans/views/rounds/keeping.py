"""Opening a round, its facts, closing it, and what it taught."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans import boards, livefigures
from actionplans.forms.rounds import CloseForm, FindingsForm, ReopenForm, RoundForm
from actionplans.models import EvaluationRound
from actionplans.services import rounds
from actionplans.views.rounds import common
from mvi_portal.accounts.changes import change_lines
from mvi_portal.core.writing import editor_context
from signatories.views.keeping import accepted, answer, is_same, typed

page = require_http_methods(["GET", "HEAD", "POST"])


def facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "edition"}


@page
@transaction.atomic
def round_new(request: HttpRequest) -> HttpResponse:
    by, path = common.evaluator(request), common.crumbs(request)
    form = RoundForm(typed(request))
    made: list[EvaluationRound] = []
    if accepted(form, lambda given: made.append(rounds.open_round(**facts(given), by=by))):
        messages.success(request, "De ronde is gemaakt. Kies nu de plannen.")
        return redirect("actionplans:round-plans", made[0].slug)
    intro = "Daarna kiest u de plannen, verdeelt u ze over de beoordelaars en volgt u de stand op het bord."
    return answer(
        request, form, title="Nieuwe evaluatieronde", button="Maak de ronde", crumbs=path, intro=intro
    )


@page
@transaction.atomic
def round_edit(request: HttpRequest, slug: str) -> HttpResponse:
    by, found = common.evaluator(request), common.locked(slug)
    path = common.crumbs(request, found)
    form = RoundForm(typed(request), instance=found)
    if form.is_valid() and is_same(form):
        messages.info(request, common.NOTHING)
        return redirect(path[-1][1])
    if accepted(form, lambda given: rounds.change_round(round_=found, **facts(given), by=by)):
        messages.success(request, "De gegevens van de ronde zijn bewaard.")
        return redirect(path[-1][1])
    changes = change_lines(found)
    return answer(request, form, title="Ronde wijzigen", button="Bewaar", crumbs=path, changes=changes)


@page
@transaction.atomic
def round_close(request: HttpRequest, slug: str) -> HttpResponse:
    """What is unfinished is named first."""
    by, found, today = common.evaluator(request), common.locked(slug), timezone.localdate()
    if found.closed_on is not None:
        messages.info(request, "Deze ronde is al afgesloten.")
        return redirect("actionplans:round-board", slug)
    unfinished = [item for item in boards.evaluations(found) if not item.published_on]
    form = CloseForm(typed(request), unfinished=bool(unfinished), initial={"on": today})

    def save(given: dict[str, Any]) -> None:
        despite = given.get("despite_unfinished", False)
        rounds.close(round_=found, on=given["on"], despite_unfinished=despite, by=by)

    if accepted(form, save):
        messages.success(request, "De ronde is afgesloten.")
        return redirect("actionplans:round-detail", slug)
    context = {
        **common.told(request, found, "Afsluiten"),
        "form": form,
        "unfinished": boards.board(unfinished, request, today=today, of=None),
    }
    return render(request, "actionplans/round_close.html", context, status=400 if form.is_bound else 200)


@page
@transaction.atomic
def round_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    by, found = common.evaluator(request), common.locked(slug)
    if found.closed_on is None:
        messages.info(request, "Deze ronde loopt al.")
        return redirect("actionplans:round-board", slug)
    form = ReopenForm(typed(request))
    if accepted(form, lambda given: rounds.reopen(round_=found, **given, by=by)):
        messages.success(request, "De ronde loopt weer.")
        return redirect("actionplans:round-board", slug)
    path = common.crumbs(request, found)
    return answer(request, form, title="Ronde weer openen", button="Open de ronde", crumbs=path)


@page
@transaction.atomic
def findings_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Rich text with live figures: those of the register, and those of this round."""
    by, found = common.evaluator(request), common.locked(slug)
    form = FindingsForm(typed(request), instance=found)
    if accepted(form, lambda given: rounds.write_findings(round_=found, text=given["findings"], by=by)):
        return _written(request, found)
    figures = livefigures.of(found, on=timezone.localdate())
    context = {
        **common.told(request, found, "Bevindingen"),
        "form": form,
        "problems": livefigures.problems(found),
        "changes": change_lines(found),
        **editor_context(form, figures, request.csp_nonce),  # type: ignore[attr-defined] # set by CSPMiddleware
    }
    status = 400 if form.is_bound else 200
    return render(request, "actionplans/round_findings.html", context, status=status)


def _written(request: HttpRequest, found: EvaluationRound) -> HttpResponse:
    found.refresh_from_db()
    if livefigures.problems(found):
        messages.warning(request, "De tekst is bewaard, maar kan zo nog niet worden gedrukt.")
        return redirect("actionplans:round-findings", found.slug)
    messages.success(request, "De bevindingen zijn bewaard.")
    return redirect(reverse("actionplans:round-detail", args=[found.slug]))
