"""What the register tells about one signature."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mvi_portal.core.citations import CitationError, parse
from mvi_portal.core.dates import long_date
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Signature
from signatories.models.signatures import SignatoryQuerySet
from signatories.together import headed

COLUMNS = (
    Column("name", "Organisatie"),
    Column("kind", "Soort"),
    Column("from", "Vanaf"),
    Column("until", "Tot en met"),
    Column("via", "Door opvolging van"),
    Column("state", "Op de peildatum"),
)
DOCUMENT_COLUMNS = (
    Column("file", "Bestand"),
    Column("uploaded", "Geüpload op"),
    Column("source", "Bron"),
)
KEEPING = Column("keeping", "Bijhouden")


def title(table: Table) -> str:
    """Named after who stands under it."""
    whose = headed([str(row.cells[0].text) for row in table.rows])
    return f"Handtekening van {whose}" if whose else "Handtekening"


def facts(signature: Any) -> list[tuple[str, ...]]:
    """Only what is known. `signature` comes with its state on the day, its manifest and its office."""
    holder = signature.office and signature.office.holder_on(signature.signed_on.last_day)
    told: list[tuple[str, Any]] = [
        ("Manifest", signature.manifest.name),
        ("Ondertekend op", signature.signed_on),
        ("Ambt", signature.office),
        ("Bekleed door", holder),
        ("Nummer in de Staatscourant", signature.number),
        ("Ingetrokken op", signature.withdrawn_on and long_date(signature.withdrawn_on)),
        ("Op de peildatum", "van kracht" if signature.is_in_force else "niet van kracht"),
    ]
    known = [(label, str(value)) for label, value in told if value]
    return [
        *known,
        *_citation(signature.citation),
        *([("Bron", signature.source)] if signature.source else []),
    ]


def _citation(text: str) -> list[tuple[str, ...]]:
    """With a link when it can be read."""
    if not text:
        return []
    try:
        return [("Vindplaats", text, parse(text).url)]
    except CitationError:
        return [("Vindplaats", text)]


def documents(signature: Signature, request: HttpRequest, *, keeps: bool) -> Table:
    """What was signed, as files."""
    columns = (*DOCUMENT_COLUMNS, KEEPING) if keeps else DOCUMENT_COLUMNS
    place = [signature.manifest.slug, signature.slug]
    rows = []
    for item in signature.documents.order_by("uploaded_at", "pk"):
        address = keep(request, reverse("signatories:document-download", args=[*place, item.pk]))
        file = File(item.filename, address, kind_of(item.filename), size_of(item.file), item.pages)
        brought = long_date(timezone.localdate(item.uploaded_at)) if item.uploaded_at else ""
        away = Cell("Verwijder", reverse("signatories:document-remove", args=[*place, item.pk]))
        rows.append(Row([Cell(file.html), Cell(brought), Cell(item.source), *([away] if keeps else [])]))
    return Table("Documenten", columns, rows, "Er is nog geen document bij deze handtekening.")


def organisations(rows: SignatoryQuerySet, request: HttpRequest, *, keeps: bool) -> Table:
    """Who stands or stood under the signature, by name on the day; who `keeps` the register can end it."""
    found = rows.select_related("organisation", "signature__manifest").order_by(
        F("sort_name_on_day"), "valid_from", "pk"
    )
    return Table(
        "Organisaties onder deze handtekening",
        (*COLUMNS, KEEPING) if keeps else COLUMNS,
        [Row([*_cells(item, request), *([_ending(item, request)] if keeps else [])]) for item in found],
        "Onder deze handtekening staat geen organisatie.",
    )


def _cells(item: Any, request: HttpRequest) -> list[Cell]:
    address = reverse("signatories:organisation-detail", args=[item.organisation.key])
    state = Cell("", tag="van kracht", tone="good") if item.is_in_force else Cell("", tag="niet van kracht")
    return [
        Cell(
            item.name_on_day or item.organisation.key,
            keep(request, address),
            "demo" if item.is_demo else "",
            "warn",
        ),
        Cell(item.organisation.get_kind_display()),
        Cell(long_date(item.valid_from) if item.valid_from else "de ondertekening"),
        Cell(long_date(item.valid_until) if item.valid_until else ""),
        Cell(item.via_on_day or ""),
        state,
    ]


def _ending(item: Any, request: HttpRequest) -> Cell:
    of = item.signature
    address = reverse("signatories:signatory-end", args=[of.manifest.slug, of.slug, item.pk])
    return Cell("Wijzig het einde" if item.valid_until else "Beëindig", keep(request, address))
