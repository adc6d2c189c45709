"""Who sends the letter and to whom, as they were on the letter's own date."""

from __future__ import annotations

from datetime import date

from mvi_portal.core.dates import long_date
from reports.frozen import FrozenOrganisation, FrozenSender
from reports.frozen_register import FrozenParties
from reports.models import Addressee, AddresseeAddress, Letter, SenderDetails
from reports.models.parties import lines_of
from signatories.models import Office, OfficeHolder, Organisation
from signatories.models.organisations import on_day

NAMES = ("name", "name_with_kind", "abbreviation")


class Parties:
    """Sender, co-senders and addressee of a letter, in four queries however many there are."""

    def __init__(self, letter: Letter) -> None:
        rows = letter.co_sender_rows.select_related("office").order_by("order")
        self.letter, self.day = letter, letter.dated
        self.problems: list[str] = []
        self.offices = [letter.sender, *(row.office for row in rows)]
        keys = {office.organisation_id for office in self.offices}
        organisations = Organisation.objects.filter(pk__in=keys).with_name(on=self.day, fields=NAMES)
        details = SenderDetails.objects.on(self.day).filter(organisation__in=keys)
        holders = OfficeHolder.objects.filter(on_day(self.day), office__in=self.offices)
        self._organisations = {row.pk: frozen_organisation(row) for row in organisations}
        self._details = {row.organisation_id: row for row in details}
        self._holders = {row.office_id: row.name for row in holders}
        self.addressee = self._addressee(letter.addressee)
        self._check(letter)

    @property
    def frozen(self) -> FrozenParties:
        return FrozenParties(self.sender, self.co_senders, self.addressee, self._chosen)

    @property
    def _chosen(self) -> tuple[str, ...]:
        return (*(office.slug for office in self.offices), self.letter.addressee.slug)

    @property
    def sender(self) -> FrozenSender:
        return self._sender(self.offices[0])

    @property
    def co_senders(self) -> tuple[FrozenSender, ...]:
        return tuple(self._sender(office) for office in self.offices[1:])

    def _sender(self, office: Office) -> FrozenSender:
        details = self._details.get(office.organisation_id, SenderDetails())
        return FrozenSender(
            organisation=self._organisations[office.organisation_id],
            office=office.title,
            holder=self._holders.get(office.pk, ""),
            visiting=lines_of(details.visiting),
            postal=lines_of(details.postal),
            website=details.website,
            phone=details.phone,
        )

    def _addressee(self, addressee: Addressee) -> tuple[str, ...]:
        address = AddresseeAddress.objects.on(self.day).filter(addressee=addressee).first()
        if address is None:
            self.problems.append(
                f"Van de geadresseerde '{addressee.name}' is geen adres bekend op {long_date(self.day)}."
            )
        return (addressee.name, *(lines_of(address.lines) if address else ()))

    def _check(self, letter: Letter) -> None:
        day = long_date(self.day)
        if letter.sender.organisation_id not in self._details:
            self.problems.append(f"Van de afzender '{letter.sender}' is geen adres bekend op {day}.")
        self.problems += [
            f"Het ambt '{office}' bestaat niet op {day}, de datum van de brief."
            for office in self.offices
            if not _exists(office, self.day)
        ]


def chosen(letter: Letter) -> tuple[str, ...]:
    """What the letter itself chooses: sender, co-senders in their order, addressee; by their own keys."""
    rows = letter.co_sender_rows.order_by("order").values_list("office__slug", flat=True)
    return (letter.sender.slug, *rows, letter.addressee.slug)


def frozen_organisation(row: Organisation) -> FrozenOrganisation:
    """By the name that `with_name` annotated; an organisation without any name goes by its key."""
    name = annotated(row, "name") or row.key
    return FrozenOrganisation(
        key=row.key,
        name=name,
        name_with_kind=annotated(row, "name_with_kind") or name,
        abbreviation=annotated(row, "abbreviation"),
    )


def annotated(row: Organisation, field: str) -> str:
    """What `with_name` found; "" for an organisation without any name."""
    return str(getattr(row, f"{field}_on_day") or "")


def _exists(office: Office, day: date) -> bool:
    begun = office.valid_from is None or office.valid_from <= day
    return begun and (office.valid_until is None or day <= office.valid_until)
