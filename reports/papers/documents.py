"""The documents of a parcel that go along with the letter and its notes."""

from __future__ import annotations

from collections.abc import Iterator

from mvi_portal.core.workbooks import Form
from reports.papers import counting, dataset, plain, report
from reports.papers.frozen import sheets
from reports.parcel.plan import Document, Edition, Snapshot


def documents_of(snapshot: Snapshot) -> list[Document]:
    """The page in plain language always; the rest once the register was frozen with the figures."""
    found = list(_plain(snapshot))
    if sheets(snapshot):
        found += [*_report(snapshot), *_data(snapshot)]
    return found


def _name(snapshot: Snapshot) -> str:
    return snapshot.letter.name.removeprefix("voortgangsbrief-")


def _plain(snapshot: Snapshot) -> Iterator[Document]:
    letter = snapshot.letter

    def make() -> bytes:
        from mvi_portal.core import pdf  # only a worker makes documents

        return pdf.write(plain.to_html(letter))

    for ending, title, maker in (
        ("pdf", "In het kort, in gewone taal", make),
        ("html", "In het kort, in gewone taal, als webpagina", lambda: plain.to_page(letter).encode()),
    ):
        yield Document(
            name=f"in-het-kort-{_name(snapshot)}.{ending}",
            kind="plain",
            title=title,
            edition=Edition.PUBLIC,
            make=maker,
            figures=lambda: plain.figures_of(letter),
        )


def _report(snapshot: Snapshot) -> Iterator[Document]:
    def make() -> bytes:
        from mvi_portal.core import pdf

        return pdf.write(report.to_html(snapshot))

    yield Document(
        name=f"jaarverslag-{_name(snapshot)}.pdf",
        kind="report",
        title="Het jaarlijkse voortgangsverslag",
        edition=Edition.PUBLIC,
        make=make,
        figures=lambda: report.figures_of(snapshot.letter),
    )


def _data(snapshot: Snapshot) -> Iterator[Document]:
    """The rows are counted again: a parcel in which they come to another number is refused."""
    forms = (
        ("xlsx", "De gegevens als Excel-bestand", lambda: dataset.book(snapshot, Form.XLSX)),
        ("ods", "De gegevens als ODS-bestand", lambda: dataset.book(snapshot, Form.ODS)),
        ("zip", "De gegevens als CSV, met een README", lambda: dataset.packed(snapshot)),
    )
    for ending, title, make in forms:
        yield Document(
            name=f"gegevens-{_name(snapshot)}.{ending}",
            kind="dataset",
            title=title,
            edition=Edition.PUBLIC,
            make=make,
            figures=lambda: counting.counts(sheets(snapshot)),
        )
