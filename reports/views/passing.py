"""Going on to the next state, and back with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import reader
from reports import rooms, services
from reports.errors import LetterError
from reports.forms import BackForm, StandForm
from reports.models import Letter
from reports.views.rights import composed
from reports.views.telling import tell


@require_POST
def letter_advance(request: HttpRequest, slug: str) -> HttpResponse:
    """The next state; who clicks second is told that it was done."""
    letter = composed(reader(request), slug)
    form = StandForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Wij weten niet welke stap u bedoelt. Kies de knop op deze pagina opnieuw.")
        return redirect("reports:letter-detail", slug)
    try:
        found = services.advance(letter=letter, expected=form.stand, by=reader(request))
    except LetterError as error:
        tell(request, letter, error.problems)
    else:
        messages.success(request, f"De brief is nu '{found.stand.label}'.")
    return redirect("reports:letter-detail", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Back to an earlier state."""
    letter = composed(reader(request), slug)
    if not letter.stand.earlier:
        messages.error(request, _stays(letter))
        return redirect("reports:letter-detail", slug)
    form = BackForm(request.POST if request.method == "POST" else None, letter=letter)
    if form.is_valid() and _went_back(request, letter, form):
        return redirect("reports:letter-detail", slug)
    told = {
        "form": form,
        "title": "Brief terugzetten",
        "intro": "Wat al is geantwoord en besloten blijft staan, met de datum erbij.",
        "button": "Zet de brief terug",
        "changes": change_lines(letter),
    }
    path = rooms.crumbs(request, letter, "Terugzetten")
    context = {**told, "crumbs": path, "back": path[-2][1]}
    return render(request, "signatories/register_form.html", context, status=400 if form.is_bound else 200)


def _went_back(request: HttpRequest, letter: Letter, form: BackForm) -> bool:
    given = form.cleaned_data
    try:
        found = services.step_back(
            letter=letter, expected=form.stand, to=given["to"], why=given["why"], by=reader(request)
        )
    except LetterError as error:
        form.add_error(None, list(error.problems))
        return False
    messages.success(request, f"De brief staat terug op '{found.stand.label}'.")
    return True


def _stays(letter: Letter) -> str:
    if letter.is_sent:
        return services.sent(letter)
    return "De brief is nog een concept: er is niets om terug te zetten."
