"""Line D."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from monitoring.models import ProgressEntry
from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, READERS, Access
from tests.factories.monitoring import (
    ActivityFactory,
    CommitmentFactory,
    CommunicationMomentFactory,
    ConsultationDecisionFactory,
    ConsultationFactory,
    EntryFileFactory,
    ExampleFactory,
    FinanceCoverFactory,
    FrameFactory,
    IndicatorFactory,
    MeasurementFactory,
    PaperFactory,
    PolicyLineFactory,
    PositionFactory,
    ProgrammeFactory,
    ProgressEntryFactory,
    ProgressRequestFactory,
    ProgressRoundFactory,
    PublishedFigureFactory,
)
from tests.factories.signatories import OrganisationFactory

SECRETARIAT = frozenset({Role.SECRETARIAT})
ASKED = date(2024, 12, 1)
SECRETARIAT = frozenset({Role.SECRETARIAT})


def line() -> str:
    made = PolicyLineFactory()
    return f"/monitoring/lijnen/{made.frame.slug}/{made.code}/"


def framed(page: str) -> str:
    return f"/monitoring/kaders/{FrameFactory().slug}/{page}/"


def followed() -> str:
    return f"/monitoring/volgen/organisatie/{OrganisationFactory().key}/"


def entry() -> str:
    """A submitted answer of an organisation that nobody here acts for."""
    made = ProgressEntryFactory(submitted=True, round__asked_on=ASKED)
    ProgressRequestFactory(round=made.round, organisation=made.organisation)
    return f"/monitoring/voortgang/{made.round.slug}/{made.organisation.key}/{made.line.code}/"


def asked_place(*, line: bool = False) -> str:
    """Of one organisation, or of one line, in a round that was asked."""
    parts = entry().strip("/").split("/")
    return f"/monitoring/voortgang/{parts[2]}/{f'lijn/{parts[4]}' if line else parts[3]}/"


def own_line(below: str = "") -> str:
    """Where an officer of the organisation prepares what there is to tell."""
    made, organisation = PolicyLineFactory(), OrganisationFactory()
    return f"/monitoring/voorbereiden/{organisation.key}/{made.frame.slug}/{made.code}/{below}"


def with_file() -> str:
    """What goes along with an answer that was handed in."""
    place = entry()
    row = EntryFileFactory(entry=ProgressEntry.objects.latest("pk"))
    return f"{place}bijlagen/{row.pk}/"


def prepared(verb: str) -> str:
    """A round that nobody was asked in yet."""
    return f"/monitoring/voortgang/{ProgressRoundFactory().slug}/{verb}/"


ROOMS: dict[str, tuple[str, Any]] = {
    "activity": ("activiteiten", ActivityFactory),
    "indicator": ("indicatoren", IndicatorFactory),
    "commitment": ("toezeggingen", CommitmentFactory),
    "paper": ("stukken", PaperFactory),
    "consultation": ("raadplegingen", ConsultationFactory),
}


SURROUNDINGS: dict[str, tuple[str, Any]] = {
    "position": ("standpunten", PositionFactory),
    "cover": ("financien", FinanceCoverFactory),
    "communication": ("communicatie", CommunicationMomentFactory),
    "example": ("voorbeelden", ExampleFactory),
    "programme": ("programmas", ProgrammeFactory),
    "published": ("gepubliceerde-cijfers", PublishedFigureFactory),
}
KEPT = {**ROOMS, **SURROUNDINGS}


def detail(noun: str, page: str = "") -> str:
    place, factory = {**ROOMS, **SURROUNDINGS}[noun]
    made = factory()
    return f"/monitoring/{place}/{getattr(made, 'slug', made.pk)}/{page}"


def kept(noun: str) -> list[Access]:
    """The three pages on which the secretariat keeps facts of a kind."""
    new = Access(f"monitoring:{noun}-new", get=SECRETARIAT, post=SECRETARIAT)
    return [
        new,
        *(
            Access(
                f"monitoring:{noun}-{page}",
                get=SECRETARIAT,
                post=SECRETARIAT,
                address=partial(detail, noun, f"{word}/"),
            )
            for page, word in (("edit", "wijzigen"), ("remove", "verwijderen"))
        ),
    ]


def value(page: str) -> str:
    made = MeasurementFactory()
    return f"/monitoring/indicatoren/{made.indicator.slug}/waarden/{made.pk}/{page}/"


def new_value() -> str:
    made = MeasurementFactory()
    return f"/monitoring/indicatoren/{made.indicator.slug}/waarden/nieuw/"


def to_agree() -> str:
    made = ConsultationDecisionFactory()
    return f"/monitoring/raadplegingen/{made.consultation.slug}/besluiten/{made.number}/afspraak/"


ROWS = [
    Access("monitoring:measurement-new", get=SECRETARIAT, post=SECRETARIAT, address=new_value),
    Access(
        "monitoring:measurement-edit",
        get=SECRETARIAT,
        post=SECRETARIAT,
        address=partial(value, "wijzigen"),
    ),
    Access(
        "monitoring:measurement-remove",
        get=SECRETARIAT,
        post=SECRETARIAT,
        address=partial(value, "verwijderen"),
    ),
    # the file is of who asked for it: nobody here did, so each is led back
    Access(
        "monitoring:consultation-sheet",
        get=READERS,
        post=READERS,
        address=partial(detail, "consultation", "vergaderblad/"),
    ),
    Access("monitoring:decision-agree", get=None, post=SECRETARIAT, address=to_agree),
    Access("monitoring:start", get=ALL),
    Access(
        "monitoring:frame-detail", get=READERS, address=lambda: f"/monitoring/lijnen/{FrameFactory().slug}/"
    ),
    Access("monitoring:line-detail", get=READERS, address=line),
    Access("monitoring:frame-list", get=ALL),
    Access("monitoring:frame-new", get=SECRETARIAT, post=SECRETARIAT),
    *(
        Access(f"monitoring:frame-{page}", get=SECRETARIAT, post=SECRETARIAT, address=partial(framed, place))
        for page, place in (
            ("edit", "wijzigen"),
            ("remove", "verwijderen"),
            ("copy", "nieuw-hieruit"),
            ("roles", "rollen"),
            ("mapping", "koppelingen"),
        )
    ),
    Access("monitoring:follow-list", get=ALL),
    Access("monitoring:follow", get=None, post=READERS, address=followed),
    Access("monitoring:timeline", get=ALL),
    Access("monitoring:measurement-export", get=ALL),
    Access("monitoring:timeline-export", get=ALL),
    Access("monitoring:round-list", get=ALL),
    Access(
        "monitoring:round-detail",
        get=READERS,
        address=lambda: f"/monitoring/voortgang/{ProgressRoundFactory(asked_on=ASKED).slug}/",
    ),
    Access("monitoring:round-new", get=SECRETARIAT, post=SECRETARIAT),
    Access("monitoring:round-edit", get=SECRETARIAT, post=SECRETARIAT, address=lambda: prepared("wijzigen")),
    Access("monitoring:round-step", get=None, post=SECRETARIAT, address=lambda: prepared("stap")),
    Access("monitoring:round-remind", get=None, post=SECRETARIAT, address=lambda: prepared("herinneren")),
    Access("monitoring:round-line", get=READERS, address=lambda: asked_place(line=True)),
    Access("monitoring:request-detail", get=READERS, address=asked_place),
    Access("monitoring:entry-draft", get=None, post=frozenset(), address=lambda: f"{entry()}concept/"),
    Access(
        "monitoring:entry-nothing-new", get=None, post=frozenset(), address=lambda: f"{entry()}niets-nieuws/"
    ),
    Access(
        "monitoring:entry-use-prepared",
        get=None,
        post=frozenset(),
        address=lambda: f"{entry()}voorbereide-tekst/",
    ),
    Access("monitoring:entry-attach", get=None, post=frozenset(), address=lambda: f"{entry()}bijlagen/"),
    Access("monitoring:entry-detach", get=None, post=frozenset(), address=lambda: f"{entry()}bijlagen/weg/"),
    Access("monitoring:entry-file", get=READERS, address=with_file),
    Access("monitoring:prepared-list", get={Role.OFFICER}),
    # of an organisation that nobody here acts for
    Access("monitoring:prepared-detail", get=frozenset(), post=frozenset(), address=own_line),
    *(
        Access(f"monitoring:prepared-{name}", get=None, post=frozenset(), address=partial(own_line, below))
        for name, below in (("attach", "bijlagen/"), ("detach", "bijlagen/weg/"))
    ),
    Access("monitoring:prepared-file", get=frozenset(), address=partial(own_line, "bijlagen/1/")),
    Access("monitoring:prepared-draft", get=None, post=frozenset(), address=lambda: f"{own_line()}concept/"),
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
    *(Access(f"monitoring:{noun}-list", get=ALL) for noun in (*ROOMS, *SURROUNDINGS)),
    *(Access(f"monitoring:{noun}-export", get=ALL) for noun in (*ROOMS, *SURROUNDINGS)),
    *(
        Access(f"monitoring:{noun}-detail", get=READERS, address=partial(detail, noun))
        for noun in (*ROOMS, *SURROUNDINGS)
    ),
    *(row for noun in KEPT for row in kept(noun)),
]
