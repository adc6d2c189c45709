"""What an administrator keeps: who may come in, with which role, for whom."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.editing import edition_of
from mvi_portal.history.reading import changes_of
from signatories.models import Representative
from tests.factories.signatories import OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/accounts/", "/beheer/accounts/nieuw/"
PASSWORD = "een-goed-geheim"
GIVEN = {"email": "Nieuw@voorbeeld.example", "name": "Nina Nieuw", "role": "officer"}


@pytest.fixture
def keeper() -> User:
    return User.objects.create_superuser("beheerder@voorbeeld.example", PASSWORD, name="Bea Beheerder")


@pytest.fixture
def desk(client: Client, keeper: User) -> Client:
    client.force_login(keeper)
    return client


def somebody(name: str = "Anna", **given: Any) -> User:
    return User.objects.create_user(f"{name.lower()}@voorbeeld.example", PASSWORD, name=name, **given)


def page(account: User) -> str:
    return f"/beheer/accounts/{account.pk}/"


def change(client: Client, account: User, **given: Any) -> Any:
    stored = {"name": account.name, "role": str(account.role), "is_active": account.is_active}
    typed = {**stored, "edition": edition_of(stored), **given}
    return client.post(page(account), {key: value for key, value in typed.items() if value is not False})


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://testserver(/\S+)", str(mail.body))
    assert found
    return found[1]


def test_an_invitation_from_mail_to_the_first_page(desk: Client, mailoutbox: list[EmailMessage]) -> None:
    OrganisationFactory(key="ipo", called__name="Interprovinciaal Overleg")
    shown = desk.post(NEW, {**GIVEN, "organisation": "ipo"}, follow=True).content.decode()
    account = User.objects.get(email="nieuw@voorbeeld.example")
    assert "De uitnodiging is verstuurd naar nieuw@voorbeeld.example." in shown
    assert "De uitnodiging is nog niet aanvaard." in shown
    assert "Interprovinciaal Overleg" in shown
    assert (account.role, account.is_superuser, account.has_usable_password()) == ("officer", False, False)
    (acting,) = Representative.objects.filter(user=account)
    assert (acting.organisation.key, acting.valid_from) == ("ipo", timezone.localdate())
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("U bent uitgenodigd voor het MVI-portaal", [account.email])
    for text in ("Beste Nina Nieuw,", "Bea Beheerder heeft", "Uw rol is: beleidsmedewerker."):
        assert text in str(mail.body)
    guest = Client()
    form = guest.get(link_in(mail))["Location"]
    assert guest.post(form, {"password1": PASSWORD, "password2": PASSWORD})["Location"] == "/"
    assert guest.get("/mijn-account/").status_code == 200
    assert "Deze link werkt niet meer" in Client().get(link_in(mail)).content.decode()
    assert changes_of(account)[-1].action == "account.made"


def test_an_invitation_lapses_after_three_days(desk: Client, mailoutbox: list[EmailMessage]) -> None:
    desk.post(NEW, GIVEN)
    later = datetime.now() + timedelta(days=3, minutes=1)  # noqa: DTZ005 - as Django's own clock of links
    with patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _self: later):
        assert "Deze link werkt niet meer" in Client().get(link_in(mailoutbox[0])).content.decode()


def test_a_new_invitation_ends_the_former_link(desk: Client, mailoutbox: list[EmailMessage]) -> None:
    desk.post(NEW, GIVEN)
    account = User.objects.get(email="nieuw@voorbeeld.example")
    desk.post(f"{page(account)}uitnodigen/")
    assert "Deze link werkt niet meer" in Client().get(link_in(mailoutbox[0])).content.decode()
    assert Client().get(link_in(mailoutbox[1])).status_code == 302


def test_who_came_in_already_is_not_invited_again(desk: Client, mailoutbox: list[EmailMessage]) -> None:
    account = somebody()
    html = desk.post(f"{page(account)}uitnodigen/", follow=True).content.decode()
    assert "Alleen wie nog geen wachtwoord heeft" in html
    assert "Stuur de uitnodiging opnieuw" not in html
    assert mailoutbox == []
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_mail_that_cannot_go_out_is_said_and_the_account_is_there(desk: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    html = desk.post(NEW, GIVEN, follow=True).content.decode()
    assert "De mail kon niet worden verstuurd." in html
    assert "Stuur de uitnodiging opnieuw" in html


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"email": "geen adres"}, "Voer een geldig e-mailadres in."),
        ({"email": "ANNA@voorbeeld.example"}, "Er is al een account met dit e-mailadres."),
        ({"name": ""}, "Dit veld is verplicht."),
        ({"role": "koning"}, "koning"),
        ({"organisation": "bestaat-niet"}, "bestaat-niet"),
    ],
)
def test_a_wrong_invitation_loses_nothing_and_invites_nobody(
    desk: Client, mailoutbox: list[EmailMessage], given: dict[str, str], reason: str
) -> None:
    somebody()
    answer = desk.post(NEW, {**GIVEN, **given})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert reason in html
    assert f'value="{given.get("email", GIVEN["email"])}"' in html
    assert User.objects.count() == 2
    assert mailoutbox == []


def test_a_name_a_role_and_the_door_can_be_changed(desk: Client, keeper: User) -> None:
    account = somebody()
    html = change(desk, account, name="Anna de Vries", role="administrator").headers["Location"]
    assert html == page(account)
    account.refresh_from_db()
    assert (account.name, account.role, account.is_superuser) == ("Anna de Vries", "administrator", True)
    change(desk, account, role="reader", is_active=False)
    account.refresh_from_db()
    assert (account.role, account.is_superuser, account.is_active) == ("reader", False, False)
    assert "Bea Beheerder" in desk.get(page(account)).content.decode()
    assert {change.action for change in changes_of(account)[:2]} == {"account.changed"}


def test_who_is_put_off_keeps_history_and_representation(desk: Client) -> None:
    acting = RepresentativeFactory(user=somebody(), organisation__called__name="Voorbeeldstad")
    change(desk, acting.user, is_active=False)
    acting.refresh_from_db()
    assert acting.valid_until is None
    assert "Voorbeeldstad" in desk.get(page(acting.user)).content.decode()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"role": "reader"}, "U kunt uw eigen rol van beheerder niet weghalen."),
        ({"is_active": False}, "U kunt uw eigen account niet uitzetten."),
    ],
)
def test_nobody_shuts_the_door_behind_themselves(
    desk: Client, keeper: User, given: dict[str, Any], reason: str
) -> None:
    answer = change(desk, keeper, **given)
    assert answer.status_code == 400
    assert reason in answer.content.decode()
    keeper.refresh_from_db()
    assert (keeper.role, keeper.is_active) == ("administrator", True)
    assert change(desk, keeper, name="Bea").status_code == 302


def test_the_second_writer_is_shown_both_names(desk: Client) -> None:
    account = somebody()
    opened = {"name": "Anna", "role": "reader", "is_active": True}
    change(desk, account, name="Anna Eerst")
    answer = desk.post(page(account), {**opened, "name": "Anna Later", "edition": edition_of(opened)})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "Anna Eerst" in html
    assert "Anna Later" in html
    account.refresh_from_db()
    assert account.name == "Anna Eerst"


def test_the_list_is_searched_narrowed_and_sorted(desk: Client, keeper: User) -> None:
    somebody("Anna", role=Role.OFFICER)
    somebody("Bob", is_active=False)
    User.objects.create_user("carla@voorbeeld.example", name="Carla")

    def names(**query: str) -> list[str]:
        html = desk.get(LIST, query).content.decode()
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', re.sub(r"\s*\n\s*", "", html))

    assert names() == ["Anna", "Bea Beheerder", "Bob", "Carla"]
    assert names(volgorde="-naam") == ["Carla", "Bob", "Bea Beheerder", "Anna"]
    assert names(zoek="BOB@") == ["Bob"]
    assert names(rol="officer") == ["Anna"]
    assert names(toegang="uit") == ["Bob"]
    assert names(toegang="uitgenodigd") == ["Carla"]
    assert names(toegang="aan") == ["Anna", "Bea Beheerder"]
    assert "Geen accounts gevonden" in desk.get(LIST, {"zoek": "niemand"}).content.decode()
    assert desk.get(LIST, {"rol": "koning"}).status_code == 400
    assert "Exporteer" not in desk.get(LIST).content.decode()


def test_the_number_of_queries_does_not_grow(desk: Client) -> None:
    account = somebody()
    counts = []
    for number in range(2):
        for other in range(20 * number):
            RepresentativeFactory(user=account)
            somebody(f"Iemand{other}")
        for address in (LIST, page(account)):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_the_menu_shows_administrators_alone_where_to_go(desk: Client, keeper: User) -> None:
    html = desk.get("/beheer/").content.decode()
    for address in (LIST, "/beheer/vertegenwoordigers/", "/beheer/rechten/", "/beheer/admin/"):
        assert f'href="{address}"' in html
    reader = Client()
    reader.force_login(somebody())
    assert "Beheer</a>" not in reader.get("/definities/").content.decode()
    assert reader.get("/beheer/").status_code == 403


def test_one_sees_the_own_role_and_organisations(client: Client) -> None:
    acting = RepresentativeFactory(
        user=somebody(role=Role.OFFICER), organisation__called__name="Voorbeeldstad"
    )
    past = RepresentativeFactory(
        user=acting.user, organisation__called__name="Vroegerdam", valid_until=acting.valid_from
    )
    assert past.valid_until < timezone.localdate()
    client.force_login(acting.user)
    html = client.get("/mijn-account/").content.decode()
    for text in ("Anna", "beleidsmedewerker", "Voorbeeldstad", "schrijven (eigen organisatie)"):
        assert text in html
    for text in ("Vroegerdam", "Voeg een organisatie toe", "/beheer/"):
        assert text not in html


def test_the_admin_is_for_looking_and_has_no_door_of_its_own(desk: Client, keeper: User) -> None:
    address = f"/beheer/admin/accounts/user/{keeper.pk}/change/"
    html = desk.get(address).content.decode()
    assert keeper.email in html
    assert keeper.password not in html
    assert desk.post(address, {"name": "X"}).status_code == 403
    assert desk.get("/beheer/admin/auth/group/").status_code == 404
    assert desk.get("/beheer/admin/account/emailaddress/").status_code == 404
    assert desk.get("/beheer/admin/password_change/")["Location"] == "/mijn-account/wachtwoord/"
    assert Client().get("/beheer/admin/login/?next=/beheer/admin/")["Location"] == (
        "/inloggen/?next=/beheer/admin/"
    )
    assert desk.get("/beheer/admin/login/")["Location"] == "/beheer/admin/"
    assert desk.post("/beheer/admin/logout/")["Location"] == "/inloggen/"
    assert desk.get("/mijn-account/").status_code == 302
