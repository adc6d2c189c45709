"""Who must agree with a letter, who is aligned with, and what they answered."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.constraints import known, once, rule, together
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked
from reports.models.letters import Letter, LetterState, Section
from reports.models.locking import locked_when_sent
from reports.models.readings import Reading
from signatories.models import Organisation, Representative

ANSWERED = "(SELECT letter_id FROM reports_assent WHERE id = {row}.assent_id)"
REMARKED = (
    "(SELECT a.letter_id FROM reports_reply r JOIN reports_assent a ON a.id = r.assent_id "
    "WHERE r.id = {row}.reply_id)"
)
ANSWERABLE = [state for state in LetterState if state not in (LetterState.DRAFT, LetterState.SENT)]


class AssentKind(models.TextChoices):
    """Without assent nothing is sent; alignment advises and does not block."""

    ASSENT = "assent", "instemming"
    ALIGNMENT = "alignment", "afstemming"


class Answer(models.TextChoices):
    AGREED = "agreed", "akkoord"
    AGREED_IF = "agreed-if", "akkoord, mits"
    NOT_AGREED = "not-agreed", "niet akkoord"


class AssentQuerySet(models.QuerySet["Assent"]):
    def parties(self) -> Self:
        """Who takes part now; who was taken out or replaced stays in the record."""
        return self.filter(left_on__isnull=True)

    def waiting(self) -> Self:
        """Asked, and not answered since."""
        return self.parties().filter(is_asked=True, letter__state=LetterState.IN_AGREEMENT)

    def own(self, user: User, *, on: date) -> Self:
        """Of the organisations that the user acts for, when the role lets it answer for them."""
        if scope(user, Action.GIVE_ASSENT) is not Scope.OWN:
            return self.none()
        acting = Representative.objects.acting(on=on).filter(user=user)
        return self.filter(organisation__in=acting.values("organisation"))

    def recordable_by(self, user: User, *, on: date) -> Self:
        """For which the user may write down what was answered: all, or the own organisations."""
        return (
            self.parties()
            if scope(user, Action.GIVE_ASSENT) is Scope.YES
            else self.parties().own(user, on=on)
        )


@tracked()
class Assent(models.Model):
    """A party to the letter, and its latest answer. One that is co-sender and department is asked once.

    Every answer is a `Reply`; here stands the last of them, and which text it was given to.
    """

    letter = models.ForeignKey(Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="assents")
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="assents"
    )
    kind = models.CharField("soort", max_length=10, choices=AssentKind.choices)
    answer = models.CharField(
        "antwoord", max_length=10, choices=Answer.choices, blank=True, help_text="Leeg: nog geen antwoord."
    )
    given_on = models.DateField("gegeven op", null=True, blank=True)
    function = models.CharField("functie van wie antwoordde", max_length=200, blank=True)
    proof = models.CharField(
        "bewijs", max_length=300, blank=True, help_text="Bijvoorbeeld de mail of het verslag, met datum."
    )
    remark = models.TextField("opmerking", blank=True)
    paragraphs = models.JSONField(
        "vingerafdrukken van de alinea's",
        default=list,
        blank=True,
        help_text="De SHA-256 van elke alinea waarop het antwoord is gegeven, in volgorde.",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vastgelegd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recorded_assents",
    )
    reading = models.ForeignKey(
        Reading,
        verbose_name="gegeven op de tekst",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assents",
    )
    met_on = models.DateField("aan de voorwaarde voldaan op", null=True, blank=True)
    met_how = models.CharField("hoe aan de voorwaarde is voldaan", max_length=300, blank=True)
    is_asked = models.BooleanField("wacht op antwoord", default=False)
    asked_on = models.DateField("gevraagd op", null=True, blank=True)
    due_on = models.DateField("antwoord uiterlijk op", null=True, blank=True)
    reminded_on = models.DateField("herinnerd op", null=True, blank=True)
    left_on = models.DateField("geen partij meer sinds", null=True, blank=True)
    left_why = models.CharField("waarom geen partij meer", max_length=300, blank=True)

    objects = AssentQuerySet.as_manager()

    class Meta:
        verbose_name = "instemming of afstemming"
        verbose_name_plural = "instemmingen en afstemmingen"
        ordering = ["letter", "kind", "organisation"]
        constraints = [
            once(
                "assent",
                "letter",
                "organisation",
                message="Deze organisatie wordt al om een antwoord op de brief gevraagd.",
            ),
            known("assent", "kind", AssentKind),
            rule(
                "assent",
                "answer_with_date",
                Q(answer="", given_on__isnull=True) | Q(answer__in=Answer.values, given_on__isnull=False),
                "Een antwoord heeft een datum; zonder antwoord is er geen datum.",
            ),
            known("assent", "answer", Answer, optional=True),
            together(
                "assent",
                "asked_with_term",
                Q(asked_on__isnull=False),
                Q(due_on__isnull=False),
                message="Wie om een antwoord vraagt, zegt voor wanneer.",
            ),
            rule(
                "assent",
                "waits_when_asked",
                Q(is_asked=False) | Q(asked_on__isnull=False),
                "Op een antwoord wordt pas gewacht als het is gevraagd.",
            ),
            together(
                "assent",
                "left_with_reason",
                Q(left_on__isnull=False),
                ~Q(left_why=""),
                message="Wie een partij weghaalt, zegt waarom.",
            ),
            together(
                "assent",
                "met_with_how",
                Q(met_on__isnull=False),
                ~Q(met_how=""),
                message="Leg vast hoe en wanneer aan de voorwaarde is voldaan.",
            ),
            rule(
                "assent",
                "met_after_condition",
                Q(met_on__isnull=True) | Q(answer=Answer.AGREED_IF),
                "Alleen aan een voorwaarde van 'akkoord, mits' kan worden voldaan.",
            ),
        ]
        triggers = locked_when_sent("assent", free=["recorded_by"])

    def __str__(self) -> str:
        return f"{self.get_kind_display()} van {self.organisation}: {self.get_answer_display() or 'open'}"


@tracked()
class Reply(StoredFile):
    """One answer of a party: to which text, who gave it, and how we know. It is never changed or wiped."""

    assent = models.ForeignKey(
        Assent, verbose_name="partij", on_delete=models.CASCADE, related_name="replies"
    )
    answer = models.CharField("antwoord", max_length=10, choices=Answer.choices)
    given_on = models.DateField("gegeven op")
    function = models.CharField("functie van wie antwoordde", max_length=200)
    proof = models.CharField("bewijs", max_length=300, blank=True)
    remark = models.TextField("opmerking", blank=True)
    reading = models.ForeignKey(
        Reading, verbose_name="gegeven op de tekst", on_delete=models.PROTECT, related_name="replies"
    )
    consultation = models.ForeignKey(
        "monitoring.Consultation",
        verbose_name="in het overleg",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_replies",
    )
    is_own = models.BooleanField("zelf gegeven, na inloggen", default=False)
    recorded_at = models.DateTimeField("vastgelegd op", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vastgelegd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter_replies",
    )

    class Meta:
        verbose_name = "antwoord op een brief"
        verbose_name_plural = "antwoorden op brieven"
        ordering = ["assent", "-recorded_at", "-pk"]
        constraints = [
            *file_constraints("reply"),
            known("reply", "answer", Answer),
            rule(
                "reply", "function_given", ~Q(function=""), "Vul in in welke functie dit antwoord is gegeven."
            ),
            rule(
                "reply",
                "with_proof",
                Q(is_own=True) | ~Q(proof="") | ~Q(file="") | Q(consultation__isnull=False),
                "Een antwoord dat namens een ander is vastgelegd, heeft een bewijs.",
            ),
            rule(
                "reply",
                "remark_unless_agreed",
                Q(answer=Answer.AGREED) | ~Q(remark=""),
                "Zeg bij 'akkoord, mits' en 'niet akkoord' wat er anders moet.",
            ),
        ]
        triggers = locked_when_sent("reply", ANSWERED, free=["recorded_by"])

    def __str__(self) -> str:
        return f"{self.assent.organisation}: {self.get_answer_display()}"


@tracked()
class Remark(models.Model):
    """What a party says of one paragraph: anchored to its fingerprint and its words, and never wiped."""

    reply = models.ForeignKey(
        Reply, verbose_name="antwoord", on_delete=models.CASCADE, related_name="remarks"
    )
    section = models.ForeignKey(
        Section,
        verbose_name="onderdeel",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="remarks",
    )
    heading = models.CharField("kop van het onderdeel", max_length=250, blank=True)
    sha256 = models.CharField("vingerafdruk van de alinea", max_length=64)
    words = models.TextField("de alinea van toen")
    text = models.TextField("opmerking")

    class Meta:
        verbose_name = "opmerking bij een alinea"
        verbose_name_plural = "opmerkingen bij alinea's"
        ordering = ["reply", "pk"]
        constraints = [
            rule("remark", "sha256_form", Q(sha256__regex=r"^[0-9a-f]{64}$"), "Dit is geen SHA-256."),
            rule("remark", "text_given", ~Q(text=""), "Vul de opmerking in."),
        ]
        triggers = locked_when_sent("remark", REMARKED)

    def __str__(self) -> str:
        return f"{self.heading}: {self.text[:60]}"
