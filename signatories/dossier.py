"""What the register itself tells about one organisation; other apps add panels."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse

from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Alias, Contact, Organisation, OrganisationName, Signatory, Succession
from signatories.together import together

NAME_COLUMNS = (
    Column("name", "Naam"),
    Column("short", "Afkorting"),
    Column("from", "Vanaf"),
    Column("until", "Tot en met"),
)
ALIAS_COLUMNS = (
    Column("name", "Ook bekend als"),
    Column("from", "Vanaf"),
    Column("until", "Tot en met"),
    Column("source", "Bron"),
)
ALIAS_KEEPING = Column("keeping", "Bijhouden")
SUCCESSION_COLUMNS = (
    Column("organisation", "Organisatie"),
    Column("role", "Rol"),
    Column("event", "Gebeurtenis"),
    Column("on", "Ingangsdatum"),
    Column("confirmed", "Handtekening gaat mee"),
)
SIGNATURE_COLUMNS = (
    Column("manifest", "Handtekening"),
    Column("signed", "Ondertekend op"),
    Column("office", "Ambt"),
    Column("others", "Samen met"),
    Column("via", "Door opvolging van"),
    Column("state", "Op de peildatum"),
)


def day(value: date | None) -> str:
    return long_date(value) if value else ""


def facts(organisation: Any) -> list[tuple[str, str]]:
    """Only what is known; `organisation` comes with its province on the day."""
    told = [
        ("Soort", organisation.get_kind_display()),
        ("TOOI-code" if organisation.is_tooi else "Eigen sleutel", organisation.key),
        ("Provincie", organisation.province_on_day),
        ("Bestaat vanaf", day(organisation.valid_from)),
        ("Bestaat tot en met", day(organisation.valid_until)),
        ("KvK-nummer", organisation.kvk),
        ("RSIN", organisation.rsin),
        ("OIN", organisation.oin),
        ("Bron", organisation.source),
    ]
    return [(label, value) for label, value in told if value]


def contacts(organisation: Organisation) -> list[dict[str, Any]]:
    """Personal data, for the secretariat: who is not erased, and only what is known."""
    rows = Contact.objects.filter(organisation=organisation, erased_on__isnull=True).order_by("name", "pk")
    return [{"pk": row.pk, "name": row.name, "facts": _contact(row)} for row in rows]


def _contact(row: Contact) -> list[tuple[str, str, str]]:
    told = [
        ("Doel", row.purpose, ""),
        ("E-mailadres", row.email, f"mailto:{row.email}"),
        ("Telefoon", row.phone, ""),
        ("Laatst nagekeken op", day(row.checked_on) or "nog niet", ""),
    ]
    return [fact for fact in told if fact[1]]


def names(organisation: Organisation) -> Table:
    rows = [
        Row(
            [
                Cell(name.name),
                Cell(name.abbreviation),
                Cell(day(name.valid_from)),
                Cell(day(name.valid_until)),
            ]
        )
        for name in organisation.names.order_by(F("valid_from").desc(nulls_last=True))
    ]
    return Table("Namen door de tijd", NAME_COLUMNS, rows, "Er zijn geen namen bekend.")


def aliases(organisation: Organisation, request: HttpRequest, *, keeps: bool) -> Table:
    rows = [_alias(organisation, alias, request, keeps) for alias in organisation.aliases.order_by("name")]
    columns = (*ALIAS_COLUMNS, ALIAS_KEEPING) if keeps else ALIAS_COLUMNS
    return Table("Hoe mensen deze organisatie ook noemen", columns, rows, "Er zijn geen roepnamen bekend.")


def _alias(organisation: Organisation, alias: Alias, request: HttpRequest, keeps: bool) -> Row:
    told = [
        Cell(alias.name, tag="demo" if alias.is_demo else "", tone="warn"),
        Cell(day(alias.valid_from)),
        Cell(day(alias.valid_until)),
        Cell(alias.source),
    ]
    address = reverse("signatories:alias-edit", args=[organisation.key, alias.pk])
    return Row([*told, *([Cell("Wijzig", keep(request, address))] if keeps else [])])


def successions(organisation: Organisation, on: date, request: HttpRequest) -> Table:
    """Both sides, each by its name on the day of the succession's reading."""

    def called(side: str) -> Subquery:
        nearest = OrganisationName.objects.filter(organisation=OuterRef(side)).nearest(on=on)
        return Subquery(nearest.values("name")[:1])

    either = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    found = either.select_related("predecessor", "successor").annotate(
        before=called("predecessor"), after=called("successor")
    )
    rows = [_succession(organisation, item, request) for item in found]
    return Table(
        "Voorgangers en opvolgers", SUCCESSION_COLUMNS, rows, "Er zijn geen voorgangers of opvolgers."
    )


def _succession(organisation: Organisation, item: Any, request: HttpRequest) -> Row:
    is_after = item.predecessor_id == organisation.pk
    other = item.successor if is_after else item.predecessor
    address = keep(request, reverse("signatories:organisation-detail", args=[other.key]))
    reads_all = scope(request.user, Action.READ) is Scope.YES  # type: ignore[arg-type] # logged in
    confirmed = "geen besluit"
    if item.confirmed_on:
        confirmed = f"ja, bevestigd op {long_date(item.confirmed_on)}"
    elif item.declined_on:
        confirmed = f"nee, besloten op {long_date(item.declined_on)}"
    return Row(
        [
            Cell((item.after if is_after else item.before) or other.key, address if reads_all else ""),
            Cell("opvolger" if is_after else "voorganger"),
            Cell(item.get_event_display()),
            Cell(long_date(item.on)),
            Cell(confirmed),
        ]
    )


def signatures(organisation: Organisation, on: date, request: HttpRequest) -> Table:
    """Every signature that the organisation ever stood under, and whether it is in force on the day."""
    under = (
        Signatory.objects.filter(organisation=organisation).with_name(on=on).with_via(on=on).with_state(on=on)
    )
    found = list(
        under.select_related("signature__manifest", "signature__office").order_by(
            "-signature__signed_on", "pk"
        )
    )
    others = together(found, request, on)
    rows = [_signature(item, others[item.pk], on, request) for item in found]
    return Table(
        "Handtekeningen", SIGNATURE_COLUMNS, rows, "Deze organisatie staat niet onder een handtekening."
    )


def _why_not(signature: Any, on: date) -> str:
    return "nog niet ondertekend" if signature.signed_on.first_day > on else "niet van kracht"


def _signature(item: Any, others: list[str], on: date, request: HttpRequest) -> Row:
    signature = item.signature
    address = reverse("signatories:signature-detail", args=[signature.manifest.slug, signature.slug])
    state = (
        Cell("", tag="van kracht", tone="good") if item.is_in_force else Cell("", tag=_why_not(signature, on))
    )
    return Row(
        [
            Cell(signature.manifest.name, keep(request, address), "demo" if item.is_demo else "", "warn"),
            Cell(signature.signed_on),
            Cell(signature.office or ""),
            Cell(", ".join(others)),
            Cell(item.via_on_day or ""),
            state,
        ]
    )
