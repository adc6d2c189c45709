"""The outbox as the secretariat reads it: what went, to whom, when, and what needs a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.addresses import address_of
from mvi_portal.core.dates import long_moment
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.mails import services
from mvi_portal.mails.filters import MailFilter
from mvi_portal.mails.forms import AgainForm
from mvi_portal.mails.models import Mail, State

TONES = {State.DOUBTFUL: "warn", State.REFUSED: "bad", State.SENT: "good", State.RELEASED: "info"}
ERASED = "gewist"


class MailList(ListPage):
    noun = "Berichten"
    template = "mails/mail_list.html"
    columns = (
        Column("subject", "Onderwerp", sort="onderwerp"),
        Column("to", "Aan"),
        Column("state", "Stand"),
        Column("prepared", "Klaargezet op", sort="klaargezet"),
        Column("settled", "Afgehandeld op", sort="afgehandeld"),
    )
    sorts = {"onderwerp": "subject", "klaargezet": "prepared_at", "afgehandeld": "settled_at"}
    default_sort = "-klaargezet"
    empty = (
        "Er zijn geen berichten gevonden. Het portaal bewaart hier elk bericht dat het klaarzet of verstuurt."
    )
    header = ("onderwerp", "stand", "klaargezet", "vrijgegeven", "afgehandeld", "overgeslagen omdat")
    export = "mails:mail-export"
    meanings = {
        "onderwerp": "Waar het bericht over gaat.",
        "stand": "Wat er nu van het bericht bekend is.",
        "klaargezet": "Wanneer het bericht is klaargezet.",
        "vrijgegeven": "Wanneer het is vrijgegeven.",
        "afgehandeld": "Wanneer het is verstuurd, geweigerd of overgeslagen.",
        "overgeslagen omdat": "De reden, als het niet ging.",
    }
    dated = False

    def rows(self) -> QuerySet[Mail]:
        allowed(self.request, Action.KEEP_REGISTER)
        return Mail.objects.all()

    def narrowed(self, rows: QuerySet[Mail]) -> MailFilter:
        return MailFilter(self.request.GET, rows)

    def row(self, item: Any) -> Row:
        return Row(
            [
                Cell(item.subject, address_of("mails:mail-detail", item.pk)),
                Cell(item.recipient or ERASED),
                state_cell(item),
                Cell(moment(item.prepared_at)),
                Cell(moment(item.settled_at)),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        """Without addresses: they are personal, and have no purpose in a table."""
        days = (_day(at) for at in (item.prepared_at, item.released_at, item.settled_at))
        return [item.subject, State(item.state).label, *days, item.reason]


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def state_cell(mail: Mail) -> Cell:
    state = State(mail.state)
    return Cell("", tag=state.label, tone=TONES.get(state, "neutral"))


def moment(at: Any) -> str:
    return long_moment(at) if at else ""


@require_safe
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    allowed(request, Action.KEEP_REGISTER)
    mail = get_object_or_404(Mail.objects.select_related("released_by"), pk=pk)
    return _page(request, mail, AgainForm(initial={"to": mail.recipient}))


@require_POST
def mail_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """How a mail in doubt ended, or that it goes once more."""
    by = allowed(request, Action.KEEP_REGISTER)
    mail = get_object_or_404(Mail, pk=pk)
    form = AgainForm(request.POST)
    try:
        if request.POST.get("doen") == "aangekomen":
            services.arrived(mail=mail, by=by)
            messages.success(request, "Het bericht staat nu als verstuurd.")
        elif form.is_valid():
            services.send_again(mail=mail, to=form.cleaned_data["to"], by=by)
            messages.success(request, "Het bericht wordt opnieuw verstuurd.")
        else:
            return _page(request, mail, form)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("mails:mail-detail", pk)


def _page(request: HttpRequest, mail: Mail, form: AgainForm) -> HttpResponse:
    context = {
        "mail": mail,
        "facts": [(label, value) for label, value in _facts(mail) if value],
        "form": form,
        "files": [file.name for file in mail.attachments.all()],
        "is_doubtful": mail.state == State.DOUBTFUL,
        "can_go_again": mail.state in {State.DOUBTFUL, State.REFUSED} and not mail.erased_on,
        "changes": change_lines(mail),
        "crumbs": [("Berichten", reverse("mails:mail-list")), (mail.subject, "")],
    }
    return render(request, "mails/mail_detail.html", context, status=400 if form.is_bound else 200)


def _facts(mail: Mail) -> list[tuple[str, object]]:
    to = f"{mail.recipient_name} <{mail.recipient}>" if mail.recipient_name else mail.recipient
    by = mail.released_by or ("vanzelf" if mail.released_at else "")
    return [
        ("Aan", to or ERASED),
        ("Stand", State(mail.state).label),
        ("Klaargezet op", moment(mail.prepared_at)),
        ("Vrijgegeven op", moment(mail.released_at)),
        ("Vrijgegeven door", by),
        ("Volgende poging", moment(mail.next_try_at) if mail.state == State.RELEASED else ""),
        ("Afgehandeld op", moment(mail.settled_at)),
        ("Overgeslagen omdat", mail.reason),
        ("Antwoord van de mailserver", mail.answer),
    ]
