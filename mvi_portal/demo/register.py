"""Who signed the Manifest: what is public by name, and invented organisations for the rest of the numbers.

Public are how many signed of each kind, not all of their names. So the numbers are right, and what nobody
found by name is a "Voorbeeldgemeente 07".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import (
    DEMO,
    GAZETTE,
    INVENTED,
    LETTER_2023,
    NOTE,
    TO_CONFIRM,
    Fields,
    Organisations,
    institution,
    municipality,
    province,
)
from mvi_portal.demo.invented import ABSORBED, ABSORBING, INSTITUTIONS, PROVINCES
from mvi_portal.demo.manifest import SIGNED
from mvi_portal.demo.writer import Writer
from signatories.models import Kind, Manifest, Office, Organisation, Signatory, Signature, Succession
from signatories.services import confirm_succession

IENW, BZK, EZ, BZ = "mnre1130", "mnre1034", "mnre1045", "mnre1013"
SZW, OCW, LNV = "mnre1073", "mnre1109", "mnre1153"
SIGNING_MINISTRIES = (
    IENW, "mnre1010", BZ, BZK, "mnre1018", EZ, "mnre1090", "mnre1058", LNV, OCW, SZW, "mnre1025",
)  # fmt: skip
WATER_BOARDS = "uvw"
BUCH = ("gm0373", "gm0383", "gm0399", "gm0450")  # Bergen (NH), Castricum, Heiloo, Uitgeest

AT_SIGNING, BEFORE_LETTER = range(1, 43), range(43, 47)  # invented municipalities
BEFORE_LETTER_ON = (date(2022, 12, 8), date(2022, 12, 15), date(2023, 1, 19), date(2023, 2, 9))
LATER: dict[int, PartialDate] = {
    number: PartialDate.parse(day)
    for number, day in {
        47: "2023-03-30", 48: "2023-05-11", 49: "2023-06-22", 50: "2023-07-06", 51: "2023-09-14",
        53: "2023-10-05", 54: "2023-11-23", 55: "2023-12-14", 56: "2024-01-18", 57: "2024-02-15",
        58: "maart 2024", 59: "2024-04-11", 60: "2024-05-23", 61: "2024-06-13", 62: "2024-09-12",
        63: "2024-10-10", 64: "2024-11-14", 65: "2024-12-12", 66: "2025-01-16", 67: "2025-05-15",
        68: "2025-10-09",
    }.items()
}  # fmt: skip
SIGNED_BEFORE = (1, 2, 3, 5, 8, 49, 57, 69)  # the Manifest of 2016; number 69 did not sign again
WITHDRAWN = {municipality(64): date(2025, 9, 1)}

NEW_CABINET = date(2024, 7, 2)
CARRIED_ON = (
    (EZ, "mnre1182", NEW_CABINET),
    ("mnre1058", "mnre1162", NEW_CABINET),
    (BZK, "mnre1171", NEW_CABINET),
    (municipality(ABSORBED), municipality(ABSORBING), date(2024, 1, 15)),
)


def load(writer: Writer, manifest: Manifest, known: Organisations) -> None:
    """Offices, signatures, and the organisations under each."""
    offices = {row.slug: row for row in writer.write(Office, _offices(known), key=["slug"]).values()}
    rows = list(_signatures(offices))
    signatures = writer.write(
        Signature, [{"manifest": manifest, **row} for row in rows], key=["manifest", "slug"]
    )
    under = {signature.slug: signature for signature in signatures.values()}
    writer.write(Signatory, _signatories(under, known), key=["signature", "organisation", "valid_from"])
    _write_earlier(writer, manifest, known)


def _write_earlier(writer: Writer, manifest: Manifest, known: Organisations) -> None:
    """Who signed the Manifest before: of the invented ones, some that signed again and some that did not."""
    signed = date(2017, 3, 1)
    rows = [
        {"manifest": manifest.predecessor, **_signature(municipality(number), signed, **DEMO)}
        for number in SIGNED_BEFORE
    ]
    found = writer.write(Signature, rows, key=["manifest", "slug"]).values()
    under = [
        {"signature": item, "organisation": known[item.slug], "valid_from": None, **DEMO} for item in found
    ]
    writer.write(Signatory, under, key=["signature", "organisation", "valid_from"])


def confirm_successions(known: Organisations) -> int:
    """The signatures that went along, confirmed as the secretariat does it; gives how many were new.

    That the ministries of July 2024 are signatories follows from the decision note: all departments are.
    """
    confirmed = 0
    for before, after, on in CARRIED_ON:
        pending = Succession.objects.filter(
            confirmed_on=None, predecessor=known[before], successor=known[after]
        )
        for succession in pending:
            confirm_succession(succession=succession, on=on, by=None)
            confirmed += 1
    return confirmed


def _offices(known: Organisations) -> Iterator[Fields]:
    until, since = {"valid_until": date(2024, 7, 1)}, {"valid_from": NEW_CABINET}
    water = "De staatssecretaris van Infrastructuur en Waterstaat"
    for slug, organisation, title, lives in (
        ("staatssecretaris-ienw", IENW, water, until),
        ("staatssecretaris-ienw-ovm", IENW, f"{water} - Openbaar Vervoer en Milieu", since),
        ("minister-bzk", BZK, "De minister van Binnenlandse Zaken en Koninkrijksrelaties", {}),
        ("minister-ezk", EZ, "De minister van Economische Zaken en Klimaat", until),
        ("minister-ez", EZ, "De minister van Economische Zaken", since),
        ("minister-szw", SZW, "De minister van Sociale Zaken en Werkgelegenheid", {}),
        ("minister-ocw", OCW, "De minister van Onderwijs, Cultuur en Wetenschap", {}),
        ("minister-lnv", LNV, "De minister van Landbouw, Natuur en Voedselkwaliteit", until),
        ("minister-bz", BZ, "De minister van Buitenlandse Zaken", {}),
        (
            "minister-bhos",
            BZ,
            "De minister voor Buitenlandse Handel en Ontwikkelingssamenwerking",
            {"valid_until": None, "source": f"{LETTER_2023}; {NOTE} noemt het nog op 3 december 2024"},
        ),
    ):
        yield {
            "slug": slug,
            "organisation": known[organisation],
            "title": title,
            "source": f"{LETTER_2023}; begin en einde {TO_CONFIRM}" if lives else LETTER_2023,
            **lives,
        }


def _signatures(offices: dict[str, Office]) -> Iterator[Fields]:
    """All signatures; the first thirteen are of the ministries, of which BZ set two."""
    public = {"citation": GAZETTE, "source": GAZETTE}
    known_offices = {IENW: offices["staatssecretaris-ienw"], BZ: offices["minister-bz"]}
    for key in SIGNING_MINISTRIES:
        number = 1 if key == IENW else None
        yield _signature(key, SIGNED, number=number, office=known_offices.get(key), **public)
    yield _signature(f"{BZ}-bhos", SIGNED, office=offices["minister-bhos"], **public)
    yield _signature(WATER_BOARDS, SIGNED, number=14, **public)
    yield _signature("pv27", SIGNED, **public)
    yield _signature("pv26", SIGNED, **public)
    yield _signature(
        "buch", SIGNED, citation=GAZETTE, source="rtv80.nl: één bestuurder tekende voor vier gemeenten"
    )
    yield _signature("gm1916", PartialDate.month(2023, 2), source="lv.nl: februari 2023")
    yield _signature(
        "gm0233",
        date(2025, 12, 15),
        source=f"ermelo.nl: een 15 december; het jaar is afgeleid van de dag van de week en {TO_CONFIRM}",
    )
    yield from _invented_signatures()


def _invented_signatures() -> Iterator[Fields]:
    for key in _invented_at_signing():
        yield _signature(key, SIGNED, **DEMO)
    for number, day in zip(BEFORE_LETTER, BEFORE_LETTER_ON, strict=True):
        yield _signature(municipality(number), day, **DEMO)
    for number, signed in LATER.items():
        key = municipality(number)
        yield _signature(key, signed, withdrawn_on=WITHDRAWN.get(key), **DEMO)


def _invented_at_signing() -> Iterator[str]:
    yield from (province(number) for number in range(1, PROVINCES + 1))
    yield from (municipality(number) for number in AT_SIGNING)
    yield from (institution(number) for number in range(1, INSTITUTIONS + 1))


def _signature(slug: str, signed_on: PartialDate | date, **fields: object) -> Fields:
    return {"slug": slug, "signed_on": signed_on, **fields}


def _signatories(under: dict[str, Signature], known: Organisations) -> Iterator[Fields]:
    """One organisation for each signature, but for those that stand for more."""
    boards = [
        row.key for row in known.values() if row.kind == Kind.WATER_AUTHORITY and _lived_on(row, SIGNED)
    ]
    many = {
        WATER_BOARDS: (boards, f"{GAZETTE}: één handtekening voor alle waterschappen"),
        "buch": (BUCH, "rtv80.nl: één bestuurder tekende voor vier gemeenten"),
        f"{BZ}-bhos": ([BZ], GAZETTE),
    }
    for slug, signature in under.items():
        keys, source = many.get(slug, ([slug], signature.source))
        for key in keys:
            demo = signature.is_demo
            yield {
                "signature": signature,
                "organisation": known[key],
                "valid_from": None,
                "source": INVENTED if demo else source,
                "is_demo": demo,
            }


def _lived_on(row: Organisation, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (
        row.valid_until is None or day <= row.valid_until
    )
