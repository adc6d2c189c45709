"""The decision notes in a parcel: each in its public and its internal edition, as PDF and as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reports.frozen import FrozenLetter
from reports.parcel.plan import Document, Edition, FrozenNote, Snapshot
from reports.render import notes as render

Maker = Callable[[FrozenNote, FrozenLetter, Edition], bytes]
_EDITIONS = ((Edition.PUBLIC, "", ""), (Edition.INTERNAL, "-intern", ", interne versie"))


def documents_of(snapshot: Snapshot) -> list[Document]:
    return [found for note in snapshot.notes for found in _of(note, snapshot.letter)]


def _of(note: FrozenNote, letter: FrozenLetter) -> Iterator[Document]:
    for edition, suffix, told in _EDITIONS:
        for ending, form, make in _FORMS:
            yield Document(
                name=f"{note.name}{suffix}.{ending}",
                kind="note",
                title=f"Beslisnota aan {note.addressee}{told}, als {form}",
                edition=edition,
                make=lambda make=make, edition=edition: make(note, letter, edition),  # type: ignore[misc] # bound now
                figures=lambda edition=edition: render.figures_of(note, letter, edition),  # type: ignore[misc] # bound now
            )


def _pdf(note: FrozenNote, letter: FrozenLetter, edition: Edition) -> bytes:
    from mvi_portal.core import pdf  # only a worker makes documents

    return pdf.write(render.to_html(note, letter, edition))


def _docx(note: FrozenNote, letter: FrozenLetter, edition: Edition) -> bytes:
    from mvi_portal.core import docx

    return docx.write(render.to_html(note, letter, edition, plain=True))


def _odt(note: FrozenNote, letter: FrozenLetter, edition: Edition) -> bytes:
    from mvi_portal.core import odt

    return odt.write(render.to_html(note, letter, edition, plain=True))


_FORMS: tuple[tuple[str, str, Maker], ...] = (
    ("pdf", "PDF", _pdf),
    ("docx", "Word-document", _docx),
    ("odt", "OpenDocument-tekst", _odt),
)
