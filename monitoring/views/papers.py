"""Papers to and from parliament."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import promised
from monitoring.cited import Fact, cited, known
from monitoring.filters import PaperFilter
from monitoring.models import Commitment, Frame, Paper, SenderRole
from monitoring.overview import frame_links, line_href
from monitoring.sending import Senders
from monitoring.views import nouns
from monitoring.views.keeping import adding, keeping
from monitoring.views.lists import RoomList, crumbs
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.citing import address, citation_cell
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep

POINT_COLUMNS = (Column("number", "Punt"), Column("text", "Tekst"), Column("reaction", "Reactie"))
NO_COMMITMENTS = "Bij dit stuk zijn geen toezeggingen, moties of afspraken vastgelegd."


class PaperList(RoomList):
    template = "monitoring/context_list.html"
    noun = "Stukken"
    filters = PaperFilter
    columns = (
        Column("title", "Titel", sort="titel"),
        Column("kind", "Soort", sort="soort"),
        Column("dated", "Gedateerd", sort="datum"),
        Column("citation", "Vindplaats"),
    )
    sorts = {"titel": "title", "soort": "kind", "datum": "dated"}
    default_sort = "-datum"
    then = ("slug",)
    empty = "Geen stukken gevonden op deze peildatum."
    header = (
        *("sleutel", "titel", "soort", "gedateerd", "afzenders", "mede namens"),
        *("vindplaats", "nummer", "link", "lijn", "demo"),
    )
    export = "monitoring:paper-export"
    meanings = {
        "gedateerd": "De datum van het stuk.",
        "afzenders": "Wie het stuk stuurde, met het ambt als dat bekend is.",
        "mede namens": "Namens wie het ook is gestuurd, met het ambt als dat bekend is.",
        "nummer": "Het kenmerk van het stuk.",
        "link": "Waar het te lezen is.",
    }

    def rows(self) -> QuerySet[Paper]:
        visible = Paper.objects.visible_to(reader(self.request), on=self.today)
        return visible.filter(dated__lte=self.on).select_related("line__frame")

    def prepare(self, items: Sequence[Any]) -> None:
        if self.as_csv:
            self.senders = Senders(items, self.on)

    def extra(self) -> dict[str, Any]:
        return {**super().extra(), **adding(self.request, nouns.PAPER)}

    def row(self, item: Any) -> Row:
        title = Cell(item.title, _href(item, self.request), "demo" if item.is_demo else "", "warn")
        kind, day = Cell(item.get_kind_display()), Cell(item.dated)
        return Row([title, kind, day, citation_cell(item.citation)])

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.title,
            item.get_kind_display(),
            item.dated,
            *(self.senders.told(item, role) for role in SenderRole),
            item.citation,
            item.number,
            item.link or address(item.citation),
            item.line,
            item.is_demo,
        ]


@require_safe
def paper_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on, user, today = on_of(request), reader(request), timezone.localdate()
    visible = Paper.objects.visible_to(user, on=today)
    paper = get_object_or_404(visible.select_related("line__frame", "answers"), slug=slug)
    commitments = Commitment.objects.visible_to(user, on=today).filter(paper=paper)
    context = {
        "paper": paper,
        "on": on,
        **keeping(request, nouns.PAPER, paper),
        "is_later": paper.dated.last_day > on,
        "facts": _facts(paper, visible, request),
        "senders": Senders([paper], on).table(paper, request),
        "points": _points(paper, on),
        "commitments": promised.commitments_table(promised.on_day(commitments, on), request, NO_COMMITMENTS),
        "crumbs": crumbs(request, ("Stukken", "monitoring:paper-list"), (paper.title, "")),
    }
    return render(request, "monitoring/paper_detail.html", context)


def _href(paper: Paper, request: HttpRequest) -> str:
    return keep(request, reverse("monitoring:paper-detail", args=[paper.slug]))


def _facts(paper: Paper, visible: QuerySet[Paper], request: HttpRequest) -> list[Fact]:
    line = paper.line
    offered = Frame.objects.visible_to(reader(request), on=timezone.localdate()).filter(paper=paper)
    before = [("Antwoord op", paper.answers.title, _href(paper.answers, request))] if paper.answers else []
    after = [
        ("Beantwoord met", item.title, _href(item, request))
        for item in visible.filter(answers=paper, dated__lte=on_of(request))
    ]
    return known(
        ("Soort", paper.get_kind_display(), ""),
        ("Gedateerd", paper.dated, ""),
        cited("Vindplaats", paper.citation),
        ("Documentnummer", paper.number, ""),
        ("Te lezen op", paper.link, paper.link),
        ("Fracties", ", ".join(party.name for party in paper.parties.all()), ""),
        *before,
        *after,
        *[
            ("Bood aan", f"{frame.plan_title} ({frame.name})", frame_links([frame], request)[0][2])
            for frame in offered.order_by("valid_from", "slug")
        ],
        ("Lijn", f"{line} ({line.frame.name})" if line else "", line_href(line, request) if line else ""),
        ("Bron", paper.source if paper.source != paper.citation else "", ""),
    )


def _points(paper: Paper, on: date) -> Table:
    """A reaction was there once a paper that answers had come; without such a paper its day is not known."""
    answered = list(paper.answered_by.all())
    is_there = not answered or any(item.dated.last_day <= on for item in answered)
    rows = [
        Row(
            [
                Cell(item.number, tag="demo" if item.is_demo else "", tone="warn"),
                Cell(item.text),
                Cell((is_there and item.reaction) or "nog geen reactie"),
            ]
        )
        for item in paper.points.order_by("number")
    ]
    return Table("Punten van het stuk", POINT_COLUMNS, rows, "Van dit stuk zijn geen punten vastgelegd.")
