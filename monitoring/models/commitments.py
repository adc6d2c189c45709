"""Commitments to parliament, motions, and agreements between governments: how they stand on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from monitoring.models.frame import PolicyLine
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import either, known, once, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.reading import readable


class CommitmentKind(models.TextChoices):
    COMMITMENT = "commitment", "toezegging"
    MOTION = "motion", "motie"
    AGREEMENT = "agreement", "afspraak tussen overheden"


class CommitmentStatus(models.TextChoices):
    """The first three are of commitments and agreements, the others of motions.

    Source: the open data of parliament for commitments; for motions what becomes of them in practice.
    """

    OPEN = "open", "openstaand"
    PARTLY_MET = "partly_met", "deels voldaan"
    MET = "met", "voldaan"
    SUBMITTED = "submitted", "ingediend"
    HELD = "held", "aangehouden"
    WITHDRAWN = "withdrawn", "ingetrokken"
    REJECTED = "rejected", "verworpen"
    ADOPTED = "adopted", "aangenomen"
    IN_PROGRESS = "in_progress", "in uitvoering"
    SETTLED = "settled", "afgedaan"


OF_COMMITMENTS = (CommitmentStatus.OPEN, CommitmentStatus.PARTLY_MET, CommitmentStatus.MET)
FULFILLED = (CommitmentStatus.MET, CommitmentStatus.SETTLED)
AHEAD = timedelta(weeks=8)  # before the day on which parliament may ask after it
CLOSED = (*FULFILLED, CommitmentStatus.WITHDRAWN, CommitmentStatus.REJECTED)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def with_status(self, *, on: date) -> Self:
        """Annotate `status` and `status_since` as they were on the day.

        Nothing recorded by then: a motion is submitted, a commitment or agreement open.
        """
        latest = CommitmentStep.objects.filter(commitment=OuterRef("pk"), since__lte=on).order_by("-since")
        first = Case(
            When(kind=CommitmentKind.MOTION, then=Value(CommitmentStatus.SUBMITTED.value)),
            default=Value(CommitmentStatus.OPEN.value),
        )
        return self.annotate(
            status=Coalesce(Subquery(latest.values("status")[:1]), first),
            status_since=Coalesce(Subquery(latest.values("since")[:1]), "made_on"),
        )

    def open(self, *, on: date) -> Self:
        """Made on or before the day, and not closed (met, settled, withdrawn or rejected) by then."""
        return self.with_status(on=on).filter(made_on__lte=on).exclude(status__in=CLOSED)

    def due(self, *, on: date, ahead: timedelta = timedelta(0)) -> Self:
        """Open on the day, and due by then or within the time `ahead`; a vague date on its last day."""
        return self.open(on=on).filter(due_on__lte=on + ahead)

    def overdue(self, *, on: date) -> Self:
        """Open on the day, while the due date is wholly past."""
        return self.open(on=on).filter(due_on__lt=on)

    def visible_to(self, user: User, *, on: date) -> Self:
        """A contact sees those that the own organisation owns, gave or received."""
        return readable(self, user, "owner", "parties__organisation", on=on)


@tracked()
class Commitment(Fact):
    """A promise or a demand: its words, who gave it to whom, by when, and where it is written.

    `citation` is where it was made; what became of it stands in its steps.
    """

    Kind = CommitmentKind
    Status = CommitmentStatus

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=CommitmentKind.choices)
    text = models.TextField("tekst")
    made_on = PartialDateField("gedaan op", precision_field="made_on_precision")
    made_on_precision = PrecisionField("nauwkeurigheid datum")
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    paper = models.ForeignKey(
        "monitoring.Paper",
        verbose_name="stuk",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
    )
    owner = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="eigenaar",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_commitments",
    )
    due_on = PartialDateField("uiterlijk", precision_field="due_on_precision", null=True, blank=True)
    due_on_precision = PrecisionField("nauwkeurigheid uiterste datum")
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
    )
    remark = models.TextField("opmerking", blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "toezegging, motie of afspraak"
        verbose_name_plural = "toezeggingen, moties en afspraken"
        ordering = ["made_on", "slug"]
        constraints = [
            known("commitment", "kind", CommitmentKind),
            ordered("commitment", "made_on", "due_on"),
            rule("commitment", "text_given", ~Q(text=""), "Vul de tekst in."),
            rule(
                "commitment",
                "sourced",
                ~Q(citation="") | ~Q(source="") | Q(paper__isnull=False),
                "Vul een vindplaats of een bron in, of kies het stuk.",
            ),
        ]
        triggers = [
            refuse(
                "commitment",
                "kind_fits_steps",
                when="EXISTS (SELECT FROM monitoring_commitmentstep step WHERE step.commitment_id = NEW.id"
                " AND (step.status IN ('open', 'partly_met', 'met')) = (NEW.kind = 'motion'))",
                message="Deze soort past niet bij de stappen die al zijn vastgelegd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.slug}"

    @property
    def natural(self) -> str:
        return self.slug

    def status_on(self, day: date) -> CommitmentStatus:
        """How it stood on the day; see `with_status`."""
        last = self.steps.filter(since__lte=day).order_by("since").last()
        if last:
            return CommitmentStatus(last.status)
        is_motion = self.kind == CommitmentKind.MOTION
        return CommitmentStatus.SUBMITTED if is_motion else CommitmentStatus.OPEN


WRONG_STATUS = "Deze stand past niet bij de soort: een motie kent andere dan een toezegging of afspraak."


@tracked()
class CommitmentStep(Fact):
    """From when it stands how, and the evidence of it."""

    commitment = models.ForeignKey(
        Commitment, verbose_name="toezegging", on_delete=models.CASCADE, related_name="steps"
    )
    status = models.CharField("stand", max_length=20, choices=CommitmentStatus.choices)
    since = PartialDateField("vanaf", precision_field="since_precision")
    since_precision = PrecisionField("nauwkeurigheid datum")
    evidence = models.CharField(
        "bewijs", max_length=300, blank=True, help_text="Waaruit de stand blijkt, in woorden."
    )
    evidence_citation = models.CharField("vindplaats van het bewijs", max_length=200, blank=True)

    class Meta:
        verbose_name = "stand van een toezegging"
        verbose_name_plural = "standen van toezeggingen"
        ordering = ["commitment", "since"]
        constraints = [
            known("commitmentstep", "status", CommitmentStatus),
            once("commitmentstep", "commitment", "since", message="Op deze datum staat er al een stand."),
            rule(
                "commitmentstep",
                "fulfilled_with_evidence",
                ~Q(status__in=FULFILLED) | ~Q(evidence="") | ~Q(evidence_citation=""),
                "Zeg waaruit blijkt dat hieraan is voldaan.",
            ),
        ]
        triggers = [
            refuse(
                "commitmentstep",
                "fits_kind",
                when="(NEW.status IN ('open', 'partly_met', 'met'))"
                " = (SELECT kind = 'motion' FROM monitoring_commitment WHERE id = NEW.commitment_id)",
                message=WRONG_STATUS,
            ),
            refuse(
                "commitmentstep",
                "not_before_made",
                when="EXISTS (SELECT FROM monitoring_commitment parent"
                " WHERE parent.id = NEW.commitment_id AND parent.made_on > NEW.since)",
                message="Deze stand begint voordat de toezegging, motie of afspraak er was.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.get_status_display()}"

    def clean(self) -> None:
        if self.commitment_id and self.is_of_commitments == (self.commitment.kind == CommitmentKind.MOTION):
            raise ValidationError({"status": WRONG_STATUS})

    @property
    def is_of_commitments(self) -> bool:
        """Whether commitments and agreements know this status, and motions do not."""
        return self.status in OF_COMMITMENTS

    @property
    def natural(self) -> str:
        """Needs `commitment` loaded."""
        return f"{self.commitment.slug}:{self.status}"


class CommitmentSide(models.TextChoices):
    GIVER = "giver", "gever"
    RECEIVER = "receiver", "ontvanger"


@tracked()
class CommitmentParty(Fact):
    """Who gives, or who receives: an organisation of the register, or another by name."""

    Side = CommitmentSide

    commitment = models.ForeignKey(
        Commitment, verbose_name="toezegging", on_delete=models.CASCADE, related_name="parties"
    )
    side = models.CharField("kant", max_length=10, choices=CommitmentSide.choices)
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitment_parties",
    )
    name = models.CharField(
        "naam", max_length=200, blank=True, help_text="Als de partij niet in het register staat."
    )

    class Meta:
        verbose_name = "partij bij een toezegging"
        verbose_name_plural = "partijen bij toezeggingen"
        ordering = ["commitment", "side", "organisation__key", "name"]
        constraints = [
            known("commitmentparty", "side", CommitmentSide),
            either(
                "commitmentparty",
                "one_party",
                Q(organisation__isnull=False),
                ~Q(name=""),
                message="Kies een organisatie, of vul een naam in; niet allebei.",
            ),
            once(
                "commitmentparty",
                "commitment",
                "side",
                "organisation",
                message="Deze organisatie staat er al bij.",
                condition=Q(organisation__isnull=False),
                what="organisation_once",
            ),
            once(
                "commitmentparty",
                "commitment",
                "side",
                "name",
                message="Deze naam staat er al bij.",
                condition=~Q(name=""),
                what="name_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.name} ({self.get_side_display()})"
