"""What the pages tell of parcels and of the files in them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html

from mvi_portal.core.dates import long_date, long_moment
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports import summary
from reports.models import Edition, Letter, Parcel, ParcelFile, VersionState

PARCELS = (
    Column("version", "Pakket"),
    Column("state", "Stand"),
    Column("freeze", "Cijfers"),
    Column("asked", "Gevraagd"),
)
FILES = (
    Column("title", "Document"),
    Column("name", "Bestand"),
    Column("edition", "Uitgave"),
    Column("size", "Grootte", numeric=True),
    Column("pages", "Pagina's", numeric=True),
    Column("sha256", "SHA-256"),
)
_CANCELLED = "Het maken is afgebroken voordat het pakket klaar was."
_UNKNOWN = "Van het maken van dit pakket is niets meer bekend."


def state_cell(parcel: Parcel) -> Cell:
    return Cell("", tag=str(parcel.state.label), tone=summary.TONES[parcel.state])


def parcels_table(letter: Letter, parcels: Iterable[Parcel], request: HttpRequest) -> Table:
    rows = [Row(_parcel_cells(letter, parcel, request)) for parcel in parcels]
    return Table(f"Pakketten bij deze brief ({len(rows)})", PARCELS, rows, "Er is nog geen pakket gemaakt.")


def _parcel_cells(letter: Letter, parcel: Parcel, request: HttpRequest) -> list[Cell]:
    version = parcel.version
    address = keep(request, reverse("reports:parcel-detail", args=[letter.slug, version.number]))
    return [
        Cell(f"Pakket bij versie {version.number}", address),
        state_cell(parcel),
        Cell(f"Bevriezing {parcel.freeze.number}" if parcel.freeze else ""),
        Cell(_asked(parcel)),
    ]


def files_table(parcel: Parcel, files: Iterable[ParcelFile]) -> Table:
    place = [parcel.version.letter.slug, parcel.version.number]
    rows = [Row(_file_cells(row, place)) for row in files]
    return Table(f"Documenten ({len(rows)})", FILES, rows, "Er zijn nog geen documenten klaar.")


def _file_cells(row: ParcelFile, place: list[object]) -> list[Cell]:
    tone = "warn" if row.edition == Edition.INTERNAL else "neutral"
    return [
        Cell(row.title, reverse("reports:parcel-file", args=[*place, row.name])),
        Cell(row.name),
        Cell("", tag=row.get_edition_display(), tone=tone),
        Cell(filesizeformat(row.size)),
        Cell(number(row.pages) if row.pages else ""),
        Cell(format_html("{}<wbr>{}", row.sha256[:32], row.sha256[32:])),
    ]


def facts_of(parcel: Parcel, request: HttpRequest) -> summary.Facts:
    version = parcel.version
    address = keep(request, reverse("reports:version-detail", args=[version.letter.slug, version.number]))
    told: summary.Facts = [
        ("Versie", f"Versie {version.number} van de brief", address),
        ("Peildatum", long_date(version.reference_date)),
        ("Cijfers", f"Bevriezing {parcel.freeze.number}" if parcel.freeze else ""),
        ("Gevraagd", _asked(parcel)),
        ("SHA-256 van de brief", version.content_sha256),
        ("SHA-256 van de bevroren cijfers", parcel.freeze.sha256 if parcel.freeze else ""),
    ]
    return [fact for fact in told if fact[1]]


def problems_of(parcel: Parcel) -> list[str]:
    """Why there is no parcel: nothing for one that is ready or under way."""
    if parcel.is_ready or parcel.is_under_way:
        return []
    if parcel.state == VersionState.CANCELLED:
        return [_CANCELLED]
    job = parcel.version.job
    return (job.reason.splitlines() if job else []) or [_UNKNOWN]


def _asked(parcel: Parcel) -> str:
    by = parcel.version.created_by
    return long_moment(parcel.version.created_at) + (f" door {by}" if by else "")
