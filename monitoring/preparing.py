"""What an officer can write about outside a round, and what stands ready."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from monitoring.asked import something
from monitoring.models import EntryState, Frame, PolicyLine, ProgressEntry
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation
from signatories.models.organisations import reach

COLUMNS = (Column("line", "Lijn"), Column("organisation", "Organisatie"), Column("state", "Stand"))


def table(user: User, today: date) -> Table:
    """Every line of today's frames, and those of before on which a text stands ready.

    Four queries, however many lines there are.
    """
    mine = Organisation.objects.filter(reach(user, Action.GIVE_PROGRESS, "pk", on=today))
    bodies: list[Any] = list(mine.with_name(on=today).order_by(F("sort_name_on_day"), "key"))
    drafts = ProgressEntry.objects.filter(round=None, state=EntryState.DRAFT, organisation__in=bodies)
    ready = set(drafts.filter(something()).order_by().values_list("organisation", "line"))
    current = Frame.objects.at(on=today).order_by().values("pk")
    lines: list[Any] = list(
        PolicyLine.objects.filter(Q(frame__in=current) | Q(pk__in={line for _body, line in ready}))
        .annotate(is_current=Q(frame__in=current))
        .select_related("frame")
        .order_by("-is_current", "-frame__valid_from", "frame", "order")
    )
    rows = [
        _row(body, line, (body.pk, line.pk) in ready)
        for body in bodies
        for line in lines
        if line.is_current or (body.pk, line.pk) in ready
    ]
    return Table("Lijnen van het plan", COLUMNS, rows, "U handelt nu voor geen organisatie.")


def _row(body: Any, line: Any, is_ready: bool) -> Row:
    href = reverse("monitoring:prepared-detail", args=[body.key, line.frame.slug, line.code])
    state = ("staat klaar", "good") if is_ready else ("nog niets", "neutral")
    before = "" if line.is_current else f"{line.frame.name}, geldt niet meer"
    return Row(
        [Cell(line, href, before), Cell(body.name_on_day or body.key), Cell("", tag=state[0], tone=state[1])]
    )
