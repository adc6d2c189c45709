"""Activities: a status that follows from the dates, and milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from monitoring.models import Activity, ActivityStatus, Milestone
from mvi_portal.accounts.models import Role
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories.monitoring import ActivityFactory, MilestoneFactory, PolicyLineFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

PHASE_TWO = {
    "planned_start": PartialDate.season(2024, "najaar"),
    "started_on": PartialDate.season(2024, "najaar"),
    "planned_end": PartialDate.mid(2025),
}


@pytest.mark.parametrize(
    ("day", "status", "fields"),
    [
        (date(2025, 1, 31), ActivityStatus.UNKNOWN, {}),
        (date(2024, 11, 29), ActivityStatus.PLANNED, PHASE_TWO),
        (date(2024, 11, 30), ActivityStatus.RUNNING, PHASE_TWO),
        (date(2025, 8, 31), ActivityStatus.RUNNING, PHASE_TWO),
        (date(2025, 9, 1), ActivityStatus.LATE, PHASE_TWO),
        (date(2025, 9, 1), ActivityStatus.DONE, {**PHASE_TWO, "ended_on": date(2025, 9, 1)}),
        (date(2025, 8, 31), ActivityStatus.RUNNING, {**PHASE_TWO, "ended_on": date(2025, 9, 1)}),
        (date(2024, 12, 31), ActivityStatus.PLANNED, {"planned_start": PartialDate.year(2024)}),
        (date(2025, 1, 1), ActivityStatus.LATE, {"planned_start": PartialDate.year(2024)}),
        (date(2025, 1, 1), ActivityStatus.PLANNED, {"planned_end": PartialDate.year(2026)}),
        (date(2025, 1, 1), ActivityStatus.LATE, {"planned_end": PartialDate.year(2024)}),
        (date(2025, 1, 1), ActivityStatus.RUNNING, {"started_on": PartialDate.year(2024)}),
    ],
)
def test_the_status_follows_from_the_dates(day: date, status: ActivityStatus, fields: dict[str, Any]) -> None:
    assert ActivityFactory(**fields).status_on(day) == status


def test_the_dates_are_overruled_only_from_the_day_that_it_was_said() -> None:
    activity = ActivityFactory(
        **PHASE_TWO,
        override=ActivityStatus.STOPPED,
        override_since=date(2025, 2, 1),
        override_reason="De opdracht is ingetrokken.",
    )
    assert activity.status_on(date(2025, 1, 31)) == ActivityStatus.RUNNING
    assert activity.status_on(date(2025, 2, 1)) == ActivityStatus.STOPPED


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("activity_override_known", {"override": "zoek"}),
        ("activity_override_with_reason", {"override": ActivityStatus.STOPPED}),
        ("activity_override_with_reason", {"override_reason": "Zomaar"}),
        ("activity_override_with_reason", {"override_since": date(2025, 1, 1)}),
        (
            "activity_planned_end_after_planned_start",
            {"planned_start": PartialDate.year(2025), "planned_end": PartialDate.mid(2025)},
        ),
        (
            "activity_ended_on_after_started_on",
            {"started_on": date(2025, 1, 2), "ended_on": date(2025, 1, 1)},
        ),
    ],
)
def test_an_activity_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        ActivityFactory(**fields)


def test_running_activities() -> None:
    ActivityFactory()
    running = ActivityFactory(**PHASE_TWO)
    assert not Activity.objects.running(on=date(2024, 11, 29))
    assert list(Activity.objects.running(on=date(2025, 1, 31))) == [running]


def test_a_milestone_is_overdue_when_its_planned_date_is_wholly_past() -> None:
    milestone = MilestoneFactory(planned_on=PartialDate.mid(2025), reached_on=date(2025, 10, 1))
    MilestoneFactory()
    assert not Milestone.objects.overdue(on=date(2025, 8, 31))
    assert list(Milestone.objects.overdue(on=date(2025, 9, 1))) == [milestone]
    assert not Milestone.objects.overdue(on=date(2025, 10, 1))
    assert not milestone.is_reached(date(2025, 9, 30))
    assert milestone.is_reached(date(2025, 10, 1))
    assert milestone.natural == f"{milestone.activity.slug}:{milestone.title}"


def test_a_milestone_stands_once_with_its_activity() -> None:
    milestone = MilestoneFactory()
    with refused("milestone_once"):
        MilestoneFactory(activity=milestone.activity, title=milestone.title)


@pytest.fixture
def secretariat(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


def typed(**other: str) -> dict[str, str]:
    line = PolicyLineFactory()
    OrganisationFactory(key="pianoo", called__name="PIANOo")
    return {
        "title": "Regie op Monitoring, fase 2",
        "line": str(line.pk),
        "owner": "PIANOo",
        "started_on": "najaar 2024",
        "planned_end": "medio 2025",
        "milestone-TOTAL_FORMS": "1",
        "milestone-INITIAL_FORMS": "0",
        "milestone-0-title": "Rapport",
        "milestone-0-planned_on": "mei 2025",
        **other,
    }


def test_the_secretariat_keeps_an_activity_with_its_milestones(secretariat: Client) -> None:
    secretariat.post("/monitoring/activiteiten/nieuw/", typed())
    made = Activity.objects.get()
    assert (made.slug, str(made.planned_end)) == ("regie-op-monitoring-fase-2", "medio 2025")
    assert [str(item.planned_on) for item in made.milestones.all()] == ["mei 2025"]
    html = secretariat.get(
        "/monitoring/activiteiten/regie-op-monitoring-fase-2/", {"peildatum": "2025-01-31"}
    ).content.decode()
    assert "loopt" in html
    assert "Rapport" in html
    assert "wijzigen/" in html


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"override": "done"}, "Wie een andere stand kiest, zegt vanaf wanneer en waarom."),
        ({"planned_start": "2026"}, "De einddatum ligt vóór de begindatum."),
        ({"owner": "Zomaar"}, "staat niet in het register"),
        ({"line": ""}, "Dit veld is verplicht"),
        ({"milestone-0-planned_on": "ooit"}, "ooit"),
    ],
)
def test_what_is_wrong_with_an_activity_is_told(
    secretariat: Client, other: dict[str, str], said: str
) -> None:
    answer = secretariat.post("/monitoring/activiteiten/nieuw/", typed(**other))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_status_is_overruled_with_a_reason_from_a_day(secretariat: Client) -> None:
    overruled = {"override": "stopped", "override_since": "1 maart 2025", "override_reason": "Geen geld."}
    secretariat.post("/monitoring/activiteiten/nieuw/", typed(**overruled))
    made = Activity.objects.get()
    assert made.status_on(date(2025, 2, 28)) == ActivityStatus.RUNNING
    assert made.status_on(date(2025, 3, 1)) == ActivityStatus.STOPPED
    html = secretariat.get(
        f"/monitoring/activiteiten/{made.slug}/", {"peildatum": "2025-03-01"}
    ).content.decode()
    assert "Geen geld." in html
