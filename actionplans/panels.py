"""What the dossier of an organisation tells about action plans."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from actionplans import reading
from actionplans.models import Clock, with_clock
from actionplans.tables import plans_for, state_cell
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation, Signatory

COLUMNS = (
    Column("plan", "Actieplan"),
    Column("state", "Stand"),
    Column("due", "Verwacht vóór"),
    Column("received", "Ontvangen"),
    Column("evaluated", "Geëvalueerd"),
)


def plans_panel(organisation: Organisation, on: date, user: User) -> Panel:
    """Per signature under which the organisation stands on the day: the plan that it owes."""
    visible = reading.signatures(user, today=timezone.localdate())
    mine = Signatory.objects.in_force(on=on).filter(organisation=organisation)
    found = list(
        with_clock(visible.filter(pk__in=mine.values("signature")), on=on)
        .select_related("manifest")
        .order_by("signed_on")
    )
    plans = plans_for(found, on)
    rows = []
    for item in found:
        clock, plan = Clock.of(item), plans.get(item.pk)
        place = ("plan-detail", [plan.slug]) if plan else ("term-detail", [item.manifest.slug, item.slug])
        address = f"{reverse(f'actionplans:{place[0]}', args=place[1])}?peildatum={on}"
        rows.append(
            Row(
                [
                    Cell(plan.title if plan else "nog geen plan", address),
                    state_cell(clock.state),
                    Cell(long_date(clock.ends_on)),
                    Cell(clock.received_on or ""),
                    Cell(clock.evaluated_on or ""),
                ]
            )
        )
    empty = "Op deze peildatum hoeft de organisatie geen actieplan te maken."
    table = Table("Actieplannen", COLUMNS, rows, empty)
    return Panel("Actieplan", "actionplans/_panel.html", {"table": table})
