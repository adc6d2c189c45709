"""Everything that happened between two days, from the facts' own dates, whatever app keeps them.

All kinds of facts are found by one query, of their keys alone; only what is shown is told in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.expressions import Col
from django.utils import timezone

from monitoring.following import Followed
from monitoring.models import PolicyLine
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings, timeline_sources
from mvi_portal.history.reading import came_to_light

Found = tuple[str, int, date]  # the name of the source, the key of the row, the day


@dataclass(frozen=True)
class Asked:
    """Both days belong to it. `line` is the code of a line of the plan, `kind` the name of a source."""

    start: date
    end: date
    line: str = ""
    kind: str = ""
    followed: Followed | None = None  # only what is about this
    about: Followed | None = None  # and about this too
    earlier: bool = False  # what came to be known in the period, of the time before it


@dataclass(frozen=True)
class Told:
    """What happened, and what kind of thing it is."""

    happening: Happening
    kind: str
    day: date


def kinds() -> list[tuple[str, str]]:
    """The names of the sources with their labels."""
    return [(name, source.label) for name, source in timeline_sources.named()]


def happened(user: User, today: date, asked: Asked) -> QuerySet[Any, Found] | None:
    """What the user may see of it, the latest first; None when no source can hold it. Rights are today's."""
    kin = _kin(asked.line) if asked.line else None
    scopes = [_Scope.of(keys) for keys in (asked.followed, asked.about) if keys is not None]
    parts = [
        _part(name, found, asked)
        for name, source in timeline_sources.named()
        if asked.kind in {"", name}
        and (rows := _rows(source, user, today, kin)) is not None
        and (found := _narrowed(scopes, source, rows)) is not None
    ]
    if not parts:
        return None
    first, *others = parts
    return first.union(*others, all=True).order_by("-happened_on", "told_by", "told_key")


def tell(found: Iterable[Found]) -> list[Told]:
    """In the same order; for each kind of facts a fixed number of queries."""
    rows = list(found)
    keys: dict[str, list[int]] = defaultdict(list)
    for name, key, _day in rows:
        keys[name].append(key)
    sources = {name: source for name, source in timeline_sources.named() if name in keys}
    told = {name: source.tell(keys[name]) for name, source in sources.items()}
    return [Told(told[name][key], sources[name].label, day) for name, key, day in rows if key in told[name]]


@dataclass(frozen=True)
class _Kin:
    """The lines that a line continues, or that go on from it."""

    keys: set[int]
    codes: set[str]


@dataclass(frozen=True)
class _Scope:
    """What is followed, with the lines of other frames that go on from its lines."""

    followed: Followed
    lines: _Kin

    @classmethod
    def of(cls, followed: Followed) -> _Scope:
        if not followed.line:
            return cls(followed, _Kin(set(), set()))
        pairs = mapped_pairs()
        keys = {key for line in followed.line for key in continuing_keys(line, pairs)} | set(followed.line)
        codes = set(PolicyLine.objects.filter(pk__in=keys).order_by().values_list("code", flat=True))
        return cls(followed, _Kin(keys, codes))

    def narrow(self, source: Happenings, rows: QuerySet[Any]) -> QuerySet[Any] | None:
        """None when nothing of the source is followed."""
        if source.line and source.line in self.lines.codes:
            return rows
        ways = list(self._ways(source, rows.model))
        return rows.filter(reduce(or_, ways)) if ways else None

    def _ways(self, source: Happenings, model: Any) -> Iterator[Q]:
        if source.line_path and self.lines.keys:
            yield Q(**{f"{source.line_path}__in": self.lines.keys})
        for name, path in source.paths():
            if keys := self.followed.keys(name):
                # Apart, so that a row with several organisations is there once
                beneath = model._default_manager.filter(**{f"{path}__in": keys}).order_by()
                yield Q(pk__in=beneath.values("pk"))


def _narrowed(scopes: Sequence[_Scope], source: Happenings, rows: QuerySet[Any]) -> QuerySet[Any] | None:
    found: QuerySet[Any] | None = rows
    for scope in scopes:
        found = None if found is None else scope.narrow(source, found)
    return found


def _kin(code: str) -> _Kin:
    lines: dict[int, str] = dict(PolicyLine.objects.order_by().values_list("pk", "code"))
    pairs = mapped_pairs()
    keys = {key for pk, of in lines.items() if of == code for key in continuing_keys(pk, pairs)}
    return _Kin(keys, {code, *(lines[key] for key in keys)})


def _rows(source: Happenings, user: User, today: date, kin: _Kin | None) -> QuerySet[Any] | None:
    """None when nothing of the source can be of the line."""
    if kin is None:
        return source.rows(user, today)
    if source.line_path:
        return source.rows(user, today).filter(**{f"{source.line_path}__in": kin.keys})
    return source.rows(user, today) if source.line in kin.codes else None


def _part(name: str, rows: QuerySet[Any], asked: Asked) -> QuerySet[Any, Found]:
    if asked.earlier:
        since, until = _midnight(asked.start), _midnight(asked.end + timedelta(days=1))
        before = rows.filter(happened_on__lt=asked.start)
        within = came_to_light(before, dating(rows), since=since, until=until).order_by()
    else:
        within = rows.filter(happened_on__range=(asked.start, asked.end)).order_by()
    named = within.annotate(told_by=Value(name, output_field=CharField()), told_key=F("pk"))
    found: QuerySet[Any, Found] = named.values_list("told_by", "told_key", "happened_on")
    return found


def dating(rows: QuerySet[Any]) -> str:
    """The column of the rows' own table that says when they happened."""
    found: Any = rows.query.annotations["happened_on"]
    while not isinstance(found, Col):
        (found,) = found.get_source_expressions()
    return str(found.target.attname)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(shown: Sequence[Told]) -> list[Sequence[object]]:
    """As the export has them."""
    return [
        (
            item.day,
            item.happening.when,
            item.happening.title,
            item.kind,
            item.happening.line,
            item.happening.is_demo,
        )
        for item in shown
    ]
