"""Many signatures at once, in a fixed number of queries: what a workbook brings in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.slugs import free_of
from mvi_portal.history import history
from signatories.models import Manifest, Office, Organisation, Signatory, Signature
from signatories.services.signatures import RECORDED, check_signed_on


@dataclass(frozen=True)
class Act:
    """A signature to record. Without a `slug` its key is made of the first organisation's own."""

    manifest: Manifest
    organisations: Sequence[Organisation]
    signed_on: PartialDate
    office: Office | None = None
    number: int | None = None
    citation: str = ""
    source: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Correction:
    """All facts of a signature that stands there, as they are to be; its manifest loaded."""

    signature: Signature
    signed_on: PartialDate
    office: Office | None
    number: int | None
    citation: str
    source: str


CORRECTED = ("signed_on", "signed_on_precision", "office", "number", "citation", "source")


@transaction.atomic
def sign_all(*, acts: Sequence[Act], by: User | None) -> list[Signature]:
    """All, or none when one cannot be: by the same rules as one at a time, here without telling which.

    Raises ValidationError, or IntegrityError for what the database refuses.
    """
    pks = {act.manifest.pk for act in acts}
    list(Manifest.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    _refuse_what_is_recorded(acts)
    signatures = list(_signatures(acts))
    with history(by=by, action="signature.signed"):
        Signature.objects.bulk_create(signatures)
        Signatory.objects.bulk_create(
            Signatory(signature=signature, organisation=organisation, source=act.source)
            for act, signature in zip(acts, signatures, strict=True)
            for organisation in act.organisations
        )
    return signatures


@transaction.atomic
def correct_all(*, corrections: Sequence[Correction], by: User | None, why: str = "") -> None:
    """All, or none when one cannot be: by the same rules as one at a time, here without telling which.

    Raises ValidationError, or IntegrityError for what the database refuses.
    """
    signatures = [_corrected(correction) for correction in corrections]
    with history(by=by, action="signature.corrected", why=why):
        Signature.objects.bulk_update(signatures, CORRECTED)


def _corrected(correction: Correction) -> Signature:
    signature = correction.signature
    check_signed_on(signature.manifest, correction.signed_on)
    signature.signed_on, signature.office = correction.signed_on, correction.office
    signature.number, signature.citation = correction.number, correction.citation
    signature.source = correction.source
    signature.clean_fields(exclude=["manifest", "office"])  # those were just read
    return signature


def _signatures(acts: Sequence[Act]) -> list[Signature]:
    """Each looked at by itself; what lies in other rows, the database looks at."""
    taken: dict[int, set[str]] = defaultdict(set)
    pks = {act.manifest.pk for act in acts}
    for manifest, slug in Signature.objects.filter(manifest__in=pks).values_list("manifest", "slug"):
        taken[manifest].add(slug)
    made = []
    for act in acts:
        check_signed_on(act.manifest, act.signed_on)
        slug = act.slug or free_of(taken[act.manifest.pk], act.organisations[0].key)
        taken[act.manifest.pk].add(slug)
        made.append(_signature(act, slug))
    return made


def _signature(act: Act, slug: str) -> Signature:
    signature = Signature(
        manifest=act.manifest,
        slug=slug,
        number=act.number,
        office=act.office,
        signed_on=act.signed_on,
        citation=act.citation,
        source=act.source,
    )
    signature.clean_fields(exclude=["manifest", "office"])  # those were just read
    return signature


def _refuse_what_is_recorded(acts: Sequence[Act]) -> None:
    """As for one: the same Manifest, date and office, with (some of) the same organisations."""
    organisations = {organisation.pk for act in acts for organisation in act.organisations}
    rows = Signatory.objects.filter(
        organisation__in=organisations, signature__manifest__in={act.manifest.pk for act in acts}
    ).select_related("signature__manifest", "signature__office")
    known = {_key(row.signature, row.organisation_id) for row in rows}
    for act in acts:
        keys = {_key(act, organisation.pk) for organisation in act.organisations}
        if not act.slug and keys & known:
            raise ValidationError(RECORDED, code="recorded")
        known |= keys


def _key(act: Act | Signature, organisation: int) -> tuple[object, ...]:
    """Needs manifest and office loaded."""
    return act.manifest.pk, act.signed_on, act.office and act.office.pk, organisation
