"""Every version that was built of a letter, and the file that truly went."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, may, scope
from mvi_portal.core.constraints import once, rule
from mvi_portal.history import tracked
from mvi_portal.jobs.models import Job, State
from reports.models.freezes import Freeze
from reports.models.letters import Letter

BUILD_STEPS = ("Cijfers verzamelen", "Opmaken", "PDF maken", "Opslaan")
_FIXED = (
    *("letter_id", "number", "reference_date", "what_if"),
    *("freeze_id", "content", "content_sha256", "file", "file_sha256", "pages", "seconds"),
)
_BEFORE, _AFTER = (", ".join(f"{row}.{column}" for column in _FIXED) for row in ("OLD", "NEW"))


class VersionState(models.TextChoices):
    """Derived from the file and the job, never typed."""

    ASKED = "asked", "aangevraagd"
    BUILDING = "building", "in opbouw"
    READY = "ready", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "afgebroken"


JOB_STATES: dict[str, VersionState] = {
    State.QUEUED: VersionState.ASKED,
    State.RUNNING: VersionState.BUILDING,
    State.CANCELLED: VersionState.CANCELLED,
}


class LetterVersionQuerySet(models.QuerySet["LetterVersion"]):
    def ready(self) -> Self:
        """Frozen and printed."""
        return self.exclude(file="")

    def under_way(self) -> Self:
        """Asked for or being built."""
        return self.filter(job__in=Job.objects.open())

    def visible_to(self, user: User) -> Self:
        """All for who composes or comments; for who else may read all, what was sent; else none."""
        if may(user, Action.COMMENT_LETTER):
            return self
        from reports.models.sent import SentFile  # what was sent knows its version

        may_read = scope(user, Action.READ) is Scope.YES
        return self.filter(pk__in=SentFile.objects.values("version")) if may_read else self.none()

    def for_pages(self) -> Self:
        """With the letter, the job and who asked, without the frozen content."""
        return self.select_related("letter", "job", "created_by").defer("content")


@tracked(exclude=["content"])  # its fingerprint is recorded; the text itself never changes once it is there
class LetterVersion(models.Model):
    """A letter frozen on a reference date: its content, and the PDF that was printed from it.

    Number, job and times tell about the building; nothing of them is in the content or the file.
    """

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField("nummer")
    reference_date = models.DateField("peildatum")
    what_if = models.BooleanField("wat als", default=False, help_text="Op een andere peildatum dan de brief.")
    job = models.OneToOneField(
        Job,
        verbose_name="taak",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter_version",
    )
    freeze = models.ForeignKey(
        Freeze,
        verbose_name="bevriezing waarvan de cijfers zijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
    )
    content = models.TextField("bevroren inhoud", blank=True)
    content_sha256 = models.CharField("SHA-256 van de inhoud", max_length=64, blank=True)
    file = models.FileField("bestand", upload_to="letters/", max_length=300, blank=True)
    file_sha256 = models.CharField("SHA-256 van het bestand", max_length=64, blank=True)
    pages = models.PositiveIntegerField("pagina's", null=True, blank=True)
    seconds = models.JSONField("seconden per stap", default=dict, blank=True)
    created_at = models.DateTimeField("gevraagd op", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gevraagd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter_versions",
    )

    objects = LetterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een brief"
        verbose_name_plural = "versies van brieven"
        ordering = ["letter", "-number"]
        constraints = [
            once(
                "letterversion",
                "letter",
                "number",
                message="Dit versienummer bestaat al bij deze brief.",
                what="number_once",
            ),
            rule(
                "letterversion",
                "whole_or_empty",
                Q(content="", content_sha256="", file="", file_sha256="", pages__isnull=True)
                | (
                    ~Q(content="")
                    & ~Q(file="")
                    & Q(content_sha256__regex=r"^[0-9a-f]{64}$")
                    & Q(file_sha256__regex=r"^[0-9a-f]{64}$")
                    & Q(pages__isnull=False, pages__gte=1)
                ),
                "Een versie is leeg, of heeft inhoud, bestand en vingerafdrukken.",
            ),
        ]
        triggers = [
            # What was frozen and printed can be proven later only when nobody can touch it.
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.content_sha256 <> '' AND ROW({_BEFORE}) IS DISTINCT FROM ROW({_AFTER})"
                ),
            ),
            pgtrigger.Protect(
                name="frozen_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.content_sha256 <> ''"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, versie {self.number}"

    @property
    def is_ready(self) -> bool:
        return bool(self.file)

    @property
    def page_numbers(self) -> range:
        """From 1; none while nothing was printed."""
        return range(1, (self.pages or 0) + 1)

    def picture(self, page: int) -> str:
        """Where a page lies as a picture, from 1 up to `pages`; the worker draws them beside the file."""
        return f"{str(self.file.name).removesuffix('.pdf')}-{page}.png"

    @property
    def has_pictures(self) -> bool:
        """Whether its pages were drawn: the first comes last."""
        return self.is_ready and self.file.storage.exists(self.picture(1))

    @property
    def steps(self) -> dict[str, float]:
        """The seconds of each step of the build, in order; the database keeps no order of its own."""
        return {step: self.seconds[step] for step in BUILD_STEPS if step in self.seconds}

    @property
    def state(self) -> VersionState:
        """Reads the job; a build of which nothing is known any more has failed."""
        if self.is_ready:
            return VersionState.READY
        return JOB_STATES.get(State(self.job.state), VersionState.FAILED) if self.job else VersionState.FAILED

    @property
    def was_cancelled(self) -> bool:
        return self.state == VersionState.CANCELLED

    @property
    def ending(self) -> str:
        """As a heading tells it: "Versie 2 is mislukt"."""
        return f"Versie {self.number} is {self.state.label}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {VersionState.ASKED, VersionState.BUILDING}
