"""Uploads of plans that wait until somebody confirms whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Task
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.uploads import DOCUMENTS, limit_of, limit_told, listed
from mvi_portal.files import services as files
from mvi_portal.files.fields import told
from mvi_portal.files.models import Upload

PURPOSE = "actieplan"
COLUMNS = (
    Column("name", "Bestand"),
    Column("by", "Geüpload door"),
    Column("at", "Geüpload op"),
    Column("next", "Van wie"),
)
NOTHING = "Er wacht niets. Bestanden die u hierboven uploadt, komen hier te staan tot u ze bevestigt."


@dataclass(frozen=True)
class Outcome:
    """Of one file: whether it is kept, and in words what became of it."""

    is_taken: bool
    told: str


def terms() -> str:
    """Like "PDF, ODT of DOCX, per bestand hooguit 50 MB"."""
    return f"{listed(DOCUMENTS)}, per bestand hooguit {limit_told(limit_of())}"


def take(file: Any, by: User) -> Outcome:
    """Park it until it is confirmed; the same bytes once, however often they are sent."""
    try:
        upload = files.park(file=file, by=by, purpose=PURPOSE, stays=True)
    except ValidationError as error:
        return Outcome(False, f"{file.name}: {error.messages[0]}")
    same = Upload.objects.waiting(PURPOSE).filter(sha256=upload.sha256).exclude(pk=upload.pk)
    if same.exists():
        files.drop(upload=upload)
        return Outcome(True, f"{file.name}: dit bestand wachtte al.")
    return Outcome(True, f"{file.name}: bewaard.")


def table(request: HttpRequest) -> Table:
    rows = [_row(item, request) for item in Upload.objects.waiting(PURPOSE).select_related("uploaded_by")]
    return Table("Bestanden die wachten", COLUMNS, rows, NOTHING)


def _row(upload: Any, request: HttpRequest) -> Row:
    address = keep(request, reverse("actionplans:upload-confirm", args=[upload.token]))
    return Row(
        [
            Cell(
                told(upload).html, tag="niet doorzoekbaar" if upload.searchable is False else "", tone="warn"
            ),
            Cell(upload.uploaded_by),
            Cell(long_date(timezone.localdate(upload.uploaded_at))),
            Cell(f"Bevestig {upload.filename}", address),
        ]
    )


def tasks_of(user: User, today: date) -> list[Task]:
    """What the user brought and nobody confirmed yet."""
    found = list(Upload.objects.waiting(PURPOSE).of(user).values_list("filename", flat=True))
    if not found:
        return []
    one = f"Bevestig van wie “{found[0]}” is"
    many = f"Bevestig van wie {number(len(found))} geüploade actieplannen zijn"
    detail = "Zolang u dat niet doet, telt het plan niet mee."
    return [Task(one if len(found) == 1 else many, reverse("actionplans:plan-upload"), detail=detail)]
