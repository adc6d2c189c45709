"""The history of a dossier: readable, whole, and of nobody's person."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from django.test import Client

from mvi_portal.core.dates import PartialDate
from mvi_portal.history import history
from signatories import recorded as recording
from signatories import services
from signatories.models import Event, Kind, Organisation
from signatories.recorded import recorded
from tests.factories.signatories import (
    ActorFactory,
    ManifestFactory,
    OrganisationFactory,
    SignatureDocumentFactory,
)
from tests.signatories.keeping import secretariat, text

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


@pytest.fixture
def organisation() -> Organisation:
    """With a history: a name, a signature, a contact person, an alias and a merger."""
    by = ActorFactory(name="Sofie Secretaris")
    made = services.register_organisation(key="oud", kind=Kind.MUNICIPALITY, name="Oudstad", by=by)
    services.rename(organisation=made, name="Nieuwstad", on=DAY, by=by, why="Besluit van de raad")
    services.record_signature(
        manifest=ManifestFactory(name="Manifest 2022"),
        organisations=[made],
        signed_on=PartialDate.parse("2022-11-24"),
        by=by,
    )
    contact = services.add_contact(
        organisation=made,
        name="Piet Persoon",
        email="p@voorbeeld.invalid",
        phone="",
        purpose="plan",
        on=DAY,
        by=by,
    )
    services.erase_contact(contact=contact, on=DAY, by=by)
    alias = services.add_alias(organisation=made, name="De Stad", by=by)
    services.remove_alias(alias=alias, by=by)
    services.end_organisation(organisation=made, on=date(2024, 12, 31), by=by)
    services.record_succession(
        predecessor=made, successor=OrganisationFactory(), event=Event.MERGER, on=date(2025, 1, 1), by=by
    )
    return made


def test_each_intention_is_a_moment_in_dutch(organisation: Organisation) -> None:
    moments = recorded(organisation, named=False).moments
    assert sorted(moment.title for moment in moments) == [
        "Contactpersoon toegevoegd",
        "Einde vastgelegd",
        "Gegevens van een contactpersoon gewist",
        "Handtekening vastgelegd",
        "Herindeling vastgelegd",
        "In het register gezet",
        "Nieuwe naam vastgelegd",
        "Roepnaam toegevoegd",
        "Roepnaam verwijderd",
    ]
    told = [line for moment in moments for line in moment.lines]
    for line in (
        "Samenvoeging per 1 januari 2025 toegevoegd",
        "Organisatie gewijzigd: bestaat tot en met van leeg naar 31 december 2024",
        "Roepnaam ‘De Stad’ verwijderd",
        "Plaats onder een handtekening van Manifest 2022 toegevoegd",
        "Naam ‘Nieuwstad’ vanaf 1 januari 2024 toegevoegd",
        "Naam ‘Oudstad’ gewijzigd: geldt tot en met van leeg naar 31 december 2023",
    ):
        assert line in told


def test_what_happens_to_its_signature_is_told_in_the_dossier(organisation: Organisation) -> None:
    by, signature = ActorFactory(), organisation.signatures.get()
    services.correct_signature(
        signature=signature,
        signed_on=PartialDate.parse("2022-11-25"),
        office=None,
        number=7,
        citation="",
        source="Staatscourant",
        by=by,
    )
    with history(by=by, action="signature.document_added"):
        document = SignatureDocumentFactory(signature=signature, filename="brief-van-piet-persoon.pdf")
    services.remove_document(document=document, by=by)
    services.withdraw(signature=signature, on=date(2024, 6, 1), by=by)
    services.withdraw(signature=signature, on=None, by=by)
    told: dict[str, list[str]] = defaultdict(list)  # all within one transaction, so in no order
    for moment in recorded(organisation, named=False).moments:
        told[moment.title].extend(moment.lines)
    what = "Handtekening van Manifest 2022 gewijzigd"
    assert sorted(told["Intrekking van een handtekening vastgelegd"]) == [
        f"{what}: ingetrokken op van 1 juni 2024 naar leeg",
        f"{what}: ingetrokken op van leeg naar 1 juni 2024",
    ]
    (line,) = told["Gegevens van een handtekening gewijzigd"]
    assert "nummer in de Staatscourant van leeg naar ‘7’" in line
    assert "ondertekend op van 24 november 2022 naar 25 november 2022" in line
    for title, verb in (("gezet", "toegevoegd"), ("weggehaald", "verwijderd")):
        assert told[f"Document bij een handtekening {title}"] == [
            f"Document bij een handtekening van Manifest 2022 {verb}"
        ]


def test_who_never_signed_has_no_history_of_signatures(organisation: Organisation) -> None:
    successor = organisation.successions.get().successor
    told = recorded(successor, named=False).moments
    assert not [moment for moment in told if "andtekening" in moment.title]


def test_no_person_is_told_to_a_reader(client: Client, organisation: Organisation) -> None:
    client.force_login(ActorFactory(name="Lezer"))
    page = text(client.get("/organisaties/oud/"))
    assert "Contactpersoon toegevoegd" in page
    for person in ("Piet Persoon", "p@voorbeeld.invalid", "Sofie Secretaris", "Besluit van de raad"):
        assert person not in page


def test_who_keeps_the_register_sees_who_and_why(organisation: Organisation) -> None:
    page = text(secretariat().get("/organisaties/oud/"))
    assert "Nieuwe naam vastgelegd, door Sofie Secretaris" in page
    assert "Besluit van de raad" in page
    assert "Piet Persoon" not in page


def test_the_history_of_a_province_leaves_its_municipalities_out() -> None:
    province = OrganisationFactory(kind=Kind.PROVINCE)
    OrganisationFactory(province=province)
    (moment,) = recorded(province, named=False).moments
    assert moment.lines == ("Organisatie toegevoegd", f"Naam ‘{province.names.get()}’ toegevoegd")


def test_a_long_history_says_how_much_is_left_out_and_shows_all_when_asked(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "SHOWN", 2)
    client, address = secretariat(), f"/organisaties/{organisation.key}/"
    cut = text(client.get(address, {"peildatum": "2024-06-01"}))
    assert "Geschiedenis (de laatste 2 van 9)" in cut
    assert 'href="?geschiedenis=alles&amp;peildatum=2024-06-01#geschiedenis"' in cut
    assert cut.count("mvi-timeline__title") == 2
    whole = text(client.get(address, {"geschiedenis": "alles"}))
    assert "Geschiedenis (9)" in whole
    assert whole.count("mvi-timeline__title") == 9
