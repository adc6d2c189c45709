"""Signing the Manifest, and withdrawing from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.history import history
from signatories.models import Manifest, Office, Organisation, Signatory, Signature


@transaction.atomic
def sign(
    *,
    manifest: Manifest,
    organisations: Iterable[Organisation],
    signed_on: PartialDate | date,
    slug: str,
    by: User | None,
    number: int | None = None,
    office: Office | None = None,
    citation: str = "",
    source: str = "",
    is_demo: bool = False,
) -> Signature:
    """One act, for one or more organisations: each becomes a signatory from the day of signing."""
    with history(by=by, action="signature.signed"):
        signature = Signature(
            manifest=manifest,
            slug=slug,
            number=number,
            office=office,
            signed_on=signed_on,
            citation=citation,
            source=source,
            is_demo=is_demo,
        )
        signature.full_clean()
        signature.save()
        Signatory.objects.bulk_create(
            Signatory(signature=signature, organisation=organisation, source=source, is_demo=is_demo)
            for organisation in _each_once(organisations)
        )
    return signature


def _each_once(organisations: Iterable[Organisation]) -> list[Organisation]:
    whole = list(organisations)
    if not whole:
        raise ValidationError("Een handtekening geldt voor minstens één organisatie.")
    if len({organisation.pk for organisation in whole}) < len(whole):
        raise ValidationError("Een organisatie staat twee keer onder dezelfde handtekening.")
    return whole


@transaction.atomic
def withdraw(*, signature: Signature, on: date, by: User | None, why: str = "") -> None:
    """The signature no longer counts from `on`, for none of the organisations under it."""
    with history(by=by, action="signature.withdrawn", why=why):
        signature.withdrawn_on = on
        signature.full_clean()
        signature.save(update_fields=["withdrawn_on"])
