"""Phases: each from a day; it ends on the day before the next."""

from __future__ import annotations

from typing import Any

from buyergroups import services
from buyergroups.incoming.of_groups import ADVICE, GROUP, Naming, RowsOfGroups
from buyergroups.incoming.tables import DEMO, SOURCE, GroupTable
from buyergroups.models import Phase
from buyergroups.models.phases import PhaseKind
from mvi_portal.core.workbooks import Column, Kind
from mvi_portal.core.workbooks.importing import Order

COLUMNS = (
    *GROUP,
    Column("fase", "De fase.", Kind.CHOICE, "kind", required=True, choices=PhaseKind.choices),
    Column("vanaf", "Zo precies als bekend.", Kind.PARTIAL_DATE, "valid_from", required=True),
    Column("tot en met", "De dag voor de volgende fase; volgt vanzelf.", derived=True),
    SOURCE,
    DEMO,
)


class Phases(RowsOfGroups):
    model = Phase
    plain = ("kind", "valid_from", "source")
    begins = "valid_from"
    moves = True

    def named(self, group: int, row: Any) -> Naming:
        return (group, row.kind)

    def save(self, row: Any, order: Order) -> None:
        services.save_phase(phase=row, by=order.by)


def cells(row: Phase) -> list[object]:
    """A row of the export; `row` comes with its group."""
    return [
        row.group.slug,
        row.group.name,
        row.kind,
        row.valid_from,
        row.valid_until,
        row.source,
        row.is_demo,
    ]


TABLE = GroupTable(
    "buyergroups-phases",
    "Fasen van buyer groups",
    COLUMNS,
    Phases,
    (
        *ADVICE,
        "Een fase eindigt vanzelf op de dag voor de volgende.",
        "Staat een fase één keer bij een groep, dan krijgt zij de begindatum uit het bestand.",
    ),
)
