"""Progress, asked: rounds, whom they ask, and the question on each line."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from monitoring.models.frame import Frame, PolicyLine
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.constraints import once, refuse, rule
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.organisations import reach
from signatories.models.reading import beneath, readable

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
        rounds = ProgressRound.objects.visible_to(user, on=on)
        return beneath(readable(self, user, "organisation", on=on), "round", rounds)

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


def refuse_other_frame(row: Any) -> None:
    """Raises ValidationError when the line is not one of the round's frame."""
    if row.line_id and row.round_id and row.round and row.line.frame_id != row.round.frame_id:
        raise ValidationError({"line": SAME_FRAME})
