"""Progress, asked and given: rounds with their questions, and the entries of the organisations."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from monitoring.models.frame import Frame, PolicyLine
from monitoring.models.reading import readable
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.constraints import known, once, refuse, rule, together
from mvi_portal.core.finding import Words
from mvi_portal.core.models import Fact
from mvi_portal.core.prose import ProseField
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.organisations import reach

SAME_FRAME = "Deze lijn hoort niet bij het kader van de ronde."
OTHER_FRAME_SQL = (
    "(SELECT frame_id FROM monitoring_policyline WHERE id = NEW.line_id)"
    " <> (SELECT frame_id FROM monitoring_progressround WHERE id = NEW.round_id)"
)


class ProgressRoundQuerySet(models.QuerySet["ProgressRound"]):
    def open(self, *, on: date) -> Self:
        """Asked on or before the day, and not yet closed on it."""
        return self.filter(asked_on__lte=on).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def visible_to(self, user: User, *, on: date) -> Self:
        """What is being prepared, only who asks sees; a contact sees where the own organisation is asked."""
        rows = readable(self, user, "requests__organisation", on=on)
        return rows if may(user, Action.ASK_PROGRESS) else rows.filter(asked_on__lte=on)


@tracked()
class ProgressRound(Fact):
    """The secretariat asks for the progress over a period, per line. Not asked yet: it is being prepared."""

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    frame = models.ForeignKey(Frame, verbose_name="kader", on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField("titel", max_length=200)
    period_from = models.DateField("periode vanaf")
    period_until = models.DateField("periode tot en met")
    asked_on = models.DateField("gevraagd op", null=True, blank=True)
    due_on = models.DateField("uiterlijk op")
    closed_on = models.DateField("gesloten op", null=True, blank=True)
    organisations: models.ManyToManyField[models.Model, ProgressRequest] = models.ManyToManyField(
        "signatories.Organisation",
        through="ProgressRequest",
        verbose_name="gevraagde organisaties",
        related_name="progress_rounds",
    )

    objects = ProgressRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "voortgangsronde"
        verbose_name_plural = "voortgangsrondes"
        ordering = ["-period_until", "slug"]
        constraints = [
            ordered("progressround", "period_from", "period_until"),
            ordered("progressround", "asked_on", "due_on"),
            ordered("progressround", "asked_on", "closed_on"),
            rule(
                "progressround",
                "closed_after_asking",
                Q(closed_on__isnull=True) | Q(asked_on__isnull=False),
                "Alleen een ronde die is uitgevraagd, kan sluiten.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug

    def is_open(self, day: date) -> bool:
        """As `open` of the queryset."""
        asked = self.asked_on is not None and self.asked_on <= day
        return asked and (self.closed_on is None or self.closed_on > day)


class ProgressRequestQuerySet(models.QuerySet["ProgressRequest"]):
    def visible_to(self, user: User, *, on: date) -> Self:
        """In a round that the user may see; a contact sees what is asked of the own organisation."""
        rounds = ProgressRound.objects.visible_to(user, on=on).order_by()
        return readable(self, user, "organisation", on=on).filter(round__in=rounds.values("pk"))

    def editable_by(self, user: User, *, on: date) -> Self:
        """Asked of an organisation that the user acts for, in a round that is open."""
        rounds = ProgressRound.objects.open(on=on).order_by()
        mine = reach(user, Action.GIVE_PROGRESS, "organisation", on=on)
        return self.filter(mine, round__in=rounds.values("pk"))


@tracked()
class ProgressRequest(Fact):
    """An organisation is asked in a round."""

    round = models.ForeignKey(
        ProgressRound, verbose_name="ronde", on_delete=models.CASCADE, related_name="requests"
    )
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="progress_requests",
    )
    reminded_on = models.DateField("laatst herinnerd op", null=True, blank=True)

    objects = ProgressRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "uitvraag aan een organisatie"
        verbose_name_plural = "uitvragen aan organisaties"
        ordering = ["round", "organisation__key"]
        constraints = [
            once("progressrequest", "round", "organisation", message="Deze organisatie is al gevraagd.")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.round}"


@tracked()
class ProgressQuestion(Fact):
    """What a round asks about a line."""

    round = models.ForeignKey(
        ProgressRound, verbose_name="ronde", on_delete=models.CASCADE, related_name="questions"
    )
    line = models.ForeignKey(
        PolicyLine, verbose_name="lijn", on_delete=models.PROTECT, related_name="questions"
    )
    text = models.TextField("vraag")

    class Meta:
        verbose_name = "voortgangsvraag"
        verbose_name_plural = "voortgangsvragen"
        ordering = ["round", "line__order"]
        constraints = [
            once("progressquestion", "round", "line", message="De ronde heeft al een vraag over deze lijn."),
            rule("progressquestion", "text_given", ~Q(text=""), "Vul een vraag in."),
        ]
        triggers = [refuse("progressquestion", "same_frame", when=OTHER_FRAME_SQL, message=SAME_FRAME)]

    def __str__(self) -> str:
        return f"{self.round}: {self.line}"

    def clean(self) -> None:
        refuse_other_frame(self)


def refuse_other_frame(row: ProgressQuestion | ProgressEntry) -> None:
    """Raises ValidationError when the line is not one of the round's frame."""
    if row.line_id and row.round_id and row.round and row.line.frame_id != row.round.frame_id:
        raise ValidationError({"line": SAME_FRAME})


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
        indexes = [GinIndex(Words(F("text")), name="progressentry_words")]
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
