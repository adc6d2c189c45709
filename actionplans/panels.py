"""What the dossier of an organisation tells about action plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplans import reading
from actionplans.models import Clock, Evaluation, EvaluationState, PlanVersion, with_clock
from actionplans.tables import day, demo, evaluation_href, evaluation_state, plans_for, state_cell
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
VERSIONS = (
    Column("plan", "Versie van"),
    Column("number", "Versie", numeric=True),
    Column("received", "Ontvangen"),
    Column("file", "Bestand of webadres"),
)
EVALUATIONS = (
    Column("name", "Evaluatie"),
    Column("plan", "Actieplan"),
    Column("state", "Stand"),
    Column("done", "Geëvalueerd"),
    Column("published", "Gepubliceerd"),
)


def plans_panel(organisation: Organisation, on: date, user: User) -> Panel:
    """For the signatures under which it stands on the day: its plan, the versions, the evaluations."""
    today = timezone.localdate()
    visible = reading.signatures(user, today=today)
    mine = Signatory.objects.in_force(on=on).filter(organisation=organisation)
    found = list(
        with_clock(visible.filter(pk__in=mine.values("signature")), on=on)
        .select_related("manifest")
        .order_by("signed_on")
    )
    theirs = reading.plans(user, today=today).filter(coverages__signature__in=[item.pk for item in found])
    evaluations = reading.evaluations(user, today=today, on=on)
    if on < today:  # when a plan was chosen for a round, nobody recorded
        evaluations = evaluations.exclude(Q(("state_on_day", EvaluationState.CHOSEN)))
    versions = PlanVersion.objects.received(on=on)
    more = [
        _versions(versions.filter(plan__in=theirs.values("pk")), on),
        _evaluations(evaluations.filter(plan__in=theirs.values("pk")), on),
    ]
    tables = [_owed(found, on), *(table for table in more if table.rows)]
    return Panel("Actieplan", "actionplans/_panel.html", {"tables": tables})


def _owed(found: list[Any], on: date) -> Table:
    plans, rows = plans_for(found, on), []
    for item in found:
        clock, plan = Clock.of(item), plans.get(item.pk)
        place = ("plan-detail", [plan.slug]) if plan else ("term-detail", [item.manifest.slug, item.slug])
        rows.append(
            Row(
                [
                    Cell(plan.title if plan else "nog geen plan", _address(on, *place)),
                    state_cell(clock.state),
                    Cell(long_date(clock.ends_on)),
                    Cell(clock.received_on or ""),
                    Cell(clock.evaluated_on or ""),
                ]
            )
        )
    empty = "Op deze peildatum hoeft de organisatie geen actieplan te maken."
    return Table("Actieplannen", COLUMNS, rows, empty)


def _versions(found: QuerySet[PlanVersion], on: date) -> Table:
    """Of each plan the newest first."""
    rows = [
        Row(
            [
                Cell(item.plan.title, _address(on, "plan-detail", [item.plan.slug])),
                Cell(item.number),
                Cell(item.received_on),
                Cell(item.filename or item.url or "geen bestand"),
            ]
        )
        for item in found.select_related("plan").order_by("plan__title", "plan", "-number")
    ]
    return Table("Versies van de plannen", VERSIONS, rows, "Er is nog geen versie ontvangen.")


def _evaluations(found: QuerySet[Evaluation], on: date) -> Table:
    """Without scores: those stand on the page of the evaluation, for who may see them."""
    rows = [
        Row(
            [
                Cell(
                    item.round.name if item.round else f"Evaluatie {item.number}",
                    f"{evaluation_href(item)}?peildatum={on}",
                    demo(item),
                    "warn",
                ),
                Cell(item.plan.title),
                evaluation_state(item),
                Cell(item.evaluated_on or ""),
                Cell(day(item.published_on)),
            ]
        )
        for item in found.select_related("plan", "round").order_by("-evaluated_on", "plan__title", "-number")
    ]
    return Table("Evaluaties", EVALUATIONS, rows, "Er is nog geen evaluatie.")


def _address(on: date, name: str, arguments: list[str]) -> str:
    return f"{reverse(f'actionplans:{name}', args=arguments)}?peildatum={on}"
