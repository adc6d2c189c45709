"""The log of reminders, and each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.models import ReminderMail, ReminderStand, reminders
from actionplans.models.reminders import OPEN
from actionplans.reminding import board
from actionplans.reminding.filters import ReminderFilter
from actionplans.views.reminders.common import crumbs, rooms
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.mails.views import moment


class ReminderList(ListPage):
    """The log: of each reminder to whom it went, when, and what became of it."""

    noun = "Herinneringen"
    template = "actionplans/reminder_list.html"
    columns = (
        Column("name", "Handtekening van"),
        Column("kind", "Soort", sort="soort"),
        Column("due", "Plan verwacht uiterlijk op", sort="termijn"),
        Column("stand", "Stand"),
        Column("to", "Aan"),
        Column("released", "Vrijgegeven op", sort="vrijgegeven"),
    )
    sorts = {"soort": "kind", "termijn": "due_on", "vrijgegeven": "released_at"}
    default_sort = "-termijn"
    then = ("-kind", "signature__slug")
    empty = "Er zijn geen herinneringen gevonden."
    header = (
        "handtekening",
        "van",
        "soort",
        "termijn",
        "klaargezet",
        "vrijgegeven",
        "stand",
        "adressen",
        "overgeslagen omdat",
    )
    export = "actionplans:reminder-export"
    meanings = {
        "handtekening": "De handtekening waar de herinnering over gaat.",
        "van": "Wie onder de handtekening staan.",
        "termijn": "De dag waarop het plan er moet zijn.",
        "klaargezet": "Wanneer de herinnering is klaargezet.",
        "vrijgegeven": "Wanneer het secretariaat haar vrijgaf.",
        "adressen": "Aan hoeveel adressen zij gaat of ging; wie dat zijn, staat alleen op de pagina.",
        "overgeslagen omdat": "De reden, als zij niet ging.",
    }
    dated = False

    def rows(self) -> QuerySet[Any]:
        allowed(self.request, Action.KEEP_REGISTER)
        return reminders().select_related("signature__manifest")

    def narrowed(self, rows: QuerySet[Any]) -> ReminderFilter:
        return ReminderFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        return {"tabs": rooms(self.request), "crumbs": crumbs(("Alle herinneringen", ""))}

    def prepare(self, items: Sequence[Any]) -> None:
        self.told = {line.reminder.pk: line for line in board.lines(items, timezone.localdate())}

    def row(self, item: Any) -> Row:
        line = self.told[item.pk]
        return Row(
            [
                Cell(line.name, line.href),
                Cell(line.kind),
                Cell(long_date(item.due_on)),
                Cell("", tag=line.stand.label, tone=board.TONES.get(line.stand, "neutral")),
                Cell(", ".join(line.to)),
                Cell(moment(item.released_at)),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        """Without addresses: they are personal, and have no purpose in a table."""
        line = self.told[item.pk]
        released = timezone.localdate(item.released_at) if item.released_at else None
        return [
            item.signature.natural,
            ", ".join(name for _key, name in line.organisations),
            line.kind,
            item.due_on,
            timezone.localdate(item.prepared_at),
            released,
            line.stand.label,
            len(line.to),
            item.skipped_reason,
        ]


@require_safe
def reminder_detail(request: HttpRequest, pk: int) -> HttpResponse:
    allowed(request, Action.KEEP_REGISTER)
    item = get_object_or_404(reminders().select_related("signature__manifest", "released_by"), pk=pk)
    (line,) = board.lines([item], timezone.localdate())
    mailings = ReminderMail.objects.filter(reminder=item).select_related("mail").order_by("pk")
    context = {
        "line": line,
        "facts": [(label, value) for label, value in _facts(item, line) if value],
        "mails": [mailing.mail for mailing in mailings],
        "is_open": line.stand in OPEN,
        "is_without_contact": line.stand is ReminderStand.NO_CONTACT,
        "changes": change_lines(item),
        "crumbs": crumbs((line.name, "")),
    }
    return render(request, "actionplans/reminder_detail.html", context)


def _facts(item: Any, line: board.Line) -> list[tuple[str, Any]]:
    return [
        ("Soort", line.kind),
        ("Plan verwacht uiterlijk op", long_date(item.due_on)),
        ("Stand", line.stand.label),
        ("Klaargezet op", moment(item.prepared_at)),
        ("Vrijgegeven op", moment(item.released_at)),
        ("Vrijgegeven door", item.released_by or ("vanzelf" if item.released_at else "")),
        ("Overgeslagen omdat", item.skipped_reason),
    ]
