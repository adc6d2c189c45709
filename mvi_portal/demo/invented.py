"""Organisations that do not exist, with keys of our own: only to these does anything made up belong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mvi_portal.demo.common import (
    DEMO,
    Fields,
    Organisations,
    institution,
    municipality,
    organisations,
    province,
)
from mvi_portal.demo.writer import Writer
from signatories.models import Event, Kind, Organisation, OrganisationName, Succession

AGENCY = "voorbeelddienst"
PROVINCES, MUNICIPALITIES, INSTITUTIONS = 3, 70, 2

ABSORBED, ABSORBING = 51, 52  # from 1 January 2024; confirmed that the signature goes along
MERGED, MERGER = 60, 70  # from 1 January 2026; nobody confirmed it yet
ABSORBED_ON, MERGED_ON = date(2024, 1, 1), date(2026, 1, 1)
_LIVED: dict[str, Fields] = {
    municipality(ABSORBED): {"valid_until": date(2023, 12, 31)},
    municipality(MERGED): {"valid_until": date(2025, 12, 31)},
    municipality(MERGER): {"valid_from": MERGED_ON},
}


def load(writer: Writer) -> Organisations:
    """The invented organisations, with their names and successions; gives the whole register by key."""
    writer.write(Organisation, [_row(key, Kind.PROVINCE) for key, _ in _provinces()], key=["key"])
    known = organisations()
    writer.write(
        Organisation,
        [
            *(
                {**_row(key, Kind.MUNICIPALITY), "province": known[province(number % PROVINCES + 1)]}
                for number, (key, _) in enumerate(_municipalities())
            ),
            *(_row(key, Kind.OTHER) for key, _ in _institutions()),
            _row(AGENCY, Kind.AGENCY),
        ],
        key=["key"],
    )
    known = organisations()
    writer.write(OrganisationName, _names(known), key=["organisation", "valid_from"])
    writer.write(Succession, _successions(known), key=["predecessor", "successor", "on"])
    return known


def _provinces() -> Iterator[tuple[str, str]]:
    return ((province(n), f"Voorbeeldprovincie {n:02}") for n in range(1, PROVINCES + 1))


def _municipalities() -> Iterator[tuple[str, str]]:
    return ((municipality(n), f"Voorbeeldgemeente {n:02}") for n in range(1, MUNICIPALITIES + 1))


def _institutions() -> Iterator[tuple[str, str]]:
    return ((institution(n), f"Voorbeeldinstelling {n:02}") for n in range(1, INSTITUTIONS + 1))


def _row(key: str, kind: Kind) -> Fields:
    return {"key": key, "kind": kind, "is_tooi": False, **_LIVED.get(key, {}), **DEMO}


def _names(known: Organisations) -> Iterator[Fields]:
    named = [*_provinces(), *_municipalities(), *_institutions(), (AGENCY, "Voorbeelddienst")]
    prefixes = {Kind.PROVINCE: "provincie ", Kind.MUNICIPALITY: "gemeente "}
    for key, name in named:
        prefix = prefixes.get(Kind(known[key].kind), "")
        yield {
            "organisation": known[key],
            "valid_from": None,
            "name": name,
            "name_with_kind": f"{prefix}{name}",
            "sort_name": name.lower(),
            **DEMO,
        }


def _successions(known: Organisations) -> Iterator[Fields]:
    for before, after, event, on in (
        (ABSORBED, ABSORBING, Event.EXTENSION, ABSORBED_ON),
        (MERGED, MERGER, Event.MERGER, MERGED_ON),
    ):
        yield {
            "predecessor": known[municipality(before)],
            "successor": known[municipality(after)],
            "event": event,
            "on": on,
            **DEMO,
        }
