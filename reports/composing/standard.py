"""What a new letter starts from: salutation, closing and the form of a reference, kept with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.models import Addressee, AddresseeAddress, Letter, SenderDetails
from signatories.models import Office


@dataclass(frozen=True)
class Standard:
    """The words of the letter's own date."""

    salutation: str
    closing: str
    reference: str


def standard(sender: Office | None, addressee: Addressee | None, day: date) -> Standard:
    """Where nothing is kept, what the last letters said: the defaults of a letter."""
    details = SenderDetails.objects.on(day).filter(organisation=sender.organisation_id if sender else None)
    kept = details.first() or SenderDetails()
    address = AddresseeAddress.objects.on(day).filter(addressee=addressee).first() or AddresseeAddress()
    plain = Letter()
    return Standard(
        address.salutation or plain.salutation, kept.closing or plain.closing, kept.reference(day)
    )
