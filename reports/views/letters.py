"""The letters, and one of them with its sections and versions."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from reports import progress, rooms, states, summary
from reports.filters import LetterFilter
from reports.models import Letter, LetterVersion


class LetterList(ListPage):
    """A letter has a reference date of its own, so that the list is always today's."""

    noun = "Brieven"
    template = "reports/letter_list.html"
    columns = (
        Column("title", "Onderwerp", sort="onderwerp"),
        Column("dated", "Briefdatum", sort="briefdatum"),
        Column("reference", "Peildatum", sort="peildatum"),
        Column("state", "Stand", sort="toestand"),
        Column("version", "Laatste versie"),
        Column("file", "Bestand"),
    )
    sorts = {"onderwerp": "title", "briefdatum": "dated", "peildatum": "reference_date", "toestand": "state"}
    default_sort = "-briefdatum"
    then = ("slug",)
    empty = "Geen brieven gevonden die u mag lezen."
    header = (
        "sleutel",
        "onderwerp",
        "briefdatum",
        "peildatum",
        "toestand",
        "verzonden op",
        "laatste versie",
        "demo",
    )
    export = "reports:letter-export"
    meanings = {
        "onderwerp": "Het onderwerp van de brief.",
        "briefdatum": "De datum boven de brief.",
        "peildatum": "De dag waarop de cijfers gelden.",
        "toestand": "Hoever de brief is.",
        "verzonden op": "Wanneer de brief naar de Kamer ging.",
        "laatste versie": "Het nummer van de laatste versie.",
    }

    @cached_property
    def on(self) -> date:
        return timezone.localdate()

    def rows(self) -> QuerySet[Letter]:
        user = reader(self.request)
        return Letter.objects.visible_to(user).with_versions(LetterVersion.objects.visible_to(user))

    def narrowed(self, rows: QuerySet[Letter]) -> LetterFilter:
        return LetterFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        composes = may(reader(self.request), Action.COMPOSE_LETTER)
        return {**super().extra(), "new_url": self.link("reports:letter-new") if composes else ""}

    def row(self, item: Any) -> Row:
        version = summary.newest(item.shown_versions)
        address = self.link("reports:letter-detail", item.slug)
        return Row(
            [
                Cell(item.title, address, "demo" if item.is_demo else "", "warn"),
                Cell(long_date(item.dated)),
                Cell(long_date(item.reference_date)),
                summary.state_cell(item),
                self._version(item, version),
                summary.file_cell(item, version) if version else Cell(""),
            ]
        )

    def _version(self, letter: Letter, version: LetterVersion | None) -> Cell:
        if version is None:
            return Cell("nog geen")
        address = self.link("reports:version-detail", letter.slug, version.number)
        state = summary.state_cell(version)
        return Cell(f"Versie {version.number}", address, state.tag, state.tone)

    def cells(self, item: Any) -> list[object]:
        version = summary.newest(item.shown_versions)
        return [
            item.slug,
            item.title,
            item.dated,
            item.reference_date,
            item.get_state_display(),
            item.sent_on,
            version.number if version else None,
            item.is_demo,
        ]


@require_safe
def letter_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    visible = Letter.objects.visible_to(user).select_related("frame", "previous", "sender", "addressee")
    letter = get_object_or_404(visible, slug=slug)
    may_edit = Letter.objects.editable_by(user).filter(pk=letter.pk).exists()
    versions = LetterVersion.objects.visible_to(user).filter(letter=letter).for_pages().order_by("-number")
    newest = next(iter(versions), None)
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "state": summary.state_cell(letter),
        "standing": states.standing(letter) if may(user, Action.COMMENT_LETTER) else None,
        "facts": summary.letter_facts(letter, request),
        "sections": letter.sections.with_open_comments().order_by("order"),
        "may_edit": may_edit,
        "versions": summary.versions_table(letter, versions, request),
        "newest": newest,
        "problems": progress.problems_of(newest, request, may_edit=may_edit) if newest else [],
        "crumbs": [("Brieven", keep(request, reverse("reports:letter-list"))), (letter.title, "")],
    }
    return render(request, "reports/letter_detail.html", context)
