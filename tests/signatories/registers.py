"""Small registers of the official shape: expanded JSON-LD, every value in a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ONT = "https://identifier.overheid.nl/tooi/def/ont/"
ID = "https://identifier.overheid.nl/tooi/id/"
WL = "https://identifier.overheid.nl/tooi/def/wl/"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"
FOLDERS = {
    "Gemeente": "gemeente",
    "Provincie": "provincie",
    "Waterschap": "waterschap",
    "Ministerie": "ministerie",
    "Samenwerkingsorganisatie": "so",
}
Node = dict[str, Any]


def header(*, seen_on: str = "2026-01-29", version: str = "5", title: str = "Register klein") -> Node:
    return {
        "@id": f"https://identifier.overheid.nl/tooi/set/rwc_klein/{version}",
        "@type": [f"{WL}RegisterwaardelijstCompleet", "http://www.w3.org/2002/07/owl#Ontology"],
        f"{ONT}titel": text(title),
        f"{WL}volgnummer": text(version, "integer"),
        f"{ONT}zichtdatum": text(seen_on, "date"),
    }


def organisation(code: str, name: str, *, kind: str = "Gemeente", **fields: str) -> Node:
    """Fields: province, begin, end, abbreviation, with_kind, sort_name."""
    node = {
        "@id": f"{ID}{FOLDERS[kind]}/{code}",
        "@type": [f"{ONT}{kind}"],
        "http://www.w3.org/2000/01/rdf-schema#label": text(name),
        f"{ONT}organisatiecode": text(code),
        f"{ONT}officieleNaamExclSoort": text(f"officieel {name}"),
        **names(name, kind, **fields),
    }
    if "province" in fields:
        node[f"{ONT}ligtInProvincie"] = [{"@id": f"{ID}provincie/{fields['province']}"}]
    for field, key in (("begin", "begindatum"), ("end", "einddatum")):
        if field in fields:
            node[f"{ONT}{key}"] = text(fields[field], "date")
    return node


def municipality(code: str, name: str, *, province: str = "pv26", **fields: str) -> Node:
    return organisation(code, name, province=province, **fields)


def province(code: str = "pv26", name: str = "Utrecht", **fields: str) -> Node:
    return organisation(code, name, kind="Provincie", **fields)


def former(
    code: str, name: str, *, until: str, since: str = "", kind: str = "Waterschap", **fields: str
) -> Node:
    """A historic version of the organisation, with the name that it had."""
    node = {
        "@id": f"{ID}{FOLDERS[kind]}/hv_{code}_{until}",
        "@type": [f"{ONT}HistorischeVersie", f"{ONT}{kind}"],
        f"{PROV}specializationOf": [{"@id": f"{ID}{FOLDERS[kind]}/{code}"}],
        f"{ONT}einddatumHV": text(until, "date"),
        f"{ONT}organisatiecode": text(code),
        **names(name, kind, **fields),
    }
    if since:
        node[f"{ONT}begindatumHV"] = text(since, "date")
    return node


def event(
    sort: str, on: str, *, gone: list[str], made: list[str] | None = None, used: list[str] | None = None
) -> Node:
    node = {
        "@id": f"{ID}gemeente/wzg_{sort}_{'_'.join(gone)}_{'_'.join((made or []) + (used or []))}",
        "@type": [f"{ONT}{sort}"],
        f"{ONT}tijdstipWijziging": text(f"{on}T00:00:00+01:00", "dateTime"),
        f"{PROV}invalidated": refs(gone),
    }
    if made:
        node[f"{PROV}generated"] = refs(made)
    if used:
        node[f"{PROV}used"] = refs(used)
    return node


def write(folder: Path, *nodes: Node, name: str = "klein.json", **head: str) -> Path:
    path = folder / name
    path.write_text(json.dumps([*nodes, header(**head)], ensure_ascii=False), encoding="utf-8")
    return path


def names(name: str, kind: str, **fields: str) -> Node:
    node = {
        f"{ONT}voorkeursnaamExclSoort": text(name),
        f"{ONT}voorkeursnaamInclSoort": text(fields.get("with_kind", f"{kind.lower()} {name}")),
        f"{ONT}voorkeursnaamSorteer": text(fields.get("sort_name", name.lower())),
    }
    if "abbreviation" in fields:
        node[f"{ONT}afkorting"] = text(fields["abbreviation"])
    return node


def text(value: str, kind: str = "") -> list[Node]:
    return [{"@type": f"{XSD}{kind}", "@value": value} if kind else {"@value": value}]


def refs(codes: list[str]) -> list[Node]:
    return [{"@id": f"{ID}gemeente/{code}"} for code in codes]
