"""What a Word file that came back holds: changes, remarks, and what cannot be placed; nothing is written."""

from __future__ import annotations

from mvi_portal.core.word import Document, WordError, read
from reports.models import Letter, WordExport, WordImport
from reports.word.building import VERSION
from reports.word.comparing import Comparing
from reports.word.drawing import LETTER, NOTE, TEXTS
from reports.word.found import LOST_BASE, NO_MARK, NO_VERSION, NOTHING, OTHER, UNKNOWN_LETTER, Found


def found_in(row: WordImport) -> Found:
    """What the file holds for the texts of now."""
    found = Found()
    try:
        with row.file.open("rb") as file:
            document = read(file)
    except (WordError, OSError) as error:
        found.problem = str(error) if isinstance(error, WordError) else "Het bestand is niet meer te vinden."
        return found
    if _is_of_another(row.letter, document, found):
        return found
    export = _export(row.letter, document, found)
    if export is None:
        found.problem = NOTHING
        return found
    found.export, found.note = export, export.note
    try:
        with export.file.open("rb") as file:
            base = read(file)
    except (WordError, OSError) as error:
        found.problem = LOST_BASE.format(error)
        return found
    Comparing(export, base, document, found).compare()
    return found


def _is_of_another(letter: Letter, document: Document, found: Found) -> bool:
    slug = document.properties.get(LETTER, letter.slug)
    if slug == letter.slug:
        return False
    found.elsewhere = Letter.objects.filter(slug=slug).first()
    found.problem = (
        OTHER.format(found.elsewhere.title) if found.elsewhere else UNKNOWN_LETTER.format(slug[:80])
    )
    return True


def _export(letter: Letter, document: Document, found: Found) -> WordExport | None:
    """The one that it came from; else the nearest, and that is told."""
    told = document.properties
    rows = letter.word_exports.ready().select_related("note__office", "note__letter")
    if own := rows.filter(sha256=told.get(VERSION, "")).first():
        return own
    office = told.get(NOTE, "")
    same = rows.filter(note__office__slug=office) if office else rows.filter(note__isnull=True)
    texts = same.filter(**{f"properties__{TEXTS}": told.get(TEXTS, "")}).first()
    if texts is None:
        found.notices.append(NO_VERSION if LETTER in told else NO_MARK)
    return texts or same.order_by("-made_at").first()
