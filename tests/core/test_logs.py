"""What the log tells of a request, and what it never tells."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path
from structlog.stdlib import ProcessorFormatter

from mvi_portal.accounts.models import User
from mvi_portal.core import logs

NAME, EMAIL = "Wilhelmina van Puffelen", "w.vanpuffelen@voorbeeld.example"
Lines = Callable[[], list[dict[str, Any]]]


def double(request: HttpRequest) -> HttpResponse:
    """The database names the address that is there already."""
    User.objects.create_user(EMAIL, name="Iemand anders")
    raise AssertionError


urlpatterns = [path("dubbel/", double, name="double"), path("", include("mvi_portal.urls"))]
faulty = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user(EMAIL, name=NAME)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged meanwhile, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(**logs._processors("json")))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def lines(written: io.StringIO) -> Lines:
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_told_with_its_id_and_the_key_of_who_asked(
    client: Client, user: User, lines: Lines
) -> None:
    client.force_login(user)

    answer = client.get("/definities/ondertekenaars.gemeenten/", {"q": NAME})

    (line,) = lines()
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    assert line["route"] == "definities/<str:key>/"
    assert line["user"] == user.pk
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["level"], line["logger"]) == ("info", "mvi_portal.core.logs")
    assert line["timestamp"].endswith("Z")
    assert line["ms"] >= 0


@pytest.mark.parametrize(
    "given", ["3f2b8c1d9e4a5b6c7d8e9f0a1b2c3d4e", "0e37df36-f698-11e6-8dd4-cb9ced3df976"]
)
def test_an_id_that_the_proxy_gave_is_kept(given: str, client: Client) -> None:
    assert client.get("/gezond/", headers={"x-request-id": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "abc", "Wilhelmina-van-Puffelen", "a" * 65, "3f2b8c1d9e4a5b6c\nevent", EMAIL]
)
def test_any_other_is_replaced(given: str, client: Client) -> None:
    got = client.get("/gezond/", headers={"x-request-id": given})["X-Request-ID"]
    assert got != given
    assert len(got) == 32


def test_two_requests_have_two_ids_and_nothing_of_one_is_told_of_the_other(
    client: Client, user: User, lines: Lines
) -> None:
    client.force_login(user)
    client.get("/definities/")
    client.logout()
    client.get("/toegankelijkheid/")

    first, second = lines()
    assert first["request_id"] != second["request_id"]
    assert "user" not in second


@faulty
def test_no_line_of_a_request_by_somebody_holds_the_name_or_address(
    client: Client, user: User, written: io.StringIO, lines: Lines
) -> None:
    client.force_login(user)
    client.raise_request_exception = False

    client.get("/definities/")
    client.get(f"/definities/{EMAIL}/")
    client.get("/beheer/admin/accounts/user/")
    answer = client.get("/dubbel/")

    assert answer.status_code == 500
    assert {line["user"] for line in lines()} == {user.pk}
    text = written.getvalue()
    for told in (NAME, "Puffelen", EMAIL, EMAIL.partition("@")[0]):
        assert told not in text
    assert "[e-mail]" in text


@faulty
def test_djangos_own_line_about_an_error_stays_with_its_traceback_and_the_id(
    client: Client, user: User, lines: Lines
) -> None:
    client.force_login(user)
    client.raise_request_exception = False

    answer = client.get("/dubbel/")

    (error,) = [line for line in lines() if line["logger"] == "django.request"]
    assert (error["level"], error["event"]) == ("error", "Internal Server Error: /dubbel/")
    assert "IntegrityError" in error["exception"]
    assert error["request_id"] == answer["X-Request-ID"]


def test_a_page_that_is_not_there_is_told_by_django(client: Client, user: User, lines: Lines) -> None:
    client.force_login(user)
    client.get("/nergens/")
    told = [(line["logger"], line["level"], line["event"]) for line in lines()]
    assert ("django.request", "warning", "Not Found: /nergens/") in told
    assert len({line["request_id"] for line in lines()}) == 1
    assert logs.request_id() == ""


def test_a_health_check_as_usual_and_a_static_file_are_no_news(client: Client, lines: Lines) -> None:
    client.get("/gezond/")
    client.get("/static/css/mvi.css")
    assert lines() == []


def test_people_read_text_with_the_same_in_it() -> None:
    formatter = ProcessorFormatter(**logs._processors("text"))
    try:
        raise IntegrityError(f"Key (email)=({EMAIL}) already exists.")
    except IntegrityError as error:
        fault = (type(error), error, error.__traceback__)
    record = logging.LogRecord("mvi_portal.x", logging.ERROR, "x.py", 1, "mislukt voor %s", (EMAIL,), fault)
    with logs.working_on(request_id="3f2b8c1d", user=None):
        text = formatter.format(record)
    assert "mislukt voor [e-mail]" in text
    assert "request_id=3f2b8c1d" in text
    assert "Key (email)=([e-mail]) already exists." in text
    assert "user" not in text


@pytest.mark.parametrize(
    "given",
    ["o'brien+x@mail.example.nl", "j_d@é.example", "mailto:a.b@c.example", "<a@b.example>", '"a@b.example"'],
)
def test_addresses_of_any_form_are_taken_out(given: str) -> None:
    told = logs.without_addresses(None, "", {"event": f"voor {given}, en verder"})["event"]
    assert "@" not in told
    assert told.startswith("voor ")
    assert told.endswith(", en verder")
