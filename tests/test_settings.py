"""The start of each program, with good and with wrong values: in a process of its own."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "q8Zr2Lx0vN5tYw7Kc1Mb4Hd9Gf3Js6Pa-uEoRiTnVxQzWyUhBkDl"
PRODUCTION = {
    "MVI_ENV": "production",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "mvi.example.nl",
    "DATABASE_URL": "postgres://mvi:pw@db/mvi",
    "REDIS_URL": "redis://queue/0",
    "ACCESSIBILITY_CONTACT": "toegankelijkheid@mvi.example.nl",
    "SECURITY_CONTACT": "https://mvi.example.nl/kwetsbaarheid-melden",
    "SECURITY_EXPIRES": "2020-01-01",  # over, which stops no start
    "EMAIL_HOST": "mail.example.nl",
    "EMAIL_FROM": "mvi@example.nl",
}
VARIABLES = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "mvi_portal/settings.py").read_text()))
SERVING = {"WEB_CONCURRENCY"}  # of the web server alone
PROGRAMS = {
    "manage.py": ["manage.py", "check"],
    "celery": ["-m", "celery", "-A", "mvi_portal", "worker"],
    "gunicorn": ["-m", "mvi_portal.serving", "mvi_portal.wsgi", "--preload", "--bind", "127.0.0.1:0"],
}


def start(arguments: list[str], values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **values},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def read(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings of these values alone, read anew."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "mvi_portal/settings.py"))


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_wrong_value_stops_every_program_with_one_line(program: str) -> None:
    done = start(PROGRAMS[program], {"DEBUG": "maybe"})
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr == (
        "configuration: DEBUG is 'maybe', which is neither on nor off; for example DEBUG=on\n"
    )


def test_a_wrong_number_of_web_processes_stops_gunicorn_with_one_line() -> None:
    done = start(PROGRAMS["gunicorn"], {"WEB_CONCURRENCY": "veel"})
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "configuration: WEB_CONCURRENCY is 'veel', which is no whole number from 1 to 100; "
        "for example WEB_CONCURRENCY=1\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "", "is not set"),
        ("SECRET_KEY", "only-for-development", "is shorter than 50 characters or too plain"),
        ("DEBUG", "on", "is on, in production"),
        ("ALLOWED_HOSTS", "", "is not set"),
        ("ALLOWED_HOSTS", ",", "is empty"),
        ("DATABASE_URL", "", "is not set"),
        ("REDIS_URL", "", "is not set"),
        ("SECURITY_CONTACT", "", "is not set"),
        ("SECURITY_EXPIRES", "", "is not set"),
        ("EMAIL_HOST", "", "is not set"),
        ("EMAIL_FROM", "", "is not set"),
    ],
)
def test_production_refuses_what_is_unsafe(
    name: str,
    value: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stop:
        read({**PRODUCTION, name: value}, monkeypatch)
    said = capsys.readouterr().err
    assert stop.value.code == 4
    assert said.startswith(f"configuration: {name} {reason}; for example {name}=")
    assert said.count("\n") == 1


MALFORMED = {
    "ACCESSIBILITY_CONTACT": "de helpdesk",
    "ACCESSIBILITY_STATEMENT": "in het register",
    "ALLOWED_HOSTS": "https://mvi.example.nl",
    "CLAMAV_ADDRESS": "scanner:3310",
    "CSRF_TRUSTED_ORIGINS": "mvi.example.nl",
    "DATABASE_URL": "mysql://db/mvi",
    "DEBUG": "misschien",
    "EMAIL_FROM": "het portaal",
    "EMAIL_HOST": "smtp://mail.example.nl",
    "EMAIL_PORT": "70000",
    "EMAIL_SECURITY": "ssl",
    "EVALUATION_CONTACT": "PIANOo",
    "HSTS_SECONDS": "een jaar",
    "LETTER_FONT_DIR": "/no/such/folder",
    "LETTER_LOGO": "/no/such/logo.svg",
    "LOG_FORMAT": "xml",
    "LOG_LEVEL": "LUID",
    "MEDIA_ROOT": "media",
    "MVI_ENV": "productie",
    "REDIS_URL": "http://queue",
    "REFERENCE_DATE": "31-01-2025",
    "REMINDERS_BY_THEMSELVES": "soms",
    "SECRET_KEY": "kort",
    "SECURE_SSL_REDIRECT": "ja",
    "SECURITY_CONTACT": "bel ons",
    "SECURITY_EXPIRES": "2999-01-01",
    "SPREADS_FOR_OTHERS": "ja",
    "SPREAD_FEWEST_PLANS": "2",
    "STATIC_MANIFEST": "ja",
    "STATIC_ROOT": "static",
    "TRUSTED_PROXIES": "-1",
    "UPLOAD_MAX_MB": "0",
    "VAR_DIR": "var",
}
FREE = {"DATABASE_PASSWORD", "EMAIL_PASSWORD", "EMAIL_USER", "EVALUATION_SENDER"}  # any text will do


@pytest.mark.parametrize(("name", "value"), MALFORMED.items())
def test_a_malformed_value_stops_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        read({**PRODUCTION, name: value}, monkeypatch)
    said = capsys.readouterr().err
    assert stop.value.code == 4
    assert re.fullmatch(rf"configuration: {name} .+; for example {name}=.+\n", said)


def test_no_variable_is_left_out() -> None:
    assert set(MALFORMED) | FREE == VARIABLES


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "*"}),
        ("EMAIL_PASSWORD", {"EMAIL_USER": "mvi"}),
    ],
)
def test_values_that_are_good_elsewhere_stop_it_too(
    name: str,
    values: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        read({**PRODUCTION, **values}, monkeypatch)
    assert capsys.readouterr().err.startswith(f"configuration: {name} ")


def test_good_values_start_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"EMAIL_USER": "mvi", "EMAIL_PASSWORD": "pw", "CSRF_TRUSTED_ORIGINS": "https://mvi.example.nl"}
    found = read({**PRODUCTION, **given}, monkeypatch)
    assert (found["EMAIL_HOST_USER"], found["CSRF_TRUSTED_ORIGINS"]) == ("mvi", ["https://mvi.example.nl"])


def test_production_passes_djangos_own_check_for_it() -> None:
    done = start(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("values", "there"), [(PRODUCTION, "False"), ({}, "True")])
def test_only_development_has_the_page_of_components(values: dict[str, str], there: str) -> None:
    script = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'mvi_portal.settings'; django.setup(); "
        "from django.urls import is_valid_path; print(bool(is_valid_path('/componenten/')))"
    )
    assert start(["-c", script], values).stdout.strip() == there


def test_development_needs_no_value_at_all() -> None:
    script = (
        "from mvi_portal import settings as s; "
        "print(s.DATABASES['default']['HOST'], s.CELERY_BROKER_URL, s.DEBUG, s.SESSION_COOKIE_SECURE)"
    )
    host, broker, debug, secure = start(["-c", script], {}).stdout.split()
    assert Path(host).is_absolute()
    assert broker.startswith("redis+socket:///")
    assert (debug, secure) == ("True", "False")


def test_the_packages_files_are_found_under_their_own_prefix() -> None:
    done = start(["manage.py", "findstatic", "--first", "packages/components/index.css"], {})
    assert done.returncode == 0, done.stderr


def test_the_guide_lists_every_variable() -> None:
    rows = [line.split("|")[1] for line in (ROOT / "CONTRIBUTING.md").read_text().splitlines() if "|" in line]
    named = {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}
    assert named == VARIABLES | SERVING
