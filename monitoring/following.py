"""What a user follows: what is theirs by itself, and what they chose; and what happened there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from buyergroups.models import BuyerGroup
from monitoring.models import Activity, Commitment, Follow, PolicyLine
from monitoring.naming import shortened
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from signatories.called import Called
from signatories.models import Organisation, Representative

MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Kind:
    """What can be followed: `name` is the field that holds it, `word` stands in its address."""

    name: str
    word: str
    label: str
    model: Any
    key: Callable[[Any], str]
    find: Callable[[str], dict[str, str]]
    href: Callable[[Any], str]
    title: Callable[[Any], str] = str


def _line(key: str) -> dict[str, str]:
    frame, _mark, code = key.partition(":")
    return {"frame__slug": frame, "code": code}


KINDS = (
    Kind(
        "line",
        "lijn",
        "Lijn van het plan",
        PolicyLine,
        lambda row: row.natural,
        _line,
        lambda row: reverse("monitoring:line-detail", args=[row.frame.slug, row.code]),
    ),
    Kind(
        "group",
        "groep",
        "Buyer group",
        BuyerGroup,
        lambda row: row.slug,
        lambda key: {"slug": key},
        lambda row: reverse("buyergroups:group-detail", args=[row.slug]),
    ),
    Kind(
        "organisation",
        "organisatie",
        "Organisatie",
        Organisation,
        lambda row: row.key,
        lambda key: {"key": key},
        lambda row: reverse("signatories:organisation-detail", args=[row.key]),
    ),
    Kind(
        "commitment",
        "toezegging",
        "Toezegging, motie of afspraak",
        Commitment,
        lambda row: row.slug,
        lambda key: {"slug": key},
        lambda row: reverse("monitoring:commitment-detail", args=[row.slug]),
        lambda row: shortened(row.text),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_WORD = {kind.word: kind for kind in KINDS}


def subject_of(word: str, key: str, user: User, today: date) -> tuple[Kind, Any]:
    """What the address names, if the user may see it. Raises Http404."""
    kind = BY_WORD.get(word)
    found = visible(kind, user, today).filter(**kind.find(key)).first() if kind else None
    if kind is None or found is None:
        raise Http404
    return kind, found


def visible(kind: Kind, user: User, today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.model.objects.visible_to(user, on=today)
    return rows.select_related("frame") if kind.name == "line" else rows


def is_followed(kind: Kind, subject: Model, user: User) -> bool:
    return Follow.objects.filter(user=user, **{kind.name: subject}).exists()


def button(request: HttpRequest, subject: Any) -> dict[str, Any] | None:
    """What the button on the page of the subject needs; None for what cannot be followed."""
    kind = next((kind for kind in KINDS if isinstance(subject, kind.model)), None)
    if kind is None:
        return None
    href = reverse("monitoring:follow", args=[kind.word, kind.key(subject)])
    return {"address": href, "is_followed": is_followed(kind, subject, reader(request))}


@dataclass(frozen=True)
class Followed:
    """The keys of what is followed. Lines of other frames that go on from them come along in a timeline."""

    line: frozenset[int] = frozenset()
    group: frozenset[int] = frozenset()
    organisation: frozenset[int] = frozenset()
    commitment: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.line or self.group or self.organisation or self.commitment)

    def keys(self, name: str) -> frozenset[int]:
        found: frozenset[int] = getattr(self, name)
        return found


@dataclass(frozen=True)
class Own:
    """What somebody follows by itself: who they act for, and the lines on which those own something."""

    organisations: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Following:
    """All that a user follows, by itself and by choice."""

    own: Own = field(default_factory=Own)
    chosen: tuple[Follow, ...] = ()

    @property
    def keys(self) -> Followed:
        def of(name: str, own: frozenset[int] = frozenset()) -> frozenset[int]:
            chosen = (getattr(row, f"{name}_id") for row in self.chosen)
            return own | {key for key in chosen if key}

        return Followed(
            of("line", self.own.lines),
            of("group"),
            of("organisation", self.own.organisations),
            of("commitment"),
        )


def following(user: User, today: date) -> Following:
    """In four queries. What the user may see of it, the timeline asks again."""
    return Following(_own(user, today), tuple(Follow.objects.filter(user=user).order_by("pk")))


def _own(user: User, today: date) -> Own:
    acting = Representative.objects.filter(user=user).acting(on=today)
    bodies = frozenset(acting.values_list("organisation", flat=True))
    if not bodies:
        return Own()
    owned = [
        rows.filter(owner__in=bodies, line__isnull=False).order_by().values_list("line", flat=True).distinct()
        for rows in (Activity.objects.all(), Commitment.objects.all())
    ]
    return Own(bodies, frozenset(key for keys in owned for key in keys))


@dataclass(frozen=True)
class Item:
    """One thing that is followed: what it is called on the day, where it is, and how to stop."""

    kind: Kind
    key: str
    title: str
    href: str


def items(found: Following, user: User, today: date) -> tuple[list[Item], list[Item]]:
    """What is followed by itself, and what was chosen, of what the user may see; one query for each kind."""
    rows = {kind.name: visible(kind, user, today).in_bulk(found.keys.keys(kind.name)) for kind in KINDS}
    called = Called(rows["organisation"])

    def told(name: str, pk: int) -> list[Item]:
        kind, row = BY_NAME[name], rows[name].get(pk)
        if row is None:
            return []
        title = called.on(pk, today) or row.key if name == "organisation" else kind.title(row)
        return [Item(kind, kind.key(row), title, kind.href(row))]

    own = [*_each(told, "organisation", found.own.organisations), *_each(told, "line", found.own.lines)]
    chosen = [
        item
        for follow in found.chosen
        for name in BY_NAME
        if (pk := getattr(follow, f"{name}_id"))
        for item in told(name, pk)
    ]
    return own, sorted(chosen, key=lambda item: (item.kind.label, item.title.casefold()))


def _each(told: Callable[[str, int], list[Item]], name: str, keys: frozenset[int]) -> list[Item]:
    found = [item for key in keys for item in told(name, key)]
    return sorted(found, key=lambda item: item.title.casefold())
