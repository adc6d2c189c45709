"""What changed in what somebody follows: since the last visit, or in a period that they choose."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from monitoring import services, timeline
from monitoring.following import following
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.contributions import Publication
from mvi_portal.core.dates import long_date
from mvi_portal.core.templatetags.mvi import keep

PARAMETER = "sinds"
MOST = 8  # on the start page; the timeline has them all
Shown = list[tuple[timeline.Told, str]]  # with the address


@dataclass(frozen=True)
class Since:
    """A period up to the reference date: the word in the address, its name, and its first day."""

    word: str
    label: str
    day: date


@dataclass(frozen=True)
class News:
    """`found` is None for who follows nothing; `earlier` came to be known since, of the time before."""

    found: Shown | None
    since: Since
    ways: list[tuple[str, str, bool]]  # a name, its address, and whether it is this one
    all_at: str = ""
    has_more: bool = False
    earlier: Shown = field(default_factory=list)
    earlier_at: str = ""


def news(request: HttpRequest, on: date, last: Publication | None) -> News:
    """The user has seen it, too: the next time starts from today."""
    user, today = reader(request), timezone.localdate()
    periods = _periods(services.looked(by=user, today=today), on, last)
    since = next((item for item in periods if item.word == request.GET.get(PARAMETER)), periods[0])
    ways = [(item.label, _way(request, item), item is since) for item in periods]
    followed = following(user, today).keys
    if not followed:
        return News(None, since, ways)
    query = f"?van={since.day.isoformat()}&tot={on.isoformat()}&volg=on"
    all_at = keep(request, f"{reverse('monitoring:timeline')}{query}")
    asked = timeline.Asked(since.day, on, followed=followed)
    found, earlier = _latest(request, asked), _latest(request, replace(asked, earlier=True))
    earlier_at = keep(request, f"{reverse('monitoring:timeline')}{query}&eerder=on") if earlier[MOST:] else ""
    return News(found[:MOST], since, ways, all_at, bool(found[MOST:]), earlier[:MOST], earlier_at)


def _latest(request: HttpRequest, asked: timeline.Asked) -> Shown:
    """In words; one more than is shown."""
    found = timeline.happened(reader(request), timezone.localdate(), asked)
    told = timeline.tell(found[: MOST + 1]) if found is not None else []
    return [(item, keep(request, item.happening.href)) for item in told]


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of its month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _periods(before: date | None, on: date, last: Publication | None) -> list[Since]:
    """The first is what somebody gets who does not choose."""
    visit = [Since("bezoek", f"uw vorige bezoek ({long_date(before)})", before)] if before else []
    letter = [Since("brief", f"de laatste brief ({long_date(last.day)})", last.day)] if last else []
    month, year = months_before(on, 1), months_before(on, 12)
    return [
        *(item for item in (*visit, *letter) if item.day < on),
        Since("maand", f"een maand geleden ({long_date(month)})", month),
        Since("jaar", f"een jaar geleden ({long_date(year)})", year),
    ]


def _way(request: HttpRequest, since: Since) -> str:
    return keep(request, f"{request.path}?{PARAMETER}={since.word}") + "#volgen"
