"""Consultations between governments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring import services
from monitoring.cited import Fact, cited, known, on_page
from monitoring.filters import ConsultationFilter
from monitoring.models import Consultation, ConsultationDecision
from monitoring.naming import Names, shortened
from monitoring.overview import line_href
from monitoring.promised import href
from monitoring.views import nouns
from monitoring.views.keeping import adding, keeping
from monitoring.views.lists import RoomList, crumbs
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.citing import citation_cell
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.views.keeping import keeper

NO_SHEET = "U hebt voor dit overleg nog geen vergaderblad, of het is verlopen. Maak het hier opnieuw."
PARTICIPANTS = (Column("who", "Organisatie"), Column("capacity", "Hoedanigheid"), Column("office", "Ambt"))
DECISIONS = (
    Column("number", "Besluit"),
    Column("text", "Wat"),
    Column("owner", "Eigenaar"),
    Column("due", "Uiterlijk"),
    Column("agreement", "Vastgelegd als"),
)


class ConsultationList(RoomList):
    template = "monitoring/context_list.html"
    noun = "Raadplegingen"
    filters = ConsultationFilter
    columns = (
        Column("title", "Overleg", sort="titel"),
        Column("kind", "Soort", sort="soort"),
        Column("held", "Datum", sort="datum"),
        Column("count", "Deelnemers", numeric=True),
        Column("citation", "Vindplaats"),
    )
    sorts = {"titel": "title", "soort": "kind", "datum": "held_on"}
    default_sort = "-datum"
    then = ("slug",)
    empty = (
        "Geen overleggen gevonden op deze peildatum."
        " Kies bij ‘Wanneer’ of u gehouden of komende overleggen zoekt."
    )
    header = ("sleutel", "titel", "soort", "gehouden op", "deelnemers", "vindplaats", "lijn", "demo")
    export = "monitoring:consultation-export"
    meanings = {
        "gehouden op": "De dag van het overleg; voor een komend overleg de geplande dag.",
        "deelnemers": "Hoeveel organisaties meededen.",
    }

    def rows(self) -> QuerySet[Consultation]:
        visible = Consultation.objects.visible_to(reader(self.request), on=self.today)
        found = visible.select_related("line__frame")  # held or to come: that is of the filter
        return found.annotate(size=Count("participants__organisation", distinct=True))

    def extra(self) -> dict[str, Any]:
        return {**super().extra(), **adding(self.request, nouns.CONSULTATION)}

    def row(self, item: Any) -> Row:
        address_of = keep(self.request, reverse("monitoring:consultation-detail", args=[item.slug]))
        return Row(
            [
                Cell(item.title, address_of, "demo" if item.is_demo else "", "warn"),
                Cell(item.get_kind_display()),
                Cell(item.held_on),
                Cell(item.size or "niet bekend"),
                citation_cell(item.citation),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.title,
            item.get_kind_display(),
            item.held_on,
            item.size or None,
            item.citation,
            item.line,
            item.is_demo,
        ]


@require_safe
def consultation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = on_of(request)
    visible = Consultation.objects.visible_to(reader(request), on=timezone.localdate())
    item = get_object_or_404(visible.select_related("line__frame"), slug=slug)
    participants = list(item.participants.select_related("office"))
    decisions = list(item.decisions.select_related("agreement"))
    names = Names((row for rows in (participants, decisions) for row in map(_party, rows)), on)
    context = {
        "consultation": item,
        "on": on,
        **keeping(request, nouns.CONSULTATION, item),
        "is_later": item.held_on.last_day > on,
        "facts": _facts(item, request),
        "agenda": on_page(item.agenda),
        "participants": _participants(participants, names, request),
        "decisions": _decisions(decisions, names, request),
        "sheet": services.sheets_of(item, reader(request)).first(),
        "to_agree": [row for row in decisions if row.agreement is None],
        "crumbs": crumbs(request, ("Raadplegingen", "monitoring:consultation-list"), (item.title, "")),
    }
    return render(request, "monitoring/consultation_detail.html", context)


@require_POST
def decision_agree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    by = keeper(request)
    decision = get_object_or_404(ConsultationDecision, consultation__slug=slug, number=number)
    try:
        made = services.agree(decision=decision, by=by)
    except ValidationError as error:
        messages.info(request, error.messages[0])
        return redirect(keep(request, nouns.CONSULTATION.address("detail", decision.consultation)))
    messages.success(request, "Het besluit staat nu bij de afspraken. Vul aan wat er nog ontbreekt.")
    return redirect(keep(request, nouns.COMMITMENT.address("detail", made)))


@require_http_methods(["GET", "HEAD", "POST"])
def consultation_sheet(request: HttpRequest, slug: str) -> HttpResponse | FileResponse:
    """Asks for the meeting sheet; GET answers the latest that the reader asked for."""
    user = reader(request)
    item = get_object_or_404(Consultation.objects.visible_to(user, on=timezone.localdate()), slug=slug)
    if request.method == "POST":
        services.request_sheet(consultation=item, by=user)
        messages.success(request, "Het vergaderblad wordt gemaakt. Het staat zo op deze bladzijde.")
        return redirect(keep(request, nouns.CONSULTATION.address("detail", item)))
    job = services.sheets_of(item, user).exclude(result="").first()
    if job is None or not job.result.storage.exists(str(job.result.name)):
        messages.info(request, NO_SHEET)
        return redirect(keep(request, nouns.CONSULTATION.address("detail", item)))
    name = f"vergaderblad-{item.slug}.pdf"
    return FileResponse(job.result.open("rb"), filename=name, content_type="application/pdf")


def _party(row: Any) -> int | None:
    """Who takes part, or who owns the decision."""
    key: int | None = row.organisation_id if hasattr(row, "organisation_id") else row.owner_id
    return key


def _facts(item: Consultation, request: HttpRequest) -> list[Fact]:
    line = item.line
    is_to_come = item.held_on.last_day > timezone.localdate()
    return known(
        ("Soort", item.get_kind_display(), ""),
        ("Gepland op" if is_to_come else "Gehouden op", item.held_on, ""),
        cited("Vindplaats", item.citation),
        ("Lijn", f"{line} ({line.frame.name})" if line else "", line_href(line, request) if line else ""),
        ("Bron", item.source, ""),
    )


def _participants(participants: list[Any], names: Names, request: HttpRequest) -> Table:
    rows = [
        Row(
            [names.cell(row.organisation_id, request), Cell(row.capacity), Cell(row.office or "niet vermeld")]
        )
        for row in participants
    ]
    rows.sort(key=lambda row: str(row.cells[0].text).casefold())
    return Table(
        "Wie er waren, en in welke hoedanigheid", PARTICIPANTS, rows, "Wie er bij was, is niet bekend."
    )


def _decisions(decisions: list[Any], names: Names, request: HttpRequest) -> Table:
    rows = [
        Row(
            [
                Cell(row.number),
                Cell(row.text),
                names.cell(row.owner_id, request, other="niemand genoemd"),
                Cell(row.due_on or "geen datum"),
                _agreement(row, request),
            ]
        )
        for row in decisions
    ]
    return Table(
        "Wat er is besloten, en wie ervoor zorgt",
        DECISIONS,
        rows,
        "Van dit overleg zijn geen besluiten vastgelegd.",
    )


def _agreement(row: Any, request: HttpRequest) -> Cell:
    if row.agreement is None:
        return Cell("geen afspraak")
    return Cell(shortened(row.agreement.text, 50), href(row.agreement, request))
