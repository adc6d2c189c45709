"""Every figure asked a second time: of plain rows, in plain Python, without a queryset of ours.

Each question answers with the names of what it counts on the day. It knows the definition, not the code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from actionplans.models import ActionPlan, Delay, Evaluation, PlanCoverage, PlanVersion
from buyergroups.models import BuyerGroup, Output, Participation, Phase
from monitoring.models import Commitment, CommitmentStep
from mvi_portal.core.dates import PartialDate
from signatories.models import Manifest, Organisation, Signatory, Signature

Question = Callable[["Rows", date], set[str]]
COUNTED_KINDS = ("ministry", "province", "municipality", "water_authority", "other")
ENDINGS = ("completed", "stopped")


class Rows:
    """All that figures count, read once."""

    def __init__(self) -> None:
        self.manifests: dict[int, Any] = Manifest.objects.in_bulk()
        self.organisations: dict[int, Any] = Organisation.objects.in_bulk()
        self.signatures: dict[int, Any] = Signature.objects.in_bulk()
        self.plans: dict[int, Any] = ActionPlan.objects.in_bulk()
        self.groups: dict[int, Any] = BuyerGroup.objects.in_bulk()
        self.signatories: list[Any] = list(Signatory.objects.all())
        self.evaluations: list[Any] = list(Evaluation.objects.all())
        self.participations: list[Any] = list(Participation.objects.all())
        self.outputs: list[Any] = list(Output.objects.all())
        self.delays: dict[int, Any] = {row.signature_id: row for row in Delay.objects.all()}
        self.versions: dict[int, list[date]] = defaultdict(list)
        for version in PlanVersion.objects.all():
            self.versions[version.plan_id].append(_day(version.received_on))
        self.covering: dict[int, list[int]] = defaultdict(list)
        for coverage in PlanCoverage.objects.all():
            self.covering[coverage.signature_id].append(coverage.plan_id)
        self.commitments: dict[int, Any] = Commitment.objects.in_bulk()
        self.steps: dict[int, list[Any]] = defaultdict(list)
        for step in CommitmentStep.objects.all():
            self.steps[step.commitment_id].append(step)
        self.endings: dict[int, list[date]] = defaultdict(list)
        for phase in Phase.objects.all():
            if phase.kind in ENDINGS:
                self.endings[phase.group_id].append(_day(phase.valid_from))

    def days(self) -> set[date]:
        """On which something begins or ends."""
        rows = [*self.organisations.values(), *self.signatures.values(), *self.plans.values()]
        rows += [*self.signatories, *self.evaluations, *self.participations, *self.outputs]
        rows += [*self.groups.values(), *self.delays.values(), *self.commitments.values()]
        rows += [step for steps in self.steps.values() for step in steps]
        found = {_day(value) for row in rows for value in vars(row).values() if _is_day(value)}
        return found.union(*self.versions.values(), *self.endings.values())

    def signs(self, signature: int, on: date) -> bool:
        row = self.signatures[signature]
        ends = (row.withdrawn_on, self.manifests[row.manifest_id].ended_on)
        return _day(row.signed_on) <= on and all(end is None or on < end for end in ends)

    def due(self, signature: int) -> date:
        row = self.signatures[signature]
        return months_later(_day(row.signed_on), self.manifests[row.manifest_id].plan_term_months)

    def has_plan(self, signature: int, on: date) -> bool:
        return any(self.received(plan, on) for plan in self.covering[signature])

    def received(self, plan: int, on: date) -> bool:
        return any(day <= on for day in self.versions[plan])

    def works(self, group: int, on: date) -> bool:
        start = self.groups[group].started_on
        return start is not None and _day(start) <= on and all(on < day for day in self.endings[group])

    def natural(self, signature: int) -> str:
        row = self.signatures[signature]
        return f"{self.manifests[row.manifest_id].slug}:{row.slug}"


def months_later(day: date, months: int) -> date:
    """The same day of the month, or else the nearest before it: counted back until it exists."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        with suppress(ValueError):
            return date(year, month + 1, number)
    raise AssertionError


def signatories(*kinds: str, planned: bool = False) -> Question:
    def count(rows: Rows, on: date) -> set[str]:
        found = (
            rows.organisations[row.organisation_id]
            for row in rows.signatories
            if _lives(row, on)
            and rows.signs(row.signature_id, on)
            and (not planned or rows.has_plan(row.signature_id, on))
        )
        return {body.key for body in found if _lives(body, on) and body.kind in kinds}

    return count


def signatures(rows: Rows, on: date) -> set[str]:
    return {rows.natural(pk) for pk in rows.signatures if rows.signs(pk, on)}


def expected(rows: Rows, on: date) -> set[str]:
    return {rows.natural(pk) for pk in rows.signatures if rows.signs(pk, on) and rows.due(pk) <= on}


def overdue(rows: Rows, on: date) -> set[str]:
    def late(pk: int) -> bool:
        delay, due = rows.delays.get(pk), rows.due(pk)
        if delay and _day(delay.announced_on) <= on:
            due = max(due, _day(delay.until))
        return due < on

    found = (pk for pk in rows.signatures if rows.signs(pk, on) and late(pk) and not rows.has_plan(pk, on))
    return {rows.natural(pk) for pk in found}


def received(rows: Rows, on: date) -> set[str]:
    return {plan.slug for pk, plan in rows.plans.items() if rows.received(pk, on)}


def in_force(rows: Rows, on: date) -> set[str]:
    def runs(plan: Any) -> bool:
        first, last = plan.period_from, plan.period_until
        return (first is None or _day(first) <= on) and (last is None or on <= _day(last))

    return {plan.slug for pk, plan in rows.plans.items() if runs(plan) and rows.received(pk, on)}


def evaluated(rows: Rows, on: date) -> set[str]:
    told = (row for row in rows.evaluations if row.published_on and _day(row.evaluated_on) <= on)
    return {rows.plans[row.plan_id].slug for row in told}


def started(sector: str = "") -> Question:
    def count(rows: Rows, on: date) -> set[str]:
        found = (row for row in rows.groups.values() if row.started_on and sector in ("", row.sector))
        return {row.slug for row in found if date(2020, 1, 1) <= _day(row.started_on) <= on}

    return count


def active(rows: Rows, on: date) -> set[str]:
    return {row.slug for pk, row in rows.groups.items() if rows.works(pk, on)}


def taking_part(rows: Rows, on: date) -> set[str]:
    found = (row for row in rows.participations if _lives(row, on) and rows.works(row.group_id, on))
    named = ((rows.organisations.get(row.organisation_id), row.party_name) for row in found)
    return {body.key if body else name for body, name in named}


def still_open(rows: Rows, on: date) -> set[str]:
    def closed(pk: int) -> bool:
        known = [(_day(step.since), step.status) for step in rows.steps[pk] if _day(step.since) <= on]
        return bool(known) and max(known)[1] in ("met", "settled", "withdrawn", "rejected")

    return {row.slug for pk, row in rows.commitments.items() if _day(row.made_on) <= on and not closed(pk)}


def published(rows: Rows, on: date) -> set[str]:
    told = (row for row in rows.outputs if row.published_on and _day(row.published_on) <= on)
    return {f"{rows.groups[row.group_id].slug}:{row.title}" for row in told}


QUESTIONS: dict[str, Question] = {
    "ondertekenaars.departementen": signatories("ministry"),
    "ondertekenaars.provincies": signatories("province"),
    "ondertekenaars.gemeenten": signatories("municipality"),
    "ondertekenaars.waterschappen": signatories("water_authority"),
    "ondertekenaars.overige": signatories("other"),
    "ondertekenaars.organisaties": signatories(*COUNTED_KINDS),
    "ondertekenaars.handtekeningen": signatures,
    "buyergroups.gestart": started(),
    "buyergroups.gestart_bouw": started("building"),
    "buyergroups.gestart_gww": started("infrastructure"),
    "buyergroups.gestart_mobiliteit": started("mobility"),
    "buyergroups.gestart_bedrijfsvoering": started("operations"),
    "buyergroups.actief": active,
    "buyergroups.deelnemers": taking_part,
    "buyergroups.resultaten": published,
    "toezeggingen.openstaand": still_open,
    "actieplannen.verwacht": expected,
    "actieplannen.ontvangen": received,
    "actieplannen.ondertekenaars_met_plan": signatories(*COUNTED_KINDS, planned=True),
    "actieplannen.van_kracht": in_force,
    "actieplannen.termijn_verstreken": overdue,
    "actieplannen.geevalueerd": evaluated,
}


def _day(value: Any) -> date:
    """As it counts: on its last day."""
    return value.last_day if isinstance(value, PartialDate) else value


def _is_day(value: Any) -> bool:
    return isinstance(value, PartialDate) or type(value) is date


def _lives(row: Any, on: date) -> bool:
    first, last = row.valid_from, row.valid_until
    return (first is None or _day(first) <= on) and (last is None or on <= _day(last))


def told_apart(found: Iterable[tuple[date, int]]) -> int:
    """How many values there are: a figure that never moves proves little."""
    return len({value for _day, value in found})
