"""The secretariat keeps an organisation's facts, its names, its end and its contact persons."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import Role
from mvi_portal.core.workbooks import read
from signatories.models import Contact, Kind, Organisation
from tests.factories.signatories import ActorFactory, ContactFactory, OrganisationFactory
from tests.signatories.keeping import opened, secretariat, send, text

pytestmark = pytest.mark.django_db
DOSSIER = "/organisaties/heerlen/"
EDIT, RENAME, END = f"{DOSSIER}bewerken/", f"{DOSSIER}nieuwe-naam/", f"{DOSSIER}einde/"
CONTACTS = f"{DOSSIER}contactpersonen/"
PERSON = {
    "name": "Ada Voorbeeld",
    "email": "ada@voorbeeld.invalid",
    "phone": "070 123",
    "purpose": "actieplan",
}


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture(autouse=True)
def heerlen() -> Organisation:
    return OrganisationFactory(key="heerlen", called__name="Heerlen")


def test_numbers_and_province_are_kept_with_who_and_why(keeper: Client, heerlen: Organisation) -> None:
    limburg = OrganisationFactory(key="pv-l", kind=Kind.PROVINCE, called__name="Limburg")
    given = {"kvk": "1234 5678", "rsin": "111222333", "oin": "00000001111222333000", "province": limburg.pk}
    assert send(keeper, EDIT, **given, why="Handelsregister").status_code == 302
    heerlen.refresh_from_db()
    assert (heerlen.kvk, heerlen.rsin, heerlen.province) == ("12345678", "111222333", limburg)
    line = change_lines(heerlen)[0]
    assert (line.who, line.why) == ("Sofie Secretaris", "Handelsregister")
    shown = text(keeper.get(DOSSIER))
    assert ", door Sofie Secretaris" in shown
    assert "Handelsregister" in shown


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kvk": "1234567"}, "Een KvK-nummer heeft 8 cijfers."),
        ({"kvk": "1234567x"}, "Een KvK-nummer heeft 8 cijfers."),
        ({"rsin": "12345678"}, "Een RSIN heeft 9 cijfers."),
        ({"rsin": "111222334"}, "geen geldig RSIN"),
        ({"oin": "123"}, "Een OIN heeft 20 cijfers."),
        ({"oin": "00000001111222334000"}, "geen geldig RSIN"),
        ({"oin": "00000001123456782000", "rsin": "111222333"}, "een ander RSIN"),
    ],
)
def test_a_number_that_cannot_be_is_told(
    keeper: Client, heerlen: Organisation, given: dict[str, str], told: str
) -> None:
    answer = send(keeper, EDIT, source="nieuwe bron", **given)
    assert answer.status_code == 400
    assert told in text(answer)
    assert "nieuwe bron" in text(answer)
    heerlen.refresh_from_db()
    assert (heerlen.kvk, heerlen.source) == ("", "")


def test_only_a_municipality_lies_in_a_province(keeper: Client) -> None:
    OrganisationFactory(key="min", kind=Kind.MINISTRY)
    assert "province" not in keeper.get("/organisaties/min/bewerken/").context["form"].fields
    assert send(keeper, "/organisaties/min/bewerken/", kvk="12345678").status_code == 302


def test_the_second_writer_sees_both(keeper: Client, heerlen: Organisation) -> None:
    mine = {**opened(keeper, EDIT), "kvk": "12345678"}
    Organisation.objects.filter(pk=heerlen.pk).update(kvk="87654321")
    answer = keeper.post(EDIT, mine)
    assert answer.status_code == 400
    assert "87654321" in text(answer)
    assert [conflict.label for conflict in answer.context["form"].conflicts] == ["KvK-nummer"]


def test_pressing_twice_is_one_change(keeper: Client, heerlen: Organisation) -> None:
    mine = {**opened(keeper, EDIT), "kvk": "12345678"}
    for _ in range(2):
        assert keeper.post(EDIT, mine).status_code == 302
    assert len(change_lines(heerlen)) == 2


def test_a_new_name_holds_from_a_day_once(keeper: Client, heerlen: Organisation) -> None:
    given = {"name": "Parkstad", "on": "1 januari 2024", "why": "Raadsbesluit"}
    assert send(keeper, RENAME, **given).status_code == 302
    assert heerlen.name_on(date(2023, 12, 31)).name == "Heerlen"
    assert str(heerlen.name_on(date(2024, 1, 1))) == "Parkstad"
    answer = keeper.post(RENAME, given)
    assert answer.status_code == 400
    assert "Er staat al een naam" in text(answer)
    assert heerlen.names.count() == 2
    assert change_lines(heerlen.names.get(name="Parkstad"))[0].why == "Raadsbesluit"


def test_the_end_has_a_reason_and_can_be_taken_back(keeper: Client, heerlen: Organisation) -> None:
    Organisation.objects.filter(pk=heerlen.pk).update(valid_from=date(2000, 1, 1))
    assert send(keeper, END, valid_until="31-12-2024").status_code == 400
    assert send(keeper, END, valid_until="31-12-1999", why="fout").status_code == 400
    assert send(keeper, END, valid_until="31-12-2024", why="Fusie").status_code == 302
    heerlen.refresh_from_db()
    assert heerlen.valid_until == date(2024, 12, 31)
    assert change_lines(heerlen)[0].why == "Fusie"
    assert send(keeper, END, valid_until="", why="Vergissing").status_code == 302
    heerlen.refresh_from_db()
    assert heerlen.valid_until is None


def test_a_contact_is_added_once_and_is_checked_today(keeper: Client) -> None:
    assert send(keeper, f"{CONTACTS}nieuw/", **PERSON).status_code == 302
    assert Contact.objects.get().checked_on == timezone.localdate()
    assert "ada@voorbeeld.invalid" in text(keeper.get(DOSSIER))
    again = send(keeper, f"{CONTACTS}nieuw/", **PERSON)
    assert again.status_code == 400
    assert "staat er al" in text(again)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({**PERSON, "email": "geen adres"}, "e-mailadres"),
        ({**PERSON, "purpose": ""}, "Doel"),
        ({"purpose": "actieplan"}, "minstens een naam"),
    ],
)
def test_a_contact_that_cannot_be_is_told(keeper: Client, given: dict[str, str], told: str) -> None:
    answer = keeper.post(f"{CONTACTS}nieuw/", given)
    assert answer.status_code == 400
    assert told in text(answer)
    assert not Contact.objects.exists()


def test_a_contact_is_changed_and_the_second_writer_sees_both(keeper: Client, heerlen: Organisation) -> None:
    contact = ContactFactory(organisation=heerlen)
    address = f"{CONTACTS}{contact.pk}/bewerken/"
    mine = {**opened(keeper, address), "phone": "06 1"}
    Contact.objects.update(phone="06 2")
    answer = keeper.post(address, mine)
    assert answer.status_code == 400
    assert "06 2" in text(answer)
    assert send(keeper, address, phone="06 1").status_code == 302
    contact.refresh_from_db()
    assert (contact.phone, contact.checked_on) == ("06 1", timezone.localdate())
    assert change_lines(contact)[0].who == "Sofie Secretaris"


def test_a_contact_is_checked_with_one_button(keeper: Client, heerlen: Organisation) -> None:
    contact = ContactFactory(organisation=heerlen)
    address = f"{CONTACTS}{contact.pk}/nagekeken/"
    for _ in range(2):
        assert keeper.post(address)["Location"] == DOSSIER
    contact.refresh_from_db()
    assert contact.checked_on == timezone.localdate()
    assert len(change_lines(contact)) == 2


def test_erasing_asks_first_and_then_nothing_is_left(keeper: Client, heerlen: Organisation) -> None:
    contact = ContactFactory(organisation=heerlen, name="Ada Voorbeeld")
    address = f"{CONTACTS}{contact.pk}/wissen/"
    assert "niet ongedaan maken" in text(keeper.get(address))
    assert Contact.objects.get().name == "Ada Voorbeeld"
    for _ in range(2):
        assert keeper.post(address).status_code == 302
    row = Contact.objects.get()
    assert (row.name, row.email, row.phone) == ("", "", "")
    assert "Ada Voorbeeld" not in text(keeper.get(DOSSIER))
    assert keeper.post(f"{CONTACTS}{contact.pk}/bewerken/", PERSON).status_code == 302
    keeper.post(f"{CONTACTS}{contact.pk}/nagekeken/")
    row.refresh_from_db()
    assert (row.name, row.checked_on) == ("", None)


def test_a_contact_of_another_organisation_is_not_found(keeper: Client) -> None:
    other = ContactFactory()
    for verb in ("bewerken", "nagekeken", "wissen"):
        assert keeper.post(f"{CONTACTS}{other.pk}/{verb}/", PERSON).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_others_see_no_person_no_reason_and_no_form(heerlen: Organisation, role: Role) -> None:
    contact = ContactFactory(organisation=heerlen, name="Ada Voorbeeld")
    client = Client()
    client.force_login(ActorFactory(role=role))
    page = client.get(DOSSIER)
    if page.status_code == 200:
        for hidden in ("Ada Voorbeeld", contact.email, contact.phone, "Contactpersonen", ", door "):
            assert hidden not in text(page)
    assert contact.email not in text(client.get("/organisaties/export.csv"))
    for address in (EDIT, RENAME, END, f"{CONTACTS}nieuw/", f"{CONTACTS}{contact.pk}/wissen/"):
        assert client.post(address, {}).status_code == 403
    contact.refresh_from_db()
    assert contact.name == "Ada Voorbeeld"


def test_no_export_holds_a_person(keeper: Client, heerlen: Organisation) -> None:
    contact = ContactFactory(organisation=heerlen, name="Ada Voorbeeld")
    for address in ("/organisaties/export.csv", "/ondertekenaars/export.csv"):
        exported = text(keeper.get(address))
        assert contact.email not in exported
        assert "Ada Voorbeeld" not in exported


LIST = "/contactpersonen/"


def test_contacts_are_listed_and_come_as_a_file_for_the_secretariat_alone(
    keeper: Client, heerlen: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    ContactFactory(organisation=heerlen, name="Ada Voorbeeld", checked_on=timezone.localdate())
    ContactFactory(name="Bo Elders")
    ContactFactory(name="", email="", phone="", erased_on=timezone.localdate(), purpose="gewist doel")
    html = keeper.get(LIST).content.decode()
    assert "Ada Voorbeeld" in html
    assert "gewist doel" not in html
    assert f'href="{LIST}"' in keeper.get("/organisaties/").content.decode()
    with caplog.at_level("INFO", logger="signatories.views.contact_list"):
        answer = keeper.get(f"{LIST}export.csv", {"nagekeken": "ja", "formaat": "xlsx"})
    rows, told = (sheet.rows for sheet in read(answer.content).sheets)
    assert [row[2] for row in rows] == ["naam", "Ada Voorbeeld"]
    assert "Filter: Nagekeken: in het afgelopen jaar." in [row[0] for row in told]
    (line,) = [one.getMessage() for one in caplog.records if one.name.endswith("contact_list")]
    assert line.startswith("contact persons exported: 1, by user ")
    assert "Voorbeeld" not in line
    for query, name in (
        ("heerlen", "Ada Voorbeeld"),
        ("elders", "Bo Elders"),
        ("éldes", "Bo Elders"),
    ):
        found = keeper.get(LIST, {"zoek": query}).content.decode()
        assert ("Ada Voorbeeld" in found, "Bo Elders" in found) == (name[0] == "A", name[0] == "B")
    assert "Ada Voorbeeld" not in keeper.get(LIST, {"nagekeken": "nee"}).content.decode()


def test_a_list_of_contacts_asks_as_much_for_many(keeper: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            keeper.get(address)
        return len(queries)

    ContactFactory()
    few = asked(LIST), asked(f"{LIST}export.csv")
    for _ in range(9):
        ContactFactory()
    assert (asked(LIST), asked(f"{LIST}export.csv")) == few
