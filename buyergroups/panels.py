"""What the dossier of an organisation tells about buyer groups."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from buyergroups.models import BuyerGroup, Initiator, Participation
from buyergroups.models.groups import BuyerGroupQuerySet
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel
from mvi_portal.core.dates import long_date
from mvi_portal.core.enumerating import enumerated
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation

COLUMNS = (Column("group", "Buyer group"), Column("role", "Rol"), Column("project", "Toegezegd project"))


def groups_panel(organisation: Organisation, on: date, user: User) -> Panel:
    """The groups in which the organisation takes part on the day, and those that it began or guides."""
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
    rows += _around(organisation, visible.filter(Q(started_on__lte=on) | Q(started_on__isnull=True)), on)
    caption = f"Buyer groups op {long_date(on)}"
    table = Table(caption, COLUMNS, rows, "Op deze peildatum doet de organisatie aan geen buyer group mee.")
    return Panel("Buyer groups", "buyergroups/_panel.html", {"table": table})


def _around(organisation: Organisation, groups: BuyerGroupQuerySet, on: date) -> list[Row]:
    """A row each, with what the organisation does for the group."""
    began = Exists(Initiator.objects.filter(group=OuterRef("pk"), organisation=organisation))
    found = groups.annotate(began=began).filter(Q(facilitator=organisation) | Q(began=True))
    return [
        Row(
            [
                Cell(group.name, _address(group, on), "demo" if group.is_demo else "", "warn"),
                Cell(enumerated(_does(group, organisation))),
                Cell(""),
            ]
        )
        for group in found.order_by("name")
    ]


def _does(group: Any, organisation: Organisation) -> list[str]:
    told = (("begeleidt de groep", group.facilitator_id == organisation.pk), ("initiatiefnemer", group.began))
    return [words for words, is_so in told if is_so]


def _address(group: BuyerGroup, on: date) -> str:
    return f"{reverse('buyergroups:group-detail', args=[group.slug])}?peildatum={on.isoformat()}"
