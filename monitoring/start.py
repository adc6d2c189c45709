"""The start page: what is asked of the reader, and the plan at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from monitoring import overview, timeline
from monitoring.figures import LINE, OPEN
from monitoring.models import Frame, Indicator
from monitoring.news import news
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core import charts
from mvi_portal.core.contributions import Publication, Task, publications, tasks
from mvi_portal.core.dates import Step, long_date, reference_dates
from mvi_portal.core.figures import FigureValue, Memo, registry, together
from mvi_portal.core.numbers import number
from mvi_portal.core.reference import on_of
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.told import Told, told_by, told_on
from signatories.models import Kind

HEADLINES = (
    "ondertekenaars.organisaties",
    "ondertekenaars.gemeenten",
    "buyergroups.gestart",
    "actieplannen.ontvangen",
    "actieplannen.geevalueerd",
    "actieplannen.termijn_verstreken",
    OPEN,
)
KINDS = {
    "departementen": Kind.MINISTRY,
    "provincies": Kind.PROVINCE,
    "gemeenten": Kind.MUNICIPALITY,
    "waterschappen": Kind.WATER_AUTHORITY,
    "overige": Kind.OTHER,
}
SIGNED = registry.get(HEADLINES[0])
MUNICIPALITIES = "ondertekenaars.gemeenten"
YEARS = 5
LATEST = 6  # of what happened
NONE = Told(0, is_demo=False)
Series = dict[date, Told]  # on each of the days


@dataclass(frozen=True)
class Headline:
    """A figure at a glance: its value, how it went, and what changed since the last letter."""

    value: FigureValue
    trend: SafeString
    change: str
    href: str


@dataclass(frozen=True)
class Room:
    """What there is to read, and where."""

    text: str
    href: str
    is_demo: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the plan with its headlines."""

    code: str
    title: str
    headlines: list[Headline] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    on, user = on_of(request), reader(request)
    last = latest_before(on)
    frame = Frame.objects.visible_to(user, on=timezone.localdate()).at(on=on).first()
    shown = lines(on, last, request)
    context = {
        "on": on,
        "tasks": tasks_of(user, timezone.localdate()),
        "lines": shown,
        "latest": [(item, _href(item, request)) for item in latest(user, on, last)],
        "last": last,
        "news": news(request, on, last),
        "roles": overview.roles(frame, on) if frame else [],
        "has_demo": any(item.value.is_demo for line in shown for item in line.headlines),
    }
    return render(request, "monitoring/start.html", context)


def tasks_of(user: User, today: date) -> list[Task]:
    """What every app asks of the user, the most urgent first."""
    asked = [task for source in tasks for task in source(user, today)]
    return sorted(asked, key=lambda task: (task.due or date.max, task.title))


def latest_before(on: date) -> Publication | None:
    """The letter with the latest figures from before the day."""
    found = [publication for source in publications if (publication := source(on))]
    return max(found, key=lambda publication: publication.day, default=None)


def lines(on: date, last: Publication | None, request: HttpRequest) -> list[Line]:
    """By line of the frame that holds on the day; without one, by the code that the figures name."""
    memo, placed = Memo(), overview.placed(on)
    kinds, series = told(_days(on, last))
    found: dict[str, Line] = {}

    def at(code: str) -> Line:
        line = placed.get(code)
        made = Line(line.code, line.title) if line else Line(code, f"Hoofdlijn {code}")
        return found.setdefault(made.code, made)

    for key in HEADLINES:
        at(registry.get(key).line).headlines.append(headline(key, on, last, series[key], memo, request))
    at(SIGNED.line).rooms.extend(categories(kinds, on, request))
    at(LINE).rooms.extend(rooms(request))
    return list(found.values())


def told(days: list[date]) -> tuple[dict[Any, Series], dict[str, Series]]:
    """Who signed by kind, and every headline by key, on the days; two queries."""
    kinds = told_by(SIGNED, "organisation__kind", days)
    signed = of_kinds(kinds, days)
    others = [registry.get(key) for key in HEADLINES if key not in signed]
    found = told_on((item, day) for item in others for day in days)
    return kinds, signed | {item.key: {day: found[item.key, day] for day in days} for item in others}


def of_kinds(kinds: dict[Any, Series], days: list[date]) -> dict[str, Series]:
    """The figures that one reading of who signed tells: an organisation has one kind."""
    every = {day: [values[day] for values in kinds.values()] for day in days}
    return {
        SIGNED.key: {
            day: Told(together(item.value for item in told), any(item.is_demo for item in told))
            for day, told in every.items()
        },
        MUNICIPALITIES: {day: kinds.get(Kind.MUNICIPALITY, {}).get(day, NONE) for day in days},
    }


def of_kind(word: str) -> str:
    """The key of the figure that counts who signed of a kind."""
    return f"ondertekenaars.{word}"


def categories(kinds: dict[Any, Series], on: date, request: HttpRequest) -> Iterator[Room]:
    """What the organisations that signed are: the figures of each kind; a test holds them together."""
    for word, kind in KINDS.items():
        value, figure = kinds.get(kind, {}).get(on, NONE), registry.get(of_kind(word))
        href = keep(request, reverse("core:definition-detail", args=[figure.key]))
        yield Room(f"{number(value.value)} {figure.unit.of(value.value)}", href, value.is_demo)


def rooms(request: HttpRequest) -> Iterator[Room]:
    """What else line D follows."""
    measured = Indicator.objects.visible_to(reader(request), on=timezone.localdate())
    counted = measured.aggregate(all=Count("pk"), demo=Count("pk", filter=Q(is_demo=True)))
    yield Room("Toezeggingen, moties en afspraken", keep(request, reverse("monitoring:commitment-list")))
    href = keep(request, reverse("monitoring:indicator-list"))
    yield Room(f"Indicatoren: {number(counted['all'])}", href, counted["demo"] > 0)
    yield Room("Voortgang per organisatie", reverse("monitoring:round-list"))


def latest(user: User, on: date, last: Publication | None) -> list[timeline.Told]:
    """What happened last that the user may see, since the last letter or else in a year."""
    since = last.day if last else on - timedelta(days=365)
    found = timeline.happened(user, timezone.localdate(), timeline.Asked(since, on))
    return timeline.tell(found[:LATEST]) if found is not None else []


def _href(item: timeline.Told, request: HttpRequest) -> str:
    return keep(request, item.happening.href) if item.happening.href else ""


def _days(on: date, last: Publication | None) -> list[date]:
    """The years, the day of the last letter and the day itself."""
    days = reference_dates(date(on.year - YEARS, 12, 31), on, Step.YEAR)
    return sorted({*days, last.day} if last else days)


def headline(
    key: str, on: date, last: Publication | None, series: Series, memo: Memo, request: HttpRequest
) -> Headline:
    figure, now = registry.get(key), series[on]
    before = series[last.day].value if last else None
    value = FigureValue(figure, on, now.value, figure.completeness(on, memo), now.is_demo)
    href = keep(request, reverse("core:definition-detail", args=[key]))
    trend = charts.spark([(day, item.value) for day, item in series.items()])
    return Headline(value, trend, change(value.value, before, last), href)


def change(now: int, before: int | None, last: Publication | None) -> str:
    """Like "20 meer dan op 15 februari 2023"."""
    if before is None or last is None:
        return ""
    if now == before:
        return f"evenveel als op {long_date(last.day)}"
    return f"{number(abs(now - before))} {'meer' if now > before else 'minder'} dan op {long_date(last.day)}"
