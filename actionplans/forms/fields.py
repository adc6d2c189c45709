"""Choosing signatures by the organisations under them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from mvi_portal.core.dates import PartialDate
from signatories.forms.fields import OrganisationsField
from signatories.models import Signature
from signatories.services.signatures import FUTURE

HELP = (
    "Eén organisatie per regel: de naam of de code, bijvoorbeeld gm0917. Een regionaal plan geldt voor meer "
    "handtekeningen: zet dan elke organisatie op een eigen regel."
)


def not_later(given: PartialDate | None) -> PartialDate | None:
    """What is recorded has happened."""
    if given and given.first_day > timezone.localdate():
        raise ValidationError(FUTURE)
    return given


class SignaturesField(OrganisationsField):
    """One organisation on each line; gives the signatures in force today under which they stand, each once.

    A line may also be the key of a signature ("mvoi-2022:gm0917"), for who signed more than once.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Voor wie het plan geldt", "help_text": HELP, **kwargs})

    def clean(self, value: Any) -> list[Signature]:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        keyed = [line for line in lines if ":" in line]
        named = "\n".join(line for line in lines if ":" not in line)
        found = [_keyed(line) for line in keyed]
        if named or not keyed:
            organisations = super().clean(named)
            found += [_of(organisation) for organisation in organisations or []]
        return list(dict.fromkeys(found))


def _keyed(line: str) -> Signature:
    manifest, _, slug = line.partition(":")
    found = Signature.objects.filter(manifest__slug=manifest.strip(), slug=slug.strip()).first()
    if found is None:
        raise ValidationError(f"Er is geen handtekening met de sleutel “{line}”.")
    return found


def _of(organisation: Any) -> Signature:
    today = timezone.localdate()
    rows = organisation.signatory_rows.in_force(on=today).select_related("signature__manifest")
    signatures: list[Signature] = list({row.signature.pk: row.signature for row in rows}.values())
    name = organisation.name_on_day or organisation.key
    if not signatures:
        raise ValidationError(
            f"{name} staat vandaag niet onder een handtekening. Leg eerst de handtekening vast."
        )
    if len(signatures) > 1:
        keys = ", ".join(signature.natural for signature in signatures)
        raise ValidationError(
            f"{name} heeft meer handtekeningen. Typ in plaats van de naam een van deze: {keys}."
        )
    return signatures[0]
