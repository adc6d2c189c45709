"""The internal line of a letter, its set-up, and the decisions of the office-holders."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.permissions import Action, allowed, may, reader
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.files.answers import answer_stored
from reports import rooms, states
from reports.agreement.forms_line import DecisionForm, StepForm, StepsForm
from reports.agreement.line import is_in_line, line_of
from reports.models import Decision, Letter, LineRecord, LineStep
from reports.notes.checks import without_note
from reports.services.line import record_decision, record_step, set_steps
from reports.views.agreement.common import accepted, crumbs, followed, kept, page
from signatories.models import Office


@require_safe
def line_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    letter = followed(user, slug)
    line = line_of(letter)
    may_edit = Letter.objects.editable_by(user).filter(pk=letter.pk).exists()
    context = {
        "letter": letter,
        "line": line,
        "tabs": rooms.letter_tabs(request, letter),
        "standing": states.standing(letter),
        "may_edit": may_edit,
        "may_record": may_edit and is_in_line(letter),
        "without_note": [] if letter.is_sent else [office.title for office in without_note(letter)],
        "may_set_up": may(user, Action.COMPOSE_LETTER) and not letter.is_sent,
        "records": letter.line_records.select_related("recorded_by"),
        "decisions": letter.decisions.select_related("recorded_by", "office"),
        "crumbs": crumbs(request, letter, ("Ambtelijke lijn", "")),
    }
    return render(request, "reports/line_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def line_set_up(request: HttpRequest) -> HttpResponse:
    """The steps that every letter passes through, for all letters."""
    by = allowed(request, Action.COMPOSE_LETTER)
    initial = {"steps": "\n".join(step.title for step in LineStep.objects.all())}
    form = StepsForm(request.POST if request.method == "POST" else None, initial=initial)
    letters = keep(request, reverse("reports:letter-list"))
    if accepted(form, lambda given: set_steps(titles=given["steps"], by=by)):
        messages.success(
            request, "De ambtelijke lijn is bewaard. Zij geldt voor alle brieven die nog niet weg zijn."
        )
        return redirect(letters)
    intro = (
        "Tussen het akkoord van de partijen en het besluit van de bewindspersoon gaat de brief langs deze "
        "stappen."
    )
    return page(request, form, [("Brieven", letters)], "Ambtelijke lijn inrichten", "Bewaar", intro=intro)


@require_http_methods(["GET", "HEAD", "POST"])
def line_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Not in one transaction: a file that came with another fault stays parked."""
    by = reader(request)
    letter = kept(by, slug)
    step = get_object_or_404(LineStep, pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StepForm(*posted, by=by, initial={"function": step.title})

    def save(given: dict[str, object]) -> None:
        record_step(letter=letter, step=step, function=str(given["function"]), record=form.record, by=by)

    if accepted(form, save):
        messages.success(request, f"Vastgelegd: {step}.")
        return redirect("reports:line-detail", slug)
    return page(request, form, _path(request, letter), f"Stap vastleggen: {step}", "Leg vast")


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    decides = get_object_or_404(Office, slug=office)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DecisionForm(*posted, by=by)

    def save(given: dict[str, object]) -> None:
        record_decision(letter=letter, office=decides, verdict=given["verdict"], record=form.record, by=by)  # type: ignore[arg-type] # what the field gives

    if accepted(form, save):
        messages.success(request, f"Het besluit is vastgelegd: {form.cleaned_data['verdict'].label}.")
        return redirect("reports:line-detail", slug)
    return page(request, form, _path(request, letter), f"Besluit vastleggen: {decides}", "Leg vast")


@require_safe
def record_file(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponseBase:
    """The proof of a step or a decision, for who works on the letter."""
    letter = followed(reader(request), slug)
    row = get_object_or_404(LineRecord if kind == "stap" else Decision, letter=letter, pk=pk)
    return answer_stored(request, row)


def _path(request: HttpRequest, letter: Letter) -> list[tuple[str, str]]:
    return crumbs(
        request,
        letter,
        ("Ambtelijke lijn", keep(request, reverse("reports:line-detail", args=[letter.slug]))),
    )
