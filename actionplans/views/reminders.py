"""Reminders: what stands ready, what went, what they say. For the secretariat, and always of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.models import ReminderKind, ReminderMail, ReminderStand, ReminderText, reminders
from actionplans.models.reminders import OPEN
from actionplans.reminding import board, deciding, texts
from actionplans.reminding.examples import Example, example
from actionplans.reminding.filters import ReminderFilter
from actionplans.reminding.forms import ReminderTextForm
from actionplans.reminding.making import refresh
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.tabs import Tab, tabs
from mvi_portal.mails.views import moment

SLUGS = {
    "90-dagen-vooraf": ReminderKind.AHEAD,
    "30-dagen-vooraf": ReminderKind.SOON,
    "op-de-dag": ReminderKind.DUE,
    "30-dagen-erna": ReminderKind.PAST,
}
ALL = "alle-vrijgeven"
page = require_http_methods(["GET", "HEAD", "POST"])


def rooms(request: HttpRequest) -> list[Tab]:
    return tabs(
        request,
        ("Klaargezet", reverse("actionplans:reminder-board")),
        ("Alle herinneringen", reverse("actionplans:reminder-list")),
        ("Teksten", reverse("actionplans:reminder-texts")),
        ("Alle berichten van het portaal", reverse("mails:mail-list")),
    )


def crumbs(*rest: tuple[str, str]) -> list[tuple[str, str]]:
    way = [("Actieplannen", "actionplans:plan-list"), ("Herinneringen", "actionplans:reminder-board")]
    return [(label, reverse(name)) for label, name in way] + list(rest)


@page
def reminder_board(request: HttpRequest) -> HttpResponse:
    """What waits for a decision; a decision is asked once more before mails go out."""
    by, today = allowed(request, Action.KEEP_REGISTER), timezone.localdate()
    with transaction.atomic():
        refresh(today=today, by=None)
    chosen = _chosen(request, board.board(today).ready)
    doing = request.POST.get("doen", "")
    if request.method == "POST" and not chosen:
        messages.error(request, "Kies eerst een of meer herinneringen die nog klaarstaan.")
    elif doing == "overslaan":
        return _skip(request, chosen, by)
    elif doing == "verstuur":
        return _release(request, chosen, by)
    elif doing in {"vrijgeven", ALL}:
        return _confirm(request, chosen)
    return _board(request)


def _chosen(request: HttpRequest, ready: Sequence[board.Line]) -> list[board.Line]:
    """Those that were marked, or all; what is no longer ready is left out."""
    if request.POST.get("doen") == ALL:
        return list(ready)
    marked = set(request.POST.getlist("kies"))
    return [line for line in ready if str(line.reminder.pk) in marked]


def _board(request: HttpRequest, *, reason: str = "", fault: str = "") -> HttpResponse:
    today = timezone.localdate()
    context = {
        "board": board.board(today),
        "tabs": rooms(request),
        "crumbs": [*crumbs()[:-1], ("Herinneringen", "")],
        "reason": reason,
        "fault": fault,
        "marked": request.POST.getlist("kies"),
    }
    return render(request, "actionplans/reminder_board.html", context, status=400 if fault else 200)


def _confirm(request: HttpRequest, chosen: Sequence[board.Line]) -> HttpResponse:
    context = {
        "lines": chosen,
        "mails": sum(len(line.to) for line in chosen),
        "crumbs": crumbs(("Versturen", "")),
        "back": reverse("actionplans:reminder-board"),
    }
    return render(request, "actionplans/reminder_confirm.html", context)


def _release(request: HttpRequest, chosen: Sequence[board.Line], by: Any) -> HttpResponse:
    keys = [line.reminder.pk for line in chosen]
    done = deciding.release(keys=keys, today=timezone.localdate(), by=by)
    went = "1 herinnering" if done.reminders == 1 else f"{done.reminders} herinneringen"
    messages.success(request, f"Vrijgegeven: {went}. Het versturen begint meteen.")
    if done.left:
        messages.warning(request, f"Niet meer nodig, en daarom niet verstuurd: {done.left}.")
    return redirect("actionplans:reminder-board")


def _skip(request: HttpRequest, chosen: Sequence[board.Line], by: Any) -> HttpResponse:
    reason = request.POST.get("reden", "")
    try:
        count = deciding.skip(keys=[line.reminder.pk for line in chosen], reason=reason, by=by)
    except ValidationError as error:
        return _board(request, reason=reason, fault=" ".join(error.messages))
    messages.success(
        request, "1 herinnering overgeslagen." if count == 1 else f"{count} herinneringen overgeslagen."
    )
    return redirect("actionplans:reminder-board")


class ReminderList(ListPage):
    """The log: of each reminder to whom it went, when, and what became of it."""

    noun = "Herinneringen"
    template = "actionplans/reminder_list.html"
    columns = (
        Column("name", "Handtekening van"),
        Column("kind", "Soort", sort="soort"),
        Column("due", "Plan verwacht vóór", sort="termijn"),
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
        "overgeslagen omdat",
    )
    export = "actionplans:reminder-export"
    meanings = {
        "handtekening": "De handtekening waar de herinnering over gaat.",
        "van": "Wie onder de handtekening staan.",
        "termijn": "De dag waarop het plan er moet zijn.",
        "klaargezet": "Wanneer de herinnering is klaargezet.",
        "vrijgegeven": "Wanneer het secretariaat haar vrijgaf.",
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
        ("Plan verwacht vóór", long_date(item.due_on)),
        ("Stand", line.stand.label),
        ("Klaargezet op", moment(item.prepared_at)),
        ("Vrijgegeven op", moment(item.released_at)),
        ("Vrijgegeven door", item.released_by or ("vanzelf" if item.released_at else "")),
        ("Overgeslagen omdat", item.skipped_reason),
    ]


@require_safe
def reminder_texts(request: HttpRequest) -> HttpResponse:
    allowed(request, Action.KEEP_REGISTER)
    told = texts.texts()
    items = [
        (kind.label, told[kind], reverse("actionplans:reminder-text", args=[slug]))
        for slug, kind in SLUGS.items()
    ]
    context = {"items": items, "tabs": rooms(request), "crumbs": crumbs(("Teksten", ""))}
    return render(request, "actionplans/reminder_texts.html", context)


@page
@transaction.atomic
def reminder_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words, see them with a real example, or have them sent to oneself."""
    by, today, kind = allowed(request, Action.KEEP_REGISTER), timezone.localdate(), _kind(slug)
    row = ReminderText.objects.select_for_update().filter(kind=kind).first()
    told = texts.texts()[kind]
    form = ReminderTextForm(
        request.POST if request.method == "POST" else None,
        instance=row or ReminderText(kind=kind, subject=told.subject, body=told.body),
    )
    doing = request.POST.get("doen", "")
    if request.method == "POST" and doing == "herstel":
        deciding.restore_text(kind=kind, today=today, by=by)
        messages.success(request, "De tekst van het portaal is terug.")
        return redirect("actionplans:reminder-texts")
    shown = told
    if form.is_bound and form.is_valid():
        shown = texts.Text(form.cleaned_data["subject"], form.cleaned_data["body"])
        if doing == "bewaar":
            deciding.change_text(kind=kind, subject=shown.subject, body=shown.body, today=today, by=by)
            messages.success(
                request, "De tekst is bewaard. Herinneringen die klaarstaan, krijgen deze tekst ook."
            )
            return redirect("actionplans:reminder-texts")
    seen = None if form.errors else example(kind, shown, today)
    if doing == "proef" and seen is not None:
        _try(request, seen, by)
    context = {
        "form": form,
        "title": kind.label.capitalize(),
        "places": texts.PLACES.items(),
        "example": seen,
        "is_own": row is not None,
        "changes": change_lines(row) if row else None,
        "crumbs": crumbs(("Teksten", reverse("actionplans:reminder-texts")), (kind.label.capitalize(), "")),
        "back": reverse("actionplans:reminder-texts"),
    }
    return render(request, "actionplans/reminder_text.html", context, status=400 if form.errors else 200)


def _try(request: HttpRequest, seen: Example, by: Any) -> None:
    deciding.try_out(subject=seen.text.subject, body=seen.text.body, files=[seen.file], by=by)
    messages.success(request, f"De proef gaat naar {by.email}. De tekst is nog niet bewaard.")


def _kind(slug: str) -> ReminderKind:
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]
