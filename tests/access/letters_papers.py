"""Who may do what with what goes along with a letter. Each address is of a letter under way."""

from __future__ import annotations

from mvi_portal.accounts.models import Role
from mvi_portal.core.prose.paragraphs import paragraphs
from tests.access.reports import COMMENTERS, COMPOSERS
from tests.access.rows import Access
from tests.factories.reports import AddresseeAddressFactory, LetterFactory, NoteSectionFactory


def notes_address() -> str:
    return f"/brieven/{LetterFactory.create().slug}/beslisnotas/"


def make_address() -> str:
    letter = LetterFactory.create()
    return f"/brieven/{letter.slug}/beslisnotas/{letter.sender.slug}/maken/"


def note_address(below: str = "") -> str:
    section = NoteSectionFactory.create()
    return f"/brieven/{section.note.letter.slug}/beslisnotas/{section.note.office.slug}/{below}"


def section_address(below: str) -> str:
    section = NoteSectionFactory.create(text="<p>Een passage.</p>")
    (block,) = paragraphs(section.text)
    below = below.format(block.sha256)
    letter, office = section.note.letter, section.note.office
    return f"/brieven/{letter.slug}/beslisnotas/{office.slug}/{section.pk}/{below}"


def kept_address() -> str:
    return f"/brieven/afzenders/adressen/{AddresseeAddressFactory.create().pk}/"


WRITERS = COMMENTERS - {Role.EVALUATOR}  # who comment on line C of the letter alone

ROWS = [
    Access("reports:note-list", get=COMMENTERS, address=notes_address),
    Access("reports:note-make", get=None, post=COMPOSERS, address=make_address),
    Access("reports:note-detail", get=COMMENTERS, address=note_address),
    Access("reports:note-preview", get=COMMENTERS, address=lambda: note_address("voorbeeld/")),
    Access("reports:note-edit", get=COMPOSERS, post=COMPOSERS, address=lambda: note_address("kop/")),
    Access(
        "reports:note-section-edit",
        get=COMPOSERS,
        post=COMPOSERS,
        address=lambda: section_address("bewerken/"),
    ),
    Access(
        "reports:note-section-draft",
        get=None,
        post=COMPOSERS,
        address=lambda: section_address("concept/"),
    ),
    Access(
        "reports:note-section-preview",
        get=None,
        post=COMPOSERS,
        address=lambda: section_address("voorbeeld/"),
    ),
    Access(
        "reports:note-section-checks",
        get=COMPOSERS,
        address=lambda: section_address("controles/"),
    ),
    Access(
        "reports:note-section-comments",
        get=COMMENTERS,
        post=WRITERS,
        address=lambda: section_address("opmerkingen/"),
    ),
    Access(
        "reports:note-section-earlier",
        get=COMPOSERS,
        post=COMPOSERS,
        address=lambda: section_address("eerder/"),
    ),
    Access(
        "reports:note-section-material",
        get=COMPOSERS,
        post=COMPOSERS,
        address=lambda: section_address("materiaal/"),
    ),
    Access("reports:note-passages", get=COMPOSERS, address=lambda: section_address("passages/")),
    Access(
        "reports:passage-withhold",
        get=COMPOSERS,
        post=COMPOSERS,
        address=lambda: section_address("passages/{}/"),
    ),
    Access(
        "reports:passage-release",
        get=None,
        post=COMPOSERS,
        address=lambda: section_address("passages/{}/openbaar/"),
    ),
    Access("reports:kept-list", get=COMPOSERS),
    Access(
        "reports:kept-new",
        get=COMPOSERS,
        post=COMPOSERS,
        address=lambda: "/brieven/afzenders/adressen/nieuw/",
    ),
    Access("reports:kept-edit", get=COMPOSERS, post=COMPOSERS, address=kept_address),
    Access("reports:template-detail", get=COMPOSERS),
    Access("reports:template-edit", get=COMPOSERS, post=COMPOSERS),
]
