"""Commitments, motions and agreements: how they stand on a day, and what is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from monitoring.models import Commitment, CommitmentKind, CommitmentStatus, CommitmentStep
from monitoring.todo import tasks_of
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.dates import PartialDate
from signatories.models import Representative
from tests.actionplans.refusals import refused
from tests.factories.monitoring import (
    CommitmentFactory,
    CommitmentPartyFactory,
    CommitmentStepFactory,
    PaperFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

SETTLED = {"status": CommitmentStatus.SETTLED, "since": date(2025, 1, 31)}


def motion(**fields: Any) -> Commitment:
    return CommitmentFactory(kind=CommitmentKind.MOTION, made_on=date(2023, 10, 12), **fields)


def test_a_motion_goes_through_its_steps() -> None:
    subject = motion()
    CommitmentStepFactory(
        commitment=subject, status=CommitmentStatus.ADOPTED, since=PartialDate.month(2023, 11)
    )
    CommitmentStepFactory(commitment=subject, **SETTLED)
    for day, status, since in [
        (date(2023, 11, 29), CommitmentStatus.SUBMITTED, date(2023, 10, 12)),
        (date(2023, 11, 30), CommitmentStatus.ADOPTED, date(2023, 11, 30)),
        (date(2025, 1, 31), CommitmentStatus.SETTLED, date(2025, 1, 31)),
    ]:
        row: Any = Commitment.objects.with_status(on=day).get()
        assert (row.status, row.status_since) == (status, since)
        assert subject.status_on(day) == status


def test_a_commitment_without_steps_is_open() -> None:
    commitment = CommitmentFactory()
    assert commitment.status_on(date(2025, 1, 1)) == CommitmentStatus.OPEN
    row: Any = Commitment.objects.with_status(on=date(2025, 1, 1)).get()
    assert row.status == CommitmentStatus.OPEN


def test_open_from_the_day_it_was_made_until_it_is_closed() -> None:
    commitment = CommitmentFactory(made_on=date(2024, 6, 12))
    CommitmentStepFactory(commitment=commitment, status=CommitmentStatus.PARTLY_MET, since=date(2024, 9, 1))
    CommitmentStepFactory(commitment=commitment, since=date(2025, 1, 31))
    for day, is_open in [
        (date(2024, 6, 11), False),
        (date(2024, 6, 12), True),
        (date(2025, 1, 30), True),
        (date(2025, 1, 31), False),
    ]:
        assert Commitment.objects.open(on=day).exists() is is_open


@pytest.mark.parametrize("status", [CommitmentStatus.REJECTED, CommitmentStatus.WITHDRAWN])
def test_a_motion_that_did_not_make_it_is_closed(status: CommitmentStatus) -> None:
    CommitmentStepFactory(commitment=motion(), status=status)
    assert not Commitment.objects.open(on=date(2025, 2, 1))


def test_due_on_the_last_day_and_ahead_of_it_when_asked() -> None:
    due = CommitmentFactory(due_on=PartialDate.mid(2025))
    CommitmentFactory()
    assert not Commitment.objects.due(on=date(2025, 8, 30))
    assert list(Commitment.objects.due(on=date(2025, 8, 31))) == [due]
    assert list(Commitment.objects.due(on=date(2025, 8, 1), ahead=timedelta(days=30))) == [due]
    CommitmentStepFactory(commitment=due)
    assert not Commitment.objects.due(on=date(2025, 8, 31))


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("commitment_kind_known", {"kind": "belofte"}),
        ("commitment_due_on_after_made_on", {"due_on": date(2024, 6, 11)}),
        ("commitment_text_given", {"text": ""}),
        ("commitment_sourced", {"source": ""}),
    ],
)
def test_a_commitment_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        CommitmentFactory(**fields)


def test_a_commitment_may_be_sourced_by_its_paper() -> None:
    assert CommitmentFactory(source="", paper=PaperFactory()).natural.startswith("toezegging-")


def test_one_status_from_a_date_and_only_known_ones() -> None:
    step = CommitmentStepFactory()
    with refused("commitmentstep_once"):
        CommitmentStepFactory(commitment=step.commitment, status=CommitmentStatus.PARTLY_MET)
    with refused("commitmentstep_status_known"):
        CommitmentStepFactory(commitment=motion(), status="vergeten")


@pytest.mark.parametrize(
    ("kind", "status"),
    [(CommitmentKind.COMMITMENT, CommitmentStatus.MET), (CommitmentKind.MOTION, CommitmentStatus.SETTLED)],
)
def test_what_is_fulfilled_has_evidence(kind: CommitmentKind, status: CommitmentStatus) -> None:
    commitment = CommitmentFactory(kind=kind)
    with refused("commitmentstep_fulfilled_with_evidence"):
        CommitmentStepFactory(commitment=commitment, status=status, evidence="")
    CommitmentStepFactory(
        commitment=commitment, status=status, evidence="", evidence_citation="Kamerstukken 30 196, nr. 807"
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (CommitmentKind.MOTION, CommitmentStatus.MET),
        (CommitmentKind.COMMITMENT, CommitmentStatus.ADOPTED),
        (CommitmentKind.AGREEMENT, CommitmentStatus.SETTLED),
    ],
)
def test_a_status_fits_the_kind(kind: CommitmentKind, status: CommitmentStatus) -> None:
    commitment = CommitmentFactory(kind=kind)
    with refused("commitmentstep_fits_kind", "een motie kent andere dan een toezegging"):
        CommitmentStepFactory(commitment=commitment, status=status)
    step = CommitmentStep(commitment=commitment, status=status, since=date(2025, 1, 1), evidence="Brief")
    with pytest.raises(ValidationError, match="past niet bij de soort"):
        step.full_clean()


def test_the_kind_does_not_change_under_its_steps() -> None:
    commitment = CommitmentStepFactory().commitment
    commitment.kind = CommitmentKind.MOTION
    with refused("commitment_kind_fits_steps"):
        commitment.save()
    commitment.kind = CommitmentKind.AGREEMENT
    commitment.save()


def test_nothing_happens_to_a_commitment_before_it_was_made() -> None:
    with refused("commitmentstep_not_before_made"):
        CommitmentStepFactory(since=date(2024, 6, 11))


def test_a_party_is_an_organisation_or_a_name_and_stands_once_on_a_side() -> None:
    party = CommitmentPartyFactory()
    chamber = {"commitment": party.commitment, "organisation": None, "name": "Tweede Kamer"}
    CommitmentPartyFactory(**chamber, side="receiver")
    with refused("commitmentparty_one_party"):
        CommitmentPartyFactory(name="Tweede Kamer")
    with refused("commitmentparty_one_party"):
        CommitmentPartyFactory(organisation=None)
    with refused("commitmentparty_organisation_once"):
        CommitmentPartyFactory(commitment=party.commitment, organisation=party.organisation)
    with refused("commitmentparty_name_once"):
        CommitmentPartyFactory(**chamber, side="receiver")
    with refused("commitmentparty_side_known"):
        CommitmentPartyFactory(side="midden")


def test_what_falls_due_comes_forward_before_the_debate(client: Client) -> None:
    today = timezone.localdate()
    body = OrganisationFactory(key="ienw")
    for text, days in (("Binnenkort", 40), ("Al voorbij", -3), ("Later", 90)):
        CommitmentFactory(
            text=text, made_on=today - timedelta(days=100), due_on=today + timedelta(days=days), owner=body
        )
    CommitmentFactory(text="Van een ander", due_on=today + timedelta(days=9))
    officer, other = ActorFactory(role=Role.OFFICER), ActorFactory(role=Role.OFFICER)
    Representative.objects.create(user=officer, organisation=body, valid_from=date(2020, 1, 1))

    def asked(user: User) -> list[str]:
        return [task.title.removeprefix("Kom na: ") for task in tasks_of(user, today)]

    assert asked(officer) == ["Al voorbij", "Binnenkort"]
    assert asked(other) == []
    assert asked(ActorFactory(role=Role.SECRETARIAT)) == ["Al voorbij", "Van een ander", "Binnenkort"]
    client.force_login(officer)
    html = client.get("/").content.decode()
    assert "verstreken" in html
    assert "Kom na: Binnenkort" in html


def test_what_is_open_without_a_date_comes_last_for_who_owns_or_gave_it() -> None:
    today, body = timezone.localdate(), OrganisationFactory(key="ienw")
    past = {"made_on": today - timedelta(days=100)}
    CommitmentFactory(slug="a", text="Ooit", **past, owner=body)
    CommitmentFactory(text="Binnenkort", **past, due_on=today + timedelta(days=9), owner=body)
    given = CommitmentFactory(slug="b", text="Gegeven", **past)
    for side in ("giver", "receiver"):
        CommitmentPartyFactory(commitment=given, side=side, organisation=body)
    CommitmentPartyFactory(
        commitment=CommitmentFactory(text="Ontvangen", **past), side="receiver", organisation=body
    )
    CommitmentStepFactory(commitment=CommitmentFactory(text="Nagekomen", **past, owner=body), since=today)
    officer = ActorFactory(role=Role.OFFICER)
    Representative.objects.create(user=officer, organisation=body, valid_from=date(2020, 1, 1))
    asked = {task.title.removeprefix("Kom na: "): task for task in tasks_of(officer, today)}
    assert list(asked) == ["Binnenkort", "Ooit", "Gegeven"]
    assert asked["Ooit"].detail == "Toezegging; geen termijn"
    secretariat = tasks_of(ActorFactory(role=Role.SECRETARIAT), today)
    assert [task.title for task in secretariat] == ["Kom na: Binnenkort"]


def test_the_list_tells_what_falls_due_within_eight_weeks(client: Client) -> None:
    on = date(2025, 1, 31)
    for text, days in (("Zo meteen", 40), ("Vandaag", 0), ("Al voorbij", -3), ("Later", 90)):
        CommitmentFactory(text=text, due_on=on + timedelta(days=days))
    kept = CommitmentFactory(text="Nagekomen", due_on=on + timedelta(days=9))
    CommitmentStepFactory(commitment=kept, since=on)
    client.force_login(ActorFactory(role=Role.READER))

    def listed(**query: str) -> str:
        found = client.get("/monitoring/toezeggingen/", {"peildatum": "31-1-2025", **query})
        return found.content.decode().split("<table")[1].split("</table>")[0]

    soon = listed(te_laat="binnenkort")
    words = ("Zo meteen", "Vandaag", "Al voorbij", "Later", "Nagekomen")
    assert [word for word in words if f">{word}</a>" in soon] == ["Zo meteen", "Vandaag"]
    assert soon.count(">binnenkort</span>") == 2
    everything = listed()
    assert everything.count(">binnenkort</span>") == 2
    assert everything.count(">termijn verstreken</span>") == 1
    assert ">Al voorbij</a>" in listed(te_laat="ja")
    slug = Commitment.objects.get(text="Zo meteen").slug
    detail = client.get(f"/monitoring/toezeggingen/{slug}/", {"peildatum": "31-1-2025"})
    assert ">binnenkort</span>" in detail.content.decode()
