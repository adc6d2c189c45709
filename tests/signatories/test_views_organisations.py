"""The list of organisations, its search, its export, and a dossier."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.contributions import Panel, Place
from signatories.models import Kind, Organisation
from signatories.views import organisations as views
from tests.factories.signatories import (
    ActorFactory,
    AliasFactory,
    OfficeFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    RepresentativeFactory,
    SignatoryFactory,
    SignatureFactory,
    SuccessionFactory,
)
from tests.signatories import keeping

pytestmark = pytest.mark.django_db
LIST = "/organisaties/"
ROLES_THAT_READ = [role for role in Role if role != Role.CONTACT]


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(ActorFactory())
    return client


def contact_of(organisation: Organisation, until: date | None = None) -> User:
    user = ActorFactory(role=Role.CONTACT)
    RepresentativeFactory(user=user, organisation=organisation, valid_until=until)
    return user


def shown(client: Client, **query: str) -> str:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return answer.content.decode()


def keys(client: Client, **query: str) -> list[str]:
    answer = client.get(f"{LIST}export.csv", query)
    read = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return [row[0] for row in read[1 : read.index([""])]]


@pytest.mark.parametrize("address", [LIST, f"{LIST}export.csv", f"{LIST}a/"])
def test_a_stranger_is_sent_to_the_login(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


@pytest.mark.parametrize("role", ROLES_THAT_READ)
def test_who_may_read_sees_all(client: Client, role: Role) -> None:
    OrganisationFactory(key="a")
    client.force_login(ActorFactory(role=role))
    assert keys(client) == ["a"]
    assert client.get(f"{LIST}a/").status_code == 200


def test_a_contact_sees_only_the_own_organisation(client: Client) -> None:
    OrganisationFactory(key="ander", called__name="Anders")
    client.force_login(contact_of(OrganisationFactory(key="eigen", called__name="Eigenstad")))
    html = shown(client)
    assert "Eigenstad" in html
    assert "Anders" not in html
    assert keys(client) == ["eigen"]
    assert client.get(f"{LIST}eigen/").status_code == 200
    assert client.get(f"{LIST}ander/").status_code == 404


def test_a_right_that_ended_does_not_come_back_with_the_reference_date(client: Client) -> None:
    client.force_login(contact_of(OrganisationFactory(key="eigen"), until=date(2024, 6, 30)))
    assert keys(client, peildatum="2024-03-01") == []
    assert client.get(f"{LIST}eigen/", {"peildatum": "2024-03-01"}).status_code == 404


def test_a_contact_without_organisation_sees_an_empty_list(client: Client) -> None:
    OrganisationFactory()
    client.force_login(ActorFactory(role=Role.CONTACT))
    assert "Geen organisaties gevonden" in shown(client)


def test_an_empty_register_says_so(reader: Client) -> None:
    assert "Geen organisaties gevonden" in shown(reader)


def test_a_name_follows_the_reference_date(reader: Client) -> None:
    organisation = OrganisationFactory(key="gm", called=None)
    OrganisationNameFactory(organisation=organisation, name="Oudstad", valid_until=date(2023, 12, 31))
    OrganisationNameFactory(organisation=organisation, name="Nieuwstad", valid_from=date(2024, 1, 1))
    before, after = shown(reader, peildatum="2023-12-31"), shown(reader, peildatum="2024-01-01")
    assert ("Oudstad" in before, "Nieuwstad" in before) == (True, False)
    assert ("Oudstad" in after, "Nieuwstad" in after) == (False, True)
    assert "<h1>Oudstad</h1>" in reader.get(f"{LIST}gm/?peildatum=2023-12-31").content.decode()
    assert "<h1>Nieuwstad</h1>" in reader.get(f"{LIST}gm/?peildatum=2024-01-01").content.decode()


def test_only_what_exists_on_the_day_is_listed_unless_asked(reader: Client) -> None:
    OrganisationFactory(key="oud", valid_until=date(2023, 12, 31))
    OrganisationFactory(key="nieuw", valid_from=date(2024, 1, 1))
    assert keys(reader, peildatum="2023-12-31") == ["oud"]
    assert keys(reader, peildatum="2024-01-01") == ["nieuw"]
    assert sorted(keys(reader, bestaat="alle")) == ["nieuw", "oud"]


def test_links_keep_the_reference_date(reader: Client) -> None:
    OrganisationFactory(key="gm")
    assert "/organisaties/gm/?peildatum=2024-01-01" in shown(reader, peildatum="1 januari 2024")
    assert "export.csv?peildatum=2024-01-01" in shown(reader, peildatum="2024-01-01")


@pytest.mark.parametrize(
    "typed", ["sudwest", "SÚDWEST", "frysl", "Sudwst-Fryslan", "gm1900", "GM1900", "SWF"]
)
def test_search_finds_by_name_without_accents_by_code_and_abbreviation(reader: Client, typed: str) -> None:
    organisation = OrganisationFactory(key="gm1900", called=None)
    OrganisationNameFactory(organisation=organisation, name="Súdwest-Fryslân", abbreviation="SWF")
    OrganisationFactory(key="gm0917", called__name="Heerlen")
    assert keys(reader, zoek=typed) == ["gm1900"]


def test_search_finds_by_a_former_name_and_by_the_name_of_a_predecessor(reader: Client) -> None:
    organisation = OrganisationFactory(key="nu", called=None)
    OrganisationNameFactory(organisation=organisation, name="Vroeger", valid_until=date(2020, 12, 31))
    OrganisationNameFactory(organisation=organisation, name="Tegenwoordig", valid_from=date(2021, 1, 1))
    gone = OrganisationFactory(key="weg", called__name="Opgeheven", valid_until=date(2021, 12, 31))
    SuccessionFactory(predecessor=gone, successor=organisation, on=date(2022, 1, 1))
    assert "Tegenwoordig (gevonden op Vroeger)" in shown(reader, zoek="vroeger", peildatum="2024-01-01")
    assert "Tegenwoordig (gevonden op Opgeheven)" in shown(reader, zoek="opgeheven", peildatum="2024-01-01")


def test_a_search_opens_with_the_nearest(reader: Client) -> None:
    OrganisationFactory(key="ver", called__name="Aaberger")
    OrganisationFactory(key="raak", called__name="Berg")
    assert keys(reader, zoek="berg") == ["raak", "ver"]
    assert keys(reader, zoek="berg", volgorde="naam") == ["ver", "raak"]


def test_percent_and_underscore_are_no_wildcards(reader: Client) -> None:
    OrganisationFactory(called__name="Heerlen")
    assert keys(reader, zoek="%") == []
    assert keys(reader, zoek="_") == []


def test_filters_narrow_by_kind_province_and_signature(reader: Client) -> None:
    limburg = OrganisationFactory(key="pv31", kind=Kind.PROVINCE, called__name="Limburg")
    signed = OrganisationFactory(key="heerlen", province=limburg)
    SignatoryFactory(organisation=signed)
    OrganisationFactory(key="elders")
    assert keys(reader, soort="province") == ["pv31"]
    assert keys(reader, provincie="pv31") == ["heerlen"]
    assert keys(reader, ondertekend="ja", peildatum="2022-11-24") == ["heerlen"]
    assert keys(reader, ondertekend="ja", peildatum="2022-11-23") == []
    assert "heerlen" in keys(reader, ondertekend="nee", peildatum="2022-11-23")


@pytest.mark.parametrize("address", [LIST, f"{LIST}export.csv"])
def test_a_filter_that_does_not_exist_is_said(reader: Client, address: str) -> None:
    answer = reader.get(address, {"soort": "koninkrijk"})
    assert answer.status_code == 400
    assert "Er gaat nog iets mis" in answer.content.decode()


def test_the_list_sorts_only_on_what_it_offers(reader: Client) -> None:
    OrganisationFactory(key="a", called__name="Zutphen")
    OrganisationFactory(key="b", called__name="Almere")
    assert keys(reader) == ["b", "a"]
    assert keys(reader, volgorde="-naam") == ["a", "b"]
    assert keys(reader, volgorde="code") == ["a", "b"]
    assert keys(reader, volgorde="kvk") == ["b", "a"]


def test_a_page_has_fifty_and_the_export_all(reader: Client) -> None:
    for _ in range(51):
        OrganisationFactory()
    assert shown(reader).count('<th scope="row">') == 50
    assert shown(reader, pagina="2").count('<th scope="row">') == 1
    assert len(keys(reader)) == 51


def test_made_up_organisations_are_told(reader: Client) -> None:
    OrganisationFactory(is_demo=True)
    assert "demo</span>" in shown(reader)
    assert reader.get(f"{LIST}export.csv").content.decode().splitlines()[1].endswith(";ja")


def test_a_dossier_tells_facts_names_successions_and_signatures(reader: Client) -> None:
    organisation = OrganisationFactory(key="gm", called__name="Nieuwstad", kvk="12345678")
    office = OfficeFactory(organisation=organisation, title="De burgemeester")
    signature = SignatureFactory(office=office, manifest__slug="mvoi", slug="nieuwstad")
    SignatoryFactory(signature=signature, organisation=organisation)
    SignatoryFactory(signature=signature, organisation=OrganisationFactory(called__name="Buurstad"))
    SuccessionFactory(
        predecessor=OrganisationFactory(key="oud", called__name="Oudstad"), successor=organisation
    )
    html = reader.get(f"{LIST}gm/", {"peildatum": "2025-01-31"}).content.decode()
    for text in (
        "12345678",
        "gemeente",
        "De burgemeester",
        "Buurstad",
        "Oudstad",
        "voorganger",
        "van kracht",
    ):
        assert text in html
    assert "/organisaties/oud/?peildatum=2025-01-31" in html
    assert "/ondertekenaars/mvoi/nieuwstad/?peildatum=2025-01-31" in html
    early = reader.get(f"{LIST}gm/", {"peildatum": "2022-01-01"}).content.decode()
    assert "nog niet ondertekend" in early


def test_a_dossier_at_an_earlier_date_marks_what_came_later(reader: Client) -> None:
    organisation = OrganisationFactory(key="gm", called=None, valid_until=date(2024, 12, 31))
    OrganisationNameFactory(organisation=organisation, name="Oudstad", valid_until=date(2023, 12, 31))
    OrganisationNameFactory(organisation=organisation, name="Nieuwstad", valid_from=date(2024, 1, 1))
    AliasFactory(organisation=organisation, name="De Stad", valid_from=date(2024, 6, 1))
    SuccessionFactory(predecessor=organisation, on=date(2025, 1, 1), confirmed_on=date(2025, 1, 15))

    early = keeping.text(reader.get(f"{LIST}gm/", {"peildatum": "2023-06-01"}))
    for told in (
        "31 december 2024 (na de peildatum)",
        "31 december 2023 (na de peildatum)",
        "Nieuwstad <span",
        "1 juni 2024 (na de peildatum)",
        "1 januari 2025 <span",
        "ja, bevestigd op 15 januari 2025 (na de peildatum)",
    ):
        assert told in early
    assert early.count("na de peildatum") == 6
    assert "na de peildatum" not in keeping.text(reader.get(f"{LIST}gm/", {"peildatum": "2025-02-01"}))


def test_a_contact_gets_no_link_to_what_may_not_be_read(client: Client) -> None:
    organisation = OrganisationFactory(key="gm")
    SuccessionFactory(
        predecessor=OrganisationFactory(key="oud", called__name="Oudstad"), successor=organisation
    )
    client.force_login(contact_of(organisation))
    html = client.get(f"{LIST}gm/").content.decode()
    assert "Oudstad" in html
    assert "/organisaties/oud/" not in html


def test_an_unknown_organisation_is_not_found(reader: Client) -> None:
    assert reader.get(f"{LIST}niets/").status_code == 404


def test_other_apps_add_panels_to_a_dossier(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, date, str]] = []

    def panel(organisation: Organisation, on: date, user: User) -> Panel:
        asked.append((organisation.key, on, user.role))
        return Panel("Van elders", "_components/empty.html", {"text": "Niets"})

    place: Place[object] = Place("organisation.dossier")
    place.add("panel", panel)
    place.add("nothing", lambda *_given: None)
    monkeypatch.setattr(views, "dossier_panels", place)
    OrganisationFactory(key="gm")
    html = reader.get(f"{LIST}gm/", {"peildatum": "2025-01-31"}).content.decode()
    assert "<h2>Van elders</h2>" in html
    assert asked == [("gm", date(2025, 1, 31), Role.READER)]


@pytest.mark.parametrize(("query", "pinned"), [({}, 4), ({"zoek": "voorbeeld"}, 6)])
def test_the_number_of_queries_does_not_grow_with_the_list(
    reader: Client, query: dict[str, str], pinned: int
) -> None:
    for count in (1, 40):
        for _ in range(count):
            SignatoryFactory()
        with CaptureQueriesContext(connection) as queries:
            shown(reader, **query)
        assert len(queries) == pinned


def test_the_number_of_queries_does_not_grow_with_the_dossier(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "dossier_panels", [])
    organisation = OrganisationFactory(key="gm")
    for count in (1, 20):
        for _ in range(count):
            row = SignatoryFactory(organisation=organisation)
            SignatoryFactory(signature=row.signature)
            SuccessionFactory(successor=organisation)
        with CaptureQueriesContext(connection) as queries:
            reader.get(f"{LIST}gm/")
        assert len(queries) == 14  # two for what happened to its signatures
