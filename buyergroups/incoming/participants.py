"""Who takes part: an organisation of the register, or a party known by its name alone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from buyergroups import services
from buyergroups.incoming.of_groups import ADVICE, GROUP, Naming, RowsOfGroups
from buyergroups.incoming.tables import DEMO, SOURCE, GroupTable
from buyergroups.models import Participation
from buyergroups.models.participations import ParticipationRole
from mvi_portal.core.workbooks import Column, Kind, Record, Rule
from mvi_portal.core.workbooks.importing import Order
from signatories.forms.fields import OrganisationsField
from signatories.models import Organisation

COLUMNS = (
    *GROUP,
    Column("organisatie", "De code of naam van een organisatie uit het register.", name="organisation"),
    Column("partij", "Anders: de naam van een partij die niet in het register staat.", name="party_name"),
    Column("rol", "Hoe zij meedoet.", Kind.CHOICE, "role", required=True, choices=ParticipationRole.choices),
    Column("toegezegd project", "Het eigen project dat zij inbrengt.", name="project", longest=10_000),
    Column("vanaf", "Zo precies als bekend. Leeg: niet bekend.", Kind.PARTIAL_DATE, "valid_from"),
    Column(
        "tot en met",
        "Zo precies als bekend. Leeg: niet bekend, of nog steeds.",
        Kind.PARTIAL_DATE,
        "valid_until",
    ),
    SOURCE,
    DEMO,
)
ONE_PARTY = "Vul een organisatie in of een partij; niet allebei, en niet geen van beide."


class Participants(RowsOfGroups):
    model = Participation
    plain = ("role", "project", "valid_from", "valid_until", "source")
    begins = "valid_from"

    def __init__(self) -> None:
        super().__init__()
        self.bodies = {body.key: body for body in Organisation.objects.only("key", "kind")}
        self.called: dict[str, Organisation] = {}

    def understand(self, record: Record) -> None:
        told = record.values
        if bool(told.get("organisation")) is bool(told.get("party_name")):
            record.refuse("organisation", Rule.FITS, ONE_PARTY)
        elif told.get("organisation"):
            try:
                told["organisation_id"] = self._organisation(str(told["organisation"])).pk
            except ValidationError as error:
                record.refuse("organisation", Rule.KNOWN, " ".join(error.messages))

    def named(self, group: int, row: Any) -> Naming:
        return (group, row.organisation_id, (row.party_name or "").casefold())

    def facts(self, entry: Any) -> dict[str, Any]:
        who = {
            "organisation_id": entry.told.get("organisation_id"),
            "party_name": entry.told.get("party_name") or "",
        }
        return {**who, **super().facts(entry)}

    def save(self, row: Any, order: Order) -> None:
        services.save_participation(participation=row, by=order.by)

    def _organisation(self, told: str) -> Organisation:
        """By its code, else by a name that is one organisation's. Raises ValidationError."""
        if told in self.bodies:
            return self.bodies[told]
        if told not in self.called:
            found: list[Organisation] = OrganisationsField().clean(told)
            if len(found) != 1:
                raise ValidationError("Vul hier één organisatie in.")
            self.called[told] = found[0]
        return self.called[told]


def cells(row: Participation) -> list[object]:
    """A row of the export; `row` comes with its group and organisation."""
    return [
        row.group.slug,
        row.group.name,
        row.organisation.key if row.organisation else None,
        row.party_name,
        row.role,
        row.project,
        row.valid_from,
        row.valid_until,
        row.source,
        row.is_demo,
    ]


TABLE = GroupTable(
    "buyergroups-participants",
    "Deelnemers van buyer groups",
    COLUMNS,
    Participants,
    (
        *ADVICE,
        "Een andere datum bij “vanaf” is een nieuwe deelname. Wie stopt, krijgt een datum bij “tot en met”.",
    ),
)
