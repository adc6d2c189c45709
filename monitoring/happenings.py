"""What happened on line D, and on any line: papers, commitments, consultations, activities, progress."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import DateField, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from monitoring.models import (
    Activity,
    Commitment,
    CommitmentStep,
    CommunicationMoment,
    Consultation,
    EntryState,
    Indicator,
    Measurement,
    Milestone,
    Paper,
    ProgressEntry,
)
from monitoring.naming import shortened
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings, headed
from mvi_portal.core.dates import long_date
from signatories.called import Called
from signatories.models import reading

Rows = Callable[[User, date], QuerySet[Any]]


def own(model: Any, field: str) -> Rows:
    """Rows of a model that knows who may read it; without the date it did not happen."""

    def rows(user: User, today: date) -> QuerySet[Any]:
        found = model.objects.visible_to(user, on=today).filter(**{f"{field}__isnull": False})
        dated: QuerySet[Any] = found.annotate(happened_on=Cast(field, DateField()))
        return dated

    return rows


def beneath(model: Any, path: str, above: Any, field: str) -> Rows:
    """Rows that are read with the row above them."""

    def rows(user: User, today: date) -> QuerySet[Any]:
        dates: QuerySet[Any] = model._default_manager.filter(**{f"{field}__isnull": False})
        found = reading.beneath(dates, path, above.objects.visible_to(user, on=today))
        dated: QuerySet[Any] = found.annotate(happened_on=Cast(field, DateField()))
        return dated

    return rows


def accepted(user: User, today: date) -> QuerySet[Any]:
    found = ProgressEntry.objects.visible_to(user, on=today).filter(state=EntryState.ACCEPTED)
    return found.annotate(happened_on=TruncDate("accepted_at"))


def told_publicly(user: User, today: date) -> QuerySet[Any]:
    found = reading.readable(CommunicationMoment.objects.all(), user, "organisation", on=today)
    return found.annotate(happened_on=Cast("dated", DateField()))


def told(
    model: Any,
    when: str,
    title: Callable[[Any], str],
    href: Callable[[Any], str],
    *,
    line: str = "line",
    beside: tuple[str, ...] = (),
) -> Callable[[Collection[int]], dict[int, Happening]]:
    """Rows in words: `when` and `line` name where to find the date and the line; one query."""

    def tell(keys: Collection[int]) -> dict[int, Happening]:
        rows = model._default_manager.filter(pk__in=keys).select_related(line, *beside)
        return {
            row.pk: Happening(
                str(getattr(row, when)), title(row), href(row), _code(row, line), bool(row.is_demo)
            )
            for row in rows
        }

    return tell


def tell_accepted(keys: Collection[int]) -> dict[int, Happening]:
    rows = list(ProgressEntry.objects.filter(pk__in=keys).select_related("line", "round", "organisation"))
    called = Called(row.organisation_id for row in rows)
    return {row.pk: _entry(row, called) for row in rows}


def _entry(row: ProgressEntry, called: Called) -> Happening:
    day = timezone.localdate(row.accepted_at)
    name = called.on(row.organisation_id, day) or row.organisation.key
    place = (row.round.slug, row.organisation.key, row.line.code) if row.round else ()
    href = reverse("monitoring:entry-detail", args=place) if place else ""
    return Happening(
        long_date(day), f"Voortgang van {name} over {row.line}", href, row.line.code, row.is_demo
    )


def _code(row: Any, line: str) -> str:
    found = row
    for name in line.split("__"):
        found = getattr(found, name) if found is not None else None
    return str(found.code) if found is not None else ""


def _page(noun: str, *path: str) -> Callable[[Any], str]:
    """The page of the row, or of the row above it."""

    def href(row: Any) -> str:
        for name in path:
            row = getattr(row, name)
        return reverse(f"monitoring:{noun}-detail", args=[row.slug])

    return href


COMMITMENTS = _page("commitment")


SOURCES = {
    "papers": Happenings(
        "stuk",
        own(Paper, "dated"),
        told(Paper, "dated", lambda row: headed(capfirst(row.get_kind_display()), row.title), _page("paper")),
        line_path="line",
        about={"organisation": "sender_rows__organisation"},
    ),
    "commitments": Happenings(
        "toezegging, motie of afspraak",
        own(Commitment, "made_on"),
        told(
            Commitment,
            "made_on",
            lambda row: f"{capfirst(row.get_kind_display())}: {shortened(row.text)}",
            COMMITMENTS,
        ),
        line_path="line",
        about={"commitment": "pk", "organisation": ("owner", "parties__organisation")},
    ),
    "commitment-steps": Happenings(
        "stand van een toezegging of motie",
        beneath(CommitmentStep, "commitment", Commitment, "since"),
        told(
            CommitmentStep,
            "since",
            lambda row: f"{capfirst(row.get_status_display())}: {shortened(row.commitment.text)}",
            _page("commitment", "commitment"),
            line="commitment__line",
        ),
        line_path="commitment__line",
        about={
            "commitment": "commitment",
            "organisation": ("commitment__owner", "commitment__parties__organisation"),
        },
    ),
    "consultations": Happenings(
        "overleg",
        own(Consultation, "held_on"),
        told(Consultation, "held_on", lambda row: row.title, _page("consultation")),
        line_path="line",
        about={"organisation": "participants__organisation"},
    ),
    "activities-started": Happenings(
        "activiteit gestart",
        own(Activity, "started_on"),
        told(Activity, "started_on", lambda row: f"Gestart: {row.title}", _page("activity")),
        line_path="line",
        about={"organisation": "owner"},
    ),
    "activities-ended": Happenings(
        "activiteit afgerond",
        own(Activity, "ended_on"),
        told(Activity, "ended_on", lambda row: f"Afgerond: {row.title}", _page("activity")),
        line_path="line",
        about={"organisation": "owner"},
    ),
    "milestones": Happenings(
        "mijlpaal bereikt",
        beneath(Milestone, "activity", Activity, "reached_on"),
        told(
            Milestone,
            "reached_on",
            lambda row: f"{row.activity.title}: {row.title}",
            _page("activity", "activity"),
            line="activity__line",
        ),
        line_path="activity__line",
        about={"organisation": "activity__owner"},
    ),
    "progress": Happenings(
        "voortgang aanvaard",
        accepted,
        tell_accepted,
        line_path="line",
        about={"organisation": "organisation"},
    ),
    "measurements": Happenings(
        "meting gepubliceerd",
        beneath(Measurement, "method__indicator", Indicator, "published_on"),
        told(
            Measurement,
            "published_on",
            lambda row: f"Nieuwe waarde: {row.method.indicator.name}",
            _page("indicator", "method", "indicator"),
            line="method__indicator__line",
        ),
        line_path="method__indicator__line",
    ),
    "communication": Happenings(
        "communicatie",
        told_publicly,
        told(
            CommunicationMoment,
            "dated",
            lambda row: f"{capfirst(row.get_channel_display())}: {row.title}",
            _page("communication"),
        ),
        line_path="line",
        about={"organisation": "organisation"},
    ),
}
