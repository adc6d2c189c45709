"""The letter: its dates, who sends it to whom, its sections per line of the plan, and its annexes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, may, scope
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.core.models import Fact
from mvi_portal.core.prose import ProseField, plain_text
from mvi_portal.history import tracked
from reports.models.locking import locked_when_sent
from reports.models.parties import Addressee
from signatories.models import Office

if TYPE_CHECKING:
    from reports.models.versions import LetterVersionQuerySet


class LetterState(models.TextChoices):
    """Where a letter stands, in the order in which it gets there."""

    DRAFT = "draft", "concept"
    IN_AGREEMENT = "in-agreement", "in akkoordronde"
    AGREED = "agreed", "akkoord"
    DECIDED = "decided", "besloten"
    FINAL = "final", "definitief"
    SENT = "sent", "verzonden"

    @property
    def following(self) -> LetterState | None:
        """What comes after it; nothing after what was sent."""
        later = list(LetterState)[self.place + 1 :]
        return later[0] if later else None

    @property
    def earlier(self) -> list[LetterState]:
        """Where it can go back to, the nearest first; a sent letter stays."""
        return [] if self is LetterState.SENT else list(LetterState)[: self.place][::-1]

    @property
    def place(self) -> int:
        return list(LetterState).index(self)

    @property
    def is_concept(self) -> bool:
        """Not what will be signed yet: all that is printed says so."""
        return self.place < LetterState.FINAL.place


class Marking(models.TextChoices):
    """Who may read what is printed (rubricering). State secrets have no place in the portal."""

    NONE = "", "geen"
    CONFIDENTIAL = "confidential", "vertrouwelijk"
    DEPARTMENTAL = "departmental", "departementaal vertrouwelijk"


UNDER_WAY = [state for state in LetterState if state is not LetterState.SENT]
MAY_CHANGE_TEXTS = {LetterState.DRAFT, LetterState.IN_AGREEMENT}


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> Self:
        """All for who composes or comments; letters that were sent for who else may read all; else none."""
        if may(user, Action.COMMENT_LETTER):
            return self
        may_read = scope(user, Action.READ) is Scope.YES
        return self.filter(state=LetterState.SENT) if may_read else self.none()

    def editable_by(self, user: User) -> Self:
        """Letters under way, for who composes them."""
        return self.under_way() if may(user, Action.COMPOSE_LETTER) else self.none()

    def under_way(self) -> Self:
        """Not sent yet."""
        return self.filter(state__in=UNDER_WAY)

    def with_versions(self, versions: LetterVersionQuerySet | None = None) -> Self:
        """With `shown_versions`: what was built of the letter, the newest first, and the job of each."""
        from reports.models.versions import LetterVersion  # a version knows its letter

        rows = LetterVersion.objects.all() if versions is None else versions
        shown = rows.select_related("job").defer("content").order_by("-number")
        return self.prefetch_related(models.Prefetch("versions", shown, to_attr="shown_versions"))


@tracked()
class Letter(Fact):
    """A progress letter to parliament, by the lines of one reporting frame."""

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    title = models.CharField("onderwerp", max_length=300)
    frame = models.ForeignKey(
        "monitoring.Frame", verbose_name="kader", on_delete=models.PROTECT, related_name="letters"
    )
    dated = models.DateField("briefdatum")
    reference_date = models.DateField("peildatum", help_text="Op deze dag gelden de cijfers en de namen.")
    previous = models.ForeignKey(
        "self",
        verbose_name="vorige brief",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_letters",
        help_text="Verschillen tellen vanaf de peildatum van die brief.",
    )
    since = models.DateField(
        "verschillen vanaf", null=True, blank=True, help_text="Alleen als er geen vorige brief is."
    )
    sender = models.ForeignKey(
        Office, verbose_name="afzender", on_delete=models.PROTECT, related_name="letters"
    )
    addressee = models.ForeignKey(
        Addressee, verbose_name="geadresseerde", on_delete=models.PROTECT, related_name="letters"
    )
    co_senders: models.ManyToManyField[Office, CoSender] = models.ManyToManyField(
        Office, through="CoSender", verbose_name="medeafzenders", related_name="co_sent_letters"
    )
    salutation = models.CharField("aanhef", max_length=200, default="Geachte voorzitter,")
    closing = models.CharField("slotgroet", max_length=200, default="Hoogachtend,")
    reference = models.CharField("ons kenmerk", max_length=100, blank=True)
    your_reference = models.CharField(
        "uw kenmerk",
        max_length=100,
        blank=True,
        help_text="Alleen als de brief antwoordt op iets met een eigen kenmerk.",
    )
    marking = models.CharField(
        "rubricering",
        max_length=20,
        choices=Marking.choices,
        default=Marking.NONE,
        blank=True,
        help_text="Staat boven en onder aan elke bladzijde. Een staatsgeheim hoort niet in dit portaal.",
    )
    state = models.CharField(
        "toestand", max_length=20, choices=LetterState.choices, default=LetterState.DRAFT
    )
    sent_on = models.DateField("verzonden op", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ["-dated", "slug"]
        triggers = [
            pgtrigger.Trigger(  # whoever sends it, and however: what a sent letter used, stays as it was
                name="letter_locks_frame",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="sent"),
                func=(
                    "UPDATE monitoring_frame SET locked_on = NEW.sent_on, "
                    "locked_because = left('De brief ‘' || NEW.title || '’ is verzonden.', 300) "
                    "WHERE id = NEW.frame_id AND locked_on IS NULL; RETURN NULL;"
                ),
            ),
            pgtrigger.Protect(  # what was sent stays as it was; its number and explanations stand elsewhere
                name="sent_letter_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="sent"),
            ),
        ]
        constraints = [
            known("letter", "marking", Marking),
            rule(
                "letter",
                "previous_or_since",
                Q(previous__isnull=True) | Q(since__isnull=True),
                "Kies een vorige brief of een datum voor de verschillen, niet allebei.",
            ),
            rule(
                "letter", "previous_other", ~Q(previous=F("id")), "Een brief is niet zijn eigen vorige brief."
            ),
            rule(
                "letter",
                "since_before_reference_date",
                Q(since__isnull=True) | Q(since__lt=F("reference_date")),
                "De datum voor de verschillen ligt niet vóór de peildatum.",
            ),
            rule(
                "letter",
                "sent_with_date",
                Q(state__in=UNDER_WAY, sent_on__isnull=True)
                | Q(state=LetterState.SENT, sent_on__isnull=False),
                "Een verzonden brief heeft een verzenddatum, een brief die nog niet weg is niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug

    @property
    def is_sent(self) -> bool:
        return self.state == LetterState.SENT

    @property
    def stand(self) -> LetterState:
        return LetterState(self.state)

    @property
    def may_change_texts(self) -> bool:
        """Until all agreed; after that only by going back, with a reason."""
        return self.stand in MAY_CHANGE_TEXTS

    @property
    def counts_from(self) -> date | None:
        """Where "since" begins: the previous letter's reference date, else the typed date, else nowhere."""
        return self.previous.reference_date if self.previous else self.since


@tracked()
class CoSender(models.Model):
    """An office on whose behalf the letter is sent too."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="co_sender_rows"
    )
    office = models.ForeignKey(
        Office, verbose_name="ambt", on_delete=models.PROTECT, related_name="co_sender_rows"
    )
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "medeafzender"
        verbose_name_plural = "medeafzenders"
        ordering = ["letter", "order"]
        constraints = [
            once("cosender", "letter", "office", message="Dit ambt verzendt de brief al mede."),
            models.UniqueConstraint(
                fields=["letter", "order"],
                name="cosender_order_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two can change places
                violation_error_message="Deze plaats in de volgorde is al bezet.",
            ),
        ]
        triggers = locked_when_sent("cosender")

    def __str__(self) -> str:
        return f"{self.office} ({self.letter})"


class SectionQuerySet(models.QuerySet["Section"]):
    def with_open_comments(self) -> Self:
        """Annotate `open_comments`: how many remarks are not settled."""
        is_open = Q(comments__parent__isnull=True, comments__resolved_at__isnull=True)
        return self.annotate(open_comments=models.Count("comments", filter=is_open))


@tracked()
class Section(models.Model):
    """A part of the letter: the opening, a line of the plan, or what follows the lines."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="sections"
    )
    line = models.ForeignKey(
        "monitoring.PolicyLine",
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
    )
    code = models.CharField("code", max_length=10, blank=True, help_text="Gedrukt voor de titel: A, B, 1, 2.")
    title = models.CharField("titel", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("volgorde")
    text = ProseField("tekst", blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = "sectie"
        verbose_name_plural = "secties"
        ordering = ["letter", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "order"],
                name="section_order_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two sections can change places
                violation_error_message="Deze plaats in de volgorde is al bezet.",
            ),
            once(
                "section",
                "letter",
                "line",
                message="Deze lijn heeft al een sectie in de brief.",
                what="line_once",
            ),
        ]
        triggers = locked_when_sent("section")

    def __str__(self) -> str:
        return self.heading or ("Opening" if self.order == 1 else f"Deel {self.order}")

    @property
    def is_written(self) -> bool:
        """Whether there is a word, a table or a chart in it."""
        return bool(plain_text(self.text)) or "<mvi-" in self.text

    @property
    def heading(self) -> str:
        """Code and title as a reader knows the section; "" for an opening without a title."""
        return f"{self.code}. {self.title}" if self.code else self.title
