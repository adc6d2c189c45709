"""Papers to and from parliament: who sent them, what they answer, and what they say point by point."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from monitoring.models.frame import PolicyLine
from monitoring.models.seats import OFFICE_OF_OTHER, OFFICE_OF_OTHER_SQL, refuse_office_of_other
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked
from signatories.models.reading import readable


class PaperKind(models.TextChoices):
    LETTER = "letter", "brief"
    CABINET_REACTION = "cabinet_reaction", "kabinetsreactie"
    MOTION = "motion", "motie"
    PARTY_PLAN = "party_plan", "plan van fracties"
    QUESTIONS = "questions", "vragen"
    REPORT = "report", "rapport"
    STAATSCOURANT = "staatscourant", "publicatie in de Staatscourant"


class PaperQuerySet(models.QuerySet["Paper"]):
    def dated_between(self, start: date, end: date) -> Self:
        """Dated from `start` up to and including `end`; a vague date counts on its last day."""
        return self.filter(dated__gte=start, dated__lte=end)

    def visible_to(self, user: User, *, on: date) -> Self:
        """A contact sees those that the own organisation sent."""
        return readable(self, user, "sender_rows__organisation", on=on)


@tracked()
class Paper(Fact):
    """A document that went to parliament or came from it, or that was published officially.

    `citation` holds the place where it can be found, in its printed form.
    """

    Kind = PaperKind

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=PaperKind.choices)
    title = models.CharField("titel", max_length=300)
    dated = PartialDateField("gedateerd", precision_field="dated_precision")
    dated_precision = PrecisionField("nauwkeurigheid datum")
    number = models.CharField("documentnummer", max_length=60, blank=True, help_text="Zoals 2023D06254.")
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    summary = models.TextField("samenvatting", blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
    )
    answers = models.ForeignKey(
        "self",
        verbose_name="antwoord op",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_by",
    )
    senders: models.ManyToManyField[models.Model, PaperSender] = models.ManyToManyField(
        "signatories.Organisation", through="PaperSender", verbose_name="afzenders", related_name="papers"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        ordering = ["-dated", "slug"]
        constraints = [
            known("paper", "kind", PaperKind),
            rule("paper", "answers_another", ~Q(answers=F("pk")), "Een stuk is geen antwoord op zichzelf."),
            once(
                "paper",
                "citation",
                message="Er is al een stuk met deze vindplaats.",
                condition=~Q(citation=""),
                what="citation_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug


class SenderRole(models.TextChoices):
    """In whose name: "samen met", or "mede namens"."""

    SENDER = "sender", "afzender"
    ON_BEHALF = "on_behalf", "mede namens"


@tracked()
class PaperSender(Fact):
    """An organisation that sent a paper, or on whose behalf it was sent as well; by which office, if known.

    Two offices of one organisation can stand with a paper: two ministers of one ministry.
    """

    Role = SenderRole

    paper = models.ForeignKey(
        Paper, verbose_name="stuk", on_delete=models.CASCADE, related_name="sender_rows"
    )
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="sender_rows",
    )
    office = models.ForeignKey(
        "signatories.Office",
        verbose_name="ambt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sender_rows",
    )
    role = models.CharField("rol", max_length=10, choices=SenderRole.choices, default=SenderRole.SENDER)
    order = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "afzender van een stuk"
        verbose_name_plural = "afzenders van stukken"
        ordering = ["paper", "role", "order", "organisation__key"]
        constraints = [
            known("papersender", "role", SenderRole),
            once(
                "papersender",
                "paper",
                "organisation",
                "office",
                message="Deze afzender staat al bij het stuk.",
                nulls_distinct=False,
            ),
        ]
        triggers = [
            refuse("papersender", "office_of_organisation", when=OFFICE_OF_OTHER_SQL, message=OFFICE_OF_OTHER)
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"

    def clean(self) -> None:
        refuse_office_of_other(self)


@tracked()
class PaperParty(Fact):
    """A parliamentary party that a paper comes from."""

    paper = models.ForeignKey(Paper, verbose_name="stuk", on_delete=models.CASCADE, related_name="parties")
    name = models.CharField("fractie", max_length=100)
    order = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "fractie bij een stuk"
        verbose_name_plural = "fracties bij stukken"
        ordering = ["paper", "order", "name"]
        constraints = [
            once("paperparty", "paper", "name", message="Deze fractie staat al bij het stuk."),
            rule("paperparty", "name_given", ~Q(name=""), "Vul de naam van de fractie in."),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class PaperPoint(Fact):
    """A point of a paper, and the reaction to it; empty as long as there is none."""

    paper = models.ForeignKey(Paper, verbose_name="stuk", on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("punt")
    reaction = models.TextField("reactie", blank=True)

    class Meta:
        verbose_name = "punt van een stuk"
        verbose_name_plural = "punten van stukken"
        ordering = ["paper", "number"]
        constraints = [
            once("paperpoint", "paper", "number", message="Dit nummer bestaat al in het stuk."),
            rule("paperpoint", "number_positive", Q(number__gte=1), "Een nummer begint bij 1."),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, punt {self.number}"

    @property
    def natural(self) -> str:
        """Needs `paper` loaded."""
        return f"{self.paper.slug}:{self.number}"
