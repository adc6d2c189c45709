from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvi_portal import env

Set = Callable[[str], None]


@pytest.fixture
def given_value(monkeypatch: pytest.MonkeyPatch) -> Set:
    return lambda value: monkeypatch.setenv("X", value)


def fault(capsys: pytest.CaptureFixture[str], read: Callable[[], Any]) -> str:
    """The line with which reading a wrong value stops the program."""
    with pytest.raises(SystemExit) as stop:
        read()
    said = capsys.readouterr()
    assert stop.value.code == 4
    assert said.out == ""
    assert said.err.startswith("configuration: X ")
    assert "; for example X=" in said.err
    assert said.err.count("\n") == 1
    return said.err


def test_a_value_is_taken_from_the_environment(given_value: Set) -> None:
    given_value(" iets ")
    assert env.text("X", "anders", example="x") == "iets"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_value_counts_as_not_given(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    if value is not None:
        monkeypatch.setenv("X", value)
    assert env.text("X", "anders", example="x") == "anders"


def test_a_missing_value_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not set" in fault(capsys, lambda: env.text("X", example="x"))


@pytest.mark.parametrize(
    ("value", "read", "expected"),
    [
        ("production", lambda: env.choice("X", "development", ("development", "production")), "production"),
        ("ON", lambda: env.flag("X", default=False), True),
        ("0", lambda: env.flag("X", default=True), False),
        ("8", lambda: env.whole("X", 5), 8),
        ("a.nl, b.nl,", lambda: env.names("X", example="a.nl"), ["a.nl", "b.nl"]),
        ("/srv/mvi", lambda: env.path("X", Path("/")), Path("/srv/mvi")),
        (
            "a.nl,.b.nl,[::1],10.0.0.1,*",
            lambda: env.hosts("X", example="a.nl"),
            ["a.nl", ".b.nl", "[::1]", "10.0.0.1", "*"],
        ),
        ("queue_1", lambda: env.host("X", None, example="a.nl"), "queue_1"),
        ("", lambda: env.host("X", "", example="a.nl"), ""),
        (
            "https://a.nl,http://localhost:8000,https://*.b.nl",
            lambda: env.origins("X", example="https://a.nl"),
            ["https://a.nl", "http://localhost:8000", "https://*.b.nl"],
        ),
        ("", lambda: env.origins("X", example="https://a.nl"), []),
        ("mvi+x@b.voorbeeld.nl", lambda: env.mail("X", None, example="a@b.nl"), "mvi+x@b.voorbeeld.nl"),
        ("Het portaal <a@b.nl>", lambda: env.sender("X", None, example="a@b.nl"), "Het portaal <a@b.nl>"),
        ("a@b.nl", lambda: env.sender("X", None, example="a@b.nl"), "a@b.nl"),
        ("a@b.nl", lambda: env.contact("X", None, example="a@b.nl"), "a@b.nl"),
        ("https://b.nl/meld?x=1", lambda: env.contact("X", None, example="a@b.nl"), "https://b.nl/meld?x=1"),
        ("", lambda: env.contact("X", "", example="a@b.nl"), ""),
        ("2025-01-31", lambda: env.day("X"), date(2025, 1, 31)),
        ("redis://:pw@host:6379/2", lambda: env.broker("X", None), "redis://:pw@host:6379/2"),
        (
            "unix:///run/v.sock?db=3",
            lambda: env.broker("X", None),
            "redis+socket:///run/v.sock?virtual_host=3",
        ),
        ("unix:///run/v.sock", lambda: env.broker("X", None), "redis+socket:///run/v.sock?virtual_host=0"),
        ("redis://:pw@host:6379/2", lambda: env.redis("X", None), "redis://:pw@host:6379/2"),
        ("unix:///run/v.sock?db=3", lambda: env.redis("X", None), "unix:///run/v.sock?db=3"),
        ("k" * 30 + "0123456789abcdefghij", lambda: env.secret("X", None), "k" * 30 + "0123456789abcdefghij"),
    ],
)
def test_a_good_value(value: str, read: Callable[[], Any], expected: Any, given_value: Set) -> None:
    given_value(value)
    assert read() == expected


@pytest.mark.parametrize(
    ("value", "read", "reason"),
    [
        ("test", lambda: env.choice("X", "a", ("a", "b")), "is 'test', which is none of a, b"),
        ("maybe", lambda: env.flag("X", default=True), "neither on nor off"),
        ("1.5", lambda: env.whole("X", 5), "no whole number from 0"),
        ("-1", lambda: env.whole("X", 5), "no whole number from 0"),
        ("1", lambda: env.whole("X", 5, lowest=2), "no whole number from 2"),
        ("٣", lambda: env.whole("X", 5), "no whole number"),
        (" , ", lambda: env.names("X", example="a.nl"), "is empty"),
        ("var", lambda: env.path("X", Path("/")), "no absolute path"),
        ("/etc/passwd", lambda: env.path("X", Path("/")), "is no folder"),
        ("/no/such/file", lambda: env.file("X", kinds=(".svg",)), "file that exists"),
        ("/" + "x" * 300, lambda: env.file("X", kinds=(".svg",)), "file that exists"),
        ("/etc", lambda: env.file("X", kinds=(".svg",)), "file that exists"),
        ("/etc/passwd", lambda: env.file("X", kinds=(".svg", ".png")), "which is no file .svg or .png"),
        ("/no/such/folder", lambda: env.folder("X", Path("/"), holding=(".ttf",)), "no folder that exists"),
        ("/proc/self", lambda: env.folder("X", Path("/"), holding=(".ttf",)), "a folder without a file .ttf"),
        ("https://a.nl", lambda: env.hosts("X", example="a.nl"), "which is no host name"),
        ("a.nl:8000", lambda: env.hosts("X", example="a.nl"), "which is no host name"),
        ("*.a.nl", lambda: env.hosts("X", example="a.nl"), "which is no host name"),
        ("mail.a.nl/x", lambda: env.host("X", None, example="a.nl"), "which is no host name"),
        ("a.nl", lambda: env.origins("X", example="https://a.nl"), "holds 'a.nl', which is no origin"),
        ("https://a.nl/", lambda: env.origins("X", example="https://a.nl"), "which is no origin"),
        ("ftp://a.nl", lambda: env.origins("X", example="https://a.nl"), "which is no origin"),
        ("iemand", lambda: env.mail("X", None, example="a@b.nl"), "which is no e-mail address"),
        ("a@b", lambda: env.mail("X", None, example="a@b.nl"), "which is no e-mail address"),
        ("a@b.nl, c@d.nl", lambda: env.mail("X", None, example="a@b.nl"), "which is no e-mail address"),
        ("Het portaal", lambda: env.sender("X", None, example="a@b.nl"), "is no e-mail address with or"),
        ("a@b.nl\nBcc: c@d.nl", lambda: env.sender("X", None, example="a@b.nl"), "is no e-mail address with"),
        ("bel ons", lambda: env.contact("X", None, example="a@b.nl"), "address that begins with https://"),
        (
            "http://a.nl",
            lambda: env.contact("X", None, example="a@b.nl"),
            "address that begins with https",
        ),
        ("70000", lambda: env.whole("X", 5, highest=65535), "no whole number from 0 to 65535"),
        ("redis://", lambda: env.redis("X", None), "names no server"),
        ("unix://", lambda: env.redis("X", None), "names no server"),
        ("redis://host/x", lambda: env.redis("X", None), "names no database by its number"),
        ("unix:///run/v.sock?db=x", lambda: env.broker("X", None), "names no database by its number"),
        ("31-01-2025", lambda: env.day("X"), "is no date"),
        ("short", lambda: env.secret("X", None), "shorter than 50"),
        ("a" * 60, lambda: env.secret("X", None), "too plain"),
        ("mysql://host/name", lambda: env.database("X", None), "does not begin with postgres://"),
        ("postgres://host:port/name", lambda: env.database("X", None), "is no address"),
        ("postgres://host", lambda: env.database("X", None), "names no database"),
        ("postgres://host/name?host", lambda: env.database("X", None), "is no address"),
        ("http://host", lambda: env.broker("X", None), "does not begin with redis://"),
    ],
)
def test_a_wrong_value_stops_with_one_line(
    value: str, read: Callable[[], Any], reason: str, given_value: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    given_value(value)
    assert reason in fault(capsys, read)


def test_a_password_is_not_repeated_in_the_message(
    given_value: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    for value in (
        "postgres://user:hunter2@host",
        "postgres://user:hunter2/x@host/name",
        "redis://:hunter2/@h/0",
    ):
        given_value(value)
        assert "hunter2" not in fault(capsys, lambda: env.database("X", None))


def test_a_logo_and_fonts_are_found(given_value: Set, tmp_path: Path) -> None:
    for name in ("logo.SVG", "letter.ttf"):
        (tmp_path / name).touch()
    given_value(str(tmp_path / "logo.SVG"))
    assert env.file("X", kinds=(".svg",)) == tmp_path / "logo.SVG"
    given_value(str(tmp_path))
    assert env.folder("X", Path("/"), holding=(".otf", ".ttf")) == tmp_path


def test_a_folder_that_is_made_later_need_not_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert env.file("X", kinds=(".svg",)) is None
    assert env.folder("X", Path("/no/such/folder"), holding=(".ttf",)) == Path("/no/such/folder")


def test_an_address_with_everything(given_value: Set) -> None:
    given_value("postgres://us%40er:p%2Fw@db.example.nl:5433/mvi?sslmode=require")
    assert env.database("X", None) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "mvi",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example.nl",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_an_address_of_a_socket(given_value: Set) -> None:
    given_value("postgres://mvi@/mvi?host=/run/a%20b")
    found = env.database("X", None)
    assert (found["HOST"], found["PORT"], found["USER"], found["OPTIONS"]) == ("/run/a b", "", "mvi", {})


def test_a_password_can_come_from_elsewhere(given_value: Set) -> None:
    given_value("postgres://user@host/name")
    assert env.database("X", None, password="p/w")["PASSWORD"] == "p/w"
    given_value("postgres://user:own@host/name")
    assert env.database("X", None, password="p/w")["PASSWORD"] == "own"


def test_a_value_is_read_from_the_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.delenv("X", raising=False)
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))
    assert env.text("X", "anders", example="x") == "geheim"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "names a file that cannot be read (No such file"),
        (b"\xff", "names a file that cannot be read (it is no text)"),
    ],
)
def test_a_file_that_cannot_be_read_stops_with_one_line(
    content: bytes | None,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))
    with pytest.raises(SystemExit):
        env.text("X", example="x")
    said = capsys.readouterr().err
    assert said.startswith(f"configuration: X_FILE {reason}")
    assert said.count("\n") == 1


def test_a_value_and_a_file_together_are_refused_without_telling_either(
    given_value: Set, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given_value("hunter2")
    monkeypatch.setenv("X_FILE", "/run/secrets/x")
    with pytest.raises(SystemExit):
        env.text("X", example="x")
    said = capsys.readouterr().err
    assert "X_FILE and X are both set" in said
    assert "hunter2" not in said


def test_a_day_within_a_year(given_value: Set, capsys: pytest.CaptureFixture[str]) -> None:
    today = datetime.now(tz=UTC).date()
    given_value(str(today + timedelta(days=365)))
    assert env.day_within_a_year("X", required=True) == today + timedelta(days=365)
    given_value("2020-01-01")
    assert env.day_within_a_year("X", required=True) == date(2020, 1, 1)
    given_value(str(today + timedelta(days=367)))
    assert "more than a year from now" in fault(capsys, lambda: env.day_within_a_year("X", required=True))
    given_value("2027-06-01T00:00:00Z")
    assert str(today + timedelta(days=365)) in fault(
        capsys, lambda: env.day_within_a_year("X", required=True)
    )
    given_value("")
    assert "is not set" in fault(capsys, lambda: env.day_within_a_year("X", required=True))
    assert today < env.day_within_a_year("X", required=False) < today + timedelta(days=365)


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_is_read_or_refused(value: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("X", value)
        for read in (lambda: env.database("X", "postgres:///x"), lambda: env.broker("X", "redis://x")):
            with suppress(SystemExit):
                read()


@pytest.mark.parametrize("value", ["tcp://scanner:3310", "unix:///run/clamd.sock"])
def test_a_scanner_is_named_by_its_address(value: str, given_value: Set) -> None:
    given_value(value)
    assert env.scanner("X") == value


@pytest.mark.parametrize("value", ["scanner:3310", "http://scanner", "tcp://", "unix://"])
def test_no_address_of_a_scanner_is_told(
    value: str, given_value: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    given_value(value)
    fault(capsys, lambda: env.scanner("X"))


def test_a_scanner_need_not_be_there(given_value: Set) -> None:
    given_value("")
    assert env.scanner("X") == ""


def test_a_web_address_may_be_left_out_and_is_safe_when_given(given_value: Set) -> None:
    given_value("")
    assert env.web_address("X", example="https://x.nl/1") == ""
    given_value("https://www.toegankelijkheidsverklaring.nl/register/1")
    assert env.web_address("X", example="https://x.nl/1").endswith("/register/1")


@pytest.mark.parametrize("value", ["www.x.nl", "http://x.nl", "https://", "javascript:alert(1)"])
def test_what_is_no_safe_web_address_is_told(
    value: str, given_value: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    given_value(value)
    fault(capsys, lambda: env.web_address("X", example="https://x.nl/1"))
