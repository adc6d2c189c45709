"""What line D adds for who searches everything: papers, commitments, progress, and citations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from monitoring import searched
from monitoring.models import (
    Activity,
    Commitment,
    CommunicationMoment,
    Consultation,
    EntryState,
    Example,
    FinanceCover,
    Frame,
    Indicator,
    Paper,
    Position,
    Programme,
    ProgressEntry,
    ProgressRound,
    PublishedFigure,
)
from monitoring.naming import Names, shortened
from monitoring.referring import citations
from monitoring.searched import Searched
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.dates import long_date
from mvi_portal.core.finding import in_prose
from signatories.models.organisations import reach
from signatories.models.reading import readable

Find = Callable[[str, User, date, date, int], list[Hit]]


def room(
    model: Any,
    noun: str,
    inside: Searched,
    *,
    detail: Callable[[Any], str],
    title: str = "title",
) -> Find:
    """Rows with a page of their own, that know who may read them."""

    def find(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
        visible = model.objects.visible_to(user, on=today)
        return [
            Hit(shortened(getattr(row, title)), _page(noun, row), detail(row), row.is_demo)
            for row in inside.find(visible, text)[:limit]
        ]

    return find


def around(model: Any, noun: str, inside: Searched, *, key: str = "slug") -> Find:
    """What surrounds the plan: of no organisation, so for who reads all."""

    def find(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
        visible = readable(model.objects.all(), user, on=today)
        return [
            Hit(
                shortened(getattr(row, inside.fields[0])),
                reverse(f"monitoring:{noun}-detail", args=[getattr(row, key)]),
                "",
                row.is_demo,
            )
            for row in inside.find(visible, text)[:limit]
        ]

    return find


def _page(noun: str, row: Any) -> str:
    return reverse(f"monitoring:{noun}-detail", args=[row.slug])


def positions(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """With whose they are."""
    visible = readable(Position.objects.all(), user, on=today)
    rows = list(searched.POSITION.find(visible, text)[:limit])
    names = Names((row.organisation_id for row in rows), on)
    return [
        Hit(
            shortened(row.stance),
            reverse("monitoring:position-detail", args=[row.pk]),
            names.of(row.organisation_id) or row.holder_name,
            row.is_demo,
        )
        for row in rows
    ]


def covers(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """Who covers its part, by where that is written: an organisation's own name is found beside it."""
    visible = readable(FinanceCover.objects.select_related("line"), user, on=today)
    rows = list(searched.COVER.find(visible, text)[:limit])
    names = Names((row.organisation_id for row in rows), on)
    return [
        Hit(
            f"Dekking van {row.occasion} door {names.of(row.organisation_id)}",
            reverse("monitoring:cover-detail", args=[row.pk]),
            shortened(row.citation or row.source),
            row.is_demo,
        )
        for row in rows
    ]


def entries(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """What was accepted; for who decides about it, also what was handed in."""
    states = [EntryState.ACCEPTED]
    if may(user, Action.ASK_PROGRESS):
        states.append(EntryState.SUBMITTED)
    visible = ProgressEntry.objects.visible_to(user, on=today).filter(state__in=states, round__isnull=False)
    told = in_prose(visible, text, "text")
    rows = list(told.select_related("round", "line", "organisation").order_by("-submitted_at", "pk")[:limit])
    names = Names((row.organisation_id for row in rows), on)
    return [_entry(row, names) for row in rows]


def own_texts(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """What is not accepted yet, or prepared outside a round: for who writes it."""
    if not may(user, Action.GIVE_PROGRESS):
        return []
    mine = reach(user, Action.GIVE_PROGRESS, "organisation", on=today)
    told = in_prose(ProgressEntry.objects.filter(mine).exclude(state=EntryState.ACCEPTED), text, "text")
    rows = list(told.select_related("round", "line__frame", "organisation").order_by("-pk")[:limit])
    names = Names((row.organisation_id for row in rows), on)
    return [_entry(row, names) if row.round else _prepared(row, names) for row in rows]


def _prepared(row: Any, names: Names) -> Hit:
    href = reverse(
        "monitoring:prepared-detail", args=[row.organisation.key, row.line.frame.slug, row.line.code]
    )
    return Hit(f"{names.of(row.organisation_id)} over {row.line}", href, "voorbereid", row.is_demo)


def _entry(row: Any, names: Names) -> Hit:
    place = (row.round.slug, row.organisation.key, row.line.code)
    handed_in = long_date(timezone.localdate(row.submitted_at)) if row.submitted_at else "concept"
    return Hit(
        f"{names.of(row.organisation_id)} over {row.line}",
        reverse("monitoring:entry-detail", args=place),
        f"{row.round}, {handed_in}",
        row.is_demo,
    )


SEARCHED = {
    "citations": SearchSource("Vindplaatsen", citations),
    "progress": SearchSource("Voortgang", entries),
    "drafts": SearchSource("Eigen teksten", own_texts),
    "rounds": SearchSource(
        "Voortgangsrondes",
        room(
            ProgressRound,
            "round",
            searched.ROUND,
            detail=lambda row: f"over {long_date(row.period_from)} tot en met {long_date(row.period_until)}",
        ),
    ),
    "commitments": SearchSource(
        "Toezeggingen en moties",
        room(
            Commitment,
            "commitment",
            searched.COMMITMENT,
            title="text",
            detail=lambda row: f"{row.get_kind_display()}, {row.made_on}",
        ),
        "monitoring:commitment-list",
    ),
    "papers": SearchSource(
        "Stukken",
        room(
            Paper,
            "paper",
            searched.PAPER,
            detail=lambda row: f"{row.get_kind_display()}, {row.dated}",
        ),
        "monitoring:paper-list",
    ),
    "consultations": SearchSource(
        "Overleggen",
        room(
            Consultation,
            "consultation",
            searched.CONSULTATION,
            detail=lambda row: str(row.held_on),
        ),
        "monitoring:consultation-list",
    ),
    "positions": SearchSource(
        "Standpunten",
        positions,
        "monitoring:position-list",
    ),
    "communication": SearchSource(
        "Communicatie",
        around(CommunicationMoment, "communication", searched.COMMUNICATION),
        "monitoring:communication-list",
    ),
    "examples": SearchSource(
        "Voorbeelden",
        around(Example, "example", searched.EXAMPLE),
        "monitoring:example-list",
    ),
    "programmes": SearchSource(
        "Programma's en instrumenten",
        around(Programme, "programme", searched.PROGRAMME),
        "monitoring:programme-list",
    ),
    "activities": SearchSource(
        "Activiteiten",
        room(
            Activity,
            "activity",
            searched.ACTIVITY,
            detail=lambda row: shortened(row.description),
        ),
        "monitoring:activity-list",
    ),
    "indicators": SearchSource(
        "Indicatoren",
        room(
            Indicator,
            "indicator",
            searched.INDICATOR,
            title="name",
            detail=lambda row: shortened(row.definition),
        ),
        "monitoring:indicator-list",
    ),
    "covers": SearchSource("Financiële dekking", covers, "monitoring:cover-list"),
    "frames": SearchSource(
        "Kaders en lijnen",
        room(
            Frame,
            "frame",
            searched.FRAME,
            title="name",
            detail=lambda row: row.plan_title,
        ),
        "monitoring:frame-list",
    ),
    "published": SearchSource(
        "Gepubliceerde cijfers",
        around(PublishedFigure, "published", searched.PUBLISHED, key="pk"),
        "monitoring:published-list",
    ),
}
