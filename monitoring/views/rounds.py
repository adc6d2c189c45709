"""The rounds: what is asked of whom, and how the secretariat makes, asks and closes them. Always today's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring import answering, asked, board, services, todo
from monitoring.cited import Values
from monitoring.forms import DueForm, RepairForm, RoundForm
from monitoring.models import EntryState, ProgressRequest, ProgressRound
from monitoring.naming import Names
from monitoring.views.lists import crumbs
from mvi_portal.accounts.changes import ChangeLine, change_lines, change_lines_among, lines_come_and_gone
from mvi_portal.accounts.permissions import Action, allowed, may, reader
from mvi_portal.core.lists import PAGE
from mvi_portal.history.reading import KINDS
from signatories.views.keeping import accepted, typed

ROUNDS = ("Voortgang", "monitoring:round-list")
STEPS: dict[str, tuple[Callable[..., object], str]] = {
    "uitvragen": (services.ask_round, "De ronde is uitgevraagd."),
    "sluiten": (services.close_round, "De ronde is gesloten. U kunt haar later weer openen."),
    "heropenen": (services.reopen_round, "De ronde is weer open."),
    "weggooien": (services.drop_round, "De ronde is weggegooid."),
}
page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """First what is asked of the reader, then all rounds."""
    user, today = reader(request), timezone.localdate()
    rounds = ProgressRound.objects.visible_to(user, on=today)
    context = {
        "writes": may(user, Action.GIVE_PROGRESS),
        "decides": may(user, Action.ASK_PROGRESS),
        "to_write": asked.asked_table(
            "Van u gevraagd", todo.to_write(user, today), today, "Er wordt nu geen voortgang van u gevraagd."
        ),
        "to_decide": asked.asked_table(
            "Ingediend en nog niet beoordeeld",
            todo.to_decide(user, today),
            today,
            "Er wacht geen tekst op uw oordeel.",
        ),
        "rounds": answering.rounds_table(rounds, user, today),
        "crumbs": crumbs(request, ("Voortgang", "")),
    }
    return render(request, "monitoring/round_list.html", context)


@require_safe
def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was asked, by when, and how each answer stands."""
    user, today = reader(request), timezone.localdate()
    found = get_object_or_404(asked.asking(ProgressRound.objects.visible_to(user, on=today)), slug=slug)
    requests = ProgressRequest.objects.visible_to(user, on=today).filter(round=found)
    page = board.page_of(requests, today, request.GET.get(PAGE))
    shown = requests.filter(organisation__in=[body.pk for body in page])
    items = asked.asked_of(shown, today, of=found, known=page)
    lines, keeps = [line for line, _question in asked.lines_of(found)], may(user, Action.ASK_PROGRESS)
    tally = board.tally(requests, lines, page.paginator.count)
    context = {
        "round": found,
        "keeps": keeps,
        "is_open": found.is_open(today),
        "facts": answering.round_facts(found, today),
        "questions": [item for item in asked.lines_of(found) if item[1]],
        "matrix": board.matrix(items, today),
        "page": page,
        "query": request.GET,
        "summary": str(tally) if items else "",
        "lines": lines,
        "reminds": bool(keeps and found.is_open(today) and tally.writing),
        "still_open": board.still_open(items),
        "changes": _changes(found) if keeps else [],
        "crumbs": crumbs(request, ROUNDS, (found.title, "")),
    }
    return render(request, "monitoring/round_detail.html", context)


def _changes(found: ProgressRound) -> list[ChangeLine]:
    """Of the round, of its questions once they were asked, and of whom it asks more or no longer."""
    questions = list(found.questions.all())
    begin = datetime.combine(found.asked_on or date.max, time.min)
    asked_then = change_lines_among(questions, after=timezone.make_aware(begin)) if found.asked_on else []
    reworded = [line for _key, line in asked_then if line.kind == KINDS["update"]]
    whom = _whom(found)
    return sorted([*change_lines(found), *reworded, *whom], key=lambda line: line.at, reverse=True)


def _whom(found: ProgressRound) -> list[ChangeLine]:
    """Who was asked as well, or no longer, while it was open: of each time one line, with their names."""
    changes = lines_come_and_gone(ProgressRequest, action=services.REPAIRED, round_id=found.pk)
    names = Names((row.organisation_id for row, _line in changes), timezone.localdate())
    told: dict[ChangeLine, list[str]] = {}
    for row, line in changes:
        told.setdefault(line, []).append(f"gevraagd: {names.of(row.organisation_id)}")
    return [replace(line, fields=tuple(sorted(fields))) for line, fields in told.items()]


@page
@transaction.atomic
def round_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it before it is asked; what can be repaired while it is open; afterwards the last day alone."""
    by, found = allowed(request, Action.ASK_PROGRESS), _locked(slug)
    form = _change_form(request, found)
    sent = services.Sent(0, 0, ())

    def save(given: dict[str, Any]) -> None:
        nonlocal sent
        if isinstance(form, RepairForm):
            root = request.build_absolute_uri("/")
            sent = services.repair_round(progress_round=found, **form.given(), root=root, by=by)
        elif isinstance(form, RoundForm):
            services.change_round(progress_round=found, **form.given(), by=by)
        else:
            services.move_due(progress_round=found, due_on=given["due_on"], by=by)

    if accepted(form, save):
        messages.success(request, "De ronde is bewaard.")
        if sent.mails or sent.nobody:
            _tell_mails(request, sent, "Er gaat {} mail uit.", "Er gaan {} mails uit.")
        return redirect("monitoring:round-detail", found.slug)
    back = reverse("monitoring:round-detail", args=[found.slug])
    way = crumbs(request, ROUNDS, (found.title, back), ("Wijzigen", ""))
    context = {
        "title": "Einddatum wijzigen" if isinstance(form, DueForm) else "Ronde wijzigen",
        "repairs": isinstance(form, RepairForm),
        "frame": found.frame,
        "crumbs": way,
        "back": back,
        "round": found,
    }
    return form_page(request, form, context)


@require_safe
def round_line(request: HttpRequest, slug: str, line: str) -> HttpResponse:
    """All that was written about one line, beneath each other: what a letter is made of."""
    user, today = reader(request), timezone.localdate()
    visible = ProgressRequest.objects.visible_to(user, on=today).filter(round__slug=slug)
    items = [item for item in asked.asked_of(visible, today) if item.line.code == line]
    if not items:
        raise Http404
    found = items[0]
    accepted_only = request.GET.get("alleen") == "aanvaard"
    if accepted_only:
        items = [item for item in items if item.entry and item.entry.state == EntryState.ACCEPTED]
    context = {
        "line": found.line,
        "round": found.round,
        "question": found.question,
        "accepted_only": accepted_only,
        "texts": board.texts(items, Values(today)),
        "on": today,
        "crumbs": crumbs(request, ROUNDS, (found.round.title, found.round_href), (str(found.line), "")),
    }
    return render(request, "monitoring/round_line.html", context)


@require_POST
def round_remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one organisation, or of all that still have to write."""
    by = allowed(request, Action.ASK_PROGRESS)
    found = get_object_or_404(ProgressRound, slug=slug)
    only = request.POST.get("organisatie", "")
    root = request.build_absolute_uri("/")
    try:
        reminded = services.remind(progress_round=found, only=only, root=root, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("monitoring:round-detail", slug)
    _tell_mails(request, reminded, "Er is {} herinnering verstuurd.", "Er zijn {} herinneringen verstuurd.")
    return redirect("monitoring:round-detail", slug)


def _tell_mails(request: HttpRequest, sent: services.Sent, one: str, many: str) -> None:
    """How many went, and for whom there is nobody to write to."""
    if sent.mails or not sent.nobody:
        messages.success(request, (one if sent.mails == 1 else many).format(sent.mails))
    if sent.again:
        messages.info(request, f"Vandaag al eerder herinnerd, en daarom niet nog eens: {sent.again}.")
    if sent.nobody:
        told = ", ".join(sent.nobody)
        messages.warning(
            request, f"Niemand handelt namens: {told}. Vraag de beheerder om iemand aan te wijzen."
        )


@require_POST
def round_step(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask it, close it, open it again, or throw it away when nobody was asked yet."""
    by = allowed(request, Action.ASK_PROGRESS)
    found = get_object_or_404(ProgressRound, slug=slug)
    step = request.POST.get("actie", "")
    if step not in STEPS:
        messages.error(request, "Deze stap bestaat niet. Er is niets gewijzigd.")
        return redirect("monitoring:round-detail", slug)
    verb, told = STEPS[step]
    try:
        sent = verb(progress_round=found, by=by, **_root(request, step))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("monitoring:round-detail", slug)
    messages.success(request, told)
    if isinstance(sent, services.Sent):
        _tell_mails(request, sent, "Er gaat {} mail uit.", "Er gaan {} mails uit.")
    if step == "weggooien":
        return redirect("monitoring:round-list")
    return redirect("monitoring:round-detail", slug)


def _root(request: HttpRequest, step: str) -> dict[str, str]:
    """Where a mail leads to; only asking writes mails."""
    return {"root": request.build_absolute_uri("/")} if step == "uitvragen" else {}


def _locked(slug: str) -> ProgressRound:
    rows = ProgressRound.objects.select_for_update(of=("self",)).select_related("frame")
    return get_object_or_404(rows, slug=slug)


def _change_form(request: HttpRequest, found: ProgressRound) -> RoundForm | DueForm:
    today = timezone.localdate()
    if found.asked_on is not None and not found.is_open(today):
        return DueForm(typed(request), instance=found)
    kind = RoundForm if found.asked_on is None else RepairForm
    keys = list(found.requests.values_list("organisation__key", flat=True))
    return kind(typed(request), instance=found, asked=keys, questions=questions_of(found), today=today)


def questions_of(found: ProgressRound) -> dict[str, str]:
    return dict(found.questions.values_list("line__code", "text"))


def form_page(request: HttpRequest, form: RoundForm | DueForm, context: dict[str, Any]) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, "monitoring/round_form.html", {"form": form, **context}, status=status)
