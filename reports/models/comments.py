"""What somebody says about a paragraph of the letter, or of a decision note."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import rule
from mvi_portal.history import tracked
from reports.models.letters import Letter, Section
from reports.models.locking import locked_when_sent
from reports.models.notes import NoteSection
from reports.models.written import Written

COMMENTED = (
    "COALESCE((SELECT letter_id FROM reports_section WHERE id = {row}.section_id), "
    "(SELECT n.letter_id FROM reports_notesection s JOIN reports_decisionnote n ON n.id = s.note_id "
    "WHERE s.id = {row}.note_section_id))"
)


class CommentQuerySet(models.QuerySet["Comment"]):
    def of_letter(self, letter: Letter) -> Self:
        """Of its own texts and of its notes."""
        return self.filter(Q(section__letter=letter) | Q(note_section__note__letter=letter))

    def open(self) -> Self:
        """Said of the text, and not settled; answers go with what they answer."""
        return self.filter(parent__isnull=True, resolved_at__isnull=True)


@tracked(exclude=["said_by"])  # a name as somebody's Word knows it
class Comment(models.Model):
    """A remark, or an answer to one. `anchor` is the paragraph's fingerprint and follows its edits."""

    section = models.ForeignKey(
        Section,
        verbose_name="sectie",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    note_section = models.ForeignKey(
        NoteSection,
        verbose_name="sectie van de nota",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    anchor = models.CharField("vingerafdruk van de alinea", max_length=64)
    words = models.TextField("de alinea zoals die was")
    text = models.TextField("opmerking")
    parent = models.ForeignKey(
        "self",
        verbose_name="antwoord op",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
    )
    at = models.DateTimeField("op", default=timezone.now)
    said_by = models.CharField("door wie in Word", max_length=300, blank=True)
    resolved_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="afgehandeld door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resolved_comments",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["section", "at", "pk"]
        constraints = [
            rule(
                "comment",
                "one_place",
                Q(section__isnull=True) ^ Q(note_section__isnull=True),
                "Een opmerking hoort bij de brief of bij de nota, niet bij allebei.",
            ),
            rule("comment", "text_given", ~Q(text=""), "Vul uw opmerking in."),
            rule(
                "comment",
                "resolved_at_by",
                Q(resolved_at__isnull=False) | Q(resolved_by__isnull=True),
                "Wie afhandelt, doet dat op een moment.",
            ),
            rule(
                "comment",
                "reply_open",
                Q(parent__isnull=True) | Q(resolved_at__isnull=True),
                "Alleen een opmerking wordt afgehandeld, met haar antwoorden.",
            ),
        ]
        triggers = locked_when_sent("comment", COMMENTED, free=["said_by", "by", "resolved_by"])

    def __str__(self) -> str:
        return f"{self.written}: {self.text}"[:100]

    @property
    def written(self) -> Written:
        """The text that it is about."""
        found = self.section or self.note_section
        assert found is not None  # noqa: S101 - a constraint holds this
        return found

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
