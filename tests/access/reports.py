"""Who may do what with letters. Each address is of a letter under way."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, Access
from tests.factories import frozen
from tests.factories.reports import LetterFactory, LetterVersionFactory, SectionFactory

COMMENTERS = frozenset({Role.SECRETARIAT, Role.OFFICER, Role.EVALUATOR})
COMPOSERS = frozenset({Role.SECRETARIAT})


def letter_address(below: str = "") -> str:
    return f"/brieven/{LetterFactory.create().slug}/{below}"


def section_address() -> str:
    section = SectionFactory.create()
    return f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/bewerken/"


def version_address(below: str = "") -> str:
    version = LetterVersionFactory.create()
    return f"/brieven/{version.letter.slug}/versies/{version.number}/{below}"


def preview_address() -> str:
    return f"/brieven/{LetterFactory.saying('<p>Tekst.</p>').slug}/voorbeeld/"


def figures_address() -> str:
    return f"/brieven/{LetterFactory.saying('<p>Tekst.</p>').slug}/cijfers/"


def frozen_address(below: str) -> str:
    version = LetterVersionFactory.ready(content=frozen.LetterFactory.build().to_json())
    return f"/brieven/{version.letter.slug}/versies/{version.number}/{below}"


def frozen_preview_address() -> str:
    return frozen_address("voorbeeld/")


def frozen_figures_address() -> str:
    return frozen_address("cijfers/")


def build_address() -> str:
    return letter_address("bouwen/")


def progress_address() -> str:
    return version_address("voortgang/")


def cancel_address() -> str:
    return version_address("afbreken/")


def pages_address() -> str:
    return frozen_address("bladzijden/")


def picture_address() -> str:
    file = default_storage.save("letters/b.pdf", ContentFile(b"%PDF-"))
    version = LetterVersionFactory.ready(file=file)
    default_storage.save(version.picture(1), ContentFile(b"PNG"))
    return f"/brieven/{version.letter.slug}/{version.number}-1.png"


def file_address() -> str:
    version = LetterVersionFactory.ready(file=default_storage.save("letters/b.pdf", ContentFile(b"%PDF-")))
    return f"/brieven/{version.letter.slug}/{version.number}.pdf"


ROWS = [
    Access("reports:letter-list", get=ALL),
    Access("reports:letter-export", get=ALL),
    Access("reports:letter-detail", get=COMMENTERS, address=letter_address),
    Access("reports:section-edit", get=COMPOSERS, post=COMPOSERS, address=section_address),
    Access("reports:letter-preview", get=COMMENTERS, address=preview_address),
    Access("reports:letter-figures", get=COMMENTERS, address=figures_address),
    Access("reports:version-preview", get=COMMENTERS, address=frozen_preview_address),
    Access("reports:version-figures", get=COMMENTERS, address=frozen_figures_address),
    Access("reports:version-build", get=None, post=COMPOSERS, address=build_address),
    Access("reports:version-detail", get=COMMENTERS, address=version_address),
    Access("reports:version-progress", get=COMMENTERS, address=progress_address),
    Access("reports:version-cancel", get=None, post=COMPOSERS, address=cancel_address),
    Access("reports:version-pages", get=COMMENTERS, address=pages_address),
    Access("reports:version-picture", get=COMMENTERS, address=picture_address),
    Access("reports:version-file", get=COMMENTERS, address=file_address),
]
