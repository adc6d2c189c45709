"""The secretariat records a signature, corrects it, adds to it, ends and withdraws it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import Role
from mvi_portal.core.dates import long_date
from signatories.models import Kind, Manifest, Signatory, Signature
from tests.factories.signatories import (
    SIGNED_ON,
    ActorFactory,
    ManifestFactory,
    OfficeFactory,
    OrganisationFactory,
    SignatoryFactory,
    SignatureFactory,
)
from tests.signatories.keeping import opened, secretariat, send, text

pytestmark = pytest.mark.django_db
NEW = "/ondertekenaars/nieuw/"
STRANGERS = [role for role in Role if role is not Role.SECRETARIAT]


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def manifest() -> Manifest:
    return ManifestFactory(slug="mvoi")


@pytest.fixture
def signature(manifest: Manifest) -> Signature:
    made = SignatureFactory(manifest=manifest, slug="heerlen", signed_on=SIGNED_ON)
    SignatoryFactory(signature=made, organisation__key="heerlen", organisation__called__name="Heerlen")
    return made


PAGE = "/ondertekenaars/mvoi/heerlen/"


def fill(manifest: Manifest, **given: Any) -> dict[str, Any]:
    opening = {"manifest": manifest.pk, "organisations": "heerlen", "signed_on": "najaar 2024"}
    return {**opening, **given}


def test_a_signature_is_recorded_for_several_as_precise_as_it_is_known(
    keeper: Client, manifest: Manifest
) -> None:
    OrganisationFactory(key="gm-a", called__name="Heerlen")
    OrganisationFactory(key="gm-b", called__name="Súdwest-Fryslân")
    office = OfficeFactory(title="wethouder")
    typed = fill(
        manifest,
        organisations="Heerlen\n\n  sudwest-fryslan ",
        office=office.pk,
        number="12",
        citation="Staatscourant 2024, 806",
        source="gemeente Heerlen",
    )
    answer = keeper.post(NEW, typed)
    assert (answer.status_code, answer["Location"]) == (302, "/ondertekenaars/mvoi/gm-a/")
    made = Signature.objects.get()
    assert (str(made.signed_on), made.office, made.number) == ("najaar 2024", office, 12)
    assert sorted(row.organisation.key for row in made.signatories.all()) == ["gm-a", "gm-b"]
    shown = text(keeper.get(answer["Location"]))
    assert "staat in het register" in shown
    assert "Toegevoegd door Sofie Secretaris" in shown


def test_the_same_signature_twice_is_refused_and_nothing_typed_is_lost(
    keeper: Client, manifest: Manifest
) -> None:
    OrganisationFactory(key="heerlen", called__name="Heerlen")
    keeper.post(NEW, fill(manifest))
    answer = keeper.post(NEW, fill(manifest, source="mijn bron"))
    assert answer.status_code == 400
    assert "Deze handtekening staat er al" in text(answer)
    assert "mijn bron" in text(answer)
    assert Signature.objects.count() == Signatory.objects.count() == 1


def test_a_second_office_of_the_same_organisation_signs_too(keeper: Client, manifest: Manifest) -> None:
    OrganisationFactory(key="heerlen", called__name="Heerlen")
    keeper.post(NEW, fill(manifest))
    answer = keeper.post(NEW, fill(manifest, office=OfficeFactory().pk))
    assert answer["Location"] == "/ondertekenaars/mvoi/heerlen-2/"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"organisations": ""}, "Organisaties waarvoor de handtekening geldt"),
        ({"organisations": "heerlen\nNergenshuizen"}, "“Nergenshuizen” staat niet in het register"),
        ({"organisations": "heerlen\nUtrecht"}, "Utrecht (gemeente, u-gm); Utrecht (provincie, u-pv)"),
        ({"organisations": "heerlen\nHEERLEN"}, "staat er twee keer"),
        ({"signed_on": ""}, "Ondertekend op"),
        ({"signed_on": "ooit"}, "ooit"),
        ({"signed_on": "24 november 1999"}, "kon pas vanaf 24 november 2022 worden ondertekend"),
        ({"signed_on": long_date(timezone.localdate() + timedelta(days=1))}, "ligt in de toekomst"),
        ({"number": "7"}, "Dit nummer heeft al een handtekening"),
        ({"number": "veel"}, "nummer in de Staatscourant"),
        ({"manifest": ""}, "Manifest"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    keeper: Client, manifest: Manifest, given: dict[str, str], told: str
) -> None:
    OrganisationFactory(key="heerlen", called__name="Heerlen")
    OrganisationFactory(key="u-gm", called__name="Utrecht")
    OrganisationFactory(key="u-pv", kind=Kind.PROVINCE, called__name="Utrecht")
    SignatureFactory(manifest=manifest, number=7)
    answer = keeper.post(NEW, {**fill(manifest, citation="Stcrt. nog na te kijken"), **given})
    assert answer.status_code == 400
    assert told.lower() in text(answer).lower()
    assert "Stcrt. nog na te kijken" in text(answer)
    assert "Er gaat nog iets mis" in text(answer)
    assert Signature.objects.count() == 1


def test_facts_are_corrected_with_who_and_why(keeper: Client, signature: Signature) -> None:
    answer = send(
        keeper, f"{PAGE}bewerken/", signed_on="mei 2023", source="Staatscourant", why="Stond verkeerd"
    )
    assert answer.status_code == 302
    signature.refresh_from_db()
    assert (str(signature.signed_on), signature.source) == ("mei 2023", "Staatscourant")
    line = change_lines(signature)[0]
    assert (line.who, line.why) == ("Sofie Secretaris", "Stond verkeerd")
    assert "Stond verkeerd" in text(keeper.get(PAGE))


def test_the_second_writer_sees_both_texts(keeper: Client, signature: Signature) -> None:
    mine = {**opened(keeper, f"{PAGE}bewerken/"), "source": "mijn bron", "why": "zo is het"}
    Signature.objects.update(source="hun bron")
    answer = keeper.post(f"{PAGE}bewerken/", mine)
    assert answer.status_code == 400
    assert "Twee teksten naast elkaar" in text(answer)
    assert "hun bron" in text(answer)
    assert [conflict.label for conflict in answer.context["form"].conflicts] == ["Bron"]
    again = {**mine, "edition": answer.context["form"]["edition"].value()}
    assert keeper.post(f"{PAGE}bewerken/", again).status_code == 302
    signature.refresh_from_db()
    assert signature.source == "mijn bron"


def test_pressing_twice_changes_nothing(keeper: Client, signature: Signature) -> None:
    mine = {**opened(keeper, f"{PAGE}bewerken/"), "source": "mijn bron"}
    for _ in range(2):
        assert keeper.post(f"{PAGE}bewerken/", mine).status_code == 302
    assert len(change_lines(signature)) == 2


def test_a_taken_number_is_refused_on_the_form(keeper: Client, signature: Signature) -> None:
    SignatureFactory(manifest=signature.manifest, number=7)
    answer = send(keeper, f"{PAGE}bewerken/", number="7")
    assert answer.status_code == 400
    assert "Dit nummer heeft al een handtekening" in text(answer)
    signature.refresh_from_db()
    assert signature.number is None


def test_a_signature_is_withdrawn_with_a_reason_and_that_can_be_taken_back(
    keeper: Client, signature: Signature
) -> None:
    address = f"{PAGE}intrekken/"
    assert send(keeper, address, withdrawn_on="1 maart 2024").status_code == 400
    assert send(keeper, address, withdrawn_on="1-3-2020", why="fout").status_code == 400
    assert send(keeper, address, withdrawn_on="1 maart 2024", why="Raadsbesluit").status_code == 302
    signature.refresh_from_db()
    assert signature.withdrawn_on == date(2024, 3, 1)
    assert change_lines(signature)[0].why == "Raadsbesluit"
    assert send(keeper, address, withdrawn_on="", why="Vergissing").status_code == 302
    signature.refresh_from_db()
    assert signature.withdrawn_on is None


def test_organisations_are_added_from_a_day(keeper: Client, signature: Signature) -> None:
    OrganisationFactory(key="sittard", called__name="Sittard")
    address = f"{PAGE}organisatie-toevoegen/"
    answer = send(keeper, address, organisations="Sittard", valid_from="1-1-2024", why="Sluit aan")
    assert answer.status_code == 302
    row = Signatory.objects.get(organisation__key="sittard")
    assert row.valid_from == date(2024, 1, 1)
    assert change_lines(row)[0].why == "Sluit aan"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"organisations": "Sittard\nHeerlen"}, "in deze periode al onder de handtekening"),
        ({"organisations": "Sittard", "valid_from": "1-1-2020"}, "vóór de ondertekening"),
        ({"organisations": "Nergens"}, "staat niet in het register"),
    ],
)
def test_who_cannot_be_added_is_told_and_nobody_is(
    keeper: Client, signature: Signature, given: dict[str, str], told: str
) -> None:
    OrganisationFactory(key="sittard", called__name="Sittard")
    answer = send(keeper, f"{PAGE}organisatie-toevoegen/", **given)
    assert answer.status_code == 400
    assert told in text(answer)
    assert signature.signatories.count() == 1


def test_the_standing_of_an_organisation_ends(keeper: Client, signature: Signature) -> None:
    row = signature.signatories.get()
    address = f"{PAGE}organisaties/{row.pk}/einde/"
    assert address in text(keeper.get(PAGE))
    assert send(keeper, address, valid_until="31-12-2024").status_code == 400
    assert send(keeper, address, valid_until="31-12-2020", why="fout").status_code == 400
    assert send(keeper, address, valid_until="31-12-2024", why="Uitgetreden").status_code == 302
    row.refresh_from_db()
    assert row.valid_until == date(2024, 12, 31)
    assert change_lines(row)[0].why == "Uitgetreden"


def test_an_ending_of_another_signature_is_not_found(keeper: Client, signature: Signature) -> None:
    other = SignatoryFactory()
    assert keeper.get(f"{PAGE}organisaties/{other.pk}/einde/").status_code == 404


@pytest.mark.parametrize("role", STRANGERS)
def test_others_see_no_buttons_no_history_and_no_form(signature: Signature, role: Role) -> None:
    client = Client()
    client.force_login(ActorFactory(role=role))
    page = client.get(PAGE)
    if page.status_code == 200:
        assert "bewerken/" not in text(page)
        assert "einde/" not in text(page)
        assert "Geschiedenis" not in text(page)
    assert NEW not in text(client.get("/ondertekenaars/"))
    for address in (NEW, f"{PAGE}bewerken/", f"{PAGE}intrekken/", f"{PAGE}organisatie-toevoegen/"):
        assert client.post(address, {}).status_code == 403
    signature.refresh_from_db()
    assert signature.withdrawn_on is None


def test_a_form_is_of_today_and_keeps_the_day_on_the_way_back(keeper: Client, signature: Signature) -> None:
    html = text(keeper.get(f"{PAGE}bewerken/?peildatum=2024-05-31"))
    assert f'href="{PAGE}?peildatum=2024-05-31"' in html
    assert 'class="mvi-date"' not in html
