"""Who may do what with a letter in Word: who follows it takes it out, who composes it brings it back.

A note is brought back by all who may remark on it.
"""

from __future__ import annotations

from mvi_portal.accounts.models import Role
from tests.access.reports import COMMENTERS, COMPOSERS, letter_address
from tests.access.rows import Access
from tests.factories.agreement import WordExportFactory, WordImportFactory
from tests.factories.reports import LetterFactory


def word_address() -> str:
    return letter_address("word/")


def make_address() -> str:
    return f"/brieven/{LetterFactory.saying('<p>Tekst.</p>').slug}/word/maken/"


def file_address() -> str:
    row = WordExportFactory.create()
    return f"/brieven/{row.letter.slug}/word/{row.pk}.docx"


def import_address(below: str = "") -> str:
    row = WordImportFactory.create()
    return f"/brieven/{row.letter.slug}/word/terug/{row.pk}/{below}"


OF_NOTES = frozenset({Role.SECRETARIAT, Role.OFFICER})

ROWS = [
    Access("reports:letter-word", get=COMMENTERS, post=COMPOSERS, address=word_address),
    Access(
        "reports:note-word", get=OF_NOTES, post=OF_NOTES, address=lambda: letter_address("word/beslisnota/")
    ),
    Access("reports:word-make", get=None, post=COMMENTERS, address=make_address),
    Access("reports:word-progress", get=COMMENTERS, address=lambda: letter_address("word/voortgang/")),
    Access("reports:word-file", get=COMMENTERS, address=file_address),
    Access("reports:word-import", get=COMPOSERS, address=import_address),
    Access("reports:word-take", get=None, post=COMPOSERS, address=lambda: import_address("overnemen/")),
    Access("reports:word-import-file", get=COMPOSERS, address=lambda: import_address("bestand/")),
]
