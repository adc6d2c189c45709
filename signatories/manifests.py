"""What the register tells about a Manifest, and who of the one before it signed again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from mvi_portal.core.citations import CitationError, parse
from mvi_portal.core.dates import long_date
from mvi_portal.core.spans import on_all
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Manifest, Organisation, Signatory
from signatories.models.organisations import OrganisationQuerySet
from signatories.models.signatures import signature_periods

EXTENSIONS = (
    Column("decided", "Besloten op"),
    Column("until", "Nieuwe looptijd tot en met"),
    Column("citation", "Vindplaats"),
    Column("source", "Bron"),
)
KEEPING = Column("keeping", "Bijhouden")


def with_signatures(rows: QuerySet[Manifest], on: date) -> QuerySet[Any]:
    """Annotate `in_force`: how many signatures are, on the day."""
    held = on_all(signature_periods("signatures__"), on)
    found: QuerySet[Any] = rows.annotate(in_force=Count("signatures", filter=held))
    return found


def until(manifest: Manifest, on: date) -> Any:
    """As `runs_until_on`, of what is fetched already."""
    decided = [item for item in manifest.extensions.all() if item.decided_on <= on]
    last = max(decided, key=lambda item: item.decided_on, default=None)
    return last.runs_until if last else manifest.runs_until


def facts(manifest: Manifest, on: date) -> list[tuple[str, ...]]:
    """Only what is known."""
    last = manifest.runs_until_on(on)
    told: list[tuple[str, Any]] = [
        ("Eerste ondertekening", long_date(manifest.opened_on)),
        ("Looptijd tot en met", last),
        ("Eerst afgesproken", manifest.runs_until if last != manifest.runs_until else None),
        ("Beëindigd op", manifest.ended_on and long_date(manifest.ended_on)),
        ("Termijn voor het actieplan", f"{manifest.plan_term_months} maanden na de eigen ondertekening"),
    ]
    known = [(label, str(value)) for label, value in told if value]
    return [*known, *cited(manifest.citation), *([("Bron", manifest.source)] if manifest.source else [])]


def cited(text: str) -> list[tuple[str, ...]]:
    """With a link when it can be read."""
    if not text:
        return []
    try:
        return [("Vindplaats", text, parse(text).url)]
    except CitationError:
        return [("Vindplaats", text)]


def related(manifest: Manifest, request: HttpRequest) -> list[tuple[str, str, str]]:
    """A label, a name and an address for what it follows and what follows it."""
    before = [("Vorig manifest", manifest.predecessor)] if manifest.predecessor else []
    after = [("Volgend manifest", item) for item in manifest.sequels.order_by("opened_on")]
    return [
        (label, item.name, keep(request, reverse("signatories:manifest-detail", args=[item.slug])))
        for label, item in [*before, *after]
    ]


def extensions(manifest: Manifest, *, keeps: bool) -> Table:
    rows = []
    for item in manifest.extensions.order_by("decided_on"):
        cells = [
            Cell(long_date(item.decided_on)),
            Cell(item.runs_until),
            Cell(item.citation),
            Cell(item.source),
        ]
        change = reverse("signatories:extension-edit", args=[manifest.slug, item.pk])
        rows.append(Row([*cells, *([Cell("Wijzig", change)] if keeps else [])]))
    columns = (*EXTENSIONS, KEEPING) if keeps else EXTENSIONS
    return Table("Verlengingen", columns, rows, "Dit manifest is niet verlengd.")


def before(manifest: Manifest, on: date) -> OrganisationQuerySet:
    """Organisations under the predecessor on the day, or on its last; annotates who signed this one too.

    `signed_before` and `signed_again`: the days of the first signature under each.
    """
    previous = manifest.predecessor
    last = previous.ended_on - timedelta(days=1) if previous and previous.ended_on else on
    then, now = min(on, last), Signatory.objects.in_force(on=on)
    under = Signatory.objects.in_force(on=then).filter(signature__manifest=previous)
    again = now.filter(signature__manifest=manifest)

    def first(rows: Any) -> Subquery:
        of = rows.filter(organisation=OuterRef("pk")).order_by("signature__signed_on")
        return Subquery(of.values("signature__signed_on")[:1])

    found = Organisation.objects.filter(pk__in=under.values("organisation"))
    return found.annotate(
        signed_before=first(under),
        signed_again=first(again),
        is_again=Exists(again.filter(organisation=OuterRef("pk"))),
    )
