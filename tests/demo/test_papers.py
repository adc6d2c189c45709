"""What goes along with the letter of 2025: the annual report, the page in plain language, and the data."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import page
import pypdf
import pytest
from odfdo import Document as Odf
from openpyxl import load_workbook

from mvi_portal.core.figures import registry
from mvi_portal.core.workbooks import Form
from mvi_portal.demo.letters import OF_2025
from reports.content import gather
from reports.models import Letter
from reports.papers import counting, dataset, documents
from reports.papers.frozen import sheets
from reports.parcel import plan
from reports.parcel.plan import Document, Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def snapshot() -> Snapshot:
    letter = Letter.objects.get(slug=OF_2025)
    found = {name: part(letter, letter.reference_date) for name, part in plan.parts.named()}
    kept = json.loads(json.dumps(found))  # as a freeze keeps it
    return Snapshot(gather(letter.pk, on=letter.reference_date), parts=kept)


def made(snapshot: Snapshot) -> dict[str, Document]:
    return {document.name: document for document in documents.documents_of(snapshot)}


def texts(content: bytes) -> list[str]:
    return [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


def complaints(content: bytes) -> Iterator[str]:
    for profile in ("ua1", "2a"):
        yield from (failure.message for failure in page.validate_pdf_bytes(content, profile=profile).failures)


def test_the_annual_report_tells_each_line_and_is_valid(snapshot: Snapshot) -> None:
    content = made(snapshot)["jaarverslag-2025.pdf"].make()
    told = texts(content)
    assert not list(complaints(content))
    assert 10 <= len(told) <= 25
    for title in ("A. ", "B. ", "C. ", "D. ", "Plannen en evaluaties per soort organisatie"):
        assert any(title in text for text in told), title
    assert not any("<p>" in text or "&lt;" in text for text in told)


def test_the_page_in_plain_language_is_one_page(snapshot: Snapshot) -> None:
    found = made(snapshot)
    content = found["in-het-kort-2025.pdf"].make()
    (told,) = texts(content)
    assert not list(complaints(content))
    assert "Minstens 53 actieplannen zijn klaar." in told
    assert "Minstens 53 actieplannen zijn klaar." in found["in-het-kort-2025.html"].make().decode()


def test_the_rows_come_to_the_figures_of_the_letter(snapshot: Snapshot) -> None:
    for key, value in counting.counts(sheets(snapshot)).items():
        assert value == snapshot.letter.figures[key].value, key


def test_no_two_documents_tell_another_number(snapshot: Snapshot) -> None:
    for document in made(snapshot).values():
        for key, value in document.figures().items():
            assert value == registry.get(key).at(snapshot.letter.reference_date).value, document.name


def test_the_workbooks_hold_every_table_and_explain_every_column(snapshot: Snapshot) -> None:
    found = made(snapshot)
    book = load_workbook(io.BytesIO(found["gegevens-2025.xlsx"].make()), read_only=True)
    titles = [sheet.title for sheet in dataset.all_sheets(snapshot)]
    assert book.sheetnames == [*titles, "Uitleg"]
    told = {str(row[0]): row[1] for row in book["Uitleg"].iter_rows(values_only=True) if row[0]}
    for sheet in dataset.all_sheets(snapshot):
        assert book[sheet.title].max_row == len(sheet.rows) + 1
        assert all(told[column.heading] for column in sheet.columns), sheet.title
    odf = Odf(io.BytesIO(found["gegevens-2025.ods"].make()))
    assert [table.name for table in odf.body.tables] == [*titles, "Uitleg"]


def test_the_csv_files_come_with_a_readme(snapshot: Snapshot) -> None:
    with zipfile.ZipFile(io.BytesIO(made(snapshot)["gegevens-2025.zip"].make())) as archive:
        readme = archive.read("README.md").decode()
        assert set(archive.namelist()) == {
            "README.md",
            *(f"{s.name}.csv" for s in dataset.all_sheets(snapshot)),
        }
    for sheet in dataset.all_sheets(snapshot):
        assert f"## {sheet.name}.csv" in readme
        assert all(f"| {column.heading} | " in readme for column in sheet.columns)


def test_the_same_snapshot_gives_the_same_bytes(snapshot: Snapshot) -> None:
    for name, document in made(snapshot).items():
        if not name.startswith("jaarverslag"):  # the slowest, printed by what is tried here anyway
            assert document.make() == document.make(), name


def test_nobody_is_named_in_the_data(snapshot: Snapshot) -> None:
    headings = {column.heading for sheet in dataset.all_sheets(snapshot) for column in sheet.columns}
    assert not headings & {
        "naam van de contactpersoon",
        "e-mailadres",
        "telefoonnummer",
        "auteur",
        "beoordelaar",
    }
    assert dataset.book(snapshot, Form.ODS)


def test_a_freeze_of_before_there_were_tables_gives_the_page_alone(snapshot: Snapshot) -> None:
    assert set(made(Snapshot(snapshot.letter))) == {"in-het-kort-2025.pdf", "in-het-kort-2025.html"}
