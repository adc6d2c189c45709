"""Values of indicators from a workbook: the export is the import; what is wrong is told by its cell."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from monitoring.incoming import COLUMNS, empty
from monitoring.models import Indicator, Measurement
from mvi_portal.accounts.models import Role
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.core.workbooks.importing import Order, importers
from mvi_portal.core.workbooks.trials import Taken, take
from tests.factories.monitoring import IndicatorFactory, IndicatorMethodFactory, MeasurementFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
HEADINGS = tuple(column.heading for column in COLUMNS if not column.derived)
EXPORT = "/monitoring/indicatoren/waarden.csv"


@pytest.fixture(autouse=True)
def indicator() -> Indicator:
    made = IndicatorFactory(slug="co2", name="Vermeden CO2", unit="kt")
    IndicatorMethodFactory(indicator=made, version=1)
    IndicatorMethodFactory(indicator=made, version=2, valid_from=date(2021, 1, 1), breaks_series=True)
    return made


def row(**cells: Any) -> list[Any]:
    told = {
        "sleutel": "co2",
        "periode vanaf": "1-1-2021",
        "periode tot en met": "31-12-2022",
        "waarde": "900",
        "bron": "RIVM",
        **cells,
    }
    return [told.get(name) for name in HEADINGS]


def file_of(*rows: list[Any]) -> bytes:
    file = BytesIO()
    write(file, Form.CSV, Page("Waarden", [Column(name) for name in HEADINGS], rows, lambda _n: []))
    return file.getvalue()


def taken(*rows: list[Any], write_it: bool = True, content: bytes = b"") -> Taken:
    importer = importers.get("measurements")
    assert importer is not None
    return take(importer, content or file_of(*rows), lambda book: Order(book, None, write=write_it))


def verdicts(found: Taken) -> list[str]:
    return [str(line.verdict) for line in found.outcome.lines]


def test_a_row_becomes_a_value_by_the_method_of_its_period_and_again_changes_nothing() -> None:
    full = row(
        precisie="minstens", waarnemingen="16", rapportnummer="2024-0202", gepubliceerd="februari 2025"
    )
    assert verdicts(taken(full, write_it=False)) == ["toegevoegd"]
    assert not Measurement.objects.exists()
    assert verdicts(
        taken(full, row(**{"periode vanaf": "1-1-2019", "periode tot en met": "31-12-2020"}))
    ) == [
        "toegevoegd",
        "toegevoegd",
    ]
    value = Measurement.objects.get(method__version=2)
    assert (value.value, value.qualifier, value.population) == (Decimal(900), "at-least", 16)
    assert str(value.published_on) == "februari 2025"
    assert verdicts(taken(full)) == verdicts(taken(row())) == ["ongewijzigd"]


def test_what_changes_is_told_and_written() -> None:
    taken(row())
    found = taken(row(waarde="1.234,5", sleutel="Vermeden CO2"))
    assert verdicts(found) == ["gewijzigd"]
    assert found.outcome.lines[0].details == ("waarde: 900 wordt 1.234,5",)
    assert Measurement.objects.get().value == Decimal("1234.5")


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"sleutel": "onbekend"}, ("sleutel", "KNOWN")),
        ({"sleutel": "aantal"}, ("sleutel", "FITS")),  # the register counts it
        ({"sleutel": "leeg"}, ("sleutel", "FITS")),  # without a method
        ({"waarde": "veel"}, ("waarde", "NUMBER")),
        ({"waarde": "85.000"}, ("waarde", "NUMBER")),  # thousands, or a fraction
        ({"waarde": "0,12345"}, ("waarde", "NUMBER")),
        ({"bron": ""}, ("bron", "REQUIRED")),
        ({"methode": "3"}, ("methode", "KNOWN")),
        ({"methode": "2", "periode vanaf": "1-1-2020"}, ("methode", "FITS")),
        ({"periode tot en met": "1-1-2020"}, ("periode tot en met", "FITS")),
        ({"link": "geen adres"}, ("link", "FITS")),
        ({"precisie": "ruim"}, ("precisie", "CHOICE")),
    ],
)
def test_a_wrong_cell_is_told_by_its_column(cells: dict[str, str], error: tuple[str, str]) -> None:
    IndicatorFactory(slug="aantal", figure_key="ondertekenaars.gemeenten")
    IndicatorFactory(slug="leeg")
    found = taken(row(**cells))
    assert [(item.column, item.rule.name) for item in found.outcome.errors] == [error]
    assert found.returned is not None, "the user's own workbook goes back, with the error in its cell"
    assert not Measurement.objects.exists()


def test_periods_that_overlap_and_rows_told_twice_are_refused() -> None:
    taken(row())
    overlap = taken(row(**{"periode vanaf": "1-1-2022", "periode tot en met": "31-12-2023"}))
    assert "Over deze periode is er volgens deze methode al een waarde." in overlap.outcome.errors[0].message
    assert [item.rule.name for item in taken(row(), row()).outcome.errors] == ["DOUBLE"]


@pytest.mark.parametrize("form", list(Form))
def test_the_export_is_the_import(client: Client, form: Form) -> None:
    MeasurementFactory(value=Decimal("61.25"), method=IndicatorMethodFactory(indicator=IndicatorFactory()))
    taken(row(precisie="circa", waarnemingen="16", gepubliceerd="2025", link="https://rivm.nl/rapport"))
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    content = client.get(EXPORT, {"formaat": form}).content
    found = taken(content=content)
    assert not found.outcome.errors
    assert verdicts(found) == ["ongewijzigd"] * 2
    assert empty(form)


def test_a_reader_has_what_was_known_on_the_day_and_cannot_bring_values_in(client: Client) -> None:
    taken(row(gepubliceerd="februari 2025"))
    client.force_login(ActorFactory(role=Role.READER))
    before, after = (
        client.get(EXPORT, {"peildatum": day}).content.decode() for day in ("2025-02-01", "2025-03-01")
    )
    assert ("co2;" in before, "co2;" in after) == (False, True)
    html = client.get("/monitoring/indicatoren/").content.decode()
    assert EXPORT in html
    assert "/inlezen/nieuw/measurements/" not in html
    wrong = client.get(EXPORT, {"lijn": "geen-lijn"})
    assert (wrong.status_code, "<h1>Indicatoren</h1>" in wrong.content.decode()) == (400, True)
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    assert "/inlezen/nieuw/measurements/" in client.get("/monitoring/indicatoren/").content.decode()


def test_the_command_brings_values_in(tmp_path: Path) -> None:
    file = tmp_path / "waarden.csv"
    file.write_bytes(file_of(row(), row(waarde="veel")))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_measurements", str(file), "--json", stdout=out)
    assert not Measurement.objects.exists()
    assert json.loads(out.getvalue())["errors"][0]["column"] == "waarde"
    call_command("import_measurements", str(file), "--only-good-rows", stdout=StringIO())
    assert Measurement.objects.count() == 1
