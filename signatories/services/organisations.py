"""Organisations come, change their name, and go."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Kind, Organisation, OrganisationName


@transaction.atomic
def register_organisation(
    *,
    key: str,
    kind: Kind,
    name: str,
    by: User | None,
    name_with_kind: str = "",
    sort_name: str = "",
    abbreviation: str = "",
    province: Organisation | None = None,
    valid_from: date | None = None,
    is_tooi: bool = False,
    source: str = "",
    is_demo: bool = False,
) -> Organisation:
    """A new organisation with its first name. Without a TOOI code it gets a key of our own."""
    with history(by=by, action="organisation.registered"):
        organisation = Organisation(
            key=key,
            kind=kind,
            is_tooi=is_tooi,
            province=province,
            valid_from=valid_from,
            source=source,
            is_demo=is_demo,
        )
        organisation.full_clean()
        organisation.save()
        _add_name(
            OrganisationName(
                organisation=organisation,
                name=name,
                name_with_kind=name_with_kind or with_kind(name, kind),
                sort_name=sort_name or name.lower(),
                abbreviation=abbreviation,
                source=source,
                is_demo=is_demo,
            )
        )
    return organisation


@transaction.atomic
def correct_organisation(
    *,
    organisation: Organisation,
    kvk: str,
    rsin: str,
    oin: str,
    province: Organisation | None,
    source: str,
    by: User,
    why: str = "",
) -> None:
    """Its numbers and its province; its names and its end have verbs of their own."""
    with history(by=by, action="organisation.corrected", why=why):
        organisation.kvk = kvk
        organisation.rsin = rsin
        organisation.oin = oin
        organisation.province = province
        organisation.source = source
        organisation.full_clean()
        organisation.save(update_fields=["kvk", "rsin", "oin", "province", "source"])


@transaction.atomic
def rename(
    *,
    organisation: Organisation,
    name: str,
    on: date,
    by: User | None,
    name_with_kind: str = "",
    sort_name: str = "",
    abbreviation: str = "",
    source: str = "",
    why: str = "",
) -> OrganisationName:
    """From `on` the organisation bears another name; the name until then ends the day before."""
    with history(by=by, action="organisation.renamed", why=why):
        if organisation.names.filter(valid_from__gte=on).exists():
            raise ValidationError("Er staat al een naam die op of na deze dag begint.")
        for current in organisation.names.on(on):
            current.valid_until = on - timedelta(days=1)
            current.save(update_fields=["valid_until"])
        return _add_name(
            OrganisationName(
                organisation=organisation,
                name=name,
                name_with_kind=name_with_kind or with_kind(name, Kind(organisation.kind)),
                sort_name=sort_name or name.lower(),
                abbreviation=abbreviation,
                valid_from=on,
                source=source,
                is_demo=organisation.is_demo,
            )
        )


@transaction.atomic
def end_organisation(*, organisation: Organisation, on: date | None, by: User | None, why: str = "") -> None:
    """The organisation exists up to and including `on`; from then its signatures no longer count for it.

    None takes an end back.
    """
    with history(by=by, action="organisation.ended", why=why):
        organisation.valid_until = on
        organisation.full_clean()
        organisation.save(update_fields=["valid_until"])


def with_kind(name: str, kind: Kind) -> str:
    """The name as a sentence has it: "gemeente Heerlen", "ministerie van Defensie", "IPO"."""
    if kind is Kind.MINISTRY:
        return f"ministerie van {name}"
    if kind in (Kind.PROVINCE, Kind.MUNICIPALITY, Kind.WATER_AUTHORITY):
        return f"{kind.label} {name}"
    return name


def _add_name(name: OrganisationName) -> OrganisationName:
    name.full_clean()
    name.save()
    return name
