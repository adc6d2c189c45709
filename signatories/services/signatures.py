"""Signing the Manifest, joining and leaving a signature, and withdrawing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate, long_date
from mvi_portal.core.slugs import free_slug
from mvi_portal.history import history
from signatories.models import Manifest, Office, Organisation, Signatory, Signature

FUTURE = "Deze dag ligt in de toekomst."
RECORDED = (
    "Deze handtekening staat er al: hetzelfde manifest, dezelfde datum, hetzelfde ambt en (een deel van) "
    "dezelfde organisaties."
)


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


@transaction.atomic
def record_signature(
    *,
    manifest: Manifest,
    organisations: Iterable[Organisation],
    signed_on: PartialDate,
    by: User | None,
    office: Office | None = None,
    number: int | None = None,
    citation: str = "",
    source: str = "",
) -> Signature:
    """Sign, under a key made of the first organisation's own.

    Raises ValidationError when one of the organisations signed the same Manifest on that date already,
    through the same office.
    """
    whole = _each_once(organisations)
    Manifest.objects.select_for_update().get(pk=manifest.pk)  # who presses twice, is the second
    same = Signature.objects.filter(
        manifest=manifest,
        office=office,
        signed_on=signed_on,
        signed_on_precision=signed_on.precision,
        organisations__in=whole,
    ).distinct()
    if same.exists():
        raise ValidationError(RECORDED, code="recorded")
    return sign(
        manifest=manifest,
        organisations=whole,
        signed_on=signed_on,
        slug=free_slug(manifest.signatures.all(), whole[0].key),
        by=by,
        office=office,
        number=number,
        citation=citation,
        source=source,
    )


def check_signed_on(manifest: Manifest | None, signed_on: PartialDate | None) -> None:
    """What is recorded has happened, and not before the Manifest could be signed. Raises ValidationError."""
    if signed_on is None:
        return
    if signed_on.first_day > timezone.localdate():
        raise ValidationError({"signed_on": FUTURE})
    if manifest is not None and signed_on.last_day < manifest.opened_on:
        opened = long_date(manifest.opened_on)
        raise ValidationError({"signed_on": f"Dit manifest kon pas vanaf {opened} worden ondertekend."})


@transaction.atomic
def correct_signature(
    *,
    signature: Signature,
    signed_on: PartialDate,
    office: Office | None,
    number: int | None,
    citation: str,
    source: str,
    by: User | None,
    why: str = "",
) -> None:
    """The facts of the act itself; who stands under it and until when has verbs of its own."""
    with history(by=by, action="signature.corrected", why=why):
        signature.signed_on = signed_on
        signature.office = office
        signature.number = number
        signature.citation = citation
        signature.source = source
        signature.full_clean()
        signature.save(
            update_fields=["signed_on", "signed_on_precision", "office", "number", "citation", "source"]
        )


@transaction.atomic
def join(
    *,
    signature: Signature,
    organisations: Iterable[Organisation],
    valid_from: date | None,
    by: User | None,
    source: str = "",
    why: str = "",
) -> list[Signatory]:
    """More organisations under the signature, from the day on; None is from the signing itself.

    Raises ValidationError, for all of them, when one cannot: it stands there already in that period.
    """
    if valid_from and valid_from < signature.signed_on.first_day:
        raise ValidationError({"valid_from": "Deze dag ligt vóór de ondertekening."})
    whole = _each_once(organisations)
    with history(by=by, action="signature.joined", why=why):
        return [_join(signature, organisation, valid_from, source) for organisation in whole]


def _join(
    signature: Signature, organisation: Organisation, valid_from: date | None, source: str
) -> Signatory:
    row = Signatory(
        signature=signature,
        organisation=organisation,
        valid_from=valid_from,
        source=source,
        is_demo=signature.is_demo,
    )
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError([f"{organisation.key}: {message}" for message in error.messages]) from error
    row.save()
    return row


@transaction.atomic
def leave(*, signatory: Signatory, until: date | None, by: User | None, why: str) -> None:
    """The last day on which the organisation stands under the signature; None takes an end back."""
    signed_on = signatory.signature.signed_on
    if until and signatory.valid_from is None and until < signed_on.first_day:
        raise ValidationError({"valid_until": "Deze dag ligt vóór de ondertekening."})
    with history(by=by, action="signature.left", why=why):
        signatory.valid_until = until
        signatory.full_clean()
        signatory.save(update_fields=["valid_until"])


def _each_once(organisations: Iterable[Organisation]) -> list[Organisation]:
    whole = list(organisations)
    if not whole:
        raise ValidationError("Een handtekening geldt voor minstens één organisatie.")
    if len({organisation.pk for organisation in whole}) < len(whole):
        raise ValidationError("Een organisatie staat twee keer onder dezelfde handtekening.")
    return whole


@transaction.atomic
def withdraw(*, signature: Signature, on: date | None, by: User | None, why: str = "") -> None:
    """The signature no longer counts from `on`, for none of the organisations under it.

    None takes it back.
    """
    with history(by=by, action="signature.withdrawn", why=why):
        signature.withdrawn_on = on
        signature.full_clean()
        signature.save(update_fields=["withdrawn_on"])
