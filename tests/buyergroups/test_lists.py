"""Groups over the years, and under the headings of their phase or sector."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buyergroups.models import Sector
from mvi_portal.accounts.models import Role
from tests.factories.buyergroups import BuyerGroupFactory, PhaseFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
TIMELINE = "/buyergroups/tijdlijn/"
ON = {"peildatum": "2025-01-31"}


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.READER))
    return client


def page(reader: Client, address: str, **query: str) -> str:
    answer = reader.get(address, {**ON, **query})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_timeline_draws_what_a_group_was_at_and_how_it_ended(reader: Client) -> None:
    group = BuyerGroupFactory(name="Viaducten", started_on=date(2021, 1, 1))
    PhaseFactory(group=group, kind="market", valid_from=date(2022, 1, 1), valid_until=date(2022, 12, 31))
    PhaseFactory(group=group, kind="completed", valid_from=date(2023, 1, 1))
    html = page(reader, TIMELINE)
    assert "<title>fase niet bekend: 1 januari 2021 tot en met 31 december 2021</title>" in html
    assert "<title>marktvisie en -strategie: 1 januari 2022 tot en met 31 december 2022</title>" in html
    assert "afgerond, 1 januari 2023" in html
    assert "er 0 bezig en 1 afgerond of gestopt" in html


def test_what_comes_later_is_not_drawn_yet(reader: Client) -> None:
    group = BuyerGroupFactory(name="Viaducten", started_on=date(2021, 1, 1))
    PhaseFactory(group=group, kind="stopped", valid_from=date(2026, 1, 1))
    BuyerGroupFactory(name="Later", started_on=date(2026, 1, 1))
    html = page(reader, TIMELINE)
    assert "gestopt, 1 januari 2026" not in html
    assert "Later" not in html
    assert "31 januari 2025</title></rect>" in html


def test_a_group_of_which_the_start_is_not_known_stands_in_the_table_alone(reader: Client) -> None:
    BuyerGroupFactory(name="Onbekend", started_on=None)
    html = page(reader, TIMELINE)
    assert "Er valt op deze peildatum niets te tekenen." in html
    assert "Van 1 groep is niet bekend wanneer die begon" in html
    assert "Onbekend" in html


def test_the_timeline_is_filtered_as_the_list_is(reader: Client) -> None:
    BuyerGroupFactory(name="Viaducten")
    BuyerGroupFactory(name="Scholen", sector=Sector.BUILDING)
    html = page(reader, TIMELINE, sector=Sector.BUILDING)
    assert "Scholen" in html
    assert "Viaducten" not in html
    assert reader.get(TIMELINE, {"sector": "zomaar"}).status_code == 400


@pytest.mark.parametrize("address", [TIMELINE, "/buyergroups/?groepeer=fase"])
def test_the_number_of_queries_does_not_grow(reader: Client, address: str) -> None:
    counts = []
    for count in (1, 20):
        for group in BuyerGroupFactory.create_batch(count):
            PhaseFactory(group=group)
        with CaptureQueriesContext(connection) as queries:
            reader.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_groups_stand_under_their_phase_in_its_order(reader: Client) -> None:
    for name, kind in (("Een", "implementation"), ("Twee", "start"), ("Drie", "")):
        group = BuyerGroupFactory(name=name)
        if kind:
            PhaseFactory(group=group, kind=kind)
    html = page(reader, "/buyergroups/", groepeer="fase")
    at = [html.index(f"<h2>{heading}</h2>") for heading in ("Start", "Implementatie", "Fase niet bekend")]
    assert at == sorted(at)
    assert "Start: 1 op deze pagina" in html
    assert "<h2>Grond-, weg- en waterbouw (GWW)</h2>" in page(reader, "/buyergroups/", groepeer="sector")
    assert "<h2>Start</h2>" not in page(reader, "/buyergroups/")
