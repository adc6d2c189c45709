"""What a section can be written from: each as a proposal to edit, with live figures where it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monitoring import timeline
from monitoring.measured import latest, printed
from monitoring.models import Indicator, PolicyLine
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import letter_material
from mvi_portal.core.figures import registry
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenSeries
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.prose import INDICATOR, ChartNode
from reports.composing.sentences import sentence
from reports.content.figures import live_figures
from reports.content.series import live_series
from reports.models import Section
from reports.surroundings import Offer, Scope, covers, examples, moments, positions, programmes

_MOST = 60  # of what happened


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
    series = live_series(on)
    groups = (
        Group("Doel van de lijn", list(_aim(section))),
        Group("Kerncijfers", list(_figures(figures.values(), since))),
        Group("Aangedragen voor de brief", list(_contributed(kin, on, since))),
        Group("Wat er gebeurde sinds de vorige brief", list(_happened(section, user, on, since))),
        Group("Indicatoren", list(_indicators(kin, on, series))),
        *_surroundings(section, Scope(on, since, kin.keys)),
    )
    printer = Printer(figures, on=on, since=since, is_dated=True, series=series)
    return Materials([group for group in groups if group.offers], printer)


def _surroundings(section: Section, scope: Scope) -> Iterator[Group]:
    """What others think, show, run and tell, and who pays."""
    yield Group("Standpunten", list(positions(scope)))
    yield Group("Voorbeelden", list(examples(scope)))
    yield Group("Instrumenten en programma's", list(programmes(scope)))
    yield Group("Communicatie", list(moments(scope)))
    yield Group("Financiële dekking", list(covers(scope, section.letter.frame)))


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


def _indicators(kin: _Kin, on: date, series: Mapping[str, FrozenSeries]) -> Iterator[Offer]:
    """What each was known to be on the day, and how it went; a figure of the register is offered as such."""
    rows = Indicator.objects.filter(figure_key="")
    if kin.keys is not None:
        rows = rows.filter(line__in=kin.keys)
    found = list(rows)
    values = latest(found, on)
    for indicator in found:
        if (value := values.get(indicator.pk)) is None:
            continue
        value.method.indicator = indicator  # spares a query for each
        said = f"{printed(value)} {indicator.unit}"
        html = format_html("<p>{}: {} ({}, bron: {}).</p>", indicator.name, said, value.period, value.source)
        yield Offer(f"indicator.{value.natural}", indicator.name, html, value.period, value.is_demo)
        if drawn := series.get(f"{INDICATOR}{indicator.slug}"):
            chart = str(ChartNode(drawn.key, title=drawn.label))
            yield Offer(f"grafiek.{drawn.key}", f"Grafiek: {drawn.label}", chart, "", drawn.is_demo)
