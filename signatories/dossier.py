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


LATER = "na de peildatum"


def day(value: date | None) -> str:
    return long_date(value) if value else ""


def since(value: date | None, on: date) -> str:
    """The mark of what was not so yet on the reference date."""
    return LATER if value and value > on else ""


def told(value: date | None, on: date) -> str:
    """The day, with its mark when it lies after the reference date."""
    return f"{day(value)} ({LATER})" if since(value, on) else day(value)


def facts(organisation: Any, on: date) -> list[tuple[str, str]]:
    """Only what is known; `organisation` comes with its province on the day."""
    rows = [
        ("Soort", organisation.get_kind_display()),
        ("TOOI-code" if organisation.is_tooi else "Eigen sleutel", organisation.key),
        ("Provincie", organisation.province_on_day),
        ("Bestaat vanaf", told(organisation.valid_from, on)),
        ("Bestaat tot en met", told(organisation.valid_until, on)),
        ("KvK-nummer", organisation.kvk),
        ("RSIN", organisation.rsin),
        ("OIN", organisation.oin),
        ("Bron", organisation.source),
    ]
    return [(label, value) for label, value in rows if value]


def contacts(organisation: Organisation) -> list[dict[str, Any]]:
    """Personal data, for the secretariat: who is not erased, and only what is known."""
    rows = Contact.objects.filter(organisation=organisation, erased_on__isnull=True).order_by("name", "pk")
    return [{"pk": row.pk, "name": row.name, "facts": _contact(row)} for row in rows]


def _contact(row: Contact) -> list[tuple[str, str, str]]:
    rows = [
        ("Doel", row.purpose, ""),
        ("E-mailadres", row.email, f"mailto:{row.email}"),
        ("Telefoon", row.phone, ""),
        ("Laatst nagekeken op", day(row.checked_on) or "nog niet", ""),
    ]
    return [fact for fact in rows if fact[1]]


def names(organisation: Organisation, on: date) -> Table:
    rows = [
        Row(
            [
                Cell(name.name, tag=since(name.valid_from, on)),
                Cell(name.abbreviation),
                Cell(day(name.valid_from)),
                Cell(told(name.valid_until, on)),
            ]
        )
        for name in organisation.names.order_by(F("valid_from").desc(nulls_last=True))
    ]
    return Table("Namen door de tijd", NAME_COLUMNS, rows, "Er zijn geen namen bekend.")


def aliases(organisation: Organisation, on: date, request: HttpRequest, *, keeps: bool) -> Table:
    found = organisation.aliases.order_by("name")
    rows = [_alias(organisation, alias, on, request, keeps) for alias in found]
    columns = (*ALIAS_COLUMNS, ALIAS_KEEPING) if keeps else ALIAS_COLUMNS
    return Table("Hoe mensen deze organisatie ook noemen", columns, rows, "Er zijn geen roepnamen bekend.")


def _alias(organisation: Organisation, alias: Alias, on: date, request: HttpRequest, keeps: bool) -> Row:
    cells = [
        Cell(alias.name, tag="demo" if alias.is_demo else "", tone="warn"),
        Cell(told(alias.valid_from, on)),
        Cell(told(alias.valid_until, on)),
        Cell(alias.source),
    ]
    address = reverse("signatories:alias-edit", args=[organisation.key, alias.pk])
    return Row([*cells, *([Cell("Wijzig", keep(request, address))] if keeps else [])])


def successions(organisation: Organisation, on: date, request: HttpRequest, *, keeps: bool) -> Table:
    """Both sides, each by its name on the day of the succession's reading; who `keeps` finds the decision."""

    def called(side: str) -> Subquery:
        nearest = OrganisationName.objects.filter(organisation=OuterRef(side)).nearest(on=on)
        return Subquery(nearest.values("name")[:1])

    either = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    found = either.select_related("predecessor", "successor").annotate(
        before=called("predecessor"), after=called("successor")
    )
    rows = [_succession(organisation, item, on, request, keeps) for item in found]
    return Table(
        "Voorgangers en opvolgers", SUCCESSION_COLUMNS, rows, "Er zijn geen voorgangers of opvolgers."
    )


def _succession(organisation: Organisation, item: Any, on: date, request: HttpRequest, keeps: bool) -> Row:
    is_after = item.predecessor_id == organisation.pk
    other = item.successor if is_after else item.predecessor
    address = keep(request, reverse("signatories:organisation-detail", args=[other.key]))
    reads_all = scope(request.user, Action.READ) is Scope.YES  # type: ignore[arg-type] # logged in
    return Row(
        [
            Cell((item.after if is_after else item.before) or other.key, address if reads_all else ""),
            Cell("opvolger" if is_after else "voorganger"),
            Cell(item.get_event_display()),
            Cell(long_date(item.on), tag=since(item.on, on)),
            Cell(_confirmed(item, on), _decision(item, request) if keeps else ""),
        ]
    )


def _decision(item: Any, request: HttpRequest) -> str:
    """The page where it was decided, and where that can be taken back."""
    if not (item.confirmed_on or item.declined_on):
        return ""  # what waits stands in the list of them; most have nothing to decide
    place = [item.on.isoformat(), item.predecessor.key]
    return keep(request, reverse("signatories:succession-detail", args=place))


def _confirmed(item: Any, on: date) -> str:
    if item.confirmed_on:
        return f"ja, bevestigd op {told(item.confirmed_on, on)}"
    return f"nee, besloten op {told(item.declined_on, on)}" if item.declined_on else "geen besluit"


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


def _why_not(item: Any, on: date) -> str:
    """The first that holds, of an organisation under a signature; "" when the organisation itself ended."""
    signature = item.signature
    passed = (
        ("ingetrokken op", signature.withdrawn_on),
        ("manifest beëindigd op", signature.manifest.ended_on),
    )
    if signature.signed_on.first_day > on:
        return "nog niet ondertekend"
    for what, value in passed:
        if value and value <= on:
            return f"{what} {long_date(value)}"
    if item.valid_from and item.valid_from > on:
        return f"vanaf {long_date(item.valid_from)}"
    if item.valid_until and item.valid_until < on:
        return f"tot en met {long_date(item.valid_until)}"
    return ""


def _signature(item: Any, others: list[str], on: date, request: HttpRequest) -> Row:
    signature = item.signature
    address = reverse("signatories:signature-detail", args=[signature.manifest.slug, signature.slug])
    state = (
        Cell("", tag="van kracht", tone="good")
        if item.is_in_force
        else Cell(_why_not(item, on), tag="niet van kracht")
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
