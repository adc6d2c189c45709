"""Who sent a paper, and on whose behalf: for its page and for the export of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from monitoring.models import Paper, PaperSender, SenderRole
from monitoring.naming import Names
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import OfficeHolder
from signatories.models.organisations import on_day

COLUMNS = (
    Column("who", "Organisatie"),
    Column("role", "Rol"),
    Column("office", "Ambt"),
    Column("holder", "Bekleed door"),
)
ROLES = list(SenderRole)
NOT_TOLD = "niet vermeld"


class Senders:
    """Of all these papers, under the names of a day; two queries, however many there are."""

    def __init__(self, papers: Iterable[Paper], on: date) -> None:
        found = PaperSender.objects.filter(paper__in=[paper.pk for paper in papers]).select_related("office")
        rows = sorted(found, key=lambda row: (ROLES.index(SenderRole(row.role)), row.order))
        self.names = Names((row.organisation_id for row in rows), on)
        self._of: dict[int, list[PaperSender]] = defaultdict(list)
        for row in rows:
            self._of[row.paper_id].append(row)

    def told(self, paper: Paper, role: SenderRole) -> str:
        """In a line: "IenW (De staatssecretaris van ...); BZK"."""
        return "; ".join(self._named(row) for row in self._of[paper.pk] if row.role == role)

    def table(self, paper: Paper, request: HttpRequest) -> Table:
        """With who held the office on the day of the paper."""
        rows, holders = self._of[paper.pk], self._holders(paper)
        shown = [
            Row(
                [
                    self.names.cell(row.organisation_id, request),
                    Cell(row.get_role_display()),
                    Cell(row.office or NOT_TOLD),
                    Cell(holders.get(row.office_id or 0, "")),
                ]
            )
            for row in rows
        ]
        columns = COLUMNS if holders else COLUMNS[:-1]
        empty = "Van dit stuk is geen afzender vastgelegd."
        return Table("Wie het stuk stuurde, en mede namens wie", columns, _cut(shown, len(columns)), empty)

    def _named(self, row: PaperSender) -> str:
        name = self.names.of(row.organisation_id)
        return f"{name} ({row.office})" if row.office else name

    def _holders(self, paper: Paper) -> dict[int, str]:
        """By office; none where it is not known."""
        offices = [row.office_id for row in self._of[paper.pk] if row.office_id]
        if not offices:
            return {}
        found = OfficeHolder.objects.filter(on_day(paper.dated.last_day), office__in=offices)
        return {holder.office_id: holder.name for holder in found}


def _cut(rows: list[Row], width: int) -> list[Row]:
    return [Row(row.cells[:width]) for row in rows]
