"""What follows after the submission: taken back, checked by the signatory, published, corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans import reading
from actionplans.forms.judging import (
    CheckForm,
    CorrectForm,
    DocumentForm,
    PublishForm,
    ReactionForm,
    TakeBackForm,
)
from actionplans.models import Evaluation
from actionplans.services import drafts, judging, publishing
from actionplans.views.judging import common
from mvi_portal.accounts.permissions import Action, Scope, reader, scope
from mvi_portal.files.answers import answer_stored
from signatories.views.keeping import accepted, answer, typed

WEEKS = 3  # that a signatory usually gets to react
BY_MAIL = (
    "Stuur het concept per mail aan de ondertekenaar. Leg hier vast wanneer u dat deed, en tot wanneer "
    "er een reactie kan komen. {}"
)
NO_DRAFT = "Er is nog geen concept gemaakt: dat doet u op de pagina van de evaluatie met ‘Maak het concept’."
LAST = "Wat u verstuurt, blijft bewaard zoals het is: {}."
FINAL = (
    "Een gepubliceerde evaluatie verandert niet meer. Een fout herstelt u met een correctie: een nieuwe "
    "versie met een reden."
)

WRITTEN = "Het document waarin de beoordeling is opgeschreven. Wie de scores mag zien, kan het openen."
REPLACES = "Nu staat er {}. Een nieuw document komt daarvoor in de plaats."


def _asked(
    request: HttpRequest,
    evaluation: Evaluation,
    form: forms.BaseForm,
    save: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    intro: str = "",
) -> HttpResponse:
    """The form; once it is accepted, the evaluation with what was done."""
    if accepted(form, save):
        messages.success(request, done)
        return redirect(common.address(evaluation))
    path = common.crumbs(request, evaluation)
    return answer(request, form, title=title, button=button, crumbs=path, intro=intro)


def _refused(request: HttpRequest, evaluation: Evaluation, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect(common.address(evaluation))


@common.page
@transaction.atomic
def evaluation_take_back(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if evaluation.submitted_on is None or evaluation.check_sent_on or evaluation.published_on:
        return _refused(request, evaluation, "Deze evaluatie kan niet (meer) worden teruggenomen.")

    def save(given: dict[str, Any]) -> None:
        judging.take_back(evaluation=evaluation, why=given["why"], by=by)

    title = "Evaluatie terugnemen" if by.pk == evaluation.evaluator_id else "Evaluatie teruggeven"
    intro = "De evaluatie wordt weer een concept, dat de beoordelaar aanpast en opnieuw indient."
    done = "De evaluatie is weer een concept."
    form = TakeBackForm(typed(request))
    return _asked(request, evaluation, form, save, title=title, button=title, done=done, intro=intro)


@common.page
@transaction.atomic
def evaluation_check(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if evaluation.submitted_on is None or evaluation.reacted_on or evaluation.published_on:
        return _refused(request, evaluation, "Voor deze evaluatie is nu geen feitencheck te versturen.")
    today = timezone.localdate()
    stored = {
        "sent_on": evaluation.check_sent_on or today,
        "until": evaluation.check_until or today + timedelta(weeks=WEEKS),
    }

    form, last = CheckForm(typed(request), initial=stored), drafts.latest(evaluation)
    form.is_stored = evaluation.check_sent_on is not None

    def save(given: dict[str, Any]) -> None:
        publishing.send_check(evaluation=evaluation, sent_on=given["sent_on"], until=given["until"], by=by)

    return _asked(
        request,
        evaluation,
        form,
        save,
        title="Feitencheck vastleggen",
        button="Leg vast",
        done="De feitencheck is vastgelegd. Leg de reactie vast zodra die er is.",
        intro=BY_MAIL.format(LAST.format(last[0].told) if last else NO_DRAFT),
    )


@common.page
@transaction.atomic
def evaluation_reaction(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if evaluation.check_sent_on is None or evaluation.published_on:
        return _refused(request, evaluation, "Voor deze evaluatie is nu geen reactie vast te leggen.")
    stored = {"reacted_on": evaluation.reacted_on, "reaction": evaluation.reaction}

    form = ReactionForm(typed(request), initial=stored)
    form.is_stored = evaluation.reacted_on is not None

    def save(given: dict[str, Any]) -> None:
        publishing.record_reaction(
            evaluation=evaluation, reacted_on=given["reacted_on"], reaction=given["reaction"], by=by
        )

    return _asked(
        request,
        evaluation,
        form,
        save,
        title="Reactie op de feitencheck vastleggen",
        button="Leg de reactie vast",
        done="De reactie is vastgelegd. De beoordelaar kan de evaluatie nog aanpassen.",
        intro="De beoordelaar kan de evaluatie daarna nog aanpassen. Een tweede persoon publiceert.",
    )


@common.page
@transaction.atomic
def evaluation_publish(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if why := publishing.why_not_publish(evaluation, by):
        return _refused(request, evaluation, why)

    def save(given: dict[str, Any]) -> None:
        publishing.publish(evaluation=evaluation, evaluated_on=given["evaluated_on"], by=by)

    return _asked(
        request,
        evaluation,
        PublishForm(typed(request), initial={"evaluated_on": evaluation.evaluated_on}),
        save,
        title="Evaluatie publiceren",
        button="Publiceer",
        done="De evaluatie is gepubliceerd.",
        intro=FINAL,
    )


@common.page
@transaction.atomic
def evaluation_correct(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if evaluation.published_on is None:
        return _refused(request, evaluation, "Alleen een gepubliceerde evaluatie wordt gecorrigeerd.")
    form, made = CorrectForm(typed(request)), list[Evaluation]()

    def save(given: dict[str, Any]) -> None:
        made.append(publishing.correct(evaluation=evaluation, reason=given["reason"], by=by))

    if accepted(form, save):
        messages.success(request, f"Versie {made[0].number} staat klaar, met de scores van de vorige versie.")
        return redirect(common.address(made[0], "edit"))
    path = common.crumbs(request, evaluation)
    intro = "U maakt een nieuwe versie. De gepubliceerde versie verandert niet en blijft te lezen."
    return answer(
        request, form, title="Correctie maken", button="Maak een correctie", crumbs=path, intro=intro
    )


@common.page
@transaction.atomic
def evaluation_document(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if evaluation.published_on:
        return _refused(request, evaluation, judging.PUBLISHED)
    form = DocumentForm(typed(request), request.FILES or None, by=by)

    def save(given: dict[str, Any]) -> None:
        publishing.attach(evaluation=evaluation, upload=given["document"], by=by)

    return _asked(
        request,
        evaluation,
        form,
        save,
        title="Document toevoegen",
        button="Bewaar het document",
        done="Het document is bewaard bij de evaluatie.",
        intro=REPLACES.format(evaluation.filename) if evaluation.filename else WRITTEN,
    )


@require_safe
def evaluation_file(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponseBase:
    """The document; it holds scores, so who may not see those does not find it."""
    evaluation = common.shown(request, plan, round_slug, number)
    if not reading.sees_scores(reader(request), evaluation):
        raise Http404
    return answer_stored(request, evaluation)


@require_safe
def check_draft(request: HttpRequest, plan: str, round_slug: str, number: int, pk: int) -> HttpResponseBase:
    """What was made for the factual check, as it was; for who may see the scores of every organisation."""
    evaluation = common.shown(request, plan, round_slug, number)
    if scope(reader(request), Action.SEE_SCORES) is not Scope.YES:
        raise PermissionDenied
    return answer_stored(request, get_object_or_404(drafts.drafts_of(evaluation), pk=pk))
