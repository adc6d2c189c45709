"""Another text for a paragraph, proposed by a party or in a Word file; and what was chosen after a change."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from mvi_portal.core.constraints import known, once, rule, together
from mvi_portal.core.differences import marked
from mvi_portal.core.prose import plain_text
from mvi_portal.history import tracked
from reports.models.agreement import Reply
from reports.models.letters import Letter, Section
from reports.models.locking import locked_when_sent
from reports.models.notes import NoteSection
from reports.models.word import WordImport

SHA256_OR_NONE = r"^([0-9a-f]{64})?$"


class ProposalSource(models.TextChoices):
    PARTY = "party", "een partij"
    WORD = "word", "een Word-bestand"


class ProposalState(models.TextChoices):
    OPEN = "open", "open"
    ACCEPTED = "accepted", "overgenomen"
    DECLINED = "declined", "niet overgenomen"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)


@tracked(exclude=["said_by"])  # a name as somebody's Word knows it
class Proposal(models.Model):
    """A paragraph of the letter or its note, as somebody would have it.

    Anchored to the section and the paragraph's fingerprint; without one the text is a new paragraph, and
    without a new text the paragraph goes. `old` and `new` are words, or HTML when `is_html`; one that
    `is_after` is a new paragraph behind that paragraph, without one at the beginning. `typed` is what stands
    in Word where `new` keeps a live figure or a citation.
    """

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="proposals"
    )
    section = models.ForeignKey(
        Section,
        verbose_name="onderdeel",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    note_section = models.ForeignKey(
        NoteSection,
        verbose_name="onderdeel van de nota",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    sha256 = models.CharField("vingerafdruk van de alinea", max_length=64, blank=True)
    old = models.TextField("was", blank=True)
    new = models.TextField("wordt", blank=True)
    typed = models.TextField("zoals getypt", blank=True)
    is_html = models.BooleanField("met opmaak", default=False)
    is_after = models.BooleanField("nieuwe alinea, achter de genoemde", default=False)
    comment = models.TextField("toelichting", blank=True)
    source = models.CharField("komt uit", max_length=10, choices=ProposalSource.choices)
    from_whom = models.CharField("van wie", max_length=200)
    said_by = models.CharField("door wie in Word", max_length=300, blank=True)
    word_import = models.ForeignKey(
        WordImport,
        verbose_name="uit het bestand",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    reply = models.ForeignKey(
        Reply,
        verbose_name="bij het antwoord",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
    )
    made_at = models.DateTimeField("gedaan op", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    state = models.CharField(
        "toestand", max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="besloten door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_proposals",
    )
    why = models.CharField("waarom", max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel voor een tekst"
        verbose_name_plural = "voorstellen voor teksten"
        ordering = ["letter", "made_at", "pk"]
        constraints = [
            known("proposal", "source", ProposalSource),
            known("proposal", "state", ProposalState),
            rule(
                "proposal",
                "one_place",
                Q(section__isnull=True) | Q(note_section__isnull=True),
                "Een voorstel hoort bij de brief of bij de nota, niet bij allebei.",
            ),
            rule("proposal", "says_something", ~Q(old="", new=""), "Een voorstel heeft een tekst."),
            rule(
                "proposal",
                "after_is_new",
                Q(is_after=False) | Q(old=""),
                "Wat achter een alinea komt, is een nieuwe alinea.",
            ),
            rule("proposal", "sha256_form", Q(sha256__regex=SHA256_OR_NONE), "Dit is geen SHA-256."),
            together(
                "proposal",
                "decided_has_moment",
                ~Q(state=ProposalState.OPEN),
                Q(decided_at__isnull=False),
                message="Leg vast wanneer over het voorstel is besloten.",
            ),
            rule(
                "proposal",
                "declined_with_reason",
                ~Q(state=ProposalState.DECLINED) | ~Q(why=""),
                "Wie een voorstel niet overneemt, zegt waarom.",
            ),
        ]
        triggers = locked_when_sent("proposal", free=["made_by", "decided_by", "said_by", "word_import"])

    def __str__(self) -> str:
        return f"Voorstel van {self.from_whom}: {self.new[:60]}"

    @property
    def difference(self) -> SafeString:
        """Word by word."""
        if self.is_html:
            return marked(plain_text(self.old), plain_text(self.new))
        return marked(self.old, self.new)


class Choice(models.TextChoices):
    """What a change means for who agreed already."""

    EDITORIAL = "editorial", "redactioneel"
    ASK = "ask", "opnieuw vragen"


@tracked()
class TextChange(models.Model):
    """What the secretariat chose for one changed paragraph: from one fingerprint to another.

    Without an old one the paragraph was added, without a new one it went.
    """

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="text_changes"
    )
    section = models.ForeignKey(
        Section, verbose_name="onderdeel", on_delete=models.CASCADE, related_name="text_changes"
    )
    old_sha256 = models.CharField("was", max_length=64, blank=True)
    new_sha256 = models.CharField("is", max_length=64, blank=True)
    old_words = models.TextField("de woorden van toen", blank=True)
    new_words = models.TextField("de woorden van nu", blank=True)
    choice = models.CharField("keuze", max_length=10, choices=Choice.choices)
    why = models.CharField("waarom", max_length=300, blank=True)
    at = models.DateTimeField("gekozen op", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gekozen door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="text_changes",
    )

    class Meta:
        verbose_name = "keuze bij een gewijzigde alinea"
        verbose_name_plural = "keuzes bij gewijzigde alinea's"
        ordering = ["letter", "-at", "-pk"]
        constraints = [
            known("textchange", "choice", Choice),
            once(
                "textchange",
                "section",
                "old_sha256",
                "new_sha256",
                message="Voor deze wijziging is al gekozen.",
            ),
            rule(
                "textchange", "is_a_change", ~Q(old_sha256=models.F("new_sha256")), "De alinea is dezelfde."
            ),
            rule(
                "textchange",
                "editorial_with_reason",
                ~Q(choice=Choice.EDITORIAL) | ~Q(why=""),
                "Zeg waarom de wijziging redactioneel is.",
            ),
        ]
        triggers = locked_when_sent("textchange", free=["by"])

    def __str__(self) -> str:
        return f"{self.section}: {self.get_choice_display()}"

    @property
    def difference(self) -> SafeString:
        """Word by word."""
        return marked(self.old_words, self.new_words)
