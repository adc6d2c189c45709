"""What is agreed and asked about a plan that is owed: a delay, an inquiry, a reminder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.lookups import GreaterThan

from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import add_months
from mvi_portal.history import tracked

# An answer grows old: after so many months nobody knows any more how it is.
ANSWER_HOLDS_MONTHS = 12


@tracked()
class Delay(Fact):
    """The one time that a signatory may say: our plan comes later, namely then."""

    signature = models.OneToOneField(
        "signatories.Signature",
        verbose_name="handtekening",
        on_delete=models.CASCADE,
        related_name="delay",
        error_messages={"unique": "Uitstel kan één keer worden gemeld."},
    )
    announced_on = PartialDateField("gemeld op", precision_field="announced_on_precision")
    announced_on_precision = PrecisionField("nauwkeurigheid melding")
    until = PartialDateField("nieuwe datum", precision_field="until_precision")
    until_precision = PrecisionField("nauwkeurigheid nieuwe datum")
    reason = models.TextField("reden", blank=True)

    class Meta:
        verbose_name = "uitstel"
        verbose_name_plural = "uitstel"
        ordering = ["signature"]
        constraints = [
            rule(
                "delay",
                "until_after_announcement",
                Q(until__gt=F("announced_on")),
                "De nieuwe datum ligt niet na de melding.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.signature}: uitstel tot {self.until}"


class Answer(models.TextChoices):
    """What is known about a plan that was not received."""

    NOTHING = "nothing", "er is nog niets"
    PROMISED = "promised", "toegezegd"
    UNKNOWN = "unknown", "niet bekend"


def still_holds(asked_on: str, on: date) -> GreaterThan:
    """A condition: what was answered on the day in the column, is not too old on `on`."""
    return GreaterThan(add_months(F(asked_on), Value(ANSWER_HOLDS_MONTHS)), Value(on))


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def known(self, *, on: date) -> Self:
        """The last answer about each signature, where it tells how it is and still holds on the day."""
        asked = self.filter(asked_on__lte=on)
        last = asked.order_by("signature_id", "-asked_on").distinct("signature_id")
        return self.filter(still_holds("asked_on", on), pk__in=last.values("pk")).exclude(
            answer=Answer.UNKNOWN
        )


@tracked()
class Inquiry(Fact):
    """The secretariat asked after the plan, and this was the answer."""

    signature = models.ForeignKey(
        "signatories.Signature",
        verbose_name="handtekening",
        on_delete=models.CASCADE,
        related_name="inquiries",
    )
    asked_on = models.DateField("gevraagd op")
    answer = models.CharField("antwoord", max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    note = models.TextField("toelichting", blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "navraag"
        verbose_name_plural = "navragen"
        ordering = ["signature", "asked_on"]
        constraints = [
            once(
                "inquiry",
                "signature",
                "asked_on",
                what="once_a_day",
                message="Op deze dag is er al navraag gedaan.",
            ),
            known("inquiry", "answer", Answer),
        ]

    def __str__(self) -> str:
        return f"{self.signature}: {self.get_answer_display()}"


class ReminderKind(models.IntegerChoices):
    """How many days before or after the due date a reminder goes out."""

    AHEAD = -90, "90 dagen vooraf"
    SOON = -30, "30 dagen vooraf"
    DUE = 0, "op de dag zelf"
    PAST = 30, "30 dagen erna"


@tracked()
class Reminder(models.Model):
    """A reminder that was made ready once, and then released or skipped by the secretariat."""

    signature = models.ForeignKey(
        "signatories.Signature",
        verbose_name="handtekening",
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    kind = models.SmallIntegerField("soort", choices=ReminderKind.choices)
    due_on = models.DateField("datum waarop het plan er moet zijn")
    prepared_at = models.DateTimeField("klaargezet op")
    released_at = models.DateTimeField("vrijgegeven op", null=True, blank=True)
    released_by = models.ForeignKey(
        User,
        verbose_name="vrijgegeven door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="released_reminders",
        help_text="Leeg: vanzelf verstuurd.",
    )
    skipped_reason = models.CharField("reden om over te slaan", max_length=300, blank=True)

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["due_on", "kind", "signature"]
        constraints = [
            once("reminder", "signature", "kind", "due_on", message="Deze herinnering is al klaargezet."),
            known("reminder", "kind", ReminderKind),
            rule(
                "reminder",
                "released_or_skipped",
                Q(released_at__isnull=True) | Q(skipped_reason=""),
                "Een herinnering is vrijgegeven of overgeslagen, niet allebei.",
            ),
            rule(
                "reminder",
                "released_has_moment",
                Q(released_by__isnull=True) | Q(released_at__isnull=False),
                "Leg vast wanneer de herinnering is vrijgegeven.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature}: {self.get_kind_display()}"

    @property
    def sends_on(self) -> date:
        """The day on which it should go out."""
        return self.due_on + timedelta(days=self.kind)
