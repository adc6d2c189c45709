"""Line D."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, READERS, Access
from tests.factories.monitoring import (
    ActivityFactory,
    CommitmentFactory,
    ConsultationFactory,
    FrameFactory,
    IndicatorFactory,
    PaperFactory,
    PolicyLineFactory,
    ProgressEntryFactory,
    ProgressRequestFactory,
    ProgressRoundFactory,
)

ASKED = date(2024, 12, 1)


def line() -> str:
    made = PolicyLineFactory()
    return f"/monitoring/lijnen/{made.frame.slug}/{made.code}/"


def entry() -> str:
    """A submitted answer of an organisation that nobody here acts for."""
    made = ProgressEntryFactory(submitted=True, round__asked_on=ASKED)
    ProgressRequestFactory(round=made.round, organisation=made.organisation)
    return f"/monitoring/voortgang/{made.round.slug}/{made.organisation.key}/{made.line.code}/"


ROOMS: dict[str, tuple[str, Any]] = {
    "activity": ("activiteiten", ActivityFactory),
    "indicator": ("indicatoren", IndicatorFactory),
    "commitment": ("toezeggingen", CommitmentFactory),
    "paper": ("stukken", PaperFactory),
    "consultation": ("raadplegingen", ConsultationFactory),
}


def detail(noun: str) -> str:
    place, factory = ROOMS[noun]
    return f"/monitoring/{place}/{factory().slug}/"


ROWS = [
    Access("monitoring:start", get=ALL),
    Access(
        "monitoring:frame-detail", get=READERS, address=lambda: f"/monitoring/lijnen/{FrameFactory().slug}/"
    ),
    Access("monitoring:line-detail", get=READERS, address=line),
    Access("monitoring:round-list", get=ALL),
    Access(
        "monitoring:round-detail",
        get=READERS,
        address=lambda: f"/monitoring/voortgang/{ProgressRoundFactory(asked_on=ASKED).slug}/",
    ),
    # reading; who may write is told by the object, and nobody here acts for its organisation
    Access("monitoring:entry-detail", get=READERS, post=frozenset(), address=entry),
    Access(
        "monitoring:entry-take-back",
        get=None,
        post=frozenset(),
        address=lambda: f"{entry()}terugnemen/",
    ),
    Access(
        "monitoring:entry-decide",
        get=None,
        post={Role.SECRETARIAT},
        address=lambda: f"{entry()}beoordelen/",
    ),
    *(Access(f"monitoring:{noun}-list", get=ALL) for noun in ROOMS),
    *(Access(f"monitoring:{noun}-export", get=ALL) for noun in ROOMS),
    *(Access(f"monitoring:{noun}-detail", get=READERS, address=partial(detail, noun)) for noun in ROOMS),
]
