"""Published figures: what each document stated, what the register says for that day, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.cited import cited
from monitoring.compared import compare
from monitoring.filters import PublishedFigureFilter
from monitoring.models import PublishedFigure
from monitoring.views.keeping import adding, keeping
from monitoring.views.lists import RoomList, crumbs
from monitoring.views.nouns import PUBLISHED
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.workbooks import Column as Heading
from signatories.models.reading import readable


class PublishedFigureList(RoomList):
    noun = "Gepubliceerde cijfers"
    template = "monitoring/published_list.html"
    filters = PublishedFigureFilter
    columns = (
        Column("wording", "Zoals het er staat", sort="waarde"),
        Column("figure", "Cijfer", sort="cijfer"),
        Column("document", "Document", sort="gedateerd"),
        Column("refers", "Gaat over", sort="over"),
        Column("register", "Register", numeric=True),
        Column("difference", "Verschil"),
        Column("remark", "Verklaring"),
    )
    sorts = {"waarde": "value", "cijfer": "figure_key", "gedateerd": "dated", "over": "refers_on"}
    default_sort = "cijfer"
    then = ("dated", "document", "refers_on")
    empty = "Geen gepubliceerde cijfers gevonden. Zoek op een ander woord, of wis de filters."
    header = (
        Heading("cijfer", "De sleutel van het cijfer in het register.", derived=True),
        Heading("document", "Het document dat het cijfer noemt.", derived=True),
        "vindplaats",
        Heading("gedateerd", "De datum van het document.", derived=True),
        Heading("zoals het er staat", "De woorden van het document.", derived=True),
        Heading("waarde", "Het getal in het document.", derived=True),
        Heading("gaat over", "De dag of tijd waar het getal over gaat.", derived=True),
        Heading("register", "Wat het register zegt over de laatste dag van die tijd.", derived=True),
        Heading("verschil", "Register min document.", derived=True),
        Heading(
            "oordeel", "Of de woorden kloppen met het register: gelijk, past erbij, wijkt af.", derived=True
        ),
        Heading("verklaring", "Waarom het register iets anders zegt.", derived=True),
        "demo",
    )
    export = "monitoring:published-export"
    dated = False  # each row has a day of its own

    def rows(self) -> QuerySet[Any]:
        return readable(PublishedFigure.objects.all(), reader(self.request), on=self.today)

    def prepare(self, items: Sequence[Any]) -> None:
        self.compared = compare(items)

    def extra(self) -> dict[str, Any]:
        return {**super().extra(), **adding(self.request, PUBLISHED)}

    def row(self, item: Any) -> Row:
        compared = self.compared[item.pk]
        missing = "nog niet verklaard" if compared.is_unexplained else ""
        return Row(
            [
                Cell(
                    item.wording,
                    keep(self.request, PUBLISHED.address("detail", item)),
                    "demo" if item.is_demo else "",
                    "warn",
                ),
                Cell(compared.label),
                Cell(item.document),
                Cell(item.refers_on),
                *compared.cells,
                Cell(item.remark, tag=missing, tone="bad"),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        compared = self.compared[item.pk]
        return [
            item.figure_key,
            item.document,
            item.citation,
            item.dated,
            item.wording,
            item.value,
            item.refers_on,
            compared.register,
            compared.difference,
            compared.verdict,
            item.remark,
            item.is_demo,
        ]


@require_safe
def published_detail(request: HttpRequest, pk: int) -> HttpResponse:
    visible = readable(PublishedFigure.objects.all(), reader(request), on=timezone.localdate())
    item: Any = get_object_or_404(visible, pk=pk)
    compared = compare([item])[item.pk]
    register, difference = compared.cells
    definition = reverse("core:definition-detail", args=[item.figure_key])
    day = item.refers_on.last_day
    facts = [
        ("Cijfer", compared.label, f"{definition}?peildatum={day}" if compared.register is not None else ""),
        ("Zoals het er staat", item.wording, ""),
        ("Document", item.document, ""),
        ("Gedateerd", str(item.dated), ""),
        ("Gaat over", str(item.refers_on), ""),
        ("Het register zegt", register.html, ""),
        ("Verschil", difference.html, ""),
        ("Verklaring", item.remark or ("nog niet verklaard" if compared.is_unexplained else ""), ""),
        cited("Vindplaats", item.citation),
        ("Bron", item.source, ""),
    ]
    title = f"{item.wording} ({item.document})"
    context = {
        "title": title,
        "is_demo": item.is_demo,
        "always_today": True,
        "facts": [fact for fact in facts if fact[1]],
        **keeping(request, PUBLISHED, item),
        "crumbs": crumbs(request, (PUBLISHED.many, "monitoring:published-list"), (title, "")),
    }
    return render(request, "monitoring/context_detail.html", context)
