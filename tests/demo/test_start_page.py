"""The start page says what was published, by the names of the day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from monitoring.start import KINDS, MUNICIPALITIES, SIGNED, of_kinds
from mvi_portal.accounts.models import User
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.told import told_by, told_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

# By day: what the page says, and what is of another day
PAGES = {
    "2023-02-15": (
        (
            *("De stand op 15 februari 2023", '">90</p>', '">50</p>', "12 departementen", "5 provincies"),
            *("50 gemeenten", "21 waterschappen", "Economische Zaken en Klimaat"),
            "Landbouw, Natuur en Voedselkwaliteit",
        ),
        ("Landbouw, Visserij, Voedselzekerheid en Natuur",),
    ),
    "2025-01-31": (
        (
            *("De stand op 31 januari 2025", '">70</p>', '">27</p>', "15 departementen", "70 gemeenten"),
            *("21 waterschappen", "Landbouw, Visserij, Voedselzekerheid en Natuur", "Economische Zaken"),
        ),
        ("Economische Zaken en Klimaat", "Landbouw, Natuur en Voedselkwaliteit"),
    ),
}


@pytest.mark.parametrize("on", PAGES)
def test_the_start_page_shows_the_published_facts(client: Client, on: str) -> None:
    client.force_login(User.objects.get(email="secretariaat@voorbeeld.example"))
    html = " ".join(client.get("/", {"peildatum": on}).content.decode().split())
    said, other = PAGES[on]
    assert [text for text in said if text not in html] == []
    assert [text for text in other if text in html] == []


def test_the_kinds_that_signed_are_the_figures(client: Client) -> None:
    client.force_login(User.objects.get(email="lezer@voorbeeld.example"))
    for on in (date(2022, 11, 24), date(2023, 12, 31), date(2024, 1, 1), date(2025, 9, 1), date(2026, 6, 1)):
        html = client.get("/", {"peildatum": on.isoformat()}).content.decode()
        for key in KINDS:
            figure = registry.get(f"ondertekenaars.{key}")
            value = figure.value(on)
            assert f">{number(value)} {figure.unit.of(value)}</a>" in html, (on, key)


def test_one_reading_of_who_signed_tells_the_series_of_both_figures() -> None:
    days = [date(2022, 11, 24), date(2023, 12, 31), date(2024, 1, 1), date(2025, 9, 1), date(2026, 6, 1)]
    told = of_kinds(told_by(SIGNED, "organisation__kind", days), days)
    each = told_on((registry.get(key), day) for key in told for day in days)
    assert told == {key: {day: each[key, day] for day in days} for key in (SIGNED.key, MUNICIPALITIES)}
