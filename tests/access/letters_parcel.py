"""Who may do what with freezes and parcels. Each address is of a letter under way."""

from __future__ import annotations

from reports.models import Letter
from tests.access.reports import COMMENTERS, COMPOSERS, frozen_address
from tests.access.rows import ALL, Access
from tests.factories.reports import FreezeFactory, LetterFactory, ParcelFactory, ParcelFileFactory


def letter_address(below: str) -> str:
    return f"/brieven/{LetterFactory.create().slug}/{below}"


def parcels_address() -> str:
    return letter_address("pakket/")


def build_address() -> str:
    return letter_address("pakket/maken/")


def freeze_address() -> str:
    return letter_address("bevriezen/")


def frozen_letter() -> Letter:
    letter = LetterFactory.saying("<p>Tekst.</p>")
    FreezeFactory.of(letter)
    return letter


def drift_address() -> str:
    return f"/brieven/{frozen_letter().slug}/bevriezen/nu/"


def freeze_detail_address() -> str:
    return f"/brieven/{frozen_letter().slug}/bevriezen/1/"


def figure_address() -> str:
    return f"/brieven/{frozen_letter().slug}/cijfers/ondertekenaars.gemeenten/"


def version_figure_address() -> str:
    return frozen_address("cijfers/ondertekenaars.gemeenten/")


def parcel_address(below: str = "") -> str:
    version = ParcelFactory.ready().version
    return f"/brieven/{version.letter.slug}/pakket/{version.number}/{below}"


def progress_address() -> str:
    return parcel_address("voortgang/")


def cancel_address() -> str:
    return parcel_address("afbreken/")


def zip_address() -> str:
    return parcel_address("alles.zip")


def file_address() -> str:
    row = ParcelFileFactory.create()
    version = row.parcel.version
    return f"/brieven/{version.letter.slug}/pakket/{version.number}/{row.name}"


ROWS = [
    Access("reports:proof", get=ALL, post=ALL, address=lambda: "/brieven/controleren/"),
    Access("reports:letter-freeze", get=COMMENTERS, post=COMPOSERS, address=freeze_address),
    Access("reports:freeze-drift", get=COMMENTERS, address=drift_address),
    Access("reports:freeze-detail", get=COMMENTERS, address=freeze_detail_address),
    Access("reports:letter-figure", get=COMMENTERS, address=figure_address),
    Access("reports:version-figure", get=COMMENTERS, address=version_figure_address),
    Access("reports:letter-parcels", get=COMMENTERS, address=parcels_address),
    Access("reports:parcel-build", get=None, post=COMPOSERS, address=build_address),
    Access("reports:parcel-detail", get=COMMENTERS, address=parcel_address),
    Access("reports:parcel-progress", get=COMMENTERS, address=progress_address),
    Access("reports:parcel-cancel", get=None, post=COMPOSERS, address=cancel_address),
    Access("reports:parcel-zip", get=COMMENTERS, address=zip_address),
    Access("reports:parcel-file", get=COMMENTERS, address=file_address),
]
