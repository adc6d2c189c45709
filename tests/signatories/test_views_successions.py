"""Mergers and splits: proposed, decided in one step, taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Event as Signal
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplans.models import PlanCoverage
from mvi_portal.core.figures import registry
from mvi_portal.history.reading import changes_of
from signatories import facts, succeeding
from signatories.models import Event, Organisation, Signatory, Succession
from signatories.services import sign
from tests.factories.actionplans import ActionPlanFactory, PlanCoverageFactory
from tests.factories.signatories import (
    ActorFactory,
    ContactFactory,
    ManifestFactory,
    OrganisationFactory,
    SignatoryFactory,
    SuccessionFactory,
)
from tests.signatories.keeping import secretariat, send, text

pytestmark = pytest.mark.django_db
EVE, DAY = date(2023, 12, 31), date(2024, 1, 1)
ADDRESS = "/herindelingen/2024-01-01/oud/"


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def merger() -> Succession:
    old = OrganisationFactory(key="oud", called__name="Oudstad", valid_until=EVE)
    new = OrganisationFactory(key="nieuw", called__name="Nieuwstad", valid_from=DAY)
    SignatoryFactory(organisation=old)
    return SuccessionFactory(predecessor=old, successor=new, on=DAY)


def in_force(on: date) -> set[str]:
    return set(Signatory.objects.in_force(on=on).values_list("organisation__key", flat=True))


def goes(*answers: tuple[Succession, str]) -> dict[str, str]:
    return {f"goes-{item.pk}": answer for item, answer in answers}


def test_a_real_merger_moves_a_signature_and_the_figure_is_right_before_and_after(keeper: Client) -> None:
    """Voorne aan Zee, 1 January 2023, from Brielle, Hellevoetsluis and Westvoorne."""
    facts.load()
    brielle = Organisation.objects.get(key="gm0501")
    signature = sign(
        manifest=ManifestFactory(),
        organisations=[brielle],
        signed_on=date(2022, 11, 24),
        slug="brielle",
        by=None,
    )
    eve, day = date(2022, 12, 31), date(2023, 1, 1)
    municipalities = registry.get("ondertekenaars.gemeenten")
    assert [municipalities.at(on).value for on in (eve, day)] == [1, 0]

    listed = text(keeper.get("/herindelingen/"))
    assert "Brielle → Voorne aan Zee" in listed
    address = "/herindelingen/2023-01-01/gm0501/"
    assert send(keeper, address).status_code == 302
    assert [municipalities.at(on).value for on in (eve, day)] == [1, 1]
    assert municipalities.row_keys(eve) == ["gm0501"]
    assert municipalities.row_keys(day) == ["gm1992"]
    assert succeeding.proposals() == []
    shown = text(keeper.get("/organisaties/gm1992/", {"peildatum": "2023-01-01"}))
    assert "ja, bevestigd op" in shown
    assert signature.signatories.count() == 2


def test_a_merger_is_proposed_on_the_start_page_and_decided_in_one_step(
    keeper: Client, merger: Succession
) -> None:
    contact = ContactFactory(organisation=merger.predecessor)
    assert "Beslis over de herindeling Oudstad → Nieuwstad" in text(keeper.get("/"))
    page = text(keeper.get(ADDRESS))
    assert "Gaat de handtekening van Oudstad mee naar Nieuwstad?" in page
    answer = send(keeper, ADDRESS, why="Besluit van de raad")
    assert answer["Location"] == ADDRESS
    assert (in_force(EVE), in_force(DAY)) == ({"oud"}, {"nieuw"})
    contact.refresh_from_db()
    assert contact.organisation == merger.successor
    assert "Beslis over" not in text(keeper.get("/"))
    merger.refresh_from_db()
    told = changes_of(merger)[0]
    assert (told.action, told.why) == ("succession.settled", "Besluit van de raad")
    moved = changes_of(contact)[0]
    assert moved.action == "succession.settled"
    assert "gaat mee, besloten op" in text(keeper.get(ADDRESS))


def test_a_second_press_decides_nothing_more(keeper: Client, merger: Succession) -> None:
    sent = {**goes((merger, "ja"))}
    assert keeper.post(ADDRESS, sent).status_code == 302
    assert keeper.post(ADDRESS, sent).status_code == 302
    assert "Hierover is al besloten." in text(keeper.get(ADDRESS))
    assert Signatory.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_waits_and_is_told(keeper: Client, merger: Succession) -> None:
    other, is_decided = secretariat(), Signal()

    def first() -> None:
        with closing(connection), transaction.atomic():
            assert keeper.post(ADDRESS, goes((merger, "ja"))).status_code == 302
            is_decided.set()
            sleep(0.3)

    with ThreadPoolExecutor() as pool:
        deciding = pool.submit(first)
        assert is_decided.wait(timeout=10)
        answer = other.post(ADDRESS, goes((merger, "nee")), follow=True)
    deciding.result()
    assert "Hierover is al besloten." in text(answer)
    assert (in_force(EVE), in_force(DAY)) == ({"oud"}, {"nieuw"})


def test_a_signature_may_stay_behind(keeper: Client, merger: Succession) -> None:
    keeper.post(ADDRESS, goes((merger, "nee")))
    assert in_force(DAY) == set()
    assert "gaat niet mee, besloten op" in text(keeper.get(ADDRESS))
    assert succeeding.proposals() == []
    assert "nee, besloten op" in text(keeper.get("/organisaties/oud/"))


def test_a_decision_can_be_taken_back(keeper: Client, merger: Succession) -> None:
    keeper.post(ADDRESS, goes((merger, "ja")))
    assert keeper.post(f"/herindelingen/{merger.pk}/heropenen/").status_code == 302
    assert "U kunt opnieuw beslissen." in text(keeper.get(ADDRESS))
    assert (in_force(EVE), in_force(DAY)) == ({"oud"}, set())
    assert Signatory.objects.get().valid_until is None
    keeper.post(f"/herindelingen/{merger.pk}/heropenen/")
    assert "nog niet besloten" in text(keeper.get(ADDRESS))
    keeper.post(ADDRESS, goes((merger, "ja")))
    assert in_force(DAY) == {"nieuw"}


def test_what_later_successions_carried_on_goes_too(keeper: Client, merger: Succession) -> None:
    last = OrganisationFactory(key="laatst", valid_from=date(2025, 1, 1))
    Organisation.objects.filter(key="nieuw").update(valid_until=date(2024, 12, 31))
    later = SuccessionFactory(predecessor=merger.successor, successor=last, on=date(2025, 1, 1))
    keeper.post(ADDRESS, goes((merger, "ja")))
    keeper.post("/herindelingen/2025-01-01/laatst/", goes((later, "ja")))
    assert in_force(date(2025, 1, 1)) == {"laatst"}
    keeper.post(f"/herindelingen/{merger.pk}/heropenen/")
    assert Signatory.objects.values_list("organisation__key", flat=True).get() == "oud"


@pytest.fixture
def split() -> tuple[Succession, Succession]:
    old = OrganisationFactory(key="oud", called__name="Haaren", valid_until=EVE)
    SignatoryFactory(organisation=old)
    parts = (OrganisationFactory(called__name=name) for name in ("Boxtel", "Vught"))
    first, second = (
        SuccessionFactory(predecessor=old, successor=part, on=DAY, event=Event.SPLIT) for part in parts
    )
    return first, second


def test_a_split_asks_for_each_successor(keeper: Client, split: tuple[Succession, Succession]) -> None:
    page = text(keeper.get(ADDRESS))
    assert "checked" not in page
    refused = keeper.post(ADDRESS, goes((split[0], "ja")))
    assert refused.status_code == 400
    assert in_force(DAY) == set()
    keeper.post(ADDRESS, goes((split[0], "ja"), (split[1], "nee")))
    assert in_force(DAY) == {split[0].successor.key}
    assert in_force(EVE) == {"oud"}


def test_of_a_split_a_contact_goes_where_the_secretariat_says(
    keeper: Client, split: tuple[Succession, Succession]
) -> None:
    contact = ContactFactory(organisation=split[0].predecessor)
    answers = goes((split[0], "nee"), (split[1], "ja"))
    keeper.post(ADDRESS, {**answers, f"contact-{contact.pk}": split[1].successor.key})
    contact.refresh_from_db()
    assert contact.organisation == split[1].successor


def test_a_part_that_is_taken_back_leaves_the_other(
    keeper: Client, split: tuple[Succession, Succession]
) -> None:
    keeper.post(ADDRESS, goes((split[0], "ja"), (split[1], "ja")))
    keeper.post(f"/herindelingen/{split[0].pk}/heropenen/")
    assert in_force(DAY) == {split[1].successor.key}
    assert Signatory.objects.get(organisation__key="oud").valid_until == EVE


def test_a_plan_goes_along_and_may_stand_for_the_own_signature(keeper: Client, merger: Succession) -> None:
    row = SignatoryFactory(organisation=merger.successor)
    plan = ActionPlanFactory(title="Samen inkopen")
    PlanCoverageFactory(plan=plan, signature=Signatory.objects.get(organisation=merger.predecessor).signature)
    page = text(keeper.get(ADDRESS))
    assert "Het actieplan ‘Samen inkopen’ hoort bij een handtekening" in page
    assert "ook voor de eigen handtekening van Nieuwstad van 24 november 2022?" in page
    field = f"part0-{plan.pk}-{row.signature_id}"
    assert send(keeper, ADDRESS, **{field: "ja"}).status_code == 302
    assert set(plan.coverages.values_list("signature", flat=True)) >= {row.signature_id}
    assert changes_of(PlanCoverage.objects.get(signature=row.signature))[0].action == "succession.settled"


def test_a_merger_is_recorded_by_hand(keeper: Client) -> None:
    for key, name in (("a", "Aastad"), ("b", "Beestad"), ("c", "Ceestad")):
        SignatoryFactory(organisation=OrganisationFactory(key=key, called__name=name))
    sent = {
        "predecessors": "Aastad\nBeestad",
        "successors": "c",
        "event": "merger",
        "on": "1 januari 2024",
        "ends": "on",
        "source": "Staatsblad",
    }
    answer = keeper.post("/herindelingen/nieuw/", sent)
    assert answer["Location"] == "/herindelingen/2024-01-01/a/"
    assert "Aastad en Beestad → Ceestad" in text(keeper.get(answer["Location"]))
    assert Organisation.objects.get(key="a").valid_until == EVE
    again = keeper.post("/herindelingen/nieuw/", sent)
    assert again.status_code == 400
    assert "Deze opvolging staat er al." in text(again)
    assert Succession.objects.count() == 2


def test_many_to_many_is_asked_in_parts_and_nothing_is_written(keeper: Client) -> None:
    for key in "abcd":
        OrganisationFactory(key=key)
    answer = keeper.post(
        "/herindelingen/nieuw/",
        {
            "predecessors": "a\nb",
            "successors": "c\nd",
            "event": "merger",
            "on": "1-1-2024",
            "source": "x",
        },
    )
    assert answer.status_code == 400
    assert "in delen vast, per voorganger" in text(answer)
    assert not Succession.objects.exists()


def test_what_has_nothing_to_move_asks_nothing(keeper: Client) -> None:
    SuccessionFactory(predecessor__valid_until=EVE, on=DAY)
    assert "Er wacht geen herindeling op een besluit." in text(keeper.get("/herindelingen/"))


@pytest.mark.parametrize("address", ["/herindelingen/2024-13-45/oud/", "/herindelingen/2024-01-02/oud/"])
def test_another_address_is_not_there(keeper: Client, merger: Succession, address: str) -> None:
    assert keeper.get(address).status_code == 404


def test_many_proposals_are_one_task() -> None:
    for number in range(succeeding.FEW + 1):
        row = SuccessionFactory(predecessor__valid_until=EVE, predecessor__key=f"o{number}", on=DAY)
        SignatoryFactory(organisation=row.predecessor)
    tasks = succeeding.tasks_of(ActorFactory(role="secretariat"), DAY)
    assert [task.title for task in tasks] == ["Beslis over 6 herindelingen"]
    assert succeeding.tasks_of(ActorFactory(role="reader"), DAY) == []


def test_the_export_has_a_row_for_each_that_waits_for_a_decision(
    keeper: Client, split: tuple[Succession, Succession]
) -> None:
    export = "/herindelingen/export.csv"
    assert export in text(keeper.get("/herindelingen/"))
    lines = keeper.get(export).content.decode("utf-8-sig").splitlines()
    assert sum(item.successor.key in line for line in lines for item in split) == 2
    Succession.objects.update(declined_on=DAY)
    assert export not in text(keeper.get("/herindelingen/"))
    assert split[0].successor.key not in keeper.get(export).content.decode()


def test_what_was_decided_is_found_in_the_list_its_export_and_the_dossier(
    keeper: Client, merger: Succession
) -> None:
    dossier = "/organisaties/nieuw/?peildatum=2024-01-01"
    assert ADDRESS not in text(keeper.get(dossier))
    assert "Over geen herindeling is besloten." in text(keeper.get("/herindelingen/?stand=besloten"))
    send(keeper, ADDRESS)
    assert ADDRESS not in text(keeper.get("/herindelingen/"))
    shown = text(keeper.get("/herindelingen/?stand=besloten"))
    assert ADDRESS in shown
    assert "gaat mee, besloten op" in shown
    export = "/herindelingen/export.csv?stand=besloten"
    assert export in shown
    assert "gaat mee, besloten op" in keeper.get(export).content.decode("utf-8-sig")
    assert ADDRESS in text(keeper.get(dossier))
    reader = Client()
    reader.force_login(ActorFactory(role="reader"))
    assert ADDRESS not in text(reader.get(dossier))
    keeper.post(f"/herindelingen/{merger.pk}/heropenen/")
    assert ADDRESS in text(keeper.get("/herindelingen/"))


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_as_many_queries_for_many(keeper: Client, many: int) -> None:
    for _ in range(many):
        row: Any = SuccessionFactory(predecessor__valid_until=EVE, on=DAY)
        SignatoryFactory(organisation=row.predecessor)
    with CaptureQueriesContext(connection) as queries:
        keeper.get("/herindelingen/")
    assert len(queries) == 3
