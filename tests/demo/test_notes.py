"""The notes beside the letter of 2025 are whole, say the letter's figures, and are valid on paper."""

from __future__ import annotations

import io
import re

import page
import pypdf
import pytest

from mvi_portal.core.figures import registry
from mvi_portal.demo.letters import OF_2025
from reports.content import gather
from reports.models import DecisionNote, Letter
from reports.notes.checks import lacks
from reports.notes.freezing import notes_of, whole
from reports.parcel import notes
from reports.parcel.plan import Document, Edition, Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def snapshot() -> Snapshot:
    letter = Letter.objects.get(slug=OF_2025)
    return Snapshot(gather(letter.pk, on=letter.reference_date), notes=notes_of(letter))


def documents() -> dict[str, Document]:
    return {document.name: document for document in notes.documents_of(snapshot())}


def test_each_office_that_sends_the_letter_has_a_note_that_lacks_nothing() -> None:
    letter = Letter.objects.get(slug=OF_2025)
    frozen = gather(letter.pk, on=letter.reference_date)
    found = list(whole(DecisionNote.objects.filter(letter=letter)))
    assert len(found) == 1 + len(frozen.co_senders)
    assert not [lack.text for note in found for lack in lacks(note, frozen)]


def test_every_figure_is_the_letters() -> None:
    letter = Letter.objects.get(slug=OF_2025)
    for document in documents().values():
        told = document.figures()
        assert {"ondertekenaars.gemeenten", "actieplannen.ontvangen", "buyergroups.gestart"} <= set(told)
        assert all(registry.get(key).at(letter.reference_date).value == value for key, value in told.items())


def test_no_number_of_the_register_is_typed() -> None:
    for note in snapshot().notes:
        for section in note.sections:
            bare = re.sub(
                r"<mvi-[^>]*>|\d{1,2} (?:januari|februari|december)|\b20\d\d(?:-20\d\d)?", "", section.html
            )
            assert not re.search(r"\d", re.sub(r"<[^>]+>", "", bare)), section.title


def test_the_public_note_is_valid_on_paper_names_nobody_and_is_the_same_twice() -> None:
    public = documents()["beslisnota-2025-ez.pdf"]
    made = public.make()
    words = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "<" not in words
    assert "Oorbeeld" not in words
    assert "artikel 5.2" in words
    assert_valid(made)
    assert made == public.make()
    assert public.edition is Edition.PUBLIC


def test_the_internal_note_is_valid_on_paper() -> None:
    internal = next(one for one in documents().values() if one.edition is Edition.INTERNAL and is_pdf(one))
    assert_valid(internal.make())


def is_pdf(document: Document) -> bool:
    return document.name.endswith(".pdf")


def assert_valid(made: bytes) -> None:
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(made, profile=profile)
        assert report.is_compliant, [failure.message for failure in report.failures]
