"""A merger or a split proposes where signatures, contacts and plans go; the secretariat decides in one step.

What lies above adds its part: what it tells, what it asks, and what it writes with the answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Place, Task
from mvi_portal.core.dates import long_date
from mvi_portal.core.enumerating import enumerated
from mvi_portal.core.spans import on_all
from signatories.models import Contact, OrganisationName, Signatory, Succession
from signatories.models.signatures import signatory_periods

FEW = 5  # so many tasks on the start page; with more, one that leads to the list


@dataclass(frozen=True)
class Question:
    """One that the decision asks beside the signature; the first choice is what happens without an answer."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    help_text: str = ""


@dataclass(frozen=True)
class Part:
    """What another app adds: lines that tell, questions, and what it writes with the answers by key."""

    tell: Callable[[Sequence[Succession]], list[str]]
    ask: Callable[[Sequence[Succession]], list[Question]]
    carry: Callable[[Sequence[Succession], Mapping[str, str], User], None]


parts: Place[Part] = Place("succession.parts")


def named_parts() -> list[tuple[str, Part]]:
    """Each with a name for its fields."""
    return [(f"part{number}", part) for number, part in enumerate(parts)]


@dataclass(frozen=True)
class Proposal:
    """Successions of one day that hang together: a merger with its predecessors, a split with its parts."""

    on: date
    successions: tuple[Any, ...]  # with `before` and `after`: the names on the eve and on the day
    standing: frozenset[int] = field(default_factory=frozenset)  # predecessors under a signature on the eve

    @property
    def key(self) -> str:
        """One organisation of it, for its address."""
        return str(min(item.predecessor.key for item in self.successions))

    @property
    def href(self) -> str:
        return reverse("signatories:succession-detail", args=[self.on.isoformat(), self.key])

    @property
    def title(self) -> str:
        return f"{_listed(item.before for item in self.successions)} → " + _listed(
            item.after for item in self.successions
        )

    @property
    def open(self) -> tuple[Any, ...]:
        """Those that wait for a decision."""
        undecided = (item for item in self.successions if item.confirmed_on is None)
        return tuple(item for item in undecided if item.declined_on is None)

    @property
    def decided(self) -> tuple[Any, ...]:
        return tuple(item for item in self.successions if item not in self.open)

    @cached_property
    def contacts(self) -> list[Contact]:
        """Of whom ended: somebody to write to who went elsewhere."""
        ended = {item.predecessor_id for item in self.open if not item.continues}
        rows = Contact.objects.filter(organisation__in=ended, erased_on=None)
        return list(rows.select_related("organisation").order_by("organisation__key", "name", "pk"))

    def successors_of(self, predecessor: int) -> list[Any]:
        return [item for item in self.open if item.predecessor_id == predecessor]

    @property
    def events(self) -> str:
        return _listed(item.get_event_display() for item in self.successions)


def proposals() -> list[Proposal]:
    """What waits for a decision and has something to move, the latest first."""
    waiting = list(_named(proposing()))
    grouped = [Proposal(group[0].on, tuple(group)) for group in _groups(waiting)]
    return sorted(grouped, key=lambda item: (item.on, item.title), reverse=True)


def settled() -> list[Proposal]:
    """About which something was decided, the latest first."""
    decided = Succession.objects.filter(Q(confirmed_on__isnull=False) | Q(declined_on__isnull=False))
    grouped = [Proposal(group[0].on, tuple(group)) for group in _groups(list(_named(decided)))]
    return sorted(grouped, key=lambda item: (item.on, item.title), reverse=True)


def proposal(on: date, key: str) -> Proposal | None:
    """The successions of the day that hang together with the organisation.

    Open ones with something to move, and those that were decided.
    """
    of_day = list(_named(Succession.objects.filter(on=on)))
    for group in _groups(of_day):
        if key in {side for item in group for side in (item.predecessor.key, item.successor.key)}:
            return _of(on, group)
    return None


def _of(on: date, group: list[Any]) -> Proposal | None:
    keys = [item.pk for item in group]
    moving = set(proposing().filter(pk__in=keys).values_list("pk", flat=True))
    standing = _standing().filter(pk__in=keys).values_list("predecessor", flat=True)
    shown = [item for item in group if item.pk in moving or item.confirmed_on or item.declined_on is not None]
    return Proposal(on, tuple(shown), frozenset(standing)) if shown else None


def proposing() -> QuerySet[Any]:
    """Undecided successions whose predecessor stood under a signature, or had somebody to write to."""
    reached = Contact.objects.filter(organisation=OuterRef("predecessor"), erased_on=None)
    ended = _with_eve().undecided().filter(predecessor__valid_until__lt=F("on"))
    found = _standing().undecided().values("pk"), ended.filter(Exists(reached)).values("pk")
    return Succession.objects.filter(Q(pk__in=found[0]) | Q(pk__in=found[1]))


def _with_eve() -> Any:
    before = ExpressionWrapper(F("on") - Value(1), output_field=DateField())
    return Succession.objects.annotate(last=Least(before, F("predecessor__valid_until")))


def _standing() -> Any:
    """Successions whose predecessor was a signatory in force on the eve."""
    last: Any = OuterRef("last")
    under = Signatory.objects.filter(on_all(signatory_periods(), last), organisation=OuterRef("predecessor"))
    return _with_eve().filter(Exists(under))


def _named(rows: QuerySet[Succession]) -> QuerySet[Any]:
    """The predecessor by its name at its end, the successor by its first."""
    return (
        rows.select_related("predecessor", "successor")
        .annotate(before=_name_on("predecessor"), after=_name_on("successor"))
        .order_by("on", "predecessor__key", "successor__key")
    )


def _name_on(side: str) -> Subquery:
    """The name that began last of those that began by the day."""
    names = OrganisationName.objects.filter(organisation=OuterRef(side)).exclude(
        valid_from__gt=OuterRef("on")
    )
    return Subquery(names.order_by(F("valid_from").desc(nulls_last=True)).values("name")[:1])


def _groups(rows: Iterable[Any]) -> list[list[Any]]:
    """By day, and then by who shares an organisation."""
    groups: dict[date, list[tuple[set[int], list[Any]]]] = defaultdict(list)
    for row in rows:
        ends, members = {row.predecessor_id, row.successor_id}, [row]
        touching = [group for group in groups[row.on] if group[0] & ends]
        for group in touching:
            groups[row.on].remove(group)
            ends, members = ends | group[0], [*group[1], *members]
        groups[row.on].append((ends, members))
    return [members for of_day in groups.values() for _ends, members in of_day]


def _listed(names: Iterable[str]) -> str:
    """Each once."""
    return enumerated(dict.fromkeys(names))


def expected(item: Any, among: Proposal) -> bool | None:
    """Whether the signature is proposed to go along; None asks.

    One successor of who ended takes it over. Of a split, or when the predecessor goes on, nobody can say.
    """
    if item.continues or len(among.successors_of(item.predecessor_id)) > 1:
        return None
    return True


def tasks_of(user: User, _today: date) -> list[Task]:
    """For the start page of who keeps the register."""
    if not may(user, Action.KEEP_REGISTER):
        return []
    waiting = proposals()
    if len(waiting) > FEW:
        title = f"Beslis over {len(waiting)} herindelingen"
        return [Task(title, reverse("signatories:succession-list"), None, "Wie neemt de handtekening over?")]
    return [_task(item) for item in waiting]


def _task(item: Proposal) -> Task:
    return Task(
        f"Beslis over de herindeling {item.title}",
        item.href,
        None,
        f"{item.events} op {long_date(item.on)}: wie neemt de handtekening over?",
    )
