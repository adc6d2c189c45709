"""The decision note: what advises an office-holder to send the letter, and what of it stays inside."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import known, once, rule
from mvi_portal.core.models import Fact
from mvi_portal.core.prose import ProseField, plain_text
from mvi_portal.history import tracked
from reports.models.letters import MAY_CHANGE_TEXTS, Letter, LetterState
from reports.models.locking import locked_when_sent
from signatories.models import Office

# What the portal itself fills in or adds to, by the slug of the section.
OCCASION, ADVICE, KEY_POINTS, FORCES = "aanleiding", "geadviseerd-besluit", "kernpunten", "krachtenveld"
POLITICS, BUSINESS, MONEY = "politieke-context", "positie-bedrijfsleven", "financien-en-recht"
ROLES, COMMUNICATION = "rollen-en-taken", "communicatie"
WITHHELD, ANNEXES = "niet-openbaar", "bijlagen"
MADE = frozenset({WITHHELD, ANNEXES})  # never without a text
_MAY_CHANGE = MAY_CHANGE_TEXTS | {LetterState.AGREED}  # the line looks at it before there is a decision


class Ground(models.TextChoices):
    """The grounds of the Wet open overheid on which a passage is not made public (articles 5.1 and 5.2)."""

    CROWN = "5.1.1.a", "artikel 5.1, lid 1, onder a: eenheid van de Kroon"
    STATE_SECURITY = "5.1.1.b", "artikel 5.1, lid 1, onder b: veiligheid van de Staat"
    CONFIDENTIAL_BUSINESS = (
        "5.1.1.c",
        "artikel 5.1, lid 1, onder c: vertrouwelijk meegedeelde bedrijfsgegevens",
    )
    SPECIAL_PERSONAL = (
        "5.1.1.d",
        "artikel 5.1, lid 1, onder d: bijzondere of strafrechtelijke persoonsgegevens",
    )
    IDENTIFYING_NUMBERS = "5.1.1.e", "artikel 5.1, lid 1, onder e: nummers die personen identificeren"
    FOREIGN_RELATIONS = "5.1.2.a", "artikel 5.1, lid 2, onder a: internationale betrekkingen"
    ECONOMIC_INTERESTS = (
        "5.1.2.b",
        "artikel 5.1, lid 2, onder b: economische of financiële belangen van de overheid",
    )
    PROSECUTION = "5.1.2.c", "artikel 5.1, lid 2, onder c: opsporing en vervolging"
    INSPECTION = "5.1.2.d", "artikel 5.1, lid 2, onder d: inspectie, controle en toezicht"
    PRIVACY = "5.1.2.e", "artikel 5.1, lid 2, onder e: persoonlijke levenssfeer"
    COMPETITION = "5.1.2.f", "artikel 5.1, lid 2, onder f: concurrentiegevoelige bedrijfsgegevens"
    ENVIRONMENT = "5.1.2.g", "artikel 5.1, lid 2, onder g: bescherming van het milieu"
    SAFETY = "5.1.2.h", "artikel 5.1, lid 2, onder h: beveiliging van personen en bedrijven"
    FUNCTIONING = "5.1.2.i", "artikel 5.1, lid 2, onder i: goed functioneren van de overheid"
    HARM = "5.1.5", "artikel 5.1, lid 5: onevenredige benadeling"
    OPINIONS = "5.2", "artikel 5.2: persoonlijke beleidsopvattingen"


NOTED = "(SELECT letter_id FROM reports_decisionnote WHERE id = {row}.note_id)"
KEPT = (
    "(SELECT n.letter_id FROM reports_notesection s JOIN reports_decisionnote n ON n.id = s.note_id "
    "WHERE s.id = {row}.section_id)"
)


@tracked()
class NoteTemplate(Fact):
    """One version of the list of sections that a new note gets; a version never changes."""

    number = models.PositiveSmallIntegerField("versie")
    made_on = models.DateField("gemaakt op", default=timezone.localdate)
    why = models.CharField("waarom deze versie", max_length=300, blank=True)

    class Meta:
        verbose_name = "sjabloon van beslisnota's"
        verbose_name_plural = "sjablonen van beslisnota's"
        ordering = ["-number"]
        constraints = [
            once("notetemplate", "number", message="Deze versie is er al.", what="number_once"),
            rule("notetemplate", "number_from_one", Q(number__gte=1), "Versies nummeren vanaf 1."),
        ]

    def __str__(self) -> str:
        return f"Sjabloon van de beslisnota, versie {self.number}"

    @property
    def natural(self) -> str:
        return str(self.number)


@tracked()
class TemplateSection(models.Model):
    """A section that a new note gets, with a word of help for who writes it."""

    template = models.ForeignKey(
        NoteTemplate, verbose_name="sjabloon", on_delete=models.CASCADE, related_name="sections"
    )
    slug = models.SlugField("sleutel", max_length=60)
    title = models.CharField("titel", max_length=200)
    help = models.TextField("hulp voor de schrijver", blank=True)
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "sectie van een sjabloon"
        verbose_name_plural = "secties van sjablonen"
        ordering = ["template", "order"]
        constraints = [
            once("templatesection", "template", "slug", message="Deze sectie staat al in het sjabloon."),
            once(
                "templatesection",
                "template",
                "order",
                message="Deze plaats in de volgorde is al bezet.",
                what="order_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked(exclude=["author"])
class DecisionNote(models.Model):
    """The note that goes with a letter; one for each office that is asked to decide."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="decision_notes"
    )
    office = models.ForeignKey(
        Office, verbose_name="ambt", on_delete=models.PROTECT, related_name="decision_notes"
    )
    template = models.ForeignKey(
        NoteTemplate,
        verbose_name="sjabloon",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
    )
    addressee = models.CharField(
        "gericht aan", max_length=300, blank=True, help_text="Zoals het boven de nota staat, zonder naam."
    )
    reference = models.CharField("kenmerk", max_length=100, blank=True)
    author = models.CharField(
        "auteur",
        max_length=200,
        blank=True,
        help_text="Staat alleen in de interne versie, nooit in de openbare.",
    )

    class Meta:
        verbose_name = "beslisnota"
        verbose_name_plural = "beslisnota's"
        ordering = ["letter", "office"]
        constraints = [
            once(
                "decisionnote",
                "letter",
                "office",
                message="Voor dit ambt is er al een beslisnota bij de brief.",
                what="once_per_office",
            ),
        ]
        triggers = locked_when_sent("decisionnote")

    def __str__(self) -> str:
        return f"Beslisnota bij {self.letter} aan {self.office}"

    @property
    def may_change(self) -> bool:
        """Until the office-holder decided."""
        return self.letter.stand in _MAY_CHANGE

    @property
    def may_withhold(self) -> bool:
        """What is made public is looked at until the letter goes."""
        return not self.letter.is_sent

    @property
    def head(self) -> str:
        """To whom, as the head of the note says it."""
        return self.addressee or self.office.title


@tracked()
class NoteSection(models.Model):
    """A part of the note, such as the occasion, the advised decision or the key points."""

    note = models.ForeignKey(
        DecisionNote, verbose_name="beslisnota", on_delete=models.CASCADE, related_name="sections"
    )
    slug = models.SlugField("sleutel", max_length=60)
    title = models.CharField("titel", max_length=200)
    order = models.PositiveSmallIntegerField("volgorde")
    text = ProseField("tekst", blank=True)

    class Meta:
        verbose_name = "sectie van een beslisnota"
        verbose_name_plural = "secties van beslisnota's"
        ordering = ["note", "order"]
        constraints = [
            once("notesection", "note", "slug", message="Deze sectie staat al in de nota."),
            models.UniqueConstraint(
                fields=["note", "order"],
                name="notesection_order_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two sections can change places
                violation_error_message="Deze plaats in de volgorde is al bezet.",
            ),
        ]
        triggers = locked_when_sent("notesection", NOTED)

    def __str__(self) -> str:
        return self.title

    @property
    def letter(self) -> Letter:
        return self.note.letter

    @property
    def is_made(self) -> bool:
        """Whether the portal fills it, so that it is never without a text."""
        return self.slug in MADE

    @property
    def is_written(self) -> bool:
        """Whether there is a word, a table or a chart in it."""
        return bool(plain_text(self.text)) or "<mvi-" in self.text

    @property
    def withheld(self) -> frozenset[str]:
        """The fingerprints of the passages that stay inside."""
        return frozenset(row.sha256 for row in self.withholdings.all())


@tracked()
class Withholding(models.Model):
    """A paragraph that stays out of the public edition. It follows its paragraph when the text changes."""

    section = models.ForeignKey(
        NoteSection, verbose_name="sectie", on_delete=models.CASCADE, related_name="withholdings"
    )
    sha256 = models.CharField("vingerafdruk van de alinea", max_length=64)
    words = models.CharField("waar het over gaat", max_length=300)
    ground = models.CharField("grond", max_length=10, choices=Ground.choices)
    why = models.CharField(
        "toelichting", max_length=300, blank=True, help_text="Alleen voor wie aan de nota werkt."
    )
    look_again = models.BooleanField("opnieuw te bekijken", default=False)
    decided_on = models.DateField("besloten op", default=timezone.localdate)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="besloten door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="withholdings",
    )

    class Meta:
        verbose_name = "passage die niet openbaar wordt"
        verbose_name_plural = "passages die niet openbaar worden"
        ordering = ["section", "pk"]
        constraints = [
            once("withholding", "section", "sha256", message="Deze passage is al niet openbaar."),
            known("withholding", "ground", Ground),
        ]
        triggers = locked_when_sent("withholding", KEPT, free=["decided_by"])

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.words}"
