"""Coming in and going out: what a person meets at the door."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from mvi_portal.accounts.idle import EVERY, SEEN
from mvi_portal.accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "anna@voorbeeld.example", "een-goed-geheim"
LOGIN, FORGOTTEN = "/inloggen/", "/wachtwoord-vergeten/"
WRONG = "Het e-mailadres of het wachtwoord klopt niet."


@pytest.fixture
def anna() -> User:
    return User.objects.create_user(ADDRESS, PASSWORD, name="Anna")


def log_in(client: Client, password: str = PASSWORD, address: str = ADDRESS, **given: str) -> Any:
    return client.post(LOGIN, {"login": address, "password": password, **given})


def is_in(client: Client) -> bool:
    return client.get("/definities/").status_code == 200


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://testserver(/\S+)", str(mail.body))
    assert found
    return found[1]


def test_who_asks_for_a_page_logs_in_and_gets_it(client: Client, anna: User) -> None:
    sent = client.get("/organisaties/?soort=province")
    assert sent["Location"] == "/inloggen/?next=/organisaties/%3Fsoort%3Dprovince"
    html = client.get(sent["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/organisaties/?soort=province">' in html
    answer = log_in(client, next="/organisaties/?soort=province")
    assert (answer.status_code, answer["Location"]) == (302, "/organisaties/?soort=province")
    assert is_in(client)


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://testserver/definities/?peildatum=2025-01-31", "/definities/?peildatum=2025-01-31"),
        ("http://elders.example/definities/", "/"),
        ("", "/"),
    ],
)
def test_who_posts_after_the_session_ended_comes_back_to_the_page_it_stood_on(
    came_from: str, goes_to: str, client: Client, anna: User
) -> None:
    answer = client.post("/brieven/een-brief/bouwen/", headers={"referer": came_from}, follow=True)
    assert "is nog niet verwerkt" in answer.content.decode()
    way = parse_qs(urlsplit(answer.redirect_chain[-1][0]).query)
    assert way == {"next": [goes_to]}


def test_what_a_script_posts_leaves_no_message(client: Client) -> None:
    client.post("/brieven/een-brief/bouwen/", headers={"sec-fetch-mode": "cors"})
    assert "is nog niet verwerkt" not in client.get(LOGIN).content.decode()


def test_capitals_in_the_address_do_not_matter(client: Client, anna: User) -> None:
    assert log_in(client, address="Anna@Voorbeeld.EXAMPLE")["Location"] == "/"


@pytest.mark.parametrize("address", [ADDRESS, "niemand@voorbeeld.example"])
def test_wrong_is_said_alike_for_known_and_unknown_and_the_address_stays(
    client: Client, anna: User, address: str
) -> None:
    answer = log_in(client, "verkeerd", address)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert WRONG in html
    assert f'value="{address}"' in html
    assert "verkeerd&quot;" not in html
    assert 'value="verkeerd"' not in html
    assert not is_in(client)


def test_next_stays_on_our_host(client: Client, anna: User) -> None:
    for elsewhere in ("https://elders.example/", "//elders.example/", "javascript:alert(1)"):
        assert log_in(client, next=elsewhere)["Location"] == "/"
        client.post("/uitloggen/")


def test_who_is_in_need_not_log_in_again(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get(LOGIN)["Location"] == "/"


def test_after_five_wrong_passwords_an_account_waits(client: Client, anna: User) -> None:
    for _ in range(5):
        assert log_in(client, "verkeerd").status_code == 400
    answer = log_in(client)
    html = answer.content.decode()
    assert answer.status_code == 429
    assert (
        "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht 5 minuten en probeer het dan opnieuw." in html
    )
    assert f'value="{ADDRESS}"' in html
    assert not is_in(client)


def test_the_wait_shortens_and_ends(client: Client, anna: User) -> None:
    for _ in range(5):
        log_in(client, "verkeerd")
    now = time.time()
    with patch("time.time", lambda: now + 241):
        assert "Wacht 1 minuut en" in log_in(client).content.decode()
    with patch("time.time", lambda: now + 301):
        assert log_in(client).status_code == 302


def test_another_account_need_not_wait(client: Client, anna: User) -> None:
    for _ in range(6):
        log_in(client, "verkeerd", "bob@voorbeeld.example")
    assert log_in(client).status_code == 302


def test_one_place_that_tries_many_accounts_waits_too(client: Client, anna: User) -> None:
    for number in range(20):
        log_in(client, "verkeerd", f"gok-{number}@voorbeeld.example")
    answer = log_in(client)
    assert answer.status_code == 429
    assert "Wacht 1 minuut en" in answer.content.decode()


def test_the_place_is_what_the_proxy_in_front_tells(client: Client, anna: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
    for number in range(20):
        log_in(client, "verkeerd", f"gok-{number}@voorbeeld.example")
    client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9, 203.0.113.10"
    assert log_in(client).status_code == 302


def test_a_flood_is_told_to_be_patient(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    log_in(client, "verkeerd")
    answer = log_in(client, "verkeerd")
    assert answer.status_code == 429
    assert "Even geduld" in answer.content.decode()


def test_attempts_are_counted_in_valkey_and_lapse(client: Client, anna: User) -> None:
    log_in(client, "verkeerd")
    store: Any = cache
    keys = list(store._cache.get_client().scan_iter(f"{store.key_prefix}:*"))
    assert len(keys) == 3  # all attempts of a place, the failed ones, and those at an account
    assert all(0 < store._cache.get_client().ttl(key) <= 3600 for key in keys)
    assert not any(b"anna" in key for key in keys)


def test_an_account_that_is_off_is_told_so_only_with_its_password(client: Client, anna: User) -> None:
    User.objects.update(is_active=False)
    assert WRONG in log_in(client, "verkeerd").content.decode()
    answer = log_in(client)
    assert answer["Location"] == "/account-uit/"
    assert "Uw account staat uit" in client.get("/account-uit/").content.decode()
    assert not is_in(client)


def test_who_is_put_off_is_out_at_once(client: Client, anna: User) -> None:
    log_in(client)
    assert is_in(client)
    User.objects.update(is_active=False)
    assert not is_in(client)


def test_logging_out_asks_first_and_is_a_post(client: Client, anna: User) -> None:
    log_in(client)
    assert "Wilt u uitloggen?" in client.get("/uitloggen/").content.decode()
    assert is_in(client)
    assert client.post("/uitloggen/")["Location"] == LOGIN
    assert not is_in(client)
    assert client.get("/uitloggen/")["Location"] == LOGIN


def test_a_forgotten_password_is_chosen_anew_by_mail(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    answer = client.post(FORGOTTEN, {"email": ADDRESS.upper()})
    assert "Kijk in uw mail" in client.get(answer["Location"]).content.decode()
    (mail,) = mailoutbox
    assert mail.subject == "Kies een nieuw wachtwoord voor het MVI-portaal"
    assert mail.to == [ADDRESS]
    assert str(mail.body).startswith("Beste Anna,")
    link = link_in(mail)
    form = client.get(link)["Location"]
    assert "Kies een wachtwoord" in client.get(form).content.decode()
    assert client.post(form, {"password1": "een-nieuw-geheim", "password2": "iets-anders"}).status_code == 400
    done = client.post(form, {"password1": "een-nieuw-geheim", "password2": "een-nieuw-geheim"})
    assert done["Location"] == "/"
    assert is_in(client)
    assert mailoutbox[1].subject == "Uw wachtwoord van het MVI-portaal is gewijzigd"
    client.post("/uitloggen/")
    assert log_in(client).status_code == 400
    assert log_in(client, "een-nieuw-geheim").status_code == 302
    client.post("/uitloggen/")
    assert "Deze link werkt niet meer" in client.get(link).content.decode()


def test_a_link_lapses_and_serves_nobody_who_is_off(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(FORGOTTEN, {"email": ADDRESS})
    link = link_in(mailoutbox[0])
    User.objects.update(is_active=False)
    assert "Deze link werkt niet meer" in client.get(link).content.decode()
    User.objects.update(is_active=True)
    assert client.get(link).status_code == 302
    later = datetime.now() + timedelta(days=3, minutes=1)  # noqa: DTZ005 - as Django's own clock of links
    with patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _self: later):
        assert "Deze link werkt niet meer" in client.get(link).content.decode()


def test_a_forgotten_password_tells_nobody_who_has_an_account(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [
        client.post(FORGOTTEN, {"email": address}) for address in (ADDRESS, "niemand@voorbeeld.example")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, f"{FORGOTTEN}verstuurd/")
    }
    assert mailoutbox[1].to == ["niemand@voorbeeld.example"]
    assert "hoort geen account" in str(mailoutbox[1].body)


def test_mails_about_a_password_are_few(client: Client, anna: User, mailoutbox: list[EmailMessage]) -> None:
    for _ in range(5):
        assert client.post(FORGOTTEN, {"email": ADDRESS}).status_code == 302
    assert client.post(FORGOTTEN, {"email": ADDRESS}).status_code == 429
    assert len(mailoutbox) == 5


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kort", "te kort"),
        ("anna@voorbeeld", "lijkt te veel op"),
        ("password1234", "gebruiken te veel mensen"),
    ],
)
def test_a_weak_password_is_refused(client: Client, anna: User, password: str, reason: str) -> None:
    client.force_login(anna)
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/mijn-account/wachtwoord/", given)
    assert answer.status_code == 400
    assert reason in answer.content.decode()


def test_a_password_can_be_changed_and_other_sessions_end(client: Client, anna: User) -> None:
    elsewhere = Client()
    log_in(client)
    log_in(elsewhere)
    given = {"oldpassword": PASSWORD, "password1": "een-nieuw-geheim", "password2": "een-nieuw-geheim"}
    wrong = client.post("/mijn-account/wachtwoord/", {**given, "oldpassword": "verkeerd"})
    assert "Dit is niet uw huidige wachtwoord." in wrong.content.decode()
    twice = client.post("/mijn-account/wachtwoord/", {**given, "password2": "anders"})
    assert "Dit is niet hetzelfde als het wachtwoord hierboven." in twice.content.decode()
    answer = client.post("/mijn-account/wachtwoord/", given, follow=True)
    assert "Uw nieuwe wachtwoord is bewaard." in answer.content.decode()
    assert is_in(client)
    assert not is_in(elsewhere)


def test_who_has_no_password_is_sent_one_by_mail(client: Client) -> None:
    client.force_login(User.objects.create_user("bob@voorbeeld.example"))
    assert client.get("/mijn-account/wachtwoord/")["Location"] == FORGOTTEN


def test_nobody_signs_up(client: Client) -> None:
    assert "op uitnodiging" in client.get(reverse("account_signup")).content.decode()
    given = {"email": "x@voorbeeld.example", "password1": PASSWORD}
    assert client.post(reverse("account_signup"), given).status_code == 405
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["account_email", "account_confirm_email", "account_reauthenticate"])
def test_what_we_do_not_use_of_allauth_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_session_lasts_a_working_day_from_the_last_click(client: Client, anna: User) -> None:
    log_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == 9 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "sessionid" not in client.get("/definities/").cookies
    session = client.session
    session[SEEN] -= EVERY + 1
    session.save()
    assert client.get("/definities/").cookies["sessionid"]["max-age"] == 9 * 3600
    assert time.time() - client.session[SEEN] < 5
