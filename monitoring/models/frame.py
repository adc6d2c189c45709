"""The reporting frame is data: seven action lines in 2023, four main lines in 2025, another plan after."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from monitoring.models.kin import continuing_keys
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, no_overlap, once, refuse, refused, rule, together
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.organisations import on_day
from signatories.models.reading import beneath, readable


class FrameQuerySet(models.QuerySet["Frame"]):
    def at(self, *, on: date) -> Self:
        """The frames that hold on the day, the newest first."""
        return self.filter(on_day(on)).order_by(F("valid_from").desc(nulls_last=True), "slug")

    def visible_to(self, user: User, *, on: date) -> Self:
        """A contact sees the frames in which the own organisation has a role."""
        return readable(self, user, "roles__organisation", on=on)


LOCKED_FRAME = (
    "Dit kader staat vast: een verzonden brief gebruikt het. Alleen de laatste dag is nog te wijzigen."
)
OPEN = ("valid_until",)  # what is not in the letter, and is only known when the next plan begins


@tracked()
class Frame(Fact):
    """The division in lines by which progress is reported for a time, and the plan behind it.

    Frames may hold at the same time: the old plan is reported on while the next one begins.
    """

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    name = models.CharField("naam", max_length=200)
    plan_title = models.CharField("titel van het plan", max_length=250)
    aim = models.TextField("doel van het plan", blank=True)
    paper = models.ForeignKey(
        "monitoring.Paper",
        verbose_name="aangeboden met",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offered_frames",
    )
    valid_from = models.DateField("geldt vanaf", null=True, blank=True)
    valid_until = models.DateField("geldt tot en met", null=True, blank=True)
    locked_on = models.DateField("vastgezet op", null=True, blank=True)
    locked_because = models.CharField("reden van het vastzetten", max_length=300, blank=True)

    objects = FrameQuerySet.as_manager()

    class Meta:
        verbose_name = "kader"
        verbose_name_plural = "kaders"
        ordering = ["valid_from", "slug"]
        constraints = [
            ordered("frame"),
            together(
                "frame",
                "locked_with_reason",
                Q(locked_on__isnull=False),
                ~Q(locked_because=""),
                message="Zeg bij het vastzetten van een kader wanneer en waarom.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=list(OPEN)),
                func=refused("frame_locked_stays", "OLD.locked_on IS NOT NULL", LOCKED_FRAME),
            ),
            pgtrigger.Trigger(
                name="locked_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=refused("frame_locked_is_kept", "OLD.locked_on IS NOT NULL", LOCKED_FRAME),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug

    @property
    def is_locked(self) -> bool:
        """A sent letter uses the frame: it stays as it is, with its lines and what they go on from."""
        return self.locked_on is not None


LOCKED_LINES = "Dit kader staat vast: de lijnen blijven zoals ze zijn."
LOCKED_MAPPINGS = "Dit kader staat vast: waar de lijnen op verder gaan, blijft zoals het is."


class PolicyLineQuerySet(models.QuerySet["PolicyLine"]):
    def continuing(self, line: PolicyLine) -> Self:
        """The line itself, what it continues from earlier frames, and what continues it in later ones.

        Back and forth are followed apart: two lines that went over into the same one are not each other.
        """
        return self.filter(pk__in=continuing_keys(line.pk, mapped_pairs()))

    def visible_to(self, user: User, *, on: date) -> Self:
        """With its frame."""
        return beneath(self, "frame", Frame.objects.visible_to(user, on=on))


def mapped_pairs() -> list[tuple[int, int]]:
    """Each mapping as the keys of the earlier line and the later one."""
    return list(LineMapping.objects.values_list("from_line_id", "to_line_id"))


def line_called(code: str, title: str) -> str:
    """What a line goes by."""
    return f"{code}. {title}"


def line_key(frame: str, code: str) -> str:
    """Its natural key, from the slug of its frame."""
    return f"{frame}:{code}"


@tracked()
class PolicyLine(Fact):
    """A line of a frame: "A" of the four main lines, "3" of the seven action lines."""

    frame = models.ForeignKey(Frame, verbose_name="kader", on_delete=models.PROTECT, related_name="lines")
    code = models.CharField("code", max_length=10)
    title = models.CharField("titel", max_length=200)
    aim = models.TextField("doel", blank=True)
    order = models.PositiveSmallIntegerField("volgorde")

    objects = PolicyLineQuerySet.as_manager()

    class Meta:
        verbose_name = "lijn"
        verbose_name_plural = "lijnen"
        ordering = ["frame", "order"]
        constraints = [
            once("policyline", "frame", "code", message="Deze code staat al in het kader.", what="code_once"),
            models.UniqueConstraint(
                fields=["frame", "order"],
                name="policyline_order_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two lines can change places
                violation_error_message="Deze plaats in de volgorde is al bezet.",
            ),
            rule("policyline", "code_given", ~Q(code=""), "Geef de lijn een code."),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="policyline_frame_locked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=refused(
                    "policyline_frame_locked",
                    "EXISTS (SELECT 1 FROM monitoring_frame WHERE locked_on IS NOT NULL"
                    " AND id IN (OLD.frame_id, NEW.frame_id))",
                    LOCKED_LINES,
                ),
            )
        ]

    def __str__(self) -> str:
        return line_called(self.code, self.title)

    @property
    def natural(self) -> str:
        """Needs `frame` loaded."""
        return line_key(self.frame.slug, self.code)


OTHER_FRAME = "Koppel lijnen van verschillende kaders."


@tracked()
class LineMapping(Fact):
    """A line of an earlier frame goes on as a line of a later one, so that a series runs on."""

    from_line = models.ForeignKey(
        PolicyLine, verbose_name="van lijn", on_delete=models.CASCADE, related_name="mappings_onward"
    )
    to_line = models.ForeignKey(
        PolicyLine, verbose_name="naar lijn", on_delete=models.CASCADE, related_name="mappings_back"
    )

    class Meta:
        verbose_name = "koppeling van lijnen"
        verbose_name_plural = "koppelingen van lijnen"
        ordering = ["from_line", "to_line"]
        constraints = [
            once("linemapping", "from_line", "to_line", message="Deze lijnen zijn al gekoppeld."),
            rule("linemapping", "not_itself", ~Q(from_line=F("to_line")), OTHER_FRAME),
        ]
        triggers = [
            refuse(
                "linemapping",
                "other_frame",
                when="(SELECT frame_id FROM monitoring_policyline WHERE id = NEW.from_line_id)"
                " = (SELECT frame_id FROM monitoring_policyline WHERE id = NEW.to_line_id)",
                message=OTHER_FRAME,
            ),
            pgtrigger.Trigger(
                name="frame_locked",  # of the later frame: a next one may always go on from its lines
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=refused(
                    "linemapping_frame_locked",
                    "EXISTS (SELECT 1 FROM monitoring_policyline l"
                    " JOIN monitoring_frame f ON f.id = l.frame_id"
                    " WHERE f.locked_on IS NOT NULL AND l.id IN (OLD.to_line_id, NEW.to_line_id))",
                    LOCKED_MAPPINGS,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_line} → {self.to_line}"

    def clean(self) -> None:
        if self.from_line_id and self.to_line_id and self.from_line.frame_id == self.to_line.frame_id:
            raise ValidationError(OTHER_FRAME)


class Role(models.TextChoices):
    """What an organisation does for the plan."""

    COORDINATES = "coordinates", "coördineert"
    SECRETARIAT = "secretariat", "voert het secretariaat"
    PAYS = "pays", "betaalt mee"
    CO_SENDS = "co_sends", "verzendt mede"
    ADVISES = "advises", "adviseert"
    EVALUATES = "evaluates", "evalueert"


class PlanRoleQuerySet(models.QuerySet["PlanRole"]):
    def at(self, *, on: date) -> Self:
        return self.filter(on_day(on))


@tracked()
class PlanRole(Fact):
    """An organisation has a role in the plan, from a day up to and including another."""

    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="plan_roles",
    )
    frame = models.ForeignKey(Frame, verbose_name="kader", on_delete=models.PROTECT, related_name="roles")
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    valid_from = models.DateField("vanaf", null=True, blank=True)
    valid_until = models.DateField("tot en met", null=True, blank=True)

    objects = PlanRoleQuerySet.as_manager()

    class Meta:
        verbose_name = "rol in het plan"
        verbose_name_plural = "rollen in het plan"
        ordering = ["frame", "role", "organisation__key"]
        constraints = [
            known("planrole", "role", Role),
            ordered("planrole"),
            no_overlap(
                "planrole",
                "organisation",
                "frame",
                "role",
                message="De organisatie heeft deze rol al in deze periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_role_display()}"

    @property
    def natural(self) -> str:
        """Needs `frame` and `organisation` loaded."""
        return f"{self.frame.slug}:{self.role}:{self.organisation.key}"
