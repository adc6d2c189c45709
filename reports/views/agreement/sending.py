"""What truly went: recorded once, compared, explained, and later given its number."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.files.answers import answer_stored
from reports import rooms
from reports.agreement.forms_line import CitationForm, ExplainForm, SendForm
from reports.models import Letter, LetterState, SentDifference, SentFile
from reports.services.locks import sent
from reports.services.sending import cite, explain_difference, send_letter
from reports.states import obstacles
from reports.views.agreement.common import accepted, crumbs, kept, page
from reports.views.rights import composed
from reports.views.telling import tell

NOT_FINAL = "Alleen een brief die definitief is, wordt verzonden. De brief is nu '{}'."


@require_http_methods(["GET", "HEAD", "POST"])
def letter_send(request: HttpRequest, slug: str) -> HttpResponse:
    """Not in one transaction: a file that came with another fault stays parked."""
    by = reader(request)
    letter = composed(by, slug)
    if letter.stand is not LetterState.FINAL:
        messages.error(request, sent(letter) if letter.is_sent else NOT_FINAL.format(letter.stand.label))
        return redirect("reports:letter-detail", slug)
    if missing := obstacles(letter, LetterState.SENT):
        tell(request, letter, missing)
        if request.method != "POST":  # else the form comes back with the file that was sent
            return redirect("reports:letter-detail", slug)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(*posted, by=by, letter=letter)
    if accepted(form, lambda given: _send(form, letter, by)):
        _tell_sent(request, letter)
        return redirect("reports:sent-detail", slug)
    intro = (
        "Upload de brief zoals hij echt is verzonden: ondertekend, met de eigen datum en het eigen kenmerk. "
        "Wij leggen hem naast de bevroren versie; in een scan zonder tekst kunnen wij niets vergelijken. "
        "Daarna kan aan de brief niets meer veranderen."
    )
    path = [
        ("Brieven", keep(request, reverse("reports:letter-list"))),
        (letter.title, _address(request, letter)),
    ]
    return page(request, form, path, "Vastleggen wat is verzonden", "Leg vast en sluit de brief", intro=intro)


def _tell_sent(request: HttpRequest, letter: Letter) -> None:
    if SentFile.objects.get(letter=letter).is_compared:
        messages.success(request, "De brief is verzonden en ligt vast. Kijk welke verschillen er zijn.")
    else:
        messages.success(request, "De brief is verzonden en ligt vast.")
        messages.warning(request, "In het bestand staat geen tekst: er kon niets worden vergeleken.")


def _send(form: SendForm, letter: Letter, by: object) -> None:
    given = form.cleaned_data
    send_letter(
        letter=letter,
        expected=form.stand,
        upload=given["file"],
        version=given["version"],
        dated=given["dated"],
        sent_on=given["sent_on"],
        reference=given["reference"],
        by=by,  # type: ignore[arg-type] # who reads the page
    )


def _address(request: HttpRequest, letter: Letter) -> str:
    return keep(request, reverse("reports:letter-detail", args=[letter.slug]))


@require_safe
def sent_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The file with its fingerprint, for all who may read the letter; the differences for who works on it."""
    user = reader(request)
    letter, row = _sent(request, slug)
    works = may(user, Action.COMMENT_LETTER)
    context = {
        "letter": letter,
        "sent": row,
        "differences": row.differences.of_the_text().select_related("explained_by") if works else [],
        "around": row.differences.around() if works else [],
        "works": works,
        "may_edit": may(user, Action.COMPOSE_LETTER),
        "tabs": rooms.letter_tabs(request, letter),
        "crumbs": rooms.crumbs(request, letter, "Verzonden"),
    }
    return render(request, "reports/sent_detail.html", context)


@require_safe
def sent_download(request: HttpRequest, slug: str) -> HttpResponseBase:
    _letter, row = _sent(request, slug)
    return answer_stored(request, row)


def _sent(request: HttpRequest, slug: str) -> tuple[Letter, SentFile]:
    letter = get_object_or_404(Letter.objects.visible_to(reader(request)), slug=slug)
    row = SentFile.objects.filter(letter=letter).select_related("version").first()
    if row is None:
        raise Http404
    return letter, row


@require_http_methods(["GET", "HEAD", "POST"])
def difference_explain(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    row = get_object_or_404(SentDifference, sent_file__letter=letter, number=number)
    initial = {"explanation": row.explanation}
    form = ExplainForm(request.POST if request.method == "POST" else None, initial=initial)
    if accepted(
        form, lambda given: explain_difference(difference=row, explanation=given["explanation"], by=by)
    ):
        messages.success(request, "De verklaring is bewaard.")
        return redirect("reports:sent-detail", slug)
    intro = f"Bevroren: “{row.frozen or '–'}”. Verzonden: “{row.sent or '–'}”."
    return page(request, form, _path(request, letter), f"Verschil {number} verklaren", "Bewaar", intro=intro)


@require_http_methods(["GET", "HEAD", "POST"])
def sent_cite(request: HttpRequest, slug: str) -> HttpResponse:
    """The number that parliament gave it."""
    by = reader(request)
    letter = kept(by, slug)
    row = get_object_or_404(SentFile, letter=letter)
    form = CitationForm(
        request.POST if request.method == "POST" else None, initial={"citation": row.citation}
    )
    if accepted(form, lambda given: cite(sent_file=row, citation=given["citation"], by=by)):
        messages.success(request, "De vindplaats is bewaard.")
        return redirect("reports:sent-detail", slug)
    return page(request, form, _path(request, letter), "Vindplaats vastleggen", "Bewaar")


def _path(request: HttpRequest, letter: Letter) -> list[tuple[str, str]]:
    place = keep(request, reverse("reports:sent-detail", args=[letter.slug]))
    return [*crumbs(request, letter)[:-1], ("Verzonden", place)]
