"""What the dossier of an organisation tells about the plan."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from monitoring import promised
from monitoring.models import Commitment, CommitmentStatus, EntryState, PlanRole, ProgressEntry
from monitoring.naming import shortened
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation

COMMITMENTS = (Column("text", "Wat"), Column("due", "Uiterlijk"), Column("status", "Stand"))
YEARS = timedelta(days=5 * 365)
PROGRESS = (Column("line", "Lijn"), Column("round", "Ronde"), Column("state", "Stand"))


def plan_panel(organisation: Organisation, on: date, user: User) -> Panel | None:
    """Its roles in the plan, its commitments and its progress on the day; None when it has no part in it."""
    roles = _roles(organisation, on)
    commitments, progress = _commitments(organisation, on, user), _progress(organisation, on, user)
    if not (roles or commitments.rows or progress.rows):
        return None
    context = {"roles": roles, "commitments": commitments, "progress": progress}
    return Panel("Nationaal plan", "monitoring/_panel.html", context)


def timeline_link(organisation: Organisation, on: date) -> tuple[str, str]:
    """All that happened around it in the years before the day."""
    asked = {"organisatie": organisation.key, "van": (on - YEARS).isoformat(), "tot": on.isoformat()}
    query = urlencode({**asked, "peildatum": on.isoformat()})
    return "Alles op de tijdlijn van de laatste vijf jaar", f"{reverse('monitoring:timeline')}?{query}"


def _roles(organisation: Organisation, on: date) -> list[tuple[str, str]]:
    """By frame that holds on the day, what it does."""
    rows = PlanRole.objects.at(on=on).filter(organisation=organisation).select_related("frame")
    told: dict[str, list[str]] = {}
    for row in rows.filter(_holds(on)):
        told.setdefault(row.frame.name, []).append(row.get_role_display())
    return [(frame, ", ".join(roles)) for frame, roles in told.items()]


def _holds(on: date) -> Q:
    after = Q(frame__valid_from__isnull=True) | Q(frame__valid_from__lte=on)
    return after & (Q(frame__valid_until__isnull=True) | Q(frame__valid_until__gte=on))


def _commitments(organisation: Organisation, on: date, user: User) -> Table:
    visible = Commitment.objects.visible_to(user, on=timezone.localdate())
    own = Q(owner=organisation) | Q(parties__organisation=organisation)
    found = visible.filter(pk__in=Commitment.objects.filter(own).values("pk"))
    rows = [
        Row(
            [
                Cell(
                    shortened(item.text), _at(reverse("monitoring:commitment-detail", args=[item.slug]), on)
                ),
                promised.term(item, on),
                Cell("", tag=CommitmentStatus(item.status).label, tone=promised.tone(item.status)),
            ]
        )
        for item in promised.on_day(found, on).order_by("-made_on", "slug")
    ]
    empty = "De organisatie heeft op deze peildatum geen toezeggingen of afspraken."
    return Table(f"Toezeggingen en afspraken op {long_date(on)}", COMMITMENTS, rows, empty)


def _progress(organisation: Organisation, on: date, user: User) -> Table:
    """What was handed in by the day, and how that stood then."""
    visible = ProgressEntry.objects.visible_to(user, on=timezone.localdate())
    found = visible.filter(organisation=organisation, round__isnull=False, submitted_at__date__lte=on)
    rows = [
        Row(
            [
                Cell(row.line, _entry(row, organisation), "demo" if row.is_demo else "", "warn"),
                Cell(row.round),
                Cell("", tag=state_on(row, on).label),
            ]
        )
        for row in found.select_related("line", "round").order_by("-round__period_until", "line__order")
    ]
    empty = "De organisatie heeft op deze peildatum nog geen voortgang ingediend."
    return Table(f"Voortgang, stand op {long_date(on)}", PROGRESS, rows, empty)


def state_on(row: ProgressEntry, on: date) -> EntryState:
    """By the last step that was taken by the day; `row` was handed in by then."""
    steps = (
        (row.accepted_at, EntryState.ACCEPTED),
        (row.returned_at, EntryState.RETURNED),
        (row.submitted_at, EntryState.SUBMITTED),
    )
    taken = [(at, state) for at, state in steps if at and timezone.localdate(at) <= on]
    return max(taken, key=lambda step: step[0])[1]  # of two at the same moment the first named


def _entry(row: ProgressEntry, organisation: Organisation) -> str:
    slug = row.round.slug if row.round else ""
    return reverse("monitoring:entry-detail", args=[slug, organisation.key, row.line.code])


def _at(address: str, on: date) -> str:
    return f"{address}?peildatum={on.isoformat()}"
