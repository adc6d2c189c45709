"""Consultations between governments: who came in which capacity, and what was decided."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from monitoring.models.commitments import Commitment
from monitoring.models.frame import PolicyLine
from monitoring.models.seats import OFFICE_OF_OTHER, OFFICE_OF_OTHER_SQL, refuse_office_of_other
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.prose import ProseField
from mvi_portal.history import tracked
from signatories.models.reading import readable


class ConsultationKind(models.TextChoices):
    ADMINISTRATIVE = "administrative", "bestuurlijk overleg"
    DIRECTORS = "directors", "directeurenoverleg"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: User, *, on: date) -> Self:
        """A contact sees those that the own organisation took part in."""
        return readable(self, user, "participants__organisation", on=on)


@tracked()
class Consultation(Fact):
    """A meeting of the ministers and the boards of the umbrella organisations, or of their directors."""

    Kind = ConsultationKind

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=ConsultationKind.choices)
    title = models.CharField("titel", max_length=200)
    held_on = PartialDateField("gehouden op", precision_field="held_on_precision")
    held_on_precision = PrecisionField("nauwkeurigheid datum")
    agenda = ProseField("agenda", blank=True)
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
    )
    organisations: models.ManyToManyField[models.Model, Participant] = models.ManyToManyField(
        "signatories.Organisation",
        through="Participant",
        verbose_name="deelnemers",
        related_name="consultations",
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["-held_on", "slug"]
        constraints = [known("consultation", "kind", ConsultationKind)]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug


@tracked()
class Participant(Fact):
    """An organisation at the table, and in which capacity: "minister", "bestuurder van de koepel"."""

    consultation = models.ForeignKey(
        Consultation, verbose_name="overleg", on_delete=models.CASCADE, related_name="participants"
    )
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="consultation_rows",
    )
    office = models.ForeignKey(
        "signatories.Office",
        verbose_name="ambt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultation_rows",
    )
    capacity = models.CharField("hoedanigheid", max_length=200)

    class Meta:
        verbose_name = "deelnemer aan een overleg"
        verbose_name_plural = "deelnemers aan overleggen"
        ordering = ["consultation", "organisation__key", "capacity"]
        constraints = [
            once(
                "participant",
                "consultation",
                "organisation",
                "capacity",
                message="Deze deelnemer staat al bij het overleg.",
            ),
            rule("participant", "capacity_given", ~Q(capacity=""), "Vul in welke hoedanigheid dit was."),
        ]
        triggers = [
            refuse("participant", "office_of_organisation", when=OFFICE_OF_OTHER_SQL, message=OFFICE_OF_OTHER)
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.capacity}"

    def clean(self) -> None:
        refuse_office_of_other(self)


@tracked()
class ConsultationDecision(Fact):
    """What was decided, who sees to it and by when; it may have become an agreement."""

    consultation = models.ForeignKey(
        Consultation, verbose_name="overleg", on_delete=models.CASCADE, related_name="decisions"
    )
    number = models.PositiveSmallIntegerField("nummer", default=1)
    text = models.TextField("besluit")
    owner = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="eigenaar",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultation_decisions",
    )
    due_on = PartialDateField("uiterlijk", precision_field="due_on_precision", null=True, blank=True)
    due_on_precision = PrecisionField("nauwkeurigheid uiterste datum")
    agreement = models.OneToOneField(
        Commitment,
        verbose_name="vastgelegd als afspraak",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
    )

    class Meta:
        verbose_name = "besluit van een overleg"
        verbose_name_plural = "besluiten van overleggen"
        ordering = ["consultation", "number"]
        constraints = [
            once("consultationdecision", "consultation", "number", message="Dit nummer bestaat al."),
            rule("consultationdecision", "text_given", ~Q(text=""), "Vul het besluit in."),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, besluit {self.number}"

    @property
    def natural(self) -> str:
        """Needs `consultation` loaded."""
        return f"{self.consultation.slug}:{self.number}"
