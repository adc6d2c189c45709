"""The secretariat keeps buyer groups: the group itself, its phases, who takes part and what came of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from buyergroups.models import BuyerGroup, Output, Participation, Phase
from mvi_portal.accounts.models import Role
from signatories.models import Organisation
from tests import documents
from tests.factories.buyergroups import (
    BuyerGroupFactory,
    OutputFactory,
    ParticipationFactory,
    PhaseFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory, ThemeFactory

pytestmark = pytest.mark.django_db
NEW = "/buyergroups/nieuw/"


@pytest.fixture
def secretariat(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="De Secretaris"))
    return client


@pytest.fixture
def group() -> BuyerGroup:
    made: BuyerGroup = BuyerGroupFactory(slug="viaducten", name="Viaducten", started_on=date(2021, 3, 1))
    return made


def filled(**other: Any) -> dict[str, Any]:
    return {
        "name": "Circulaire viaducten",
        "sector": "infrastructure",
        "domain": "physical",
        "started_on": "najaar 2021",
        **other,
    }


def send(client: Client, address: str, **typed: Any) -> str:
    """As a browser does: with the edition that the form was opened on."""
    html = client.get(address).content.decode()
    edition = re.search(r'name="edition" value="(\w*)"', html)
    assert edition
    answer = client.post(address, {"edition": edition[1], **typed}, follow=True)
    return " ".join(answer.content.decode().split())


def place(below: str) -> str:
    return f"/buyergroups/viaducten/{below}"


def told(group: BuyerGroup) -> list[tuple[str, str, date | None]]:
    rows = group.phases.order_by("valid_from")
    return [(row.kind, row.valid_from.last_day.isoformat(), row.valid_until) for row in rows]


def test_a_group_is_made_with_who_started_it(secretariat: Client) -> None:
    OrganisationFactory(key="gm0363", called__name="Amsterdam")
    OrganisationFactory(key="pianoo", called__name="PIANOo")
    theme = ThemeFactory(name="Circulair")
    typed = filled(facilitator="PIANOo", initiators="Amsterdam\npianoo", themes=[theme.pk])
    assert "staat in het register" in send(secretariat, NEW, **typed)
    made = BuyerGroup.objects.get()
    assert (made.slug, str(made.started_on)) == ("circulaire-viaducten", "najaar 2021")
    assert made.facilitator == Organisation.objects.get(key="pianoo")
    assert {item.key for item in made.initiators.all()} == {"gm0363", "pianoo"}
    assert list(made.themes.all()) == [theme]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Dit veld is verplicht"),
        ({"started_on": "ooit"}, "ooit"),
        ({"facilitator": "Zomaar"}, "staat niet in het register"),
        ({"initiators": "Zomaar"}, "staat niet in het register"),
        ({"name": "Viaducten"}, "Er is al een buyer group met deze naam."),
    ],
)
def test_what_is_wrong_with_a_group_is_told(
    secretariat: Client, group: BuyerGroup, typed: dict[str, Any], said: str
) -> None:
    answer = secretariat.post(NEW, filled(**typed))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert list(BuyerGroup.objects.all()) == [group]


def test_a_group_is_changed_and_keeps_its_address(secretariat: Client, group: BuyerGroup) -> None:
    OrganisationFactory(key="gm0363", called__name="Amsterdam")
    assert "bewaard" in send(secretariat, place("bewerken/"), **filled(initiators="gm0363"))
    assert "Er is niets gewijzigd." in send(secretariat, place("bewerken/"), **filled(initiators="Amsterdam"))
    group.refresh_from_db()
    assert (group.name, group.slug) == ("Circulaire viaducten", "viaducten")
    send(secretariat, place("bewerken/"), **filled(initiators=""))
    assert not group.initiators.exists()
    assert "Gewijzigd door De Secretaris" in " ".join(secretariat.get(place("")).content.decode().split())


def test_who_changes_a_group_second_is_shown_both(secretariat: Client, group: BuyerGroup) -> None:
    html = secretariat.get(place("bewerken/")).content.decode()
    edition = re.search(r'name="edition" value="(\w+)"', html)
    assert edition
    send(secretariat, place("bewerken/"), **filled(name="Hun naam"))
    answer = secretariat.post(place("bewerken/"), filled(name="Mijn naam", edition=edition[1]))
    assert answer.status_code == 400
    assert "Hun naam" in answer.content.decode()
    group.refresh_from_db()
    assert group.name == "Hun naam"


def test_a_group_does_not_begin_after_its_first_phase(secretariat: Client, group: BuyerGroup) -> None:
    PhaseFactory(group=group)
    assert "begint na haar eerste fase" in send(secretariat, place("bewerken/"), **filled())
    group.refresh_from_db()
    assert group.name == "Viaducten"


def test_a_phase_ends_the_one_before_it(secretariat: Client, group: BuyerGroup) -> None:
    send(secretariat, place("fasen/nieuw/"), kind="start", valid_from="1-3-2021")
    send(secretariat, place("fasen/nieuw/"), kind="implementation", valid_from="1-6-2022")
    send(secretariat, place("fasen/nieuw/"), kind="market", valid_from="september 2021")
    assert told(group) == [
        ("start", "2021-03-01", date(2021, 9, 29)),
        ("market", "2021-09-30", date(2022, 5, 31)),
        ("implementation", "2022-06-01", None),
    ]


def test_a_phase_is_moved_and_taken_out(secretariat: Client, group: BuyerGroup) -> None:
    first = PhaseFactory(group=group, valid_until=date(2021, 12, 31))
    second = PhaseFactory(group=group, kind="market", valid_from=date(2022, 1, 1))
    send(secretariat, place(f"fasen/{second.pk}/bewerken/"), kind="market", valid_from="1-6-2022")
    assert told(group)[0] == ("start", "2021-03-01", date(2022, 5, 31))
    send(secretariat, place(f"fasen/{second.pk}/bewerken/"), kind="market", valid_from="1-5-2021")
    assert told(group)[0] == ("start", "2021-03-01", date(2021, 4, 30))
    html = secretariat.get(place(f"fasen/{second.pk}/verwijderen/")).content.decode()
    assert "alleen als het hier nooit had moeten staan" in html
    secretariat.post(place(f"fasen/{second.pk}/verwijderen/"))
    assert told(group) == [("start", "2021-03-01", None)]
    secretariat.post(place(f"fasen/{first.pk}/verwijderen/"))
    assert not Phase.objects.exists()


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        ("market", "1-1-2020", "begint vóór de start"),
        ("market", "1-3-2021", "begint al een andere fase"),
        ("market", "1-1-2024", "al afgerond of gestopt"),
        ("stopped", "1-6-2021", "Er is een latere fase"),
        ("market", "", "Dit veld is verplicht"),
    ],
)
def test_a_phase_that_cannot_be_is_told(
    secretariat: Client, group: BuyerGroup, kind: str, day: str, said: str
) -> None:
    PhaseFactory(group=group, valid_until=date(2022, 12, 31))
    PhaseFactory(group=group, kind="completed", valid_from=date(2023, 1, 1))
    assert said in send(secretariat, place("fasen/nieuw/"), kind=kind, valid_from=day)
    assert Phase.objects.count() == 2


def test_who_takes_part_is_added_ended_and_taken_out(secretariat: Client, group: BuyerGroup) -> None:
    OrganisationFactory(key="gm0363", called__name="Amsterdam")
    typed = {"organisation": "Amsterdam", "role": "core", "project": "De brug", "valid_from": "2021"}
    send(secretariat, place("deelnemers/nieuw/"), **typed)
    row = Participation.objects.get()
    assert (row.organisation and row.organisation.key, str(row.valid_from)) == ("gm0363", "2021")
    assert "in deze periode al mee" in send(secretariat, place("deelnemers/nieuw/"), **typed)
    send(secretariat, place(f"deelnemers/{row.pk}/bewerken/"), **{**typed, "valid_until": "1-2-2024"})
    row.refresh_from_db()
    assert str(row.valid_until) == "1 februari 2024"
    assert "Amsterdam" in secretariat.get(place(""), {"peildatum": "2025-01-31"}).content.decode()
    assert row.project == "De brug"
    secretariat.post(place(f"deelnemers/{row.pk}/verwijderen/"))
    assert not Participation.objects.exists()


def test_a_participant_is_one_of_the_register_or_a_name(secretariat: Client, group: BuyerGroup) -> None:
    OrganisationFactory(key="gm0363", called__name="Amsterdam")
    nobody = send(secretariat, place("deelnemers/nieuw/"), role="market")
    both = send(
        secretariat, place("deelnemers/nieuw/"), role="market", organisation="gm0363", party_name="BV"
    )
    assert "niet allebei" in nobody
    assert "niet allebei" in both
    send(secretariat, place("deelnemers/nieuw/"), role="market", party_name="Voorbeeld BV")
    assert Participation.objects.get().party_name == "Voorbeeld BV"


def test_a_result_is_kept(secretariat: Client, group: BuyerGroup) -> None:
    address = place("resultaten/nieuw/")
    assert "begint met https" in send(secretariat, address, kind="tool", title="Tool", link="ftp://x.nl/a")
    send(
        secretariat, address, kind="tool", title="Tool", link="https://voorbeeld.nl/", published_on="mei 2024"
    )
    made = Output.objects.get()
    assert str(made.published_on) == "mei 2024"
    assert "al een resultaat met deze titel" in send(secretariat, address, kind="tool", title="Tool")
    send(secretariat, place(f"resultaten/{made.pk}/bewerken/"), kind="lessons", title="Tool")
    made.refresh_from_db()
    assert (made.kind, made.published_on) == ("lessons", None)
    secretariat.post(place(f"resultaten/{made.pk}/verwijderen/"))
    assert not Output.objects.exists()


def test_a_row_of_another_group_is_not_found(secretariat: Client, group: BuyerGroup) -> None:
    other = PhaseFactory()
    assert secretariat.get(place(f"fasen/{other.pk}/bewerken/")).status_code == 404
    assert group.slug == "viaducten"


def test_who_reads_finds_nothing_to_change(client: Client, group: BuyerGroup) -> None:
    client.force_login(ActorFactory(role=Role.READER))
    ParticipationFactory(group=group, party_name="Later BV", organisation=None, valid_from=date(2099, 1, 1))
    OutputFactory(group=group, title="Nog niet")
    html = client.get(place("")).content.decode().split("<main", 1)[1]
    assert "Wijzig" not in html
    assert "Later BV" not in html
    assert "Nog niet" not in html


def test_a_document_goes_along_with_a_result(secretariat: Client, group: BuyerGroup) -> None:
    typed = {"kind": "tool", "title": "Tool", "document": documents.sent(documents.pdf(), "tool.pdf")}
    send(secretariat, place("resultaten/nieuw/"), **typed)
    made = Output.objects.get()
    assert made.filename == "tool.pdf"
    address = place(f"resultaten/{made.pk}/")
    assert address in secretariat.get(place("")).content.decode()
    reader = Client()
    reader.force_login(ActorFactory(role=Role.READER))
    assert reader.get(address).status_code == 404
    send(secretariat, place(f"resultaten/{made.pk}/bewerken/"), kind="tool", title="T", published_on="2024")
    assert reader.get(address).status_code == 200
    made.refresh_from_db()
    assert made.filename == "tool.pdf"
    wrong = {"kind": "tool", "title": "Nog een", "document": documents.sent(b"zomaar iets")}
    assert "Kies een bestand van de soort" in send(secretariat, place("resultaten/nieuw/"), **wrong)
    assert group.outputs.count() == 1


def test_where_a_result_is_found_is_printed_and_linked(secretariat: Client, group: BuyerGroup) -> None:
    typed = {"kind": "tool", "title": "Tool", "published_on": "2024"}
    send(secretariat, place("resultaten/nieuw/"), **typed, citation="kst-30196-746")
    assert group.outputs.get().citation == "Kamerstukken 30 196, nr. 746"
    html = secretariat.get(place("")).content.decode()
    assert 'kst-30196-746.html">Kamerstukken 30 196, nr. 746</a>' in html
    assert "niet zeker</span>" in html
