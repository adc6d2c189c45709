"""Phases, participants and results of groups from workbooks: each export is its import."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from buyergroups.incoming import TABLES, empty
from buyergroups.models import BuyerGroup, Output, Participation, Phase
from mvi_portal.accounts.models import Role
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.core.workbooks.importing import Order, importers
from mvi_portal.core.workbooks.trials import Taken, take
from tests.factories.buyergroups import BuyerGroupFactory, OutputFactory, ParticipationFactory, PhaseFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PHASES, PARTICIPANTS, OUTPUTS = "buyergroups-phases", "buyergroups-participants", "buyergroups-outputs"
ADDRESSES = {PHASES: "fasen", PARTICIPANTS: "deelnemers", OUTPUTS: "resultaten"}
Cells = dict[str, Any]


@pytest.fixture(autouse=True)
def group() -> BuyerGroup:
    OrganisationFactory(key="gm1", called__name="Heerlen")
    return BuyerGroupFactory(slug="bruggen", name="Bruggen", started_on=date(2021, 3, 1))


def taken(table: str, *rows: Cells, write_it: bool = True, content: bytes = b"") -> Taken:
    headings = [column.heading for column in TABLES[table].columns if not column.derived]
    cells = [[{"groep": "bruggen", **row}.get(name) for name in headings] for row in rows]
    file = BytesIO()
    write(file, Form.CSV, Page("Rijen", [Column(name) for name in headings], cells, lambda _n: []))
    importer = importers.get(table)
    assert importer is not None
    return take(importer, content or file.getvalue(), lambda book: Order(book, None, write=write_it))


def verdicts(found: Taken) -> list[str]:
    return [str(line.verdict) for line in found.outcome.lines]


def told(found: Taken) -> list[tuple[str | None, str]]:
    return [(error.column, error.rule.name) for error in found.outcome.errors]


START, MARKET = {"fase": "start", "vanaf": "2021"}, {"fase": "marktvisie en -strategie", "vanaf": "mei 2022"}


def test_phases_come_in_any_order_and_end_where_the_next_begins() -> None:
    assert verdicts(taken(PHASES, MARKET, START, write_it=False)) == ["toegevoegd"] * 2
    assert not Phase.objects.exists()
    taken(PHASES, MARKET, START)
    first, second = Phase.objects.order_by("valid_from")
    assert (first.valid_until, second.valid_until) == (date(2022, 5, 30), None)
    assert verdicts(taken(PHASES, START, MARKET)) == ["ongewijzigd"] * 2
    moved = taken(PHASES, {**MARKET, "vanaf": "juni 2022", "groep": "Bruggen"})
    assert moved.outcome.lines[0].details == ("vanaf: mei 2022 wordt juni 2022",)
    assert Phase.objects.order_by("valid_from")[0].valid_until == date(2022, 6, 29)


@pytest.mark.parametrize(
    ("table", "cells", "error"),
    [
        (PHASES, {**START, "groep": "geen"}, ("groep", "KNOWN")),
        (PHASES, {**START, "vanaf": "2020"}, ("vanaf", "FITS")),  # before the group
        (PHASES, {**START, "fase": "slot"}, ("fase", "CHOICE")),
        (PHASES, {"fase": "start"}, ("vanaf", "REQUIRED")),
        (PARTICIPANTS, {"rol": "kerngroep"}, ("organisatie", "FITS")),
        (PARTICIPANTS, {"rol": "kerngroep", "organisatie": "gm1", "partij": "BV"}, ("organisatie", "FITS")),
        (PARTICIPANTS, {"rol": "kerngroep", "organisatie": "gm404"}, ("organisatie", "KNOWN")),
        (
            PARTICIPANTS,
            {"rol": "kerngroep", "organisatie": "gm1", "vanaf": "2023", "tot en met": "2022"},
            (None, "FITS"),
        ),
        (OUTPUTS, {"titel": "Visie", "soort": "marktvisie", "link": "visie"}, ("link", "FITS")),
        (OUTPUTS, {"soort": "marktvisie"}, ("titel", "REQUIRED")),
    ],
)
def test_a_wrong_cell_is_told_by_its_column(table: str, cells: Cells, error: tuple[str, str]) -> None:
    found = taken(table, cells)
    assert told(found) == [error]
    assert found.returned is not None
    assert not any(model.objects.exists() for model in (Phase, Participation, Output))


def test_the_same_row_twice_and_a_doubtful_one_are_told(group: BuyerGroup) -> None:
    assert told(taken(PHASES, START, START)) == [("groep", "DOUBLE")]
    body = OrganisationFactory(key="gm2")
    for year in (2021, 2023):
        until = PartialDate.year(year)
        ParticipationFactory(
            group=group, organisation=body, valid_from=PartialDate.year(year), valid_until=until
        )
    assert told(taken(PARTICIPANTS, {"rol": "kerngroep", "organisatie": "gm2"})) == [("vanaf", "DOUBT")]


def test_who_takes_part_again_is_another_row_and_a_begin_that_was_not_known_is_filled_in() -> None:
    core = {"organisatie": "Heerlen", "rol": "kerngroep", "toegezegd project": "Een brug"}
    assert verdicts(taken(PARTICIPANTS, core, {"partij": "BV", "rol": "marktpartij"})) == ["toegevoegd"] * 2
    assert verdicts(taken(PARTICIPANTS, {**core, "vanaf": "2021", "tot en met": "2022"})) == ["gewijzigd"]
    assert verdicts(taken(PARTICIPANTS, {**core, "organisatie": "gm1", "vanaf": "2024"})) == ["toegevoegd"]
    assert Participation.objects.filter(organisation__key="gm1").count() == 2
    overlapping = taken(PARTICIPANTS, {**core, "vanaf": "2022"})
    assert "doet in deze periode al mee" in overlapping.outcome.errors[0].message


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("table", list(ADDRESSES))
def test_the_export_is_the_import(client: Client, table: str, form: Form, group: BuyerGroup) -> None:
    PhaseFactory(group=group, valid_from=PartialDate.parse("najaar 2021"), valid_until=date(2022, 12, 30))
    PhaseFactory(group=group, kind="completed", valid_from=PartialDate.year(2022))
    ParticipationFactory(group=group, valid_from=PartialDate.year(2022))
    ParticipationFactory(group=group, organisation=None, party_name="=BV", project="Een brug\nof twee")
    OutputFactory(group=group, title="Visie", published_on=PartialDate.parse("medio 2022"))
    OutputFactory(group=BuyerGroupFactory(), title="Visie", published_on=None)
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    content = client.get(f"/buyergroups/export/{ADDRESSES[table]}.csv", {"formaat": form}).content
    found = taken(table, content=content)
    assert not found.outcome.errors
    assert verdicts(found) == ["ongewijzigd"] * 2
    assert empty(form, TABLES[table])


def test_a_reader_has_what_the_page_shows_and_the_list_leads_there(client: Client, group: BuyerGroup) -> None:
    OutputFactory(group=group, title="Later", published_on=date(2024, 1, 1))
    PhaseFactory(group=group, valid_from=date(2024, 1, 1))
    ParticipationFactory(group=group, organisation__key="gm9", valid_from=date(2024, 1, 1))
    client.force_login(ActorFactory(role=Role.READER))
    for place in ADDRESSES.values():
        before, after = (
            client.get(f"/buyergroups/export/{place}.csv", {"peildatum": day}).content.decode()
            for day in ("2023-12-31", "2024-01-01")
        )
        assert ("\r\nbruggen;" in before, "\r\nbruggen;" in after) == (False, True), place
    html = client.get("/buyergroups/", {"sector": "building"}).content.decode()
    assert "/buyergroups/export/fasen.csv?sector=building" in html
    assert "/inlezen/nieuw/" not in html
    wrong = client.get("/buyergroups/export/fasen.csv", {"sector": "zorg"})
    assert (wrong.status_code, "<h1>Buyer groups</h1>" in wrong.content.decode()) == (400, True)
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    assert "/inlezen/nieuw/buyergroups-phases/" in client.get("/buyergroups/").content.decode()
