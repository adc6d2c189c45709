"""One answer of an organisation, and the rounds, as their pages tell them. Always of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from monitoring.asked import Asked, lines_of
from monitoring.attachments import Attached, of_places
from monitoring.board import NOTHING_NEW, READABLE
from monitoring.cited import Fact, Values, known, on_page
from monitoring.forms import typed
from monitoring.models import EntryState, ProgressEntry, ProgressQuestion, ProgressRequest, ProgressRound
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys
from monitoring.models.rounds import ProgressRoundQuerySet
from monitoring.naming import Names
from mvi_portal.accounts.changes import ChangeLine, change_lines
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.history.reading import changes_of
from signatories.models import Representative

COLUMNS = (
    Column("title", "Ronde"),
    Column("period", "Over"),
    Column("due", "Uiterlijk op"),
    Column("answers", "Ingediend"),
    Column("state", "Stand"),
)
EMPTY: Mapping[int, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Earlier:
    """A text that was replaced."""

    until: datetime
    text: str


@dataclass(frozen=True)
class Before:
    """What was reported in another round; without text that nothing was new."""

    title: str
    text: SafeString | None


@dataclass(frozen=True)
class Report:
    """An accepted text, as the page of a line shows it."""

    organisation: str
    occasion: str
    text: SafeString
    is_demo: bool
    attached: list[Attached]


def rounds_table(rounds: ProgressRoundQuerySet, user: User, today: date) -> Table:
    found = list(rounds.select_related("frame").prefetch_related("questions__line", "frame__lines"))
    requests = ProgressRequest.objects.visible_to(user, on=today).filter(round__in=found).order_by()
    bodies = Counter(requests.values_list("round", flat=True))
    visible = ProgressEntry.objects.visible_to(user, on=today).filter(round__in=found).order_by()
    handed_in = Count("pk", filter=Q(state__in=(EntryState.SUBMITTED, EntryState.ACCEPTED)))
    counted = dict(visible.values_list("round").annotate(size=handed_in))
    rows = [
        _round(item, counted.get(item.pk, 0), bodies[item.pk] * len(lines_of(item)), today) for item in found
    ]
    return Table("Alle rondes", COLUMNS, rows, "Er is nog geen voortgang gevraagd.")


def _round(item: ProgressRound, handed_in: int, all_of_them: int, today: date) -> Row:
    href = reverse("monitoring:round-detail", args=[item.slug])
    state, tone = round_state(item, today)
    return Row(
        [
            Cell(item.title, href, "demo" if item.is_demo else "", "warn"),
            Cell(period(item)),
            Cell(long_date(item.due_on)),
            Cell(f"{handed_in} van {all_of_them}"),
            Cell("", tag=state, tone=tone),
        ]
    )


def round_state(item: ProgressRound, today: date) -> tuple[str, str]:
    """In a word, with its tone."""
    if item.is_open(today):
        return "open", "info"
    is_asked = item.asked_on is not None and item.asked_on <= today
    return ("gesloten", "neutral") if is_asked else ("in voorbereiding", "neutral")


def period(item: ProgressRound) -> str:
    return f"{long_date(item.period_from)} tot en met {long_date(item.period_until)}"


def round_facts(item: ProgressRound, today: date) -> list[Fact]:
    return known(
        ("Kader", item.frame.name, reverse("monitoring:frame-detail", args=[item.frame.slug])),
        ("Over", period(item), ""),
        ("Gevraagd op", long_date(item.asked_on) if item.asked_on else "nog niet", ""),
        ("Uiterlijk op", long_date(item.due_on), ""),
        ("Gesloten op", long_date(item.closed_on) if item.closed_on else "", ""),
        ("Stand", round_state(item, today)[0], ""),
    )


def facts(item: Asked, today: date) -> list[Fact]:
    """Where the answer belongs, and which steps were taken."""
    entry = item.entry
    return known(
        ("Ronde", item.round.title, item.round_href),
        ("Over", period(item.round), ""),
        ("Uiterlijk op", long_date(item.round.due_on), ""),
        ("Ronde is", round_state(item.round, today)[0], ""),
        ("Ingediend op", _step(entry.submitted_at, entry.submitted_by) if entry else "", ""),
        ("Teruggegeven op", _step(entry.returned_at, entry.returned_by) if entry else "", ""),
        ("Aanvaard op", _step(entry.accepted_at, entry.accepted_by) if entry else "", ""),
    )


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _step(at: datetime | None, by: User | None) -> str:
    """When a step was taken, and by whom: both sides see it."""
    return f"{long_date(_day(at))} door {by}" if at else ""


def is_own(item: Asked, user: User, today: date) -> bool:
    """Whether the user acts for the organisation today."""
    acting = Representative.objects.acting(on=today).filter(user=user)
    return acting.filter(organisation=item.request.organisation).exists()


@dataclass(frozen=True)
class HandedIn:
    """A text as it was when it was handed back, for who may not read what is written now."""

    text: str
    nothing_new: bool
    on: date
    at: datetime


def handed_in(items: Iterable[Asked]) -> dict[int, HandedIn]:
    """Of the answers that were handed back, by the key of the entry; one query, none when there are none."""
    returned = {
        entry.pk: entry.returned_at
        for item in items
        if (entry := item.entry) is not None and entry.state == EntryState.RETURNED and entry.submitted_at
    }
    if not returned:
        return {}
    events: Any = ProgressEntry._meta.get_field("events").related_model
    rows = events.objects.filter(pgh_obj__in=returned, state=EntryState.RETURNED).order_by("-pgh_id")
    return {  # of the rows with the same stamp the first, which is the step itself
        row.pgh_obj_id: HandedIn(row.text, row.nothing_new, _day(row.submitted_at), row.returned_at)
        for row in rows
        if row.returned_at == returned[row.pgh_obj_id]
    }


def text(
    item: Asked, values: Values, *, own: bool, returned: Mapping[int, HandedIn] = EMPTY
) -> SafeString | None:
    """What was written; None for who may not read it yet, or when there is nothing. `own`: see `is_own`.

    What was handed back is read by others as it was: see `handed_in`.
    """
    entry = item.entry
    if entry is None:
        return None
    if entry.is_being_written and not own:
        found = returned.get(entry.pk)
        return _words(found, values) if found else None
    return _words(entry, values)


def _words(found: ProgressEntry | HandedIn, values: Values) -> SafeString | None:
    return NOTHING_NEW if found.nothing_new else on_page(found.text, values) or None


def before(
    organisation: int, line: int, user: User, today: date, values: Values, *, but: ProgressRound | None = None
) -> list[Before]:
    """What the organisation last reported on this line or on one that it continues, in another round.

    The latest first, back to the last text that was accepted.
    """
    keys = continuing_keys(line, mapped_pairs())
    rows = ProgressEntry.objects.visible_to(user, on=today).filter(
        organisation=organisation, line__in=keys, state__in=READABLE
    )
    others = (rows.exclude(round=but) if but else rows).select_related("round")
    found: list[Before] = []
    for entry in others.order_by(F("round__period_until").desc(nulls_last=True), "-submitted_at"):
        found.append(_before(entry, values))
        if entry.text and entry.state == EntryState.ACCEPTED:
            break
    return found


def _before(entry: ProgressEntry, values: Values) -> Before:
    occasion = entry.round.title if entry.round else "buiten een ronde"
    on = long_date(_day(entry.submitted_at)) if entry.submitted_at else ""
    waits = "" if entry.state == EntryState.ACCEPTED else ", ingediend en nog niet aanvaard"
    if entry.nothing_new:
        return Before(f"{occasion} ({on}): niets nieuws{waits}", None)
    return Before(f"{occasion} ({on}{waits})", on_page(entry.text, values))


def question_then(item: Asked) -> str:
    """The question as it read when the answer was handed in; empty when it still reads so."""
    entry = item.entry
    if entry is None or item.is_to_write or entry.submitted_at is None:
        return ""
    events: Any = ProgressQuestion._meta.get_field("events").related_model
    asked = events.objects.filter(round=item.round.pk, line=item.line.pk)
    found = asked.filter(pgh_created_at__lte=entry.submitted_at).order_by("-pgh_id").first()
    return found.text if found is not None and found.text != item.question else ""


def earlier(item: Asked, user: User, today: date) -> list[Earlier]:
    """The texts that were replaced, the latest first; only for the organisation itself."""
    if item.entry is None or not is_own(item, user, today):
        return []
    return [
        Earlier(change.at, typed(difference.before))
        for change in changes_of(item.entry)
        for difference in change.differences
        if difference.field == "tekst" and difference.before
    ]


def reports(lines: Iterable[int], user: User, request: HttpRequest) -> list[Report]:
    """What was reported on the lines and accepted by the reference date, the latest round first."""
    on = on_of(request)
    visible = ProgressEntry.objects.visible_to(user, on=timezone.localdate()).accepted(on=on)
    shown = visible.filter(line__in=set(lines)).select_related("round", "line__frame", "organisation")
    found = list(shown.order_by(F("round__period_until").desc(nulls_last=True), "organisation__key"))
    names, values = Names((entry.organisation_id for entry in found), on), Values(on)
    places = {
        entry.pk: (entry.round.slug, entry.organisation.key, entry.line.code)
        for entry in found
        if entry.round
    }
    beside = of_places(places)
    return [
        Report(
            names.of(entry.organisation_id),
            entry.round.title if entry.round else "buiten een ronde",
            NOTHING_NEW if entry.nothing_new else on_page(entry.text, values),
            entry.is_demo,
            beside.get(entry.pk, []),
        )
        for entry in found
    ]


def changes(item: Asked) -> list[ChangeLine]:
    return change_lines(item.entry) if item.entry else []
