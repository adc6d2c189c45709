"""What stands at the groups of the list, as files: phases, participants and results.

All of it for who keeps it; for others what their page of a group shows on the day.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from buyergroups.incoming import outputs, participants, phases
from buyergroups.models import Output, Participation, Phase
from buyergroups.views.lists import BuyerGroupList
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.below import BelowExport

ORDER = ("group__name", "group", "pk")


class RowsExport(BelowExport, BuyerGroupList):
    def below(self, above: QuerySet[Any]) -> QuerySet[Any]:
        rows = self.kept() if may(reader(self.request), Action.KEEP_REGISTER) else self.on_day()
        return rows.filter(group__in=above).select_related("group").order_by(*ORDER)

    def kept(self) -> QuerySet[Any]:
        raise NotImplementedError

    def on_day(self) -> QuerySet[Any]:
        raise NotImplementedError


class PhaseExport(RowsExport):
    title, below_columns = phases.TABLE.title, phases.COLUMNS

    def kept(self) -> QuerySet[Phase]:
        return Phase.objects.all()

    def on_day(self) -> QuerySet[Phase]:
        return Phase.objects.filter(valid_from__lte=self.on)

    def below_cells(self, item: Any) -> list[object]:
        return phases.cells(item)


class ParticipationExport(RowsExport):
    title, below_columns = participants.TABLE.title, participants.COLUMNS

    def kept(self) -> QuerySet[Participation]:
        return Participation.objects.select_related("organisation")

    def on_day(self) -> QuerySet[Participation]:
        return self.kept().at(on=self.on)  # type: ignore[attr-defined, no-any-return] # a queryset of ours

    def below_cells(self, item: Any) -> list[object]:
        return participants.cells(item)


class OutputExport(RowsExport):
    title, below_columns = outputs.TABLE.title, outputs.COLUMNS

    def kept(self) -> QuerySet[Output]:
        return Output.objects.all()

    def on_day(self) -> QuerySet[Output]:
        return Output.objects.published(on=self.on)

    def below_cells(self, item: Any) -> list[object]:
        return outputs.cells(item)
