"""What a section can be written from: each as a proposal to edit, with live figures where it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from monitoring import timeline
from monitoring.models import Indicator, Measurement, PolicyLine, Position
from monitoring.models.frame import continuing_keys, mapped_pairs
from monitoring.naming import Names
from mvi_portal.accounts.models import User
from mvi_portal.core import citations
from mvi_portal.core.contributions import letter_material
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.prose import CitationNode
from reports.composing.sentences import sentence
from reports.content.figures import live_figures
from reports.models import Section

_MOST = 60  # of what happened
_QUALIFIERS = {"exact": "", "at-least": "minstens ", "about": "circa "}


@dataclass(frozen=True)
class Offer:
    """One thing that can be taken over. `key` is the same when it is offered again."""

    key: str
    title: str
    html: str
    when: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    offers: list[Offer]


@dataclass(frozen=True)
class Materials:
    """What there is, by kind, and how it would be printed."""

    groups: list[Group]
    printer: Printer

    def printed(self, offer: Offer) -> SafeString:
        return self.printer.passage(offer.html, where=offer.title)

    def find(self, key: str) -> Offer | None:
        return next((offer for group in self.groups for offer in group.offers if offer.key == key), None)


def material(section: Section, user: User) -> Materials:
    """Only what there is. A section without a line is offered the figures of all lines."""
    letter = section.letter
    on, since = letter.reference_date, letter.counts_from
    kin = _kin(section)
    lines = {item.line for item in registry if kin.codes is None or item.line in kin.codes}
    figures = live_figures(on=on, since=since, charts={}, lines=lines).frozen
    groups = (
        Group("Doel van de lijn", list(_aim(section))),
        Group("Kerncijfers", list(_figures(figures.values(), since))),
        Group("Aangedragen voor de brief", list(_contributed(kin, on, since))),
        Group("Wat er gebeurde sinds de vorige brief", list(_happened(section, user, on, since))),
        Group("Indicatoren", list(_indicators(kin, on))),
        Group("Standpunten", list(_positions(kin, on, since))),
    )
    printer = Printer(figures, on=on, since=since, is_dated=True)
    return Materials([group for group in groups if group.offers], printer)


@dataclass(frozen=True)
class _Kin:
    """The line of a section and those that it continues or that go on from it; nothing narrows to nothing."""

    keys: set[int] | None
    codes: set[str] | None


def _kin(section: Section) -> _Kin:
    if section.line_id is None:
        return _Kin(None, None)
    keys = continuing_keys(section.line_id, mapped_pairs())
    codes = set(PolicyLine.objects.filter(pk__in=keys).values_list("code", flat=True))
    return _Kin(keys, codes)


def _aim(section: Section) -> Iterator[Offer]:
    if section.line and section.line.aim:
        yield Offer("doel", "Doel van de lijn", format_html("<p>{}</p>", section.line.aim))


def _figures(figures: Iterable[FrozenFigure], since: date | None) -> Iterator[Offer]:
    for figure in figures:
        if figure.value or figure.previous:
            yield Offer(f"cijfer.{figure.key}", figure.label, sentence(figure, since))


def _contributed(kin: _Kin, on: date, since: date | None) -> Iterator[Offer]:
    """What other apps offer: accepted progress, and how plans and evaluations stand."""
    for source in letter_material:
        for item in source(on, since):
            if kin.codes is None or item.line in kin.codes:
                yield Offer(item.key, item.title, _without_heads(item.html))


def _without_heads(html: str) -> str:
    """A small heading becomes a bold line: in the text no larger one need stand above it."""
    return html.replace("<h4>", "<p><strong>").replace("</h4>", "</strong></p>")


def _happened(section: Section, user: User, on: date, since: date | None) -> Iterator[Offer]:
    if section.line is None or since is None:
        return
    found = timeline.happened(user, timezone.localdate(), timeline.Asked(since, on, line=section.line.code))
    rows = list(found[:_MOST]) if found is not None else []
    for (name, key, _day), item in zip(rows, timeline.tell(rows), strict=False):
        told = item.happening
        html = format_html("<p>{} ({}).</p>", told.title.rstrip("."), told.when)
        yield Offer(f"gebeurd.{name}.{key}", told.title, html, told.when, told.is_demo)


def _indicators(kin: _Kin, on: date) -> Iterator[Offer]:
    """The last value of each by the day; a figure of the register is offered as a figure."""
    rows = Indicator.objects.filter(figure_key="")
    if kin.keys is not None:
        rows = rows.filter(line__in=kin.keys)
    values = Measurement.objects.filter(method__indicator__in=rows, period_until__lte=on)
    last = values.order_by("method__indicator_id", "-period_until", "-pk").distinct("method__indicator_id")
    for value in last.select_related("method__indicator"):
        indicator = value.method.indicator
        said = f"{_QUALIFIERS[value.qualifier]}{number(value.value.normalize())} {indicator.unit}"
        html = format_html("<p>{}: {} ({}, bron: {}).</p>", indicator.name, said, value.period, value.source)
        yield Offer(f"indicator.{value.natural}", indicator.name, html, value.period, value.is_demo)


def _positions(kin: _Kin, on: date, since: date | None) -> Iterator[Offer]:
    rows = Position.objects.taken(on=on).select_related("organisation")
    rows = rows.filter(line__in=kin.keys) if kin.keys is not None else rows.filter(line__isnull=True)
    found = list(rows.filter(dated__gt=since) if since else rows)
    names = Names((row.organisation_id for row in found if row.organisation_id), on)
    for row in found:
        who = names.of(row.organisation_id) if row.organisation_id else row.holder_name
        html = f"<p>{escape(who)}: {escape(row.stance.rstrip('.'))}{_cited(row.citation)}.</p>"
        yield Offer(f"standpunt.{row.pk}", f"{who}, {row.dated}", html, str(row.dated), row.is_demo)


def _cited(text: str) -> str:
    try:
        return str(CitationNode(str(citations.parse(text)))) if text else ""
    except citations.CitationError:
        return ""
