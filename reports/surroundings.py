"""What surrounds the plan, as sentences to edit: for a section of a letter and for a decision note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.html import escape
from django.utils.text import capfirst

from monitoring.models import CommunicationMoment, Example, FinanceCover, Frame, Position, Programme
from monitoring.naming import Names
from mvi_portal.core import citations
from mvi_portal.core.enumerating import enumerated
from mvi_portal.core.prose import CitationNode


@dataclass(frozen=True)
class Offer:
    """One thing that can be taken over. `key` is the same when it is offered again."""

    key: str
    title: str
    html: str
    when: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Scope:
    """What is told: known on the day `on`, and new after `since`; `lines` None is what is of no line.

    With `of_all_lines` it makes no difference of which line something is.
    """

    on: date
    since: date | None
    lines: set[int] | None = None
    of_all_lines: bool = False

    def within(self, rows: QuerySet[Any], day: str = "dated") -> QuerySet[Any]:
        """Rows with a day in the period; one without a day can be of any."""
        known = rows.filter(Q(**{f"{day}__lte": self.on}) | Q(**{f"{day}__isnull": True}))
        if self.since is None:
            return known
        return known.filter(Q(**{f"{day}__gt": self.since}) | Q(**{f"{day}__isnull": True}))

    def of_line(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.of_all_lines:
            return rows
        return rows.filter(line__isnull=True) if self.lines is None else rows.filter(line__in=self.lines)


def positions(scope: Scope, *, kind: str = "") -> Iterator[Offer]:
    """By line, or for a note all of a kind."""
    taken = scope.within(Position.objects.taken(on=scope.on))
    found = list(taken.filter(kind=kind) if kind else scope.of_line(taken))
    names = Names((row.organisation_id for row in found), scope.on)
    for row in found:
        who = names.of(row.organisation_id) or row.holder_name
        html = _paragraph(f"{who}: {_open(row.stance)}", row)
        yield Offer(f"standpunt.{row.pk}", f"{who}, {row.dated}", html, str(row.dated), row.is_demo)


def examples(scope: Scope) -> Iterator[Offer]:
    found = list(scope.of_line(scope.within(Example.objects.order_by("-dated", "pk"))))
    names = Names((row.organisation_id for row in found), scope.on)
    for row in found:
        who = names.of(row.organisation_id)
        html = _paragraph(f"Een voorbeeld van {who} is ‘{_open(row.title)}’: {_open(row.result)}", row)
        yield Offer(f"voorbeeld.{row.pk}", f"{row.title}, {who}", html, str(row.dated or ""), row.is_demo)


def programmes(scope: Scope, *, kind: str = "") -> Iterator[Offer]:
    """Those that run on the day: by line, or for a note all of a kind."""
    running = Programme.objects.at(on=scope.on).order_by("name", "pk")
    found = list(running.filter(kind=kind) if kind else scope.of_line(running))
    names = Names((row.owner_id for row in found), scope.on)
    for row in found:
        owner = names.of(row.owner_id)
        what = f"{row.get_kind_display()}{f' van {owner}' if owner else ''}"
        told = f"{row.name} ({what}){f': {_open(row.description)}' if row.description else ''}"
        yield Offer(f"programma.{row.pk}", row.name, _paragraph(told, row), "", row.is_demo)


def moments(scope: Scope) -> Iterator[Offer]:
    told = scope.within(CommunicationMoment.objects.order_by("-dated", "pk"))
    for row in scope.of_line(told):
        html = _paragraph(f"{capfirst(row.get_channel_display())}: {_open(row.title)} ({row.dated})", row)
        yield Offer(f"communicatie.{row.pk}", row.title, html, str(row.dated), row.is_demo)


def covers(scope: Scope, frame: Frame) -> Iterator[Offer]:
    """By year and line who covers its part of the costs, and who does not; mostly of the whole plan."""
    rows = scope.of_line(FinanceCover.objects.filter(frame=frame, year__lte=scope.on.year))
    if scope.since is not None:
        rows = rows.filter(year__gte=scope.since.year)
    whole_first = F("line__order").asc(nulls_first=True)
    found = rows.select_related("line").order_by("-year", whole_first, "-covered", "organisation__key")
    names = Names((row.organisation_id for row in found), scope.on)
    for _alike, group in groupby(found, key=lambda row: (row.year, row.line, row.covered)):
        yield _cover(list(group), names, frame)


def _cover(same: list[FinanceCover], names: Names, frame: Frame) -> Offer:
    """Of one year and line, those who cover it, or those who do not."""
    first = same[0]
    who = enumerated(sorted(names.of(row.organisation_id) for row in same))
    line = f" voor lijn {first.line.code}" if first.line else ""
    text = f"De kosten van {first.year}{line} zijn {'' if first.covered else 'niet '}gedekt door {who}"
    html = f"<p>{escape(text)}{''.join(dict.fromkeys(map(_cited, same)))}.{_sources(same)}</p>"
    title = f"Dekking van {first.occasion}{'' if first.covered else ', niet gedekt'}"
    place = f"{first.year}.{first.line.code}" if first.line else str(first.year)
    key = f"dekking.{frame.slug}.{place}.{'ja' if first.covered else 'nee'}"
    return Offer(key, title, html, str(first.year), any(row.is_demo for row in same))


def _open(text: str) -> str:
    """Without the full stop, which comes behind the source."""
    return " ".join(text.split()).rstrip(".")


def _paragraph(text: str, row: Any) -> str:
    return f"<p>{escape(text)}{_cited(row)}.{_sources([row])}</p>"


def _cited(row: Any) -> str:
    """Where it is written, as a citation of the text; nothing for what is not recognised as one."""
    try:
        text = getattr(row, "citation", "")
        return str(CitationNode(str(citations.parse(text)))) if text else ""
    except citations.CitationError:
        return ""


def _sources(rows: list[Any]) -> str:
    """In words, of what no citation could be made; for who writes, to check and to take out."""
    told = [row.source or getattr(row, "citation", "") for row in rows if not _cited(row)]
    named = "; ".join(dict.fromkeys(filter(None, told)))
    return f" (Bron: {escape(named.rstrip('.'))}.)" if named else ""
