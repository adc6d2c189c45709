"""Results of groups; a document goes up on the page of the group."""

from __future__ import annotations

from typing import Any

from buyergroups import services
from buyergroups.incoming.of_groups import ADVICE, GROUP, Naming, RowsOfGroups
from buyergroups.incoming.tables import DEMO, SOURCE, GroupTable
from buyergroups.models import Output
from buyergroups.models.outputs import OutputKind
from mvi_portal.core.workbooks import Column, Kind
from mvi_portal.core.workbooks.importing import Order

COLUMNS = (
    *GROUP,
    Column("titel", "De titel van het resultaat.", name="title", required=True, longest=250),
    Column("soort", "Wat het is.", Kind.CHOICE, "kind", required=True, choices=OutputKind.choices),
    Column(
        "gepubliceerd",
        "Zo precies als bekend. Leeg: nog niet; het telt dan niet mee.",
        Kind.PARTIAL_DATE,
        "published_on",
    ),
    Column("link", "Het adres waar het te lezen is; begint met https://.", longest=500),
    Column("vindplaats", "Zoals: Kamerstukken II 2020/21, 30 196, nr. 746.", name="citation", longest=200),
    Column("document", "De naam van het document dat er al bij staat.", derived=True),
    SOURCE,
    DEMO,
)


class Outputs(RowsOfGroups):
    model = Output
    plain = ("title", "kind", "published_on", "link", "citation", "source")

    def named(self, group: int, row: Any) -> Naming:
        return (group, row.title.casefold())

    def save(self, row: Any, order: Order) -> None:
        services.save_output(output=row, by=order.by)


def cells(row: Output) -> list[object]:
    """A row of the export; `row` comes with its group."""
    return [
        row.group.slug,
        row.group.name,
        row.title,
        row.kind,
        row.published_on,
        row.link,
        row.citation,
        row.filename,
        row.source,
        row.is_demo,
    ]


TABLE = GroupTable(
    "buyergroups-outputs",
    "Resultaten van buyer groups",
    COLUMNS,
    Outputs,
    (*ADVICE, "Een document stuurt u op de pagina van de groep, bij het resultaat."),
)
