"""Who stands under the Manifest on a day, and the page of one signature."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from signatories.models import Kind
from tests.factories.signatories import (
    ActorFactory,
    ManifestFactory,
    OfficeFactory,
    OfficeHolderFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SignatoryFactory,
    SignatureFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/ondertekenaars/"
ON = "2025-01-31"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(ActorFactory())
    return client


def shown(client: Client, address: str = LIST, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client: Client, **query: str) -> list[dict[str, str]]:
    text = client.get(f"{LIST}export.csv", query).content.decode("utf-8-sig").split('\r\n""')[0]
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def keys(client: Client, **query: str) -> list[str]:
    return [row["code"] for row in rows(client, **query)]


@pytest.mark.parametrize("address", [LIST, f"{LIST}export.csv", f"{LIST}mvoi/x/"])
def test_a_stranger_is_sent_to_the_login(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_before_anybody_signed_the_list_is_empty(reader: Client) -> None:
    assert "Geen ondertekenaars gevonden" in shown(reader)
    assert keys(reader) == []


def test_the_list_holds_who_is_in_force_on_the_day(reader: Client) -> None:
    SignatoryFactory(organisation__key="blijft")
    SignatoryFactory(organisation__key="gaat", signature__withdrawn_on=date(2024, 6, 1))
    assert keys(reader, peildatum="2022-11-23") == []
    assert sorted(keys(reader, peildatum="2024-05-31")) == ["blijft", "gaat"]
    assert keys(reader, peildatum="2024-06-01") == ["blijft"]
    html = shown(reader, peildatum="2024-05-31")
    assert "Op 31 mei 2024" in html
    assert "/organisaties/gaat/?peildatum=2024-05-31" in html


def test_mede_voor_names_the_others_under_the_signature(reader: Client) -> None:
    signature = SignatureFactory()
    for name in "ABCDE":
        SignatoryFactory(
            signature=signature, organisation__key=name.lower(), organisation__called__name=f"{name}stad"
        )
    assert "Bstad; Cstad en 2 andere" in shown(reader, peildatum=ON)
    assert rows(reader, peildatum=ON)[0]["mede voor"] == "Bstad, Cstad, Dstad, Estad"


def test_who_came_by_succession_is_told_from_whom(reader: Client) -> None:
    before = OrganisationFactory(key="oud", called__name="Oudstad", valid_until=date(2023, 12, 31))
    after = OrganisationFactory(key="nieuw", valid_from=date(2024, 1, 1))
    row = SignatoryFactory(organisation=before)
    succession = SuccessionFactory(predecessor=before, successor=after, confirmed_on=date(2024, 2, 1))
    SignatoryFactory(signature=row.signature, organisation=after, via=succession, valid_from=date(2024, 1, 1))
    assert keys(reader, peildatum="2023-12-31") == ["oud"]
    (found,) = rows(reader, peildatum="2024-01-01")
    assert (found["code"], found["door opvolging van"]) == ("nieuw", "Oudstad")
    assert "Oudstad" in shown(reader, peildatum="2024-01-01")


def test_the_list_can_be_narrowed_searched_and_sorted(reader: Client) -> None:
    SignatoryFactory(organisation__key="a", organisation__called__name="Zoetermeer")
    SignatoryFactory(
        organisation__key="b",
        organisation__kind=Kind.PROVINCE,
        organisation__called__name="Fryslân",
        signature__signed_on=date(2023, 5, 1),
    )
    assert keys(reader, peildatum=ON, soort="province") == ["b"]
    assert keys(reader, peildatum=ON, zoek="fryslan") == ["b"]
    assert keys(reader, peildatum=ON) == ["b", "a"]
    assert keys(reader, peildatum=ON, volgorde="ondertekend") == ["a", "b"]


@pytest.mark.parametrize("address", [LIST, f"{LIST}export.csv"])
def test_a_filter_that_does_not_exist_is_said(reader: Client, address: str) -> None:
    assert reader.get(address, {"soort": "koninkrijk"}).status_code == 400


def test_a_signature_tells_its_facts(reader: Client) -> None:
    office = OfficeFactory(title="De minister")
    OfficeHolderFactory(office=office, name="Voorbeeld Bewindspersoon")
    signature = SignatureFactory(
        manifest__slug="mvoi",
        slug="mnre",
        office=office,
        citation="Staatscourant 2024, 806",
        withdrawn_on=date(2024, 6, 1),
        source="register",
    )
    SignatoryFactory(signature=signature, organisation__called__name="Het ministerie")
    html = shown(reader, f"{LIST}mvoi/mnre/", peildatum="2024-05-31")
    for text in (
        "Handtekening van Het ministerie",
        "De minister",
        "Voorbeeld Bewindspersoon",
        "24 november 2022",
    ):
        assert text in html
    for text in ("1 juni 2024", "register", "stcrt-2024-806"):
        assert text in html
    assert "niet van kracht" not in html
    assert "niet van kracht" in shown(reader, f"{LIST}mvoi/mnre/", peildatum="2024-06-01")


def test_a_citation_that_cannot_be_read_stands_without_a_link(reader: Client) -> None:
    signature = SignatureFactory(manifest__slug="mvoi", slug="x", citation="een krant")
    assert "een krant" in shown(reader, f"{LIST}mvoi/x/")
    assert "Onder deze handtekening staat geen organisatie" in shown(reader, f"{LIST}mvoi/{signature.slug}/")


def test_a_signature_that_does_not_exist_is_not_found(reader: Client) -> None:
    ManifestFactory(slug="mvoi")
    assert reader.get(f"{LIST}mvoi/niets/").status_code == 404


def test_a_contact_sees_the_own_organisation_and_no_other(client: Client) -> None:
    signature = SignatureFactory(manifest__slug="mvoi", slug="samen")
    own = SignatoryFactory(signature=signature, organisation__called__name="Eigenstad")
    SignatoryFactory(signature=signature, organisation__called__name="Anderstad")
    SignatoryFactory(signature__manifest=signature.manifest, signature__slug="vreemd")
    user = ActorFactory(role=Role.CONTACT)
    RepresentativeFactory(user=user, organisation=own.organisation)
    client.force_login(user)
    for address in (LIST, f"{LIST}mvoi/samen/", f"/organisaties/{own.organisation.key}/"):
        html = shown(client, address)
        assert "Eigenstad" in html
        assert "Anderstad" not in html
    assert keys(client) == [own.organisation.key]
    assert client.get(f"{LIST}mvoi/vreemd/").status_code == 404


def test_the_number_of_queries_does_not_grow(reader: Client) -> None:
    signature = SignatureFactory(manifest__slug="mvoi", slug="samen", office=OfficeFactory())
    for count in (1, 40):
        for _ in range(count):
            SignatoryFactory(signature=signature)
            SignatoryFactory()
        with CaptureQueriesContext(connection) as queries:
            shown(reader)
        assert len(queries) == 5
        with CaptureQueriesContext(connection) as queries:
            shown(reader, f"{LIST}mvoi/samen/")
        assert len(queries) == 8  # with its document, and the state of its plan
