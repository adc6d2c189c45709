"""What an organisation is also called, kept by the secretariat."""

from __future__ import annotations

import pytest
from django.test import Client

from mvi_portal.history.reading import changes_of
from signatories.models import Alias, Organisation
from tests.factories.signatories import ActorFactory, AliasFactory, OrganisationFactory
from tests.signatories.keeping import secretariat, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory(key="gm0796", called__name="'s-Hertogenbosch")


def test_an_alias_is_added_and_found(keeper: Client, organisation: Organisation) -> None:
    answer = send(keeper, "/organisaties/gm0796/roepnamen/nieuw/", name="Den Bosch", source="gangbaar")
    assert answer["Location"] == "/organisaties/gm0796/"
    assert "De roepnaam is toegevoegd." in text(keeper.get("/organisaties/gm0796/"))
    assert "(gevonden op Den Bosch)" in text(keeper.get("/organisaties/", {"zoek": "den bosch"}))
    assert changes_of(Alias.objects.get())[0].action == "alias.added"


def test_the_same_alias_twice_is_refused_with_what_was_typed(
    keeper: Client, organisation: Organisation
) -> None:
    AliasFactory(organisation=organisation, name="Den Bosch")
    answer = send(keeper, "/organisaties/gm0796/roepnamen/nieuw/", name="Den Bosch")
    assert answer.status_code == 400
    assert "Deze roepnaam heeft de organisatie al." in text(answer)
    assert 'value="Den Bosch"' in text(answer)


def test_an_alias_ends_not_before_it_begins(keeper: Client, organisation: Organisation) -> None:
    answer = send(
        keeper,
        "/organisaties/gm0796/roepnamen/nieuw/",
        name="Den Bosch",
        valid_from="1 januari 2024",
        valid_until="1 januari 2023",
    )
    assert answer.status_code == 400
    assert "De einddatum ligt vóór de begindatum." in text(answer)
    assert not Alias.objects.exists()


def test_an_alias_is_changed_and_who_saves_second_is_told(keeper: Client, organisation: Organisation) -> None:
    alias = AliasFactory(organisation=organisation, name="Bosch")
    address = f"/organisaties/gm0796/roepnamen/{alias.pk}/bewerken/"
    assert send(keeper, address).status_code == 302
    assert "Er is niets gewijzigd." in text(keeper.get("/organisaties/gm0796/"))
    assert send(keeper, address, name="Den Bosch").status_code == 302
    late = send(keeper, address, name="D'n Bosch", edition="oud")
    assert late.status_code == 400
    assert "Iemand anders heeft dit intussen gewijzigd." in text(late)
    assert Alias.objects.get().name == "Den Bosch"


def test_an_alias_is_removed_after_asking(keeper: Client, organisation: Organisation) -> None:
    alias = AliasFactory(organisation=organisation, name="Bosch")
    address = f"/organisaties/gm0796/roepnamen/{alias.pk}/verwijderen/"
    assert "Wie op Bosch zoekt" in text(keeper.get(address))
    assert Alias.objects.exists()
    assert keeper.post(address).status_code == 302
    assert not Alias.objects.exists()
    assert keeper.post(address).status_code == 404


def test_a_reader_sees_aliases_but_no_way_to_change_them(client: Client, organisation: Organisation) -> None:
    client.force_login(ActorFactory())
    assert "Roepnamen" not in text(client.get("/organisaties/gm0796/"))
    AliasFactory(organisation=organisation, name="Den Bosch")
    html = text(client.get("/organisaties/gm0796/"))
    assert "Den Bosch" in html
    assert "/roepnamen/" not in html
