"""Progress, given: the entries of the organisations, in a round or outside one."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from monitoring.models.frame import PolicyLine
from monitoring.models.rounds import OTHER_FRAME_SQL, SAME_FRAME, ProgressRound, refuse_other_frame
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, refuse, rule, together
from mvi_portal.core.finding import Bare, Words
from mvi_portal.core.models import Fact
from mvi_portal.core.prose import ProseField
from mvi_portal.history import tracked
from signatories.models.reading import readable


class EntryState(models.TextChoices):
    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "ingediend"
    RETURNED = "returned", "teruggegeven"
    ACCEPTED = "accepted", "aanvaard"


class ProgressEntryQuerySet(models.QuerySet["ProgressEntry"]):
    def accepted(self, *, on: date) -> Self:
        """Accepted on or before the day."""
        return self.filter(accepted_at__date__lte=on)

    def waiting(self) -> Self:
        """Submitted, and waiting for the secretariat."""
        return self.filter(state=EntryState.SUBMITTED)

    def visible_to(self, user: User, *, on: date) -> Self:
        """A contact sees those of the own organisation."""
        return readable(self, user, "organisation", on=on)


@tracked()
class ProgressEntry(Fact):
    """What an organisation reports on a line: in a round, or prepared outside one.

    The stamps are of the last time that the step was taken; the earlier ones are in the history. "Niets
    nieuws" is a full answer, and then there is no text.
    """

    State = EntryState

    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="progress_entries",
    )
    line = models.ForeignKey(
        PolicyLine, verbose_name="lijn", on_delete=models.PROTECT, related_name="entries"
    )
    round = models.ForeignKey(
        ProgressRound,
        verbose_name="ronde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        help_text="Leeg: voorbereid buiten een ronde.",
    )
    text = ProseField("tekst", blank=True)
    nothing_new = models.BooleanField("niets nieuws", default=False)
    state = models.CharField("stand", max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    submitted_at = models.DateTimeField("ingediend op", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingediend door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_entries",
    )
    returned_at = models.DateTimeField("teruggegeven op", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="teruggegeven door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returned_entries",
    )
    accepted_at = models.DateTimeField("aanvaard op", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="aanvaard door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accepted_entries",
    )
    remark = models.TextField("opmerking bij teruggeven of aanvaarden", blank=True)

    objects = ProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "voortgangstekst"
        verbose_name_plural = "voortgangsteksten"
        ordering = ["line__order", "organisation__key"]
        indexes = [
            GinIndex(Words(F("text")), name="progressentry_words"),
            GinIndex(OpClass(Bare(F("text")), name="gin_trgm_ops"), name="progressentry_bare"),
        ]
        constraints = [
            known("progressentry", "state", EntryState),
            once(
                "progressentry",
                "organisation",
                "line",
                "round",
                message="De organisatie heeft in deze ronde al een tekst bij deze lijn.",
                condition=Q(round__isnull=False),
                what="once_in_round",
            ),
            once(
                "progressentry",
                "organisation",
                "line",
                message="De organisatie bereidt bij deze lijn al een tekst voor.",
                condition=Q(round__isnull=True, state=EntryState.DRAFT),
                what="one_draft_outside_rounds",
            ),
            *(
                together(
                    "progressentry",
                    f"{step}_by_somebody",
                    Q(**{f"{step}_at__isnull": False}),
                    Q(**{f"{step}_by__isnull": False}),
                    message="Leg vast wanneer deze stap is gezet, en door wie.",
                )
                for step in ("submitted", "returned", "accepted")
            ),
            rule(
                "progressentry",
                "submitted_with_stamp",
                Q(state=EntryState.DRAFT) | Q(submitted_at__isnull=False),
                "Een tekst die is ingediend, heeft een moment van indienen.",
            ),
            rule(
                "progressentry",
                "returned_with_remark",
                ~Q(state=EntryState.RETURNED)
                | Q(returned_at__isnull=False, returned_at__gte=F("submitted_at")) & ~Q(remark=""),
                "Zeg bij het teruggeven wat er nog nodig is; teruggeven kan pas na indienen.",
            ),
            together(
                "progressentry",
                "accepted_with_stamp",
                Q(state=EntryState.ACCEPTED),
                Q(accepted_at__isnull=False),
                message="Alleen een aanvaarde tekst heeft een moment van aanvaarden, en altijd.",
            ),
            rule(
                "progressentry",
                "accepted_after_submitted",
                Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("submitted_at")),
                "Aanvaarden kan pas na indienen.",
            ),
            rule(
                "progressentry",
                "answers",
                Q(state=EntryState.DRAFT) | Q(nothing_new=True) | ~Q(text=""),
                "Schrijf een tekst, of kies 'niets nieuws'.",
            ),
            rule(
                "progressentry",
                "nothing_new_without_text",
                Q(nothing_new=False) | Q(text=""),
                "Wie 'niets nieuws' kiest, schrijft geen tekst.",
            ),
        ]
        triggers = [refuse("progressentry", "same_frame", when=OTHER_FRAME_SQL, message=SAME_FRAME)]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.line}"

    def clean(self) -> None:
        refuse_other_frame(self)

    @property
    def is_being_written(self) -> bool:
        """Not handed in, or handed back: the text is still of its organisation alone."""
        return self.state in (EntryState.DRAFT, EntryState.RETURNED)

    @property
    def natural(self) -> str:
        """Needs `organisation`, `line` with its frame, and `round` loaded."""
        occasion = self.round.slug if self.round else "los"
        return f"{occasion}:{self.line.natural}:{self.organisation.key}"
