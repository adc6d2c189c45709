"""Buyer groups from a workbook: the export is the import; what is wrong is told, and nothing half written."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from buyergroups import incoming
from buyergroups.models import BuyerGroup
from mvi_portal.accounts.models import Role
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.core.workbooks.importing import Order, importers
from mvi_portal.core.workbooks.trials import Taken, take
from tests.factories.buyergroups import BuyerGroupFactory, PhaseFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory, ThemeFactory

pytestmark = pytest.mark.django_db
HEADINGS = ("sleutel", "naam", "sector", "domein", "gestart", "begeleid door", "initiatiefnemers", "thema's")


@pytest.fixture(autouse=True)
def register() -> None:
    ThemeFactory(slug="klimaat")
    OrganisationFactory(key="gm1", called__name="Heerlen")
    OrganisationFactory(key="gm2", called__name="Weert")


def row(**cells: str) -> list[Any]:
    return [
        {"naam": "Bruggen", "sector": "bouw", "domein": "fysiek domein", **cells}.get(name)
        for name in HEADINGS
    ]


def taken(*rows: list[Any], by: Any = None, write_it: bool = True, content: bytes = b"") -> Taken:
    file = BytesIO()
    write(file, Form.CSV, Page("Buyer groups", [Column(name) for name in HEADINGS], rows, lambda _n: []))
    importer = importers.get("buyergroups")
    assert importer is not None
    return take(importer, content or file.getvalue(), lambda book: Order(book, by, write=write_it))


def verdicts(found: Taken) -> list[str]:
    return [str(line.verdict) for line in found.outcome.lines]


def told(found: Taken) -> list[tuple[str | None, str]]:
    return [(error.column, error.rule.name) for error in found.outcome.errors]


FULL = {
    "gestart": "najaar 2022",
    "begeleid door": "gm1",
    "initiatiefnemers": "gm2; Heerlen",
    "thema's": "klimaat",
}


def test_a_row_becomes_a_group_and_again_changes_nothing() -> None:
    assert verdicts(taken(row(**FULL), write_it=False)) == ["toegevoegd"]
    assert not BuyerGroup.objects.exists()
    assert verdicts(taken(row(**FULL))) == ["toegevoegd"]
    group = BuyerGroup.objects.get()
    assert group.started_on == PartialDate.parse("najaar 2022")
    assert (group.facilitator and group.facilitator.key) == "gm1"
    assert set(group.initiators.values_list("key", flat=True)) == {"gm1", "gm2"}
    assert list(group.themes.values_list("slug", flat=True)) == ["klimaat"]
    assert verdicts(taken(row(**FULL))) == ["ongewijzigd"]
    assert verdicts(taken(row())) == ["ongewijzigd"], "an empty cell leaves what stands there"


def test_what_changes_is_told_and_written() -> None:
    group = BuyerGroupFactory(slug="bruggen", name="Bruggen")
    found = taken(row(sleutel="bruggen", naam="Sluizen", initiatiefnemers="gm1"))
    assert verdicts(found) == ["gewijzigd"]
    assert "naam: “Bruggen” wordt “Sluizen”" in found.outcome.lines[0].details
    group.refresh_from_db()
    assert (group.name, group.initiators.get().key) == ("Sluizen", "gm1")


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"naam": ""}, ("naam", "REQUIRED")),
        ({"sector": "zorg"}, ("sector", "CHOICE")),
        ({"gestart": "31-2-2022"}, ("gestart", "DATE")),
        ({"sleutel": "onbekend"}, ("sleutel", "KNOWN")),
        ({"begeleid door": "gm404"}, ("begeleid door", "KNOWN")),
        ({"begeleid door": "gm1; gm2"}, ("begeleid door", "FITS")),
        ({"thema's": "geluk"}, ("thema's", "KNOWN")),
    ],
)
def test_a_wrong_cell_is_told_by_its_column(cells: dict[str, str], error: tuple[str, str]) -> None:
    assert told(taken(row(**cells))) == [error]
    assert not BuyerGroup.objects.exists()


def test_what_the_verb_refuses_is_told() -> None:
    group = BuyerGroupFactory(slug="bruggen", name="Bruggen", started_on=PartialDate.parse("2020"))
    PhaseFactory(group=group, valid_from=PartialDate.parse("2021"))
    assert told(taken(row(gestart="2023"))) == [("gestart", "FITS")]


def test_the_same_group_twice_is_told() -> None:
    assert told(taken(row(), row(naam="bruggen"))) == [("naam", "DOUBLE")]


@pytest.mark.parametrize("form", list(Form))
def test_the_export_is_the_import(client: Client, form: Form) -> None:
    taken(row(**FULL), by=ActorFactory(role=Role.SECRETARIAT))
    BuyerGroupFactory()
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    content = client.get("/buyergroups/export.csv", {"formaat": form}).content
    found = taken(content=content)
    assert not found.outcome.errors
    assert verdicts(found) == ["ongewijzigd"] * 2
    assert "Lees een bestand in" in client.get("/buyergroups/").content.decode()
    assert incoming.empty(form)
