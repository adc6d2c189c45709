"""Who must agree with a letter, who is aligned with, and what they answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mvi_portal.core.constraints import known, once, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter
from signatories.models import Organisation


class AssentKind(models.TextChoices):
    """Without assent nothing is sent; alignment advises and does not block."""

    ASSENT = "assent", "instemming"
    ALIGNMENT = "alignment", "afstemming"


class Answer(models.TextChoices):
    AGREED = "agreed", "akkoord"
    AGREED_IF = "agreed-if", "akkoord, mits"
    NOT_AGREED = "not-agreed", "niet akkoord"


@tracked()
class Assent(models.Model):
    """One party's answer to the letter. A party that is co-sender and department is asked once."""

    letter = models.ForeignKey(Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="assents")
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="assents"
    )
    kind = models.CharField("soort", max_length=10, choices=AssentKind.choices)
    answer = models.CharField(
        "antwoord", max_length=10, choices=Answer.choices, blank=True, help_text="Leeg: nog geen antwoord."
    )
    given_on = models.DateField("gegeven op", null=True, blank=True)
    function = models.CharField("functie van wie antwoordde", max_length=200, blank=True)
    proof = models.CharField(
        "bewijs", max_length=300, blank=True, help_text="Bijvoorbeeld de mail of het verslag, met datum."
    )
    remark = models.TextField("opmerking", blank=True)
    paragraphs = models.JSONField(
        "vingerafdrukken van de alinea's",
        default=list,
        blank=True,
        help_text="De SHA-256 van elke alinea waarop het antwoord is gegeven, in volgorde.",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vastgelegd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recorded_assents",
    )

    class Meta:
        verbose_name = "instemming of afstemming"
        verbose_name_plural = "instemmingen en afstemmingen"
        ordering = ["letter", "kind", "organisation"]
        constraints = [
            once(
                "assent",
                "letter",
                "organisation",
                message="Deze organisatie wordt al om een antwoord op de brief gevraagd.",
            ),
            known("assent", "kind", AssentKind),
            rule(
                "assent",
                "answer_with_date",
                Q(answer="", given_on__isnull=True) | Q(answer__in=Answer.values, given_on__isnull=False),
                "Een antwoord heeft een datum; zonder antwoord is er geen datum.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} van {self.organisation}: {self.get_answer_display() or 'open'}"
