"""The plan of a letter: by when what is done, counted back from the day on which it should go."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from mvi_portal.core.constraints import known, no_overlap, once, rule
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked
from reports.models.letters import Letter, LetterState


class StepKind(models.TextChoices):
    """In the order in which they are taken."""

    ROUND_ASKED = "round-asked", "voortgang is gevraagd"
    ROUND_CLOSED = "round-closed", "voortgang is binnen en aanvaard"
    DRAFT = "draft", "concept is klaar voor de akkoordronde"
    DIRECTORS = "directors", "directeurenoverleg"
    CO_SENDERS = "co-senders", "akkoord van de medeafzenders"
    LINE = "line", "interne lijn"
    DECISION = "decision", "besluit van de bewindspersoon"
    SENDING = "sending", "brief is verzonden"

    @property
    def reached(self) -> LetterState | None:
        """The state of the letter in which the step is taken without anybody saying so."""
        return _REACHED.get(self)


_REACHED = {
    StepKind.DRAFT: LetterState.IN_AGREEMENT,
    StepKind.DIRECTORS: LetterState.AGREED,
    StepKind.CO_SENDERS: LetterState.AGREED,
    StepKind.LINE: LetterState.DECIDED,
    StepKind.DECISION: LetterState.DECIDED,
    StepKind.SENDING: LetterState.SENT,
}


@tracked()
class Recess(Fact):
    """Days on which parliament and the line do not meet: no step is planned on them."""

    name = models.CharField("naam", max_length=100)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag")

    class Meta:
        verbose_name = "reces"
        verbose_name_plural = "recessen"
        ordering = ["first_day"]
        constraints = [
            rule(
                "recess",
                "days_in_order",
                Q(last_day__gte=F("first_day")),
                "De laatste dag ligt vóór de eerste.",
            ),
            no_overlap(
                "recess",
                message="Op een van deze dagen is er al een ander reces.",
                start="first_day",
                end="last_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class PlanStep(models.Model):
    """One step with the day by which it should be taken."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="plan_steps"
    )
    kind = models.CharField("stap", max_length=20, choices=StepKind.choices)
    due_on = models.DateField("uiterlijk op")
    done_on = models.DateField("gedaan op", null=True, blank=True)

    class Meta:
        verbose_name = "stap in de planning"
        verbose_name_plural = "stappen in de planning"
        ordering = ["letter", "due_on", "pk"]
        constraints = [
            known("planstep", "kind", StepKind),
            once("planstep", "letter", "kind", message="Deze stap staat al in de planning."),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.get_kind_display()}"

    @property
    def is_done(self) -> bool:
        """Said so, or the letter itself is so far."""
        reached = StepKind(self.kind).reached
        return self.done_on is not None or (reached is not None and self.letter.stand.place >= reached.place)

    def is_late(self, today: date) -> bool:
        return not self.is_done and self.due_on < today
