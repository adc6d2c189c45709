"""What the frozen rows themselves come to: held against the figures of the letter before a parcel is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from actionplans.models import PlanState
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenTable
from mvi_portal.core.spreads import Spread
from reports.papers.frozen import Sheet
from signatories.models import Kind

_OF_KIND = {
    Kind.MINISTRY: "departementen",
    Kind.PROVINCE: "provincies",
    Kind.MUNICIPALITY: "gemeenten",
    Kind.WATER_AUTHORITY: "waterschappen",
    Kind.OTHER: "overige",
}
_STAND = "stand van het plan"
_NONE = {PlanState.RUNNING.label, PlanState.DELAYED.label, PlanState.OVERDUE.label}
_IN = {PlanState.RECEIVED.label, PlanState.IN_EVALUATION.label}


def counts(found: Mapping[str, Sheet]) -> dict[str, int]:
    """By the key of the figure that says the same."""
    members = found["ondertekenaars"]
    kinds = dict(zip(members.column("code"), members.column("soort"), strict=True)) if members.rows else {}
    told = Counter(kinds.values())
    return {
        "ondertekenaars.organisaties": len(kinds),
        **{f"ondertekenaars.{word}": told[str(kind.label)] for kind, word in _OF_KIND.items()},
        "actieplannen.ontvangen": len(set(found["actieplannen"].column("sleutel"))),
        "buyergroups.gestart": len(found["buyer-groups"].rows),
    }


def per_kind(members: Sheet) -> FrozenTable:
    """For each kind of organisation how many there are, and how their plans stand."""
    header = ("Soort organisatie", "Organisaties", "Geëvalueerd", "Ingediend", "Nog geen plan")
    rows: list[tuple[str, list[int]]] = [(label, [sum(parts), *parts]) for label, parts in _parts(members)]
    rows.append(("Samen", [sum(values[place] for _label, values in rows) for place in range(4)]))
    printed = tuple((label, *(number(value) for value in values)) for label, values in rows)
    return FrozenTable("Organisaties naar de stand van hun plan", header, printed, (1, 2, 3, 4))


def spread(members: Sheet) -> Spread:
    """The same as a picture."""
    scale = ("geëvalueerd", "ingediend", "nog geen plan")
    return Spread(
        "Stand van de actieplannen per soort organisatie", "organisaties", scale, tuple(_parts(members))
    )


def _parts(members: Sheet) -> list[tuple[str, tuple[int, ...]]]:
    """An organisation under several signatures stands where its plan is furthest."""
    stands: dict[str, tuple[str, int]] = {}
    for code, kind, stand in zip(*(members.column(name) for name in ("code", "soort", _STAND)), strict=True):
        place = 0 if stand == PlanState.EVALUATED.label else 1 if stand in _IN else 2
        stands[code] = min(stands.get(code, (kind, place)), (kind, place), key=lambda found: found[1])
    counted = Counter(stands.values())
    labels = [str(kind.label) for kind in _OF_KIND]
    return [
        (label, tuple(counted[label, place] for place in range(3)))
        for label in labels
        if any(counted[label, place] for place in range(3))
    ]


def stands(members: Sheet) -> FrozenTable:
    """Every stand of a signature, with how many organisations take part under one in it."""
    counted = Counter(members.column(_STAND))
    rows = tuple(
        (str(state.label), number(counted[state.label])) for state in PlanState if counted[state.label]
    )
    return FrozenTable("Deelnames naar stand van het plan", ("Stand", "Aantal"), rows, (1,))


def groups(found: Sheet) -> FrozenTable:
    """Buyer groups by sector and phase."""
    phases = sorted({phase or "niet bekend" for phase in found.column("fase")})
    told = Counter(
        (sector, phase or "niet bekend")
        for sector, phase in zip(found.column("sector"), found.column("fase"), strict=True)
    )
    rows = tuple(
        (sector, *(number(told[sector, phase]) for phase in phases))
        for sector in sorted(set(found.column("sector")))
    )
    numeric = tuple(range(1, len(phases) + 1))
    return FrozenTable("Buyer groups per sector en fase", ("Sector", *phases), rows, numeric)
