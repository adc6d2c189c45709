"""Who sends letters, to whom, and who holds an office: kept with dates, and used on the letter's day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role
from reports import content
from reports.models import AddresseeAddress, SenderDetails
from signatories.models import Office, OfficeHolder
from tests.factories.reports import LetterFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
LIST = "/brieven/afzenders/"


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


def test_a_new_address_counts_from_its_own_day(secretary: Client) -> None:
    letter = LetterFactory.saying("<p>Tekst.</p>", dated=date(2025, 1, 31))
    old = AddresseeAddress.objects.get()
    new = {"addressee": letter.addressee.pk, "lines": "Plein 2", "valid_from": "2025-01-01"}
    refused = secretary.post(f"{LIST}adressen/nieuw/", new)
    assert "heeft de geadresseerde al een ander adres" in refused.content.decode()
    ended = {"addressee": letter.addressee.pk, "lines": old.lines, "valid_until": "2024-12-31"}
    page = secretary.get(f"{LIST}adressen/{old.pk}/")
    ended["edition"] = page.context["form"].initial["edition"]
    assert "Bewaard" in secretary.post(f"{LIST}adressen/{old.pk}/", ended, follow=True).content.decode()
    assert "Bewaard" in secretary.post(f"{LIST}adressen/nieuw/", new, follow=True).content.decode()
    assert content.draft(letter.pk).letter.addressee[1:] == ("Plein 2",)
    letter.dated = date(2024, 12, 31)
    letter.save()
    assert content.draft(letter.pk).letter.addressee[1:] != ("Plein 2",)


def test_every_kind_can_be_added(secretary: Client) -> None:
    letter = LetterFactory.create()
    ministry, office = letter.sender.organisation, letter.sender
    given = {
        "afzenders": {"organisation": ministry.key, "visiting": "Straat 1\nStad", "phone": "070"},
        "geadresseerden": {"name": "De voorzitter van de Eerste Kamer", "slug": "voorzitter-eerste-kamer"},
        "ambtsdragers": {"office": office.pk, "name": "M. Inister", "valid_from": "2024-07-02"},
    }
    for word, data in given.items():
        page = secretary.post(f"{LIST}{word}/nieuw/", data, follow=True).content.decode()
        assert "Bewaard" in page, word
    html = secretary.get(LIST).content.decode()
    for text in ("Straat 1, Stad", "De voorzitter van de Eerste Kamer", "M. Inister", "2 juli 2024"):
        assert text in html
    assert content.draft(letter.pk).letter.sender.holder == "M. Inister"
    assert SenderDetails.objects.get().organisation == ministry


def test_wrong_input_is_told_and_nothing_is_kept(secretary: Client) -> None:
    office = LetterFactory.create().sender
    wrong = {"office": office.pk, "name": "X", "valid_from": "2025-02-01", "valid_until": "2025-01-01"}
    page = secretary.post(f"{LIST}ambtsdragers/nieuw/", wrong)
    assert page.status_code == 400
    assert not OfficeHolder.objects.exists()
    assert secretary.get(f"{LIST}onzin/nieuw/").status_code == 404


def test_the_same_again_is_no_change(secretary: Client) -> None:
    LetterFactory.saying("<p>Tekst.</p>")
    row = AddresseeAddress.objects.get()
    form = secretary.get(f"{LIST}adressen/{row.pk}/").context["form"]
    same = {"addressee": row.addressee_id, "lines": row.lines, "edition": form.initial["edition"]}
    page = secretary.post(f"{LIST}adressen/{row.pk}/", same, follow=True)
    assert "Er is niets gewijzigd." in page.content.decode()


@pytest.mark.parametrize("form", ["A-{naam}/", "A-{jaar", "{jaar}{jaar}"])
def test_a_form_of_a_reference_knows_only_the_year(secretary: Client, form: str) -> None:
    ministry = LetterFactory.create().sender.organisation
    data = {"organisation": ministry.key, "reference_form": form}
    page = secretary.post(f"{LIST}afzenders/nieuw/", data)
    assert (page.status_code, "alleen {jaar} tussen accolades" in page.content.decode()) == (400, True)
    data["reference_form"] = "A-{jaar}/"
    assert "A-{jaar}/" in secretary.post(f"{LIST}afzenders/nieuw/", data, follow=True).content.decode()


def test_a_new_office_is_made_with_its_holder_and_signs_letters(secretary: Client) -> None:
    ministry = LetterFactory.create().sender.organisation
    new = {
        "organisation": ministry.key,
        "title": "De minister van Bruggen",
        "portfolio": "Bruggen",
        "valid_from": "2025-07-01",
    }
    assert "Bewaard: ambt" in secretary.post(f"{LIST}ambten/nieuw/", new, follow=True).content.decode()
    office = Office.objects.get(title="De minister van Bruggen")
    assert office.slug == "de-minister-van-bruggen"
    assert "De minister van Bruggen" in secretary.get(f"{LIST}ambtsdragers/nieuw/").content.decode()
    assert "De minister van Bruggen" in secretary.get("/brieven/nieuw/").content.decode()
    again = secretary.post(f"{LIST}ambten/nieuw/", {**new, "valid_from": "2026-01-01"}, follow=True)
    assert "de-minister-van-bruggen-2" in set(Office.objects.values_list("slug", flat=True))
    assert "1 juli 2025" in again.content.decode()
    wrong = secretary.post(f"{LIST}ambten/nieuw/", {**new, "organisation": "Nergens"})
    assert (wrong.status_code, "staat niet in het register" in wrong.content.decode()) == (400, True)


def test_an_office_ends_on_a_day_and_keeps_its_key(secretary: Client) -> None:
    office = LetterFactory.create().sender
    place = f"{LIST}ambten/{office.pk}/"
    form = secretary.get(place).context["form"]
    given = {"organisation": office.organisation.key, "title": "De minister van Iets Anders"}
    given |= {"valid_until": "2025-06-30", "edition": form.initial["edition"]}
    assert "Bewaard" in secretary.post(place, given, follow=True).content.decode()
    kept = Office.objects.get(pk=office.pk)
    assert (kept.slug, kept.title, kept.valid_until) == (office.slug, given["title"], date(2025, 6, 30))
