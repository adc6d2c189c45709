"""The annexes that are made from the register: the very rows behind the figures, on the reference date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from actionplans.models import Evaluation, PlanVersion
from buyergroups.models import BuyerGroup, Phase
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from reports.content.figures import Figures
from reports.content.parties import annotated
from reports.frozen import FrozenAnnex, FrozenFigure, FrozenTable
from reports.frozen_register import FrozenRows
from reports.models import Annex, AnnexKind
from signatories.models import Kind, Organisation, Signatory

NOT_KNOWN = "niet bekend"
NOT_YET = "nog niet"
_MOST_NAMES = 60

_CATEGORIES = {
    Kind.MINISTRY: "Departementen",
    Kind.PROVINCE: "Provincies",
    Kind.MUNICIPALITY: "Gemeenten",
    Kind.WATER_AUTHORITY: "Waterschappen",
    Kind.OTHER: "Overige organisaties",
}


def frozen_annex(annex: Annex, figures: Figures, kept: Mapping[str, FrozenRows]) -> FrozenAnnex:
    """An annex as it is printed; a document from elsewhere has only its number and title.

    `kept` holds what was frozen already, by the kind of annex.
    """
    kind = AnnexKind(annex.kind)
    if kind not in _MAKERS:
        return FrozenAnnex(annex.number, annex.title, separate=True)
    rows = kept.get(kind) or _rows(kind, figures)
    return FrozenAnnex(annex.number, annex.title, rows.intro, rows.tables, str(kind), annex.is_separate)


def frozen_tables(figures: Figures) -> dict[str, FrozenRows]:
    """Those of every kind: which of them become an annex, and where, may be chosen later."""
    return {str(kind): _rows(kind, figures) for kind in _MAKERS}


def _rows(kind: AnnexKind, figures: Figures) -> FrozenRows:
    intro, tables = _MAKERS[kind](figures)
    return FrozenRows(intro, tuple(tables))


def _figures(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    days = [*([figures.since] if figures.since else []), figures.on]  # as in the tables of the text
    header = ("Cijfer", *(long_date(day) for day in days), "Toelichting")
    intro = "Alle cijfers van het register, per hoofdlijn. De definities staan in het MVI-portaal."
    return intro, [
        FrozenTable(
            f"Hoofdlijn {line}",
            header,
            tuple((figure.label, *_values(figure, figures), figure.note) for figure in found),
            tuple(range(1, len(days) + 1)),
        )
        for line, found in _by_line(figures)
    ]


def _by_line(figures: Figures) -> Iterator[tuple[str, list[FrozenFigure]]]:
    """As the page of definitions does it."""
    ordered = sorted(figures.frozen.values(), key=lambda figure: figure.line)
    yield from ((line, list(found)) for line, found in groupby(ordered, key=lambda figure: figure.line))


def _values(figure: FrozenFigure, figures: Figures) -> list[str]:
    now = _now(figure, figures)
    if figures.since is None:
        return [now]
    return [NOT_KNOWN if figure.previous is None else number(figure.previous), now]


def _now(figure: FrozenFigure, figures: Figures) -> str:
    return number(figure.value) if figures.knows(figure.key, figures.on) else NOT_KNOWN


def _sources(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    """Each figure with what it counts, where it comes from and of which day it is."""
    day = long_date(figures.on)
    header = ("Cijfer", f"Op {day}", "Wat er telt", "Bron")
    rows = tuple(
        (item.label, _now(item, figures), f"{item.definition} {item.note}".strip(), _source(item.key))
        for item in figures.frozen.values()
    )
    intro = f"Wat elk cijfer telt, uit welk deel van het MVI-portaal het komt, en de waarde op {day}."
    return intro, [FrozenTable("Verantwoording van alle cijfers", header, rows, (1,))]


def _source(key: str) -> str:
    """The register that the rows stand in, as its pages call it."""
    if key not in registry:
        return NOT_KNOWN
    return f"MVI-portaal, register van {registry.get(key).source().model._meta.verbose_name_plural}"


def _signatories(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    day = figures.on
    found = registry.get("ondertekenaars.organisaties").rows(day).select_related("organisation", "signature")
    first: dict[int, Signatory] = {}
    for row in found.order_by("signature__signed_on", "signature__slug"):
        first.setdefault(row.organisation_id, row)
    named = Organisation.objects.filter(pk__in=first).with_name(on=day)
    ordered = sorted(named, key=lambda item: (annotated(item, "sort_name"), item.key))
    intro = f"De organisaties die op {long_date(day)} onder het Manifest vallen, met hun naam op die dag."
    return intro, [
        _of_category(title, [(item, first[item.pk]) for item in ordered if item.kind == kind])
        for kind, title in _CATEGORIES.items()
    ]


def _of_category(title: str, members: list[tuple[Organisation, Signatory]]) -> FrozenTable:
    """A row for each day on which some of them signed."""
    ordered = sorted(members, key=lambda member: member[1].signature.signed_on.last_day)
    rows = _together(
        ((str(row.signature.signed_on),), annotated(item, "name") or item.key) for item, row in ordered
    )
    return FrozenTable(f"{title} ({number(len(members))})", ("Ondertekend", "Organisaties"), rows)


def _plans(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    """A row for each year of receipt, of those evaluated on one day and of those that were not."""
    day = figures.on
    found = registry.get("actieplannen.ontvangen").rows(day).select_related("plan")
    first: dict[int, PlanVersion] = {}
    for version in found.order_by("received_on", "number"):
        first.setdefault(version.plan_id, version)
    done = Evaluation.objects.evaluated(on=day).filter(plan__in=first).order_by("evaluated_on", "number")
    last = {evaluation.plan_id: found_on for evaluation in done if (found_on := evaluation.evaluated_on)}
    ordered = sorted(first.values(), key=lambda item: (item.plan.title, item.plan.slug))
    ordered.sort(key=_year)
    ordered.sort(key=lambda item: last[item.plan_id].last_day if item.plan_id in last else date.max)
    rows = _together(
        (
            (str(last.get(item.plan_id) or NOT_YET), _year(item)),
            f"{item.plan.title} ({item.received_on})",
        )
        for item in ordered
    )
    intro = f"De actieplannen waarvan op {long_date(day)} een versie was ontvangen."
    header = ("Geëvalueerd", "Ontvangen in", "Actieplannen, met de datum van ontvangst")
    return intro, [FrozenTable(f"Actieplannen ({number(len(ordered))})", header, rows)]


def _year(version: PlanVersion) -> str:
    """Of receipt."""
    return str(version.received_on.last_day.year) if version.received_on else NOT_KNOWN


def _buyer_groups(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    """A row for each phase of each sector."""
    day = figures.on
    groups = sorted(registry.get("buyergroups.gestart").rows(day), key=lambda item: (item.name, item.slug))
    phases = {phase.group_id: phase for phase in Phase.objects.at(on=day).filter(group__in=groups)}
    groups.sort(key=lambda item: _place(item, phases.get(item.pk)))
    rows = _together(
        (_group(item, phases.get(item.pk)), f"{item.name} ({item.started_on})") for item in groups
    )
    intro = f"De buyer groups die sinds 2020 zijn gestart, met hun fase op {long_date(day)}."
    header = ("Sector", "Fase", "Buyer groups, met de datum van de start")
    return intro, [FrozenTable(f"Buyer groups ({number(len(groups))})", header, rows)]


def _group(group: BuyerGroup, phase: Phase | None) -> tuple[str, str]:
    return str(group.get_sector_display()), str(phase.get_kind_display()) if phase else NOT_KNOWN


def _place(group: BuyerGroup, phase: Phase | None) -> tuple[str, int]:
    """By sector, and in it as a group goes through its phases; those without one first."""
    return str(group.get_sector_display()), Phase.Kind.values.index(phase.kind) if phase else -1


def _together(named: Iterable[tuple[tuple[str, ...], str]]) -> tuple[tuple[str, ...], ...]:
    """A row for each of the heads, in the order in which they come, with all the names that go with it.

    Short to read, and nobody is left out; the names begin a new row where they would fill a page.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for head, name in named:
        found.setdefault(head, []).append(name)
    return tuple((*head, "; ".join(part)) for head, names in found.items() for part in _cut(names))


def _cut(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _MOST_NAMES] for start in range(0, len(names), _MOST_NAMES))


_Maker = Callable[[Figures], tuple[str, Iterable[FrozenTable]]]
_MAKERS: dict[AnnexKind, _Maker] = {
    AnnexKind.FIGURES: _figures,
    AnnexKind.SOURCES: _sources,
    AnnexKind.SIGNATORIES: _signatories,
    AnnexKind.PLANS: _plans,
    AnnexKind.BUYER_GROUPS: _buyer_groups,
}
