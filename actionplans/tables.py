"""What the pages of line C print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from actionplans.models import (
    ActionPlan,
    Clock,
    EvaluationState,
    PlanCoverage,
    PlanState,
    PlanVersion,
    with_clock,
)
from mvi_portal.core.addresses import address_of
from mvi_portal.core.dates import long_date
from mvi_portal.core.prepared import Prepared, Those
from mvi_portal.core.printing.frozen import FrozenTable
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Signatory, Signature

TONES = {
    PlanState.OVERDUE: "bad",
    PlanState.DELAYED: "warn",
    PlanState.RUNNING: "info",
    PlanState.RECEIVED: "good",
    PlanState.IN_EVALUATION: "good",
    PlanState.EVALUATED: "good",
}
EVALUATION_TONES = {EvaluationState.PUBLISHED: "good", EvaluationState.CHOSEN: "neutral"}
NOT_KNOWN = "niet bekend"
NO_ROUND = "zonder-ronde"  # stands in the address for the round
COVERED = (
    Column("who", "Handtekening van"),
    Column("signed", "Ondertekend op"),
    Column("due", "Plan verwacht uiterlijk op"),
    Column("state", "Stand"),
)
AMBITIONS = (Column("theme", "Thema"), Column("step", "Ambitiestap", numeric=True))
EVALUATIONS = (
    Column("name", "Evaluatie"),
    Column("state", "Stand"),
    Column("done", "Geëvalueerd"),
    Column("published", "Gepubliceerd"),
)


def demo(row: Any) -> str:
    return "demo" if row.is_demo else ""


def state_cell(state: PlanState) -> Cell:
    return Cell("", tag=state.label, tone=TONES.get(state, "neutral"))


def rubric_state(rubric: Any) -> Cell:
    is_published = rubric.published_on is not None
    return Cell(
        "", tag="gepubliceerd" if is_published else "in opbouw", tone="good" if is_published else "info"
    )


def evaluation_state(evaluation: Any) -> Cell:
    state = EvaluationState(evaluation.state_on_day)
    return Cell("", tag=state.label, tone=EVALUATION_TONES.get(state, "info"))


def evaluation_href(evaluation: Any) -> str:
    """Needs `plan` and `round` loaded."""
    round_slug = evaluation.round.slug if evaluation.round else NO_ROUND
    return reverse(
        "actionplans:evaluation-detail", args=[evaluation.plan.slug, round_slug, evaluation.number]
    )


def names_under(signatures: Iterable[Signature], on: date) -> dict[int, list[str]]:
    """For each signature the names, on the day, of the organisations under it; those of before as well."""
    under: dict[int, list[Sequence[Any]]] = {signature.pk: [] for signature in signatures}
    for signature, *told in _UNDER.rows(under, on):
        under[signature].append(told)
    return {signature: called(rows) for signature, rows in under.items()}


def called(rows: Iterable[Sequence[Any]]) -> list[str]:
    """The names of those under a signature: of each whether it is in force, its sort name, key and name."""
    names: list[str] = []
    for in_force, _sort, _key, name in sorted(rows, key=_in_force_first):
        if in_force or not names:
            names.append(name or "")
    return names


def _under(those: Those, on: date) -> QuerySet[Any, Any]:
    under: Any = Signatory.objects.filter(those("signature")).with_name(on=on).with_state(on=on).order_by()
    told = ("signature", "is_in_force", "sort_name_on_day", "organisation__key", "name_on_day")
    found: QuerySet[Any, Any] = under.values_list(*told)
    return found


_UNDER = Prepared(_under)


def _in_force_first(row: Sequence[Any]) -> tuple[bool, str, str]:
    """Then by name."""
    in_force, sort_name, key, *_rest = row
    return (not in_force, sort_name or "", key)


def plans_for(signatures: Iterable[Signature], on: date) -> dict[int, ActionPlan]:
    """For each signature the plan that stands for it and was received by the day, if there is one."""
    received = ActionPlan.objects.received(on=on).values("pk")
    found = PlanCoverage.objects.filter(signature__in=[item.pk for item in signatures], plan__in=received)
    return {item.signature_id: item.plan for item in found.select_related("plan").order_by("-plan__slug")}


def day(found: date | None) -> str:
    """As a page prints it; nothing for no day."""
    return long_date(found) if found else ""


def shown(table: FrozenTable) -> Table:
    """What is printed in a report, on a page."""
    columns = [
        Column(f"column-{index}", label, numeric=index in table.numeric)
        for index, label in enumerate(table.header)
    ]
    rows = [Row([Cell(text) for text in row]) for row in table.rows]
    return Table(table.title, columns, rows, "Er is niets om te tonen.")


def names_of_plans(plans: Iterable[ActionPlan], on: date) -> dict[int, list[str]]:
    """For each plan the names, on the day, of the organisations that it stands for. Two queries."""
    keys = [plan.pk for plan in plans]
    pairs = list(PlanCoverage.objects.filter(plan__in=keys).select_related("signature"))
    names = names_under({pair.signature_id: pair.signature for pair in pairs}.values(), on)
    found: dict[int, list[str]] = {key: [] for key in keys}
    for pair in pairs:
        found[pair.plan_id] += names[pair.signature_id]
    return found


def with_first_version(plans: QuerySet[Any]) -> QuerySet[Any]:
    """Each plan with `versions_first`: its versions, the first that was received in front."""
    versions = PlanVersion.objects.order_by("received_on", "number")
    return plans.prefetch_related(Prefetch("versions", versions, to_attr="versions_first"))


def covered(
    plan: ActionPlan, signatures: Any, on: date, request: HttpRequest, *, keeps: bool = False
) -> Table:
    """The signatures that the plan stands for, each with its clock on the day.

    Who `keeps` plans can take one away, when others are left.
    """
    found = list(
        with_clock(signatures.filter(plans=plan), on=on)
        .select_related("manifest")
        .order_by("signed_on", "pk")
    )
    names = names_under(found, on)
    many = keeps and len(found) > 1
    rows = [
        Row(
            [
                *_covered(item, names[item.pk], request),
                *([_uncover(plan, item, names, request)] if many else []),
            ]
        )
        for item in found
    ]
    columns = (*COVERED, Column("keeping", "Bijhouden")) if many else COVERED
    return Table("Handtekeningen waarvoor dit plan geldt", columns, rows, "Er is geen handtekening bekend.")


def _uncover(plan: ActionPlan, signature: Any, names: dict[int, list[str]], request: HttpRequest) -> Cell:
    told = {"plan": plan, "signature": signature, "name": ", ".join(names[signature.pk])}
    return Cell(render_to_string("actionplans/_uncover.html", told, request=request))


def _covered(signature: Any, names: list[str], request: HttpRequest) -> list[Cell]:
    address = address_of("actionplans:term-detail", signature.manifest.slug, signature.slug)
    clock = Clock.of(signature)
    return [
        Cell(", ".join(names) or signature.slug, keep(request, address), demo(signature), "warn"),
        Cell(signature.signed_on),
        Cell(long_date(clock.ends_on)),
        state_cell(clock.state),
    ]


def ambitions(plan: ActionPlan) -> Table:
    rows = [
        Row([Cell(item.theme.name), Cell(item.step or "niet bepaald")])
        for item in plan.ambitions.select_related("theme").order_by("theme__order")
    ]
    return Table("Ambities per thema", AMBITIONS, rows, "Er zijn geen ambities vastgelegd.")


def of_plan(found: Any, request: HttpRequest) -> Table:
    """The evaluations of one plan."""
    rows = [
        Row(
            [
                Cell(
                    item.round.name if item.round else f"Evaluatie {item.number}",
                    keep(request, evaluation_href(item)),
                    demo(item),
                    "warn",
                ),
                evaluation_state(item),
                Cell(item.evaluated_on or ""),
                Cell(long_date(item.published_on) if item.published_on else ""),
            ]
        )
        for item in found
    ]
    return Table("Evaluaties", EVALUATIONS, rows, "Dit plan is nog niet geëvalueerd.")


def of_round(found: Any, request: HttpRequest) -> Table:
    """The evaluations of one round."""
    rows = [
        Row(
            [
                Cell(item.plan.title, keep(request, evaluation_href(item)), demo(item), "warn"),
                evaluation_state(item),
                Cell(item.evaluated_on or ""),
                Cell(long_date(item.published_on) if item.published_on else ""),
            ]
        )
        for item in found
    ]
    columns = (Column("plan", "Actieplan"), *EVALUATIONS[1:])
    return Table("Evaluaties in deze ronde", columns, rows, "In deze ronde is er niets dat u mag inzien.")
