"""The annexes that are made from the register: the very rows behind the figures, on the reference date."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from actionplans.models import Evaluation, PlanVersion
from buyergroups.models import BuyerGroup, Phase
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from reports.content.figures import Figures
from reports.content.parties import annotated
from reports.frozen import FrozenAnnex, FrozenFigure, FrozenTable
from reports.models import Annex, AnnexKind
from signatories.models import Kind, Organisation, Signatory

NOT_KNOWN = "niet bekend"
NOT_YET = "nog niet"

_CATEGORIES = {
    Kind.MINISTRY: "Departementen",
    Kind.PROVINCE: "Provincies",
    Kind.MUNICIPALITY: "Gemeenten",
    Kind.WATER_AUTHORITY: "Waterschappen",
    Kind.OTHER: "Overige organisaties",
}


def frozen_annex(annex: Annex, figures: Figures) -> FrozenAnnex:
    """An annex as it is printed; a separate document has only its number and title."""
    make = _MAKERS.get(AnnexKind(annex.kind))
    if make is None:
        return FrozenAnnex(annex.number, annex.title)
    intro, tables = make(figures)
    return FrozenAnnex(annex.number, annex.title, intro, tuple(tables))


def _figures(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    days = [*([figures.since] if figures.since else []), figures.on]  # as in the tables of the text
    header = ("Cijfer", *(long_date(day) for day in days), "Toelichting")
    rows = tuple((figure.label, *_values(figure, figures), figure.note) for figure in figures.frozen.values())
    intro = "Alle cijfers van het register. De definities staan in het MVI-portaal."
    return intro, [FrozenTable("Cijfers van het register", header, rows, tuple(range(1, len(days) + 1)))]


def _values(figure: FrozenFigure, figures: Figures) -> list[str]:
    now = number(figure.value) if figures.knows(figure.key, figures.on) else NOT_KNOWN
    if figures.since is None:
        return [now]
    return [NOT_KNOWN if figure.previous is None else number(figure.previous), now]


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
    rows = tuple((annotated(item, "name") or item.key, str(row.signature.signed_on)) for item, row in members)
    return FrozenTable(f"{title} ({number(len(rows))})", ("Organisatie", "Ondertekend"), rows)


def _plans(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    day = figures.on
    found = registry.get("actieplannen.ontvangen").rows(day).select_related("plan")
    first: dict[int, PlanVersion] = {}
    for version in found.order_by("received_on", "number"):
        first.setdefault(version.plan_id, version)
    done = Evaluation.objects.evaluated(on=day).filter(plan__in=first).order_by("evaluated_on", "number")
    last = {evaluation.plan_id: evaluation.evaluated_on for evaluation in done}
    ordered = sorted(first.values(), key=lambda item: (item.plan.title, item.plan.slug))
    rows = tuple(
        (item.plan.title, str(item.received_on), str(last.get(item.plan_id) or NOT_YET)) for item in ordered
    )
    intro = f"De actieplannen waarvan op {long_date(day)} een versie was ontvangen."
    header = ("Actieplan", "Ontvangen", "Geëvalueerd")
    return intro, [FrozenTable(f"Actieplannen ({number(len(rows))})", header, rows)]


def _buyer_groups(figures: Figures) -> tuple[str, Iterable[FrozenTable]]:
    day = figures.on
    groups = list(registry.get("buyergroups.gestart").rows(day))
    phases = {phase.group_id: phase for phase in Phase.objects.at(on=day).filter(group__in=groups)}
    rows = tuple(
        _group(item, phases.get(item.pk)) for item in sorted(groups, key=lambda item: (item.name, item.slug))
    )
    intro = f"De buyer groups die sinds 2020 zijn gestart, met hun fase op {long_date(day)}."
    header = ("Buyer group", "Sector", "Gestart", "Fase")
    return intro, [FrozenTable(f"Buyer groups ({number(len(rows))})", header, rows)]


def _group(group: BuyerGroup, phase: Phase | None) -> tuple[str, ...]:
    label = str(phase.get_kind_display()) if phase else NOT_KNOWN
    return (group.name, str(group.get_sector_display()), str(group.started_on), label)


_Maker = Callable[[Figures], tuple[str, Iterable[FrozenTable]]]
_MAKERS: dict[AnnexKind, _Maker] = {
    AnnexKind.FIGURES: _figures,
    AnnexKind.SIGNATORIES: _signatories,
    AnnexKind.PLANS: _plans,
    AnnexKind.BUYER_GROUPS: _buyer_groups,
}
