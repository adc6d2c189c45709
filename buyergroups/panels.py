"""What the dossier of an organisation tells about buyer groups."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from buyergroups.models import BuyerGroup, Participation
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation

COLUMNS = (Column("group", "Buyer group"), Column("role", "Rol"), Column("project", "Toegezegd project"))


def groups_panel(organisation: Organisation, on: date, user: User) -> Panel:
    """The groups in which the organisation takes part on the day."""
    visible = BuyerGroup.objects.visible_to(user, on=timezone.localdate())
    mine = Participation.objects.filter(organisation=organisation, group__in=visible).at(on=on)
    rows = [
        Row(
            [
                Cell(row.group.name, _address(row.group, on), "demo" if row.group.is_demo else "", "warn"),
                Cell(row.get_role_display()),
                Cell(row.project),
            ]
        )
        for row in mine.select_related("group").order_by("group__name")
    ]
    caption = f"Buyer groups op {long_date(on)}"
    table = Table(caption, COLUMNS, rows, "Op deze peildatum doet de organisatie aan geen buyer group mee.")
    return Panel("Buyer groups", "buyergroups/_panel.html", {"table": table})


def _address(group: BuyerGroup, on: date) -> str:
    return f"{reverse('buyergroups:group-detail', args=[group.slug])}?peildatum={on.isoformat()}"
