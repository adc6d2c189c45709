"""A mail and how far it is. The row is the truth: it says before and after the sending what happened."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import either, known, once, rule, together
from mvi_portal.history import tracked
from mvi_portal.jobs import models as jobs

# How many minutes to wait after each time that the server said: not now.
WAITS = (5, 30, 120, 480, 1440)


class State(models.TextChoices):
    PREPARED = "prepared", "klaargezet"
    RELEASED = "released", "vrijgegeven"
    SENDING = "sending", "wordt verstuurd"
    DOUBTFUL = "doubtful", "onzeker"
    SENT = "sent", "verstuurd"
    REFUSED = "refused", "geweigerd"
    SKIPPED = "skipped", "overgeslagen"


UNRELEASED = [State.PREPARED, State.SKIPPED]
UNDERWAY = [State.SENDING, State.DOUBTFUL]
SETTLED = [State.SENT, State.REFUSED, State.SKIPPED]


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, *, now: datetime) -> Self:
        """Released, and not waiting for another try."""
        return self.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), state=State.RELEASED)

    def abandoned(self, *, now: datetime) -> Self:
        """Taken for sending by a worker that has no lease any more: nobody knows whether they went."""
        alive = jobs.Job.objects.filter(state=jobs.State.RUNNING, lease_until__gte=now)
        return self.filter(state=State.SENDING).exclude(lease__in=alive.values("lease"))

    def stuck(self, *, since: datetime) -> Self:
        """Released before that moment, and still not gone."""
        return self.filter(state=State.RELEASED, released_at__lt=since)


@tracked(exclude=["recipient", "recipient_name", "body", "answer"])
class Mail(models.Model):
    """One mail to one address. `key` tells in its maker's words what it is, so that it is made once."""

    kind = models.SlugField("soort", max_length=40)
    key = models.CharField("sleutel", max_length=300)
    recipient = models.EmailField("aan", blank=True)
    recipient_name = models.CharField("naam", max_length=200, blank=True)
    subject = models.CharField("onderwerp", max_length=300)
    body = models.TextField("tekst", blank=True)
    message_id = models.UUIDField("berichtnummer", default=uuid.uuid4, editable=False)
    state = models.CharField("toestand", max_length=10, choices=State.choices, default=State.PREPARED)
    reason = models.CharField("reden om over te slaan", max_length=300, blank=True)
    prepared_at = models.DateTimeField("klaargezet op", default=timezone.now)
    released_at = models.DateTimeField("vrijgegeven op", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vrijgegeven door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="released_mails",
        help_text="Leeg: vanzelf.",
    )
    lease = models.UUIDField("pacht van de taak", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    next_try_at = models.DateTimeField("volgende poging op", null=True, blank=True)
    answer = models.TextField("antwoord van de mailserver", blank=True)
    settled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    erased_on = models.DateField("gewist op", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            known("mail", "state", State),
            once("mail", "key", message="Dit bericht is al klaargezet."),
            either(
                "mail",
                "recipient_unless_erased",
                ~Q(recipient=""),
                Q(erased_on__isnull=False),
                message="Vul in aan wie het bericht is.",
            ),
            rule(
                "mail",
                "released_has_moment",
                Q(state__in=UNRELEASED) | Q(released_at__isnull=False),
                "Leg vast wanneer het bericht is vrijgegeven.",
            ),
            together(
                "mail",
                "lease_underway",
                Q(state__in=UNDERWAY),
                Q(lease__isnull=False),
                message="Alleen een bericht dat onderweg is, is van een taak.",
            ),
            together(
                "mail",
                "settled_has_moment",
                Q(state__in=SETTLED),
                Q(settled_at__isnull=False),
                message="Leg vast wanneer het bericht is afgehandeld.",
            ),
            together(
                "mail",
                "skipped_with_reason",
                Q(state=State.SKIPPED),
                ~Q(reason=""),
                message="Wie een bericht overslaat, zegt waarom.",
            ),
            rule(
                "mail",
                "erased_is_empty",
                Q(erased_on__isnull=True) | Q(recipient_name="", body="", answer="", state__in=SETTLED),
                "Een gewist bericht is afgehandeld en heeft geen gegevens meer.",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_state_next_try"),
            models.Index(fields=["recipient"], name="mail_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state not in SETTLED


@tracked(exclude=["content"])
class Attachment(models.Model):
    """A small file beside a mail, as a due date for somebody's calendar."""

    mail = models.ForeignKey(
        Mail, verbose_name="bericht", on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField("naam", max_length=100)
    content_type = models.CharField("soort", max_length=100)
    content = models.BinaryField("inhoud")

    class Meta:
        verbose_name = "bijlage bij een bericht"
        verbose_name_plural = "bijlagen bij berichten"
        ordering = ["mail", "name"]
        constraints = [once("attachment", "mail", "name", message="Deze bijlage is er al.")]

    def __str__(self) -> str:
        return self.name
