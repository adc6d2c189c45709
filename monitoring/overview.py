"""The plan at a glance: a frame with its lines, who does what for it, and what the register counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from monitoring.cited import Fact, known
from monitoring.models import Activity, ActivityStatus, Frame, Indicator, Paper, PlanRole, PolicyLine, Role
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys
from monitoring.naming import Names, listed
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import FigureValue, registry
from mvi_portal.core.reference import on_of
from mvi_portal.core.templatetags.mvi import keep

HEADLINES = (
    "ondertekenaars.organisaties",
    "ondertekenaars.gemeenten",
    "buyergroups.gestart",
    "actieplannen.ontvangen",
    "actieplannen.geevalueerd",
)
UNDER_WAY = (ActivityStatus.RUNNING, ActivityStatus.LATE)
Shown = tuple[FigureValue, str]  # a figure and the address of its definition


@dataclass(frozen=True)
class Related:
    """A line of another frame that this one continues or goes on as."""

    label: str
    href: str


@dataclass(frozen=True)
class LineCard:
    """A line as the overview shows it."""

    line: PolicyLine
    href: str
    figures: list[Shown]
    activities: int  # that run on the day
    indicators: int
    is_demo: bool  # whether something of what is counted is made up
    related: list[Related]


class Plan:
    """All lines of all frames and how they go on; `keys` of one line gives itself and its kin."""

    def __init__(self, request: HttpRequest, today: date) -> None:
        self.request, self.today = request, today
        visible = PolicyLine.objects.visible_to(reader(request), on=today)
        self.lines = list(visible.select_related("frame").order_by("frame__valid_from", "frame", "order"))
        self.pairs = mapped_pairs()

    def of(self, frame: Frame) -> list[PolicyLine]:
        return [line for line in self.lines if line.frame_id == frame.pk]

    def keys(self, line: PolicyLine) -> set[int]:
        return continuing_keys(line.pk, self.pairs)

    def related(self, line: PolicyLine) -> list[Related]:
        keys = self.keys(line) - {line.pk}
        return [
            Related(f"{other}, {other.frame.name}", line_href(other, self.request))
            for other in self.lines
            if other.pk in keys
        ]

    def codes(self, line: PolicyLine) -> set[str]:
        """Under which codes figures can belong to the line."""
        keys = self.keys(line)
        return {other.code for other in self.lines if other.pk in keys}


def placed(on: date) -> dict[str, PolicyLine]:
    """By the code of a figure the line that it belongs to in the frame of the day; the first, as on cards."""
    frame = Frame.objects.at(on=on).first()
    if frame is None:
        return {}
    lines, pairs = {line.pk: line for line in PolicyLine.objects.order_by("order")}, mapped_pairs()
    found: dict[str, PolicyLine] = {}
    for line in lines.values():
        if line.frame_id == frame.pk:
            for key in continuing_keys(line.pk, pairs):
                found.setdefault(lines[key].code, line)
    return found


def line_href(line: PolicyLine, request: HttpRequest) -> str:
    return keep(request, reverse("monitoring:line-detail", args=[line.frame.slug, line.code]))


def cards(frame: Frame, plan: Plan) -> list[LineCard]:
    """A figure stands once: at the first line of the frame that it belongs to."""
    on, user = on_of(plan.request), reader(plan.request)
    today = plan.today
    done = list(Activity.objects.visible_to(user, on=today).order_by())
    activities = Counter(row.line_id for row in done if row.status_on(on) in UNDER_WAY)
    made = {row.line_id for row in done if row.is_demo and row.status_on(on) in UNDER_WAY}
    indicators, made_too = of_lines(Indicator.objects.visible_to(user, on=today))
    values = headline_values(HEADLINES, on, plan.request)
    shown: list[LineCard] = []
    for line in plan.of(frame):
        codes, keys = plan.codes(line), plan.keys(line)
        mine = [item for item in values if item[0].figure.line in codes]
        values = [item for item in values if item not in mine]
        running, counted = (sum(found[key] for key in keys) for found in (activities, indicators))
        related = plan.related(line)
        is_demo = not keys.isdisjoint(made | made_too)
        href = line_href(line, plan.request)
        shown.append(LineCard(line, href, mine, running, counted, is_demo, related))
    return shown


def of_lines(rows: QuerySet[Any]) -> tuple[Counter[int], set[int]]:
    """How many there are on each line, and the lines where some are made up."""
    found = list(rows.order_by().values_list("line", "is_demo"))
    return Counter(line for line, _ in found), {line for line, is_demo in found if is_demo}


def headline_values(keys: Iterable[str], on: date, request: HttpRequest) -> list[Shown]:
    """Figures on the day, each with the address of its definition."""
    return [
        (registry.get(key).at(on), keep(request, reverse("core:definition-detail", args=[key])))
        for key in keys
        if key in registry
    ]


def roles(frame: Frame, on: date) -> list[tuple[str, str]]:
    """Who does what for the plan on the day, under the names of that day."""
    rows = list(PlanRole.objects.at(on=on).filter(frame=frame))
    names = Names((row.organisation_id for row in rows), on)
    told = [
        (role.label.capitalize(), listed(names.of(row.organisation_id) for row in rows if row.role == role))
        for role in Role
    ]
    return [(label, who) for label, who in told if who]


def sources(frame: Frame, on: date, request: HttpRequest) -> list[Fact]:
    """The paper that offered the plan, once it was there; and where the frame and its roles are written."""
    visible = Paper.objects.visible_to(reader(request), on=timezone.localdate())
    paper = visible.filter(offered_frames=frame, dated__lte=on).first()
    href = keep(request, reverse("monitoring:paper-detail", args=[paper.slug])) if paper else ""
    told = PlanRole.objects.at(on=on).filter(frame=frame).exclude(source="").order_by("source")
    return known(
        ("Aangeboden met", f"{paper.title} ({paper.dated})" if paper else "", href),
        ("Bron van het kader", frame.source, ""),
        ("Bron van wie wat doet", "; ".join(told.values_list("source", flat=True).distinct()), ""),
    )


def period(frame: Frame) -> str:
    """From when until when the frame holds, in words."""
    start = f"vanaf {long_date(frame.valid_from)}" if frame.valid_from else ""
    end = f"tot en met {long_date(frame.valid_until)}" if frame.valid_until else ""
    return " ".join(filter(None, (start, end))) or "zonder einddatum"


def frame_links(frames: Iterable[Frame], request: HttpRequest) -> list[tuple[Frame, str, str]]:
    """Each frame with its period and address."""
    return [
        (frame, period(frame), keep(request, reverse("monitoring:frame-detail", args=[frame.slug])))
        for frame in frames
    ]
