"""A job is one row: the row is the truth, the queue only a doorbell."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mvi_portal.accounts.models import User

MAX_TRIES = 3


class State(models.TextChoices):
    QUEUED = "queued", "in de wachtrij"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "geannuleerd"


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, user: User) -> Self:
        """What the user asked for: nobody else sees it."""
        return self.filter(by=user)

    def open(self) -> Self:
        """Not finished in any way."""
        return self.filter(state__in=[State.QUEUED, State.RUNNING])

    def claimable(self, *, now: datetime) -> Self:
        """Queued, or left by a worker whose lease is dead; with a try to spare."""
        waiting = Q(state=State.QUEUED)
        abandoned = Q(state=State.RUNNING, lease_until__lt=now)
        return self.filter(waiting | abandoned, tries__lt=MAX_TRIES)

    def exhausted(self, *, now: datetime) -> Self:
        """Left by a worker for the last time."""
        return self.filter(state=State.RUNNING, lease_until__lt=now, tries__gte=MAX_TRIES)

    def expired(self, *, now: datetime) -> Self:
        """With a result that has had its time."""
        return self.filter(expires_at__lt=now).exclude(result="")


class Job(models.Model):
    """Anything that takes longer than a request, for whom, and how far it is."""

    kind = models.CharField("soort", max_length=60)
    payload = models.JSONField("opdracht", default=dict)
    title = models.CharField("titel", max_length=300, blank=True)  # what was asked for, for who asked
    detail = models.TextField("waarover", blank=True)  # the filter, or what it is made of
    address = models.CharField("pagina", max_length=300, blank=True)  # where it was asked
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gevraagd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="jobs",
    )
    request_id = models.CharField("verzoek", max_length=64, blank=True)  # in whose log lines it was asked for
    state = models.CharField("toestand", max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField("gevraagd op", default=timezone.now)
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)
    finished_at = models.DateTimeField("geëindigd op", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    worker = models.CharField("worker", max_length=200, blank=True)
    lease = models.UUIDField("pacht", null=True, blank=True)
    lease_until = models.DateTimeField("pacht tot", null=True, blank=True)
    done = models.PositiveIntegerField("gedaan", default=0)
    total = models.PositiveIntegerField("te doen", default=0)
    step = models.CharField("stap", max_length=200, blank=True)
    reason = models.TextField("reden van mislukken", blank=True)
    result = models.FileField("resultaat", upload_to="jobs/", max_length=300, blank=True)
    expires_at = models.DateTimeField("resultaat vervalt op", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="job_state_known",
                violation_error_message="Deze toestand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease__isnull=True, lease_until__isnull=True)),
                name="job_lease_while_running",
                violation_error_message="Alleen een taak die bezig is, heeft een pacht.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="job_progress_within_total",
                violation_error_message="Er kan niet meer gedaan zijn dan er te doen is.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED, reason=""),
                name="job_failed_with_reason",
                violation_error_message="Een mislukte taak zegt waarom.",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MAX_TRIES),
                name="job_tries_at_most",
                violation_error_message="Een taak wordt hooguit drie keer geprobeerd.",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_state_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.get_state_display()}"

    @property
    def label(self) -> str:
        """What was asked for, else what kind of job it is."""
        from mvi_portal.jobs import kinds  # a kind names its handler, which works on jobs

        return self.title or kinds.label_of(self.kind)

    @property
    def file_name(self) -> str:
        """Of the result, as it is offered."""
        return PurePath(self.result.name or "").name

    @property
    def is_open(self) -> bool:
        return self.state in {State.QUEUED, State.RUNNING}

    @property
    def percentage(self) -> int:
        """True progress, 0–100."""
        if self.state == State.DONE:
            return 100
        return self.done * 100 // self.total if self.total else 0
