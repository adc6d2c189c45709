"""What a new letter starts from: annexes, and salutation, closing and reference kept with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.models import Addressee, AddresseeAddress, AnnexKind, AnnexPlace, Letter, SenderDetails
from signatories.models import Office

NUMBER_FOLLOWS = "(nummer volgt)"
UNFINISHED = (
    "Aan ‘Ons kenmerk’ ontbreekt het nummer nog: er staat ‘{}’. Vul het aan, of maak het leeg: dan krijgt de "
    "brief geen kenmerk."
)
# Where there is no letter before it to take them from: the figures in the letter, the long lists beside it.
ANNEXES = (
    (AnnexKind.FIGURES, AnnexPlace.INSIDE, "Cijfers van het register"),
    (AnnexKind.SIGNATORIES, AnnexPlace.SEPARATE, "Ondertekenaars"),
    (AnnexKind.PLANS, AnnexPlace.SEPARATE, "Actieplannen"),
    (AnnexKind.BUYER_GROUPS, AnnexPlace.SEPARATE, "Buyer groups"),
)


@dataclass(frozen=True)
class Standard:
    """The words of the letter's own date."""

    salutation: str
    closing: str
    reference: str


def standard(sender: Office | None, addressee: Addressee | None, day: date) -> Standard:
    """Where nothing is kept, what the last letters said: the defaults of a letter."""
    kept = _details(sender, day)
    address = AddresseeAddress.objects.on(day).filter(addressee=addressee).first() or AddresseeAddress()
    plain = Letter()
    return Standard(
        address.salutation or plain.salutation, kept.closing or plain.closing, kept.reference(day)
    )


def begun(letter: Letter, reference: str) -> bool:
    """Whether the reference is only how those of its sender begin, without a number behind it."""
    return bool(reference) and _details(letter.sender, letter.dated).is_begun(reference)


def reference_of(letter: Letter) -> str:
    """As it is printed: one without its number says so, and cannot be taken for a whole one."""
    if begun(letter, letter.reference):
        return f"{letter.reference.strip()} {NUMBER_FOLLOWS}"
    return letter.reference


def _details(sender: Office | None, day: date) -> SenderDetails:
    rows = SenderDetails.objects.on(day).filter(organisation=sender.organisation_id if sender else None)
    return rows.first() or SenderDetails()
