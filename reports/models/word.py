"""The letter and its notes in Word: what was taken out, and what came back."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.constraints import known, once, rule, together
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked
from mvi_portal.jobs.models import Job
from reports.models.agreement import Assent
from reports.models.freezes import SHA256
from reports.models.letters import Letter
from reports.models.notes import DecisionNote
from reports.models.versions import JOB_STATES, VersionState


class WordExportQuerySet(models.QuerySet["WordExport"]):
    def ready(self) -> Self:
        return self.exclude(file="")

    def for_pages(self) -> Self:
        """The newest first, without what was printed."""
        return (
            self.select_related("job", "note__office", "made_by").defer("html", "keys").order_by("-made_at")
        )


@tracked(exclude=["html", "keys"])  # their fingerprint is recorded, and they never change
class WordExport(models.Model):
    """The texts of one moment as a Word file; the same texts again are the same file.

    `keys` tells of each name in the file what it stands for: a paragraph as it is stored, or a node in it.
    """

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="word_exports"
    )
    note = models.ForeignKey(
        DecisionNote,
        verbose_name="beslisnota",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="word_exports",
    )
    html = models.TextField("wat is gedrukt")
    keys = models.JSONField("namen van alinea's", default=list, blank=True)
    properties = models.JSONField("kenmerken", default=dict, blank=True)
    mark = models.CharField("merk", max_length=40, blank=True)
    name = models.CharField("bestandsnaam", max_length=200)
    sha256 = models.CharField("SHA-256 van de teksten", max_length=64)
    file = models.FileField("bestand", upload_to="word/", max_length=300, blank=True)
    file_sha256 = models.CharField("SHA-256 van het bestand", max_length=64, blank=True)
    job = models.ForeignKey(
        Job,
        verbose_name="taak",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="word_exports",
    )
    made_at = models.DateTimeField("gemaakt op", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gemaakt door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="word_exports",
    )

    objects = WordExportQuerySet.as_manager()

    class Meta:
        verbose_name = "Word-bestand"
        verbose_name_plural = "Word-bestanden"
        ordering = ["-made_at", "-pk"]
        constraints = [
            once("wordexport", "sha256", message="Van deze teksten is er al een Word-bestand."),
            rule("wordexport", "sha256_form", Q(sha256__regex=SHA256), "Dit is geen SHA-256."),
            together(
                "wordexport",
                "file_with_fingerprint",
                ~Q(file=""),
                ~Q(file_sha256=""),
                message="Een bestand heeft een controlegetal.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        return bool(self.file)

    @property
    def state(self) -> VersionState:
        """Reads the job; one of which nothing is known any more has failed."""
        if self.is_ready:
            return VersionState.READY
        return JOB_STATES.get(self.job.state, VersionState.FAILED) if self.job else VersionState.FAILED

    @property
    def is_under_way(self) -> bool:
        return self.state in {VersionState.ASKED, VersionState.BUILDING}


class ImportState(models.TextChoices):
    TRIED = "tried", "bekeken"
    TAKEN = "taken", "overgenomen als voorstellen"


class WordImportQuerySet(models.QuerySet["WordImport"]):
    def visible_to(self, user: User) -> Self:
        """All for who composes letters; for who comments, what they brought themselves."""
        if may(user, Action.COMPOSE_LETTER):
            return self
        return self.filter(uploaded_by=user) if may(user, Action.COMMENT_LETTER) else self.none()


@tracked(exclude=["result"])  # names as somebody's Word knows them
class WordImport(StoredFile):
    """A Word file that came back: looked at first, then taken over as proposals and remarks.

    `result` is what was found when it was taken over.
    """

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="word_imports"
    )
    assent = models.ForeignKey(
        Assent,
        verbose_name="bij het antwoord van",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="word_imports",
        help_text="De partij die het bij haar eigen antwoord bracht; leeg: het is niet bij een antwoord.",
    )
    state = models.CharField(
        "toestand", max_length=10, choices=ImportState.choices, default=ImportState.TRIED
    )
    result = models.JSONField("uitkomst", default=dict, blank=True)
    taken_at = models.DateTimeField("overgenomen op", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="overgenomen door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="word_imports",
    )

    objects = WordImportQuerySet.as_manager()

    class Meta:
        verbose_name = "teruggebracht Word-bestand"
        verbose_name_plural = "teruggebrachte Word-bestanden"
        ordering = ["letter", "-uploaded_at", "-pk"]
        constraints = [
            *file_constraints("wordimport"),
            known("wordimport", "state", ImportState),
            once(
                "wordimport",
                "letter",
                "assent",
                "sha256",
                message="Dit bestand is al teruggebracht.",
                nulls_distinct=False,
            ),
            together(
                "wordimport",
                "taken_with_moment",
                Q(state=ImportState.TAKEN),
                Q(taken_at__isnull=False),
                message="Leg vast wanneer het bestand is overgenomen.",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_taken(self) -> bool:
        return self.state == ImportState.TAKEN
