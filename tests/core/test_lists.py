"""A page of a list: its rows, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.core import lists
from tests.factories.monitoring import ActivityFactory, IndicatorFactory, PaperFactory, PublishedFigureFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
PAPERS = "/monitoring/stukken/"


@pytest.fixture
def reader(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    client.force_login(ActorFactory())
    return client


@pytest.mark.parametrize(
    ("asked", "rows", "page"),
    [
        ("", ["Brief 0", "Brief 1"], "Pagina 1 van 3"),
        ("?pagina=1", ["Brief 0", "Brief 1"], "Pagina 1 van 3"),
        ("?pagina=3", ["Brief 4"], "Pagina 3 van 3"),
        ("?pagina=9", ["Brief 4"], "Pagina 3 van 3"),
        ("?pagina=0", ["Brief 4"], "Pagina 3 van 3"),
        ("?pagina=twee", ["Brief 0", "Brief 1"], "Pagina 1 van 3"),
    ],
)
def test_each_page_tells_how_many_there_are(reader: Client, asked: str, rows: list[str], page: str) -> None:
    for number in range(5):
        PaperFactory(title=f"Brief {number}")
    html = reader.get(f"{PAPERS}{asked or '?'}{'&' if asked else ''}volgorde=titel").text
    assert "5 gevonden" in html
    assert page in html
    assert [name for name in (f"Brief {number}" for number in range(5)) if name in html] == rows


def test_a_filter_that_finds_nothing_says_so(reader: Client) -> None:
    PaperFactory()
    for asked in ("?zoek=olifant", "?zoek=olifant&pagina=2"):
        assert "Geen stukken gevonden" in reader.get(f"{PAPERS}{asked}").text


@pytest.mark.parametrize(
    ("place", "factory", "most"),
    [
        ("stukken", PaperFactory, 4),
        ("activiteiten", ActivityFactory, 5),
        ("indicatoren", IndicatorFactory, 5),
        ("gepubliceerde-cijfers", PublishedFigureFactory, 5),
    ],
)
def test_a_list_asks_little(reader: Client, place: str, factory: Callable[[], object], most: int) -> None:
    factory()
    with CaptureQueriesContext(connection) as queries:
        reader.get(f"/monitoring/{place}/")
    assert len(queries) == most, [query["sql"][:80] for query in queries]
