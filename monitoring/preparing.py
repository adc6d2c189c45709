"""What an officer can write about outside a round, and what stands ready."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
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
    """Four queries, however many lines there are."""
    mine = Organisation.objects.filter(reach(user, Action.GIVE_PROGRESS, "pk", on=today))
    bodies: list[Any] = list(mine.with_name(on=today).order_by(F("sort_name_on_day"), "key"))
    lines = list(
        PolicyLine.objects.filter(frame__in=Frame.objects.at(on=today).order_by().values("pk"))
        .select_related("frame")
        .order_by("-frame__valid_from", "frame", "order")
    )
    drafts = ProgressEntry.objects.filter(round=None, state=EntryState.DRAFT, organisation__in=bodies)
    ready = {(row.organisation_id, row.line_id) for row in drafts.filter(something())}
    rows = [_row(body, line, (body.pk, line.pk) in ready) for body in bodies for line in lines]
    return Table("Lijnen van het plan", COLUMNS, rows, "U handelt nu voor geen organisatie.")


def _row(body: Any, line: PolicyLine, is_ready: bool) -> Row:
    href = reverse("monitoring:prepared-detail", args=[body.key, line.frame.slug, line.code])
    state = ("staat klaar", "good") if is_ready else ("nog niets", "neutral")
    return Row([Cell(line, href), Cell(body.name_on_day or body.key), Cell("", tag=state[0], tone=state[1])])
