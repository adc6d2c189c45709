"""A workbook that somebody sent, what a trial said of it, and what was chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.workbooks.importing import Importer, importers
from mvi_portal.jobs.models import Job


class State(models.TextChoices):
    CHECKING = "checking", "wordt nagekeken"
    CHECKED = "checked", "nagekeken"
    WRITING = "writing", "wordt opgeslagen"
    WRITTEN = "written", "opgeslagen"


def expiry() -> datetime:
    """As long as the results of jobs are kept."""
    return timezone.now() + timedelta(days=settings.JOB_RESULT_DAYS)


class ImportQuerySet(models.QuerySet["Import"]):
    def of(self, user: User) -> Self:
        """Only who sent it sees it: a file can hold what others may not read."""
        return self.filter(by=user)

    def expired(self, *, now: datetime) -> Self:
        """Those that have had their time, and that nobody works on."""
        return self.filter(expires_at__lt=now).exclude(state__in=[State.CHECKING, State.WRITING])


class Import(models.Model):
    """One file on its way in. `outcome` holds what the last trial, or the writing, said of its rows."""

    importer = models.CharField("wat", max_length=60)
    name = models.CharField("naam van het bestand", max_length=200)
    file = models.FileField("bestand", upload_to="imports/", max_length=300)
    beside = models.FileField("meegestuurde zip", upload_to="imports/", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="van", on_delete=models.CASCADE, related_name="imports"
    )
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.CHECKING)
    created_at = models.DateTimeField("gestuurd op", default=timezone.now)
    expires_at = models.DateTimeField("verdwijnt op", default=expiry)
    job = models.ForeignKey(
        Job, verbose_name="taak", on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    only_good = models.BooleanField("alleen de goede rijen", default=False)
    answers = models.JSONField("antwoorden", default=dict, blank=True)
    outcome = models.JSONField("uitkomst", default=dict, blank=True)
    commented = models.FileField("bestand met fouten", upload_to="imports/", max_length=300, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "inlezing"
        verbose_name_plural = "inlezingen"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="import_state_known",
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WRITTEN, outcome={}),
                name="import_written_with_outcome",
                violation_error_message="Wat is opgeslagen, zegt wat eruit kwam.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def of(self) -> Importer | None:
        """None when the app that told of it is gone."""
        return importers.get(self.importer)

    @property
    def is_under_way(self) -> bool:
        return self.state in {State.CHECKING, State.WRITING} and self.job is not None and self.job.is_open

    @property
    def counts(self) -> dict[str, Any]:
        return dict(self.outcome.get("counts", {}))

    @property
    def can_be_written(self) -> bool:
        """Checked, with something to write."""
        return self.state == State.CHECKED and bool(self.counts.get("added") or self.counts.get("changed"))
