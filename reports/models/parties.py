"""Addresses with dates: where a letter goes, and what stands in the sender's column."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from mvi_portal.core.constraints import no_overlap, rule
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models import Organisation
from signatories.models.organisations import on_day


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of an address as typed, without the empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@tracked()
class Addressee(Fact):
    """To whom letters go: "De voorzitter van de Tweede Kamer der Staten-Generaal"."""

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    name = models.CharField("naam", max_length=200)

    class Meta:
        verbose_name = "geadresseerde"
        verbose_name_plural = "geadresseerden"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug


class AddresseeAddressQuerySet(models.QuerySet["AddresseeAddress"]):
    def on(self, day: date) -> Self:
        return self.filter(on_day(day))


@tracked()
class AddresseeAddress(Fact):
    """Where an addressee gets its post from a day up to and including another."""

    addressee = models.ForeignKey(
        Addressee, verbose_name="geadresseerde", on_delete=models.CASCADE, related_name="addresses"
    )
    lines = models.TextField("adresregels", help_text="Onder de naam, een regel per regel.")
    salutation = models.CharField(
        "aanhef", max_length=200, blank=True, help_text="Waarmee een nieuwe brief begint."
    )
    valid_from = models.DateField("geldt vanaf", null=True, blank=True)
    valid_until = models.DateField("geldt tot en met", null=True, blank=True)

    objects = AddresseeAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "adres van een geadresseerde"
        verbose_name_plural = "adressen van geadresseerden"
        ordering = ["addressee", "valid_from"]
        constraints = [
            ordered("addresseeaddress"),
            no_overlap(
                "addresseeaddress",
                "addressee",
                message="In deze periode heeft de geadresseerde al een ander adres.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(lines_of(self.lines))


class SenderDetailsQuerySet(models.QuerySet["SenderDetails"]):
    def on(self, day: date) -> Self:
        return self.filter(on_day(day))


@tracked()
class SenderDetails(Fact):
    """What the column of a letter tells of the organisation that sends it."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="sender_details"
    )
    visiting = models.TextField("bezoekadres", blank=True)
    postal = models.TextField("postadres", blank=True)
    website = models.CharField("website", max_length=200, blank=True)
    phone = models.CharField("telefoonnummer", max_length=40, blank=True)
    closing = models.CharField(
        "slotgroet", max_length=200, blank=True, help_text="Waarmee een nieuwe brief eindigt."
    )
    reference_form = models.CharField(
        "vorm van het kenmerk",
        max_length=90,
        blank=True,
        help_text="Het deel dat bij elke brief hetzelfde is, zoals IENW/BSK-{jaar}/. Voor {jaar} komt het "
        "jaar van de briefdatum; het nummer vult u bij de brief zelf aan.",
    )
    valid_from = models.DateField("geldt vanaf", null=True, blank=True)
    valid_until = models.DateField("geldt tot en met", null=True, blank=True)

    objects = SenderDetailsQuerySet.as_manager()

    class Meta:
        verbose_name = "afzendergegevens"
        verbose_name_plural = "afzendergegevens"
        ordering = ["organisation", "valid_from"]
        constraints = [
            ordered("senderdetails"),
            rule(
                "senderdetails",
                "reference_form_known",
                Q(reference_form__regex=r"^[^{}]*(\{jaar\}[^{}]*)?$"),
                "Gebruik in de vorm van het kenmerk alleen {jaar} tussen accolades, en hooguit één keer.",
            ),
            no_overlap(
                "senderdetails",
                "organisation",
                message="In deze periode gelden al andere afzendergegevens.",
            ),
        ]

    def reference(self, dated: date) -> str:
        """How the reference of a letter of that day begins."""
        return self.reference_form.replace("{jaar}", str(dated.year))

    def is_begun(self, reference: str) -> bool:
        """Whether it is only the part that each letter has, of whatever year: the number is still to come."""
        before, year, behind = self.reference_form.partition("{jaar}")
        form = re.escape(before) + (r"\d{4}" if year else "") + re.escape(behind)
        return bool(self.reference_form) and re.fullmatch(form, reference.strip()) is not None

    def __str__(self) -> str:
        return f"Afzendergegevens van {self.organisation}"
