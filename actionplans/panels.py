"""What the dossier of an organisation tells about action plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplans import reading
from actionplans.clockwork import answer_cell
from actionplans.models import ActionPlan, Clock, Evaluation, EvaluationState, PlanVersion, with_clock
from actionplans.reminding.due import OWING
from actionplans.tables import day, demo, evaluation_href, evaluation_state, plans_for, state_cell
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation, Signatory

LEFT = "staat er niet meer onder"
COLUMNS = (
    Column("plan", "Actieplan"),
    Column("state", "Stand"),
    Column("due", "Termijn"),
    Column("delayed", "Uitstel tot"),
    Column("received", "Ontvangen"),
    Column("evaluated", "Geëvalueerd"),
    Column("asked", "Laatst gevraagd op"),
    Column("answer", "Laatste bericht"),
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
    """For the signatures that it ever stood under by the day: its plan, the versions, the evaluations.

    A signature that was withdrawn, or whose Manifest ended, keeps its row, in the words of the lists.
    """
    today = timezone.localdate()
    visible = reading.signatures(user, today=today)
    stood = _stood(organisation, on)
    found = list(
        with_clock(visible.filter(pk__in=stood, signed_on__lte=on), on=on)
        .select_related("manifest")
        .order_by("signed_on", "pk")
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
    tables = [_owed(found, stood, on), *(table for table in more if table.rows)]
    return Panel("Actieplan", "actionplans/_panel.html", {"tables": tables})


def _stood(organisation: Organisation, on: date) -> dict[int, date | None]:
    """The signatures that it came under by the day, each with its last day there when that has passed."""
    rows = Signatory.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), organisation=organisation
    ).order_by(F("valid_from").asc(nulls_first=True))
    pairs = rows.values_list("signature", "valid_until")
    return {signature: until if until and until < on else None for signature, until in pairs}


def _owed(found: list[Any], stood: dict[int, date | None], on: date) -> Table:
    plans = plans_for(found, on)
    rows = [_clock(item, plans.get(item.pk), stood[item.pk], on) for item in found]
    empty = "Op deze peildatum hoeft de organisatie geen actieplan te maken."
    return Table("Actieplannen", COLUMNS, rows, empty)


def _clock(signature: Any, plan: ActionPlan | None, left_on: date | None, on: date) -> Row:
    """What was received, and apart from it when was asked and what is known."""
    clock = Clock.of(signature)
    is_waited_for = clock.state in OWING and left_on is None
    return Row(
        [
            _plan(signature, plan, "nog geen plan" if is_waited_for else "geen plan", on),
            Cell(f"tot en met {long_date(left_on)}", tag=LEFT) if left_on else state_cell(clock.state),
            Cell(long_date(clock.due_on)),
            Cell(clock.delayed_until or ""),
            Cell(clock.received_on or ""),
            Cell(clock.evaluated_on or ""),
            Cell(day(clock.asked_on)),
            answer_cell(clock) if is_waited_for else Cell(""),
        ]
    )


def _plan(signature: Any, plan: ActionPlan | None, without: str, on: date) -> Cell:
    if plan:
        return Cell(plan.title, _address(on, "plan-detail", [plan.slug]))
    return Cell(without, _address(on, "term-detail", [signature.manifest.slug, signature.slug]))


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
