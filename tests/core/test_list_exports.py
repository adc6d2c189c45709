"""A list as a file: exactly what is filtered, explained, some rows at a time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.core import lists
from mvi_portal.core.workbooks import Form, read
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
EXPORT = "/organisaties/export.csv"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(ActorFactory())
    return client


def sheets(client: Client, form: Form, **query: str) -> list[Any]:
    answer = client.get(EXPORT, {"formaat": form, **query})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    return [sheet.rows for sheet in read(answer.content).sheets]


@pytest.mark.parametrize("form", [Form.XLSX, Form.ODS])
def test_a_list_comes_as_a_workbook_that_tells_its_filter_and_its_day(reader: Client, form: Form) -> None:
    OrganisationFactory(key="gm1", kind="municipality")
    OrganisationFactory(key="pv1", kind="province")
    rows, told = sheets(reader, form, soort="municipality", peildatum="2024-05-01")
    assert [row[0] for row in rows] == ["code", "gm1"]
    lines = [row[0] for row in told]
    assert "Stand op 1 mei 2024, 1 rijen." in lines
    assert "Filter: Soort: gemeente." in lines
    assert "bestaat vanaf" in lines


def test_a_list_offers_each_form_at_its_filter(reader: Client) -> None:
    html = reader.get("/organisaties/", {"soort": "municipality"}).content.decode()
    assert "/organisaties/export.csv?soort=municipality&amp;formaat=ods" in html


def test_a_long_list_is_fetched_some_rows_at_a_time(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CHUNK", 2)
    for number in range(5):
        OrganisationFactory(key=f"gm{number}")
    rows = read(reader.get(EXPORT).content).sheets[0].rows
    assert [row[0] for row in rows[1:6]] == ["gm0", "gm1", "gm2", "gm3", "gm4"]


def test_an_export_asks_no_more_of_the_database_for_more_rows(reader: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reader.get(EXPORT)
        return len(queries)

    OrganisationFactory()
    once = asked()
    for _number in range(9):
        OrganisationFactory()
    assert asked() == once
