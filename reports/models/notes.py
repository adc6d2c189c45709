"""The decision note: what advises an office-holder to send the letter."""

from __future__ import annotations

from django.db import models

from mvi_portal.core.constraints import once
from mvi_portal.core.prose import ProseField
from mvi_portal.history import tracked
from reports.models.letters import Letter
from signatories.models import Office


@tracked()
class DecisionNote(models.Model):
    """The note that goes with a letter; one for each office that is asked to decide."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="decision_notes"
    )
    office = models.ForeignKey(
        Office, verbose_name="gericht aan", on_delete=models.PROTECT, related_name="decision_notes"
    )

    class Meta:
        verbose_name = "beslisnota"
        verbose_name_plural = "beslisnota's"
        ordering = ["letter", "office"]
        constraints = [
            once(
                "decisionnote",
                "letter",
                "office",
                message="Voor dit ambt is er al een beslisnota bij de brief.",
                what="once_per_office",
            ),
        ]

    def __str__(self) -> str:
        return f"Beslisnota bij {self.letter} aan {self.office}"


@tracked()
class NoteSection(models.Model):
    """A part of the note, such as the occasion, the advised decision or the key points."""

    note = models.ForeignKey(
        DecisionNote, verbose_name="beslisnota", on_delete=models.CASCADE, related_name="sections"
    )
    slug = models.SlugField("sleutel", max_length=60)
    title = models.CharField("titel", max_length=200)
    order = models.PositiveSmallIntegerField("volgorde")
    text = ProseField("tekst", blank=True)

    class Meta:
        verbose_name = "sectie van een beslisnota"
        verbose_name_plural = "secties van beslisnota's"
        ordering = ["note", "order"]
        constraints = [
            once("notesection", "note", "slug", message="Deze sectie staat al in de nota."),
            models.UniqueConstraint(
                fields=["note", "order"],
                name="notesection_order_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two sections can change places
                violation_error_message="Deze plaats in de volgorde is al bezet.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
