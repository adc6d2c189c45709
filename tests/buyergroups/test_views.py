"""The pages of buyer groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buyergroups.models import Output, Phase, Sector
from buyergroups.panels import groups_panel
from mvi_portal.accounts.models import Role, User
from tests.factories.buyergroups import (
    BuyerGroupFactory,
    InitiatorFactory,
    OutputFactory,
    ParticipationFactory,
    PhaseFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
LIST, EXPORT = "/buyergroups/", "/buyergroups/export.csv"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(ActorFactory())
    return client


def text(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def ended(name: str) -> Any:
    group = BuyerGroupFactory(name=name, slug=name.lower())
    PhaseFactory(group=group, valid_from=date(2021, 3, 1), valid_until=date(2023, 5, 31))
    PhaseFactory(group=group, kind=Phase.Kind.COMPLETED, valid_from=date(2023, 6, 1))
    return group


@pytest.mark.parametrize("path", [LIST, EXPORT, "/buyergroups/bruggen/"])
def test_a_stranger_is_sent_to_the_login(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


def test_a_list_shows_each_group_in_its_phase_of_the_day(reader: Client) -> None:
    ended("Bruggen")
    before = text(reader, LIST, peildatum="2023-01-01")
    after = text(reader, LIST, peildatum="2024-01-01")
    row_before, row_after = (html.split("<tbody>")[1].split("</tbody>")[0] for html in (before, after))
    assert "start" in row_before
    assert "afgerond" in row_after
    assert "/buyergroups/bruggen/?peildatum=2023-01-01" in before


def test_a_group_that_has_not_started_is_not_there_yet(reader: Client) -> None:
    BuyerGroupFactory(name="Bruggen", started_on=date(2024, 1, 1))
    assert "Er zijn geen buyer groups" in text(reader, LIST, peildatum="2023-01-01")
    assert "Bruggen" in text(reader, LIST, peildatum="2024-01-01")


def test_filters_narrow_the_list_and_its_export_alike(reader: Client) -> None:
    BuyerGroupFactory(name="Scholen", sector=Sector.BUILDING)
    BuyerGroupFactory(name="Bruggen", sector=Sector.INFRASTRUCTURE, started_on=date(2022, 4, 1))
    ended("Viaducten")
    for query, there in [
        ({"sector": "building"}, {"Scholen"}),
        ({"sinds": "1 april 2021"}, {"Bruggen"}),
        ({"sinds": "1-4-2021", "peildatum": "2021-12-31"}, set()),
        ({"zoek": "brug"}, {"Bruggen"}),
        ({"zoek": "víaducten"}, {"Viaducten"}),
        ({"zoek": "viaducen"}, {"Viaducten"}),
        ({"actief": "ja"}, {"Scholen", "Bruggen"}),
        ({"actief": "nee"}, {"Viaducten"}),
        ({"fase": "completed"}, {"Viaducten"}),
    ]:
        for path in (LIST, EXPORT):
            shown = text(reader, path, **{"peildatum": "2025-01-31", **query})
            assert {name for name in ("Scholen", "Bruggen", "Viaducten") if name in shown} == there


def test_a_day_that_cannot_be_is_told(reader: Client) -> None:
    answer = reader.get(LIST, {"sinds": "31 februari 2024"})
    assert answer.status_code == 400
    assert "31 februari" in answer.content.decode()


def test_the_list_sorts_on_what_it_offers_only(reader: Client) -> None:
    BuyerGroupFactory(name="Aaa")
    BuyerGroupFactory(name="Zzz")
    turned = text(reader, LIST, volgorde="-naam")
    assert turned.index("Zzz") < turned.index("Aaa")
    odd = text(reader, LIST, volgorde="facilitator__rsin")
    assert odd.index("Aaa") < odd.index("Zzz")


def test_a_group_shows_what_was_so_on_the_day(reader: Client) -> None:
    group = ended("Bruggen")
    body = OrganisationFactory(called__name="Heerlen")
    ParticipationFactory(group=group, organisation=body, valid_until=date(2022, 12, 31))
    InitiatorFactory(group=group, organisation=body)
    OutputFactory(group=group, kind=Output.Kind.TOOL, title="Rekenblad", published_on=date(2023, 2, 1))
    before = text(reader, "/buyergroups/bruggen/", peildatum="2022-06-30")
    after = text(reader, "/buyergroups/bruggen/", peildatum="2024-01-01")
    assert "kerngroep" in before
    assert "Rekenblad" not in before
    assert "geen deelnemers bekend" in after
    assert "Rekenblad" in after
    assert "tot en met 31 mei 2023" in after
    assert "Heerlen" in after


def test_made_up_groups_are_told(reader: Client) -> None:
    BuyerGroupFactory(slug="bruggen", is_demo=True)
    assert "demo" in text(reader, LIST).split("<tbody>")[1]
    assert "mvi-tag" in text(reader, "/buyergroups/bruggen/")


def test_a_contact_reads_the_groups_of_the_own_organisation_only(client: Client) -> None:
    mine, other = BuyerGroupFactory(name="Scholen"), BuyerGroupFactory(name="Bruggen")
    contact = ActorFactory(role=Role.CONTACT)
    body = ParticipationFactory(group=mine).organisation
    RepresentativeFactory(user=contact, organisation=body)
    client.force_login(contact)
    shown = text(client, LIST)
    assert "Scholen" in shown
    assert "Bruggen" not in shown
    assert client.get(f"/buyergroups/{other.slug}/").status_code == 404


def test_who_may_no_longer_act_does_not_get_in_by_an_older_day(client: Client) -> None:
    contact = ActorFactory(role=Role.CONTACT)
    part = ParticipationFactory()
    RepresentativeFactory(user=contact, organisation=part.organisation, valid_until=date(2024, 6, 30))
    client.force_login(contact)
    assert client.get(f"/buyergroups/{part.group.slug}/", {"peildatum": "2024-02-01"}).status_code == 404


def test_the_dossier_tells_the_groups_of_the_day() -> None:
    part = ParticipationFactory(valid_from=date(2022, 1, 1))
    reader: User = ActorFactory()
    early = groups_panel(part.organisation, date(2021, 12, 31), reader)
    late = groups_panel(part.organisation, date(2022, 1, 1), reader)
    assert not early.context["table"].rows
    assert late.context["table"].rows[0].cells[0].text == part.group.name


def test_the_dossier_tells_which_groups_it_began_or_guides_and_the_group_leads_back(reader: Client) -> None:
    body = OrganisationFactory(key="ienw", called__name="Infrastructuur")
    group = BuyerGroupFactory(name="Wegen", facilitator=body, started_on=date(2021, 5, 1))
    InitiatorFactory(group=group, organisation=body)
    html = reader.get("/organisaties/ienw/", {"peildatum": "2022-01-01"}).content.decode()
    assert "begeleidt de groep en initiatiefnemer" in html
    page = reader.get(f"/buyergroups/{group.slug}/", {"peildatum": "2022-01-01"}).content.decode()
    assert page.count('<a href="/organisaties/ienw/?peildatum=2022-01-01">Infrastructuur</a>') == 2


def test_the_groups_stand_on_the_page_of_the_dossier(reader: Client) -> None:
    part = ParticipationFactory(valid_from=date(2022, 1, 1))
    html = reader.get(f"/organisaties/{part.organisation.key}/").content.decode()
    assert part.group.name in html


@pytest.mark.parametrize(("path", "queries"), [(LIST, 3), ("/buyergroups/bruggen/", 11)])
def test_the_number_of_queries_does_not_grow(reader: Client, path: str, queries: int) -> None:
    group = BuyerGroupFactory(slug="bruggen")
    for count in (1, 30):
        for _ in range(count):
            PhaseFactory(group=BuyerGroupFactory())
            ParticipationFactory(group=group)
            OutputFactory(group=group, published_on=date(2022, 1, 1))
        with CaptureQueriesContext(connection) as made:
            text(reader, path)
        assert len(made) == queries
