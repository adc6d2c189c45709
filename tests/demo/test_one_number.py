"""One register, one number: screen, exports, letter and rows say the same, whatever the day."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from mvi_portal.accounts.models import User
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.demo.letters import OF_2023, OF_2025
from reports import content, frozen_register
from reports.content import gather
from reports.drift import drift
from reports.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

# Each with a letter that can be written on it: its own day, or "what if"
DAYS = {date(2023, 2, 15): OF_2023, date(2024, 6, 1): OF_2025, date(2025, 1, 31): OF_2025}


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.get(email="lezer@voorbeeld.example"))
    return client


def lines(client: Client, address: str, on: date, **query: str) -> list[list[str]]:
    """The rows of an export, without its header and what explains it."""
    text = client.get(address, {"peildatum": on.isoformat(), **query}).content.decode("utf-8-sig")
    table, _empty, _told = text.partition('\r\n""\r\n')
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
    return [row for row in rows if len(row) > 1]


def moved_since_frozen(letter: Letter) -> set[str]:
    """Figures of which the portal itself tells that the letter has another value."""
    freeze = content.newest(letter.pk)
    if freeze is None:
        return set()
    frozen, now = frozen_register.from_json(freeze.content), content.register_of(letter.pk)
    return {change.key for change in drift(frozen, now).changes}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_figure_is_the_same_everywhere(reader: Client, on: date) -> None:
    written = Letter.objects.get(slug=DAYS[on])
    letter, moved = gather(written.pk, on=on), moved_since_frozen(written)
    exported = {row[0]: row[4] for row in lines(reader, "/definities/export.csv", on)}
    for figure in registry:
        value = figure.value(on)
        page = reader.get(f"/definities/{figure.key}/", {"peildatum": on.isoformat()}).content.decode()
        told = {
            "export": exported[figure.key],
            "letter": str(value if figure.key in moved else letter.figures[figure.key].value),
            "rows": str(len(figure.row_keys(on))),
            "rows exported": str(len(lines(reader, f"/definities/{figure.key}/export.csv", on))),
        }
        assert set(told.values()) == {str(value)}, (figure.key, value, told)
        assert f"{number(value)}</strong>" in page, figure.key


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_lists_hold_as_many_as_the_figures_say(reader: Client, on: date) -> None:
    owed = lines(reader, "/actieplannen/export.csv", on, verwacht="ja")
    assert len(owed) == registry.get("actieplannen.verwacht").value(on)
    late = lines(reader, "/actieplannen/export.csv", on, stand="overdue")
    assert len(late) == registry.get("actieplannen.termijn_verstreken").value(on)
    signed = {row[0] for row in lines(reader, "/ondertekenaars/export.csv", on)}
    assert len(signed) == registry.get("ondertekenaars.organisaties").value(on)


def test_what_a_figure_counts_is_found_by_a_database_that_thinks_its_tables_are_empty(reader: Client) -> None:
    """As PostgreSQL does when it looked before the rows came in: such a page took minutes."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5s'")
        cursor.execute("DELETE FROM pg_statistic WHERE starelid >= 16384")  # tables of ours
        cursor.execute(
            "UPDATE pg_class SET relpages = greatest(1, relpages), reltuples = 0"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    for key in ("ondertekenaars.organisaties", "ondertekenaars.handtekeningen", "actieplannen.verwacht"):
        assert reader.get(f"/definities/{key}/", {"peildatum": "2025-01-31"}).status_code == 200
