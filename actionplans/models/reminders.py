"""What a reminder says, and the mails that carry it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When

from actionplans.models.terms import Reminder, ReminderKind
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.history import tracked
from mvi_portal.mails.models import Mail
from mvi_portal.mails.models import State as MailState
from signatories.models import Contact


class ReminderStand(models.TextChoices):
    """How far a reminder is, told by its own row and by its mails."""

    READY = "klaar", "klaar om te versturen"
    NO_CONTACT = "geen-contact", "geen contactpersoon"
    SKIPPED = "overgeslagen", "overgeslagen"
    DOUBTFUL = "onzeker", "onzeker"
    REFUSED = "geweigerd", "geweigerd"
    UNDERWAY = "onderweg", "onderweg"
    SENT = "verstuurd", "verstuurd"


OPEN = [ReminderStand.READY, ReminderStand.NO_CONTACT]


@tracked()
class ReminderText(models.Model):
    """The text of one kind of reminder, once somebody changed it; until then the portal has its own."""

    kind = models.SmallIntegerField("soort", choices=ReminderKind.choices)
    subject = models.CharField("onderwerp", max_length=200)
    body = models.TextField("tekst", max_length=5000)

    class Meta:
        verbose_name = "herinneringstekst"
        verbose_name_plural = "herinneringsteksten"
        ordering = ["kind"]
        constraints = [
            known("remindertext", "kind", ReminderKind),
            once("remindertext", "kind", message="Van deze soort is er al een tekst."),
            rule("remindertext", "given", ~Q(subject="") & ~Q(body=""), "Vul een onderwerp en een tekst in."),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


@tracked()
class ReminderMail(models.Model):
    """A reminder goes to everybody whom the organisations under the signature named for it."""

    reminder = models.ForeignKey(
        Reminder, verbose_name="herinnering", on_delete=models.CASCADE, related_name="mailings"
    )
    mail = models.OneToOneField(
        Mail, verbose_name="bericht", on_delete=models.CASCADE, related_name="reminder_mailing"
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name="contactpersoon",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reminder_mailings",
    )

    class Meta:
        verbose_name = "verzending van een herinnering"
        verbose_name_plural = "verzendingen van herinneringen"
        ordering = ["reminder", "pk"]
        constraints = [
            once(
                "remindermail", "reminder", "contact", message="Deze contactpersoon krijgt de herinnering al."
            )
        ]

    def __str__(self) -> str:
        return f"{self.reminder} aan {self.contact or 'iemand van wie de gegevens zijn gewist'}"


def reminders() -> models.QuerySet[Any]:
    """All, each with its `stand` (ReminderStand)."""
    return Reminder.objects.annotate(stand=_stand())


def _stand() -> Case:
    """The first that holds: what somebody has to look after stands before what went well."""
    undecided = Q(released_at=None)
    return Case(
        When(~Q(skipped_reason=""), then=Value(ReminderStand.SKIPPED)),
        When(undecided & Exists(_mailings(MailState.PREPARED)), then=Value(ReminderStand.READY)),
        When(undecided, then=Value(ReminderStand.NO_CONTACT)),
        When(Exists(_mailings(MailState.DOUBTFUL)), then=Value(ReminderStand.DOUBTFUL)),
        When(Exists(_mailings(MailState.REFUSED)), then=Value(ReminderStand.REFUSED)),
        When(Exists(_mailings(MailState.RELEASED, MailState.SENDING)), then=Value(ReminderStand.UNDERWAY)),
        When(Exists(_mailings(MailState.SENT)), then=Value(ReminderStand.SENT)),
        default=Value(ReminderStand.SKIPPED),
        output_field=CharField(),
    )


def _mailings(*states: MailState) -> models.QuerySet[ReminderMail]:
    return ReminderMail.objects.filter(reminder=OuterRef("pk"), mail__state__in=states)
