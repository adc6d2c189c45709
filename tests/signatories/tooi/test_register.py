"""Reading a register: what it tells, and where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from signatories.models import Event, Kind
from signatories.tooi import Problem, Register, RegisterError, read
from signatories.tooi.records import Record
from tests.signatories.registers import (
    ONT,
    PROV,
    Node,
    event,
    former,
    header,
    municipality,
    organisation,
    province,
    write,
)


def records(register: Register) -> dict[str, Record]:
    return {record.key: record for record in register.told.records}


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(RegisterError) as caught:
        read(path)
    return caught.value.problems


def test_names_come_from_the_preferred_names(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        municipality("gm0518", "Den Haag", province="pv28"),
        municipality("gm0796", "'s-Hertogenbosch", province="pv30", sort_name="hertogenbosch"),
        municipality("gm0373", "Bergen (NH)", province="pv27"),
        municipality("gm0893", "Bergen (L)", province="pv31"),
    )
    found = records(read(path))
    assert found["gm0518"].names[0].words == ("Den Haag", "gemeente Den Haag", "den haag", "")
    assert found["gm0796"].names[0].sort_name == "hertogenbosch"
    assert (found["gm0373"].province, found["gm0893"].province) == ("pv27", "pv31")


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("Gemeente", "gm0363", Kind.MUNICIPALITY),
        ("Provincie", "pv27", Kind.PROVINCE),
        ("Waterschap", "ws0636", Kind.WATER_AUTHORITY),
        ("Ministerie", "mnre1034", Kind.MINISTRY),
        ("Samenwerkingsorganisatie", "so0874", Kind.OTHER),
    ],
)
def test_the_class_tells_the_kind(tmp_path: Path, kind: str, code: str, expected: Kind) -> None:
    path = write(tmp_path, organisation(code, "Naam", kind=kind, province="pv26"))
    assert records(read(path))[code].kind is expected


def test_events_are_no_organisations(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        municipality("gm0001", "Oud", end="2018-12-31"),
        municipality("gm0002", "Nieuw", begin="2019-01-01"),
        event("Samenvoeging", "2019-01-01", gone=["gm0001"], made=["gm0002"]),
    )
    register = read(path)
    assert list(records(register)) == ["gm0001", "gm0002"]
    assert (register.current, register.events) == (1, 1)
    assert [(link.identity, link.event) for link in register.told.links] == [
        (("gm0001", "gm0002", date(2019, 1, 1)), Event.MERGER)
    ]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("Samenvoeging", Event.MERGER),
        ("Uitbreiding", Event.EXTENSION),
        ("Herschikking", Event.REARRANGEMENT),
    ],
)
def test_each_sort_of_event_is_known(tmp_path: Path, sort: str, expected: Event) -> None:
    path = write(
        tmp_path,
        municipality("gm0001", "Oud", end="2018-12-31"),
        municipality("gm0002", "Ander"),
        event(sort, "2019-01-01", gone=["gm0001"], used=["gm0002"]),
    )
    (link,) = read(path).told.links
    assert link.event is expected


@pytest.mark.parametrize("events", [1, 2])
def test_what_goes_to_several_was_split(tmp_path: Path, events: int) -> None:
    """Whether the register says it in one event (Haaren) or in two (Winsum)."""
    into = [["gm0002", "gm0003"]] if events == 1 else [["gm0002"], ["gm0003"]]
    path = write(
        tmp_path,
        municipality("gm0001", "Deel", end="2020-12-31"),
        municipality("gm0002", "West"),
        municipality("gm0003", "Oost"),
        *(event("Uitbreiding", "2021-01-01", gone=["gm0001"], used=used) for used in into),
    )
    assert [(link.successor, link.event) for link in read(path).told.links] == [
        ("gm0002", Event.SPLIT),
        ("gm0003", Event.SPLIT),
    ]


def test_former_versions_are_names_with_days(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        former("ws0155", "Amstelland", until="2016-12-31"),
        former("ws0155", "Amstel", until="2020-12-31"),
        organisation("ws0155", "Amstel en Vecht", kind="Waterschap", begin="2021-01-01"),
    )
    record = records(read(path))["ws0155"]
    assert [(name.name, name.valid_from, name.valid_until) for name in record.names] == [
        ("Amstelland", None, date(2016, 12, 31)),
        ("Amstel", date(2017, 1, 1), date(2020, 12, 31)),
        ("Amstel en Vecht", date(2021, 1, 1), None),
    ]
    assert record.valid_from is None, "the begin date is that of the present version"


def test_a_former_version_may_tell_where_the_organisation_began(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        former("ws0155", "Amstelland", since="2011-01-01", until="2016-12-31"),
        organisation("ws0155", "Amstel", kind="Waterschap", begin="2017-01-01"),
    )
    assert records(read(path))["ws0155"].valid_from == date(2011, 1, 1)


def test_what_the_register_does_not_say_is_empty(tmp_path: Path) -> None:
    record = records(read(write(tmp_path, province())))["pv26"]
    assert (record.valid_from, record.valid_until, record.province) == (None, None, "")


def test_the_source_is_the_register_with_its_day(tmp_path: Path) -> None:
    path = write(
        tmp_path, province(), title="Register provincies compleet", version="1", seen_on="2021-11-15"
    )
    record = records(read(path))["pv26"]
    expected = "TOOI, Register provincies compleet, versie 1, zichtdatum 15 november 2021"
    assert (record.source, record.names[0].source, record.seen_on) == (expected, expected, date(2021, 11, 15))


def test_an_unknown_sort_of_node_is_told_not_swallowed(tmp_path: Path) -> None:
    odd = {"@id": "https://example.invalid/x", "@type": [f"{ONT}Kaart"]}
    assert read(write(tmp_path, province(), odd)).remarks == (
        "1 × Kaart overgeslagen: deze soort kent de import niet.",
    )


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, province())
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert records(read(path))


# ── what is wrong, and where ──


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'[{"@id": "x",\n ]', "fout.json: dit is geen geldige JSON (regel 2, teken 2)."),
        (b"", "fout.json: dit is geen geldige JSON (regel 1, teken 1)."),
        (b"\xff\xfe\x00", "fout.json: dit bestand is geen tekst in UTF-8 (byte 0)."),
        (b"{}", "fout.json: dit is geen TOOI-register: er staat geen lijst met knopen in."),
        (b"[]", "fout.json: dit is geen TOOI-register: er staat geen lijst met knopen in."),
        (b'["gm0001"]', "fout.json: element 1 van de lijst is geen knoop met een @id."),
        (b'[{"@id": 3}]', "fout.json: element 1 van de lijst is geen knoop met een @id."),
        (
            b'[{"@id": "gm0001"}]',
            "fout.json: dit is geen TOOI-register: de knoop RegisterwaardelijstCompleet ontbreekt.",
        ),
        (b"[" * 100_000, "fout.json: het bestand kan niet worden gelezen (te diep genest)."),
    ],
)
def test_a_file_that_is_no_register_says_why(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "fout.json"
    path.write_bytes(content)
    assert [str(problem) for problem in problems(path)] == [expected]


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "weg.json")
    assert str(problem).startswith("weg.json: het bestand kan niet worden gelezen (")


def test_a_register_without_organisations_is_refused(tmp_path: Path) -> None:
    assert str(problems(write(tmp_path))[0]) == "klein.json: er staat geen enkele organisatie in dit bestand."


@pytest.mark.parametrize(
    "field",
    [
        "organisatiecode",
        "voorkeursnaamExclSoort",
        "voorkeursnaamInclSoort",
        "voorkeursnaamSorteer",
        "ligtInProvincie",
    ],
)
def test_a_missing_field_is_named_with_its_node(tmp_path: Path, field: str) -> None:
    node = municipality("gm0001", "Oud")
    del node[f"{ONT}{field}"]
    assert [str(problem) for problem in problems(write(tmp_path, node))] == [
        f"klein.json, knoop gm0001, veld {field}: het veld ontbreekt."
    ]


@pytest.mark.parametrize("field", ["titel", "zichtdatum"])
def test_a_header_that_misses_a_field_is_refused(tmp_path: Path, field: str) -> None:
    head = header()
    del head[f"{ONT}{field}"]
    path = tmp_path / "klein.json"
    path.write_text(json.dumps([province(), head]), encoding="utf-8")
    assert [(problem.node, problem.field) for problem in problems(path)] == [("5", field)]


def changed(field: str, value: Any) -> Callable[[], Node]:
    return lambda: {**municipality("gm0001", "Oud", end="2018-12-31"), f"{ONT}{field}": value}


@pytest.mark.parametrize(
    ("make", "field", "text"),
    [
        (changed("einddatum", [{"@value": "2018-02-30"}]), "einddatum", "“2018-02-30” is geen datum."),
        (changed("einddatum", "2018"), "einddatum", "hier hoort een lijst met waarden te staan."),
        (changed("einddatum", []), "einddatum", "hier hoort een lijst met waarden te staan."),
        (changed("organisatiecode", [{"@id": "x"}]), "organisatiecode", "een waarde heeft geen @value."),
        (changed("organisatiecode", ["gm0001"]), "organisatiecode", "een waarde heeft geen @value."),
        (
            changed("organisatiecode", [{"@value": "pv27"}]),
            "organisatiecode",
            "“pv27” is geen code van de soort Gemeente.",
        ),
        (
            changed("organisatiecode", [{"@value": "gm0002"}]),
            "organisatiecode",
            "de code “gm0002” past niet bij deze knoop.",
        ),
        (
            changed("voorkeursnaamExclSoort", [{"@value": " "}]),
            "voorkeursnaamExclSoort",
            "de waarde is leeg.",
        ),
        (
            changed("voorkeursnaamExclSoort", [{"@value": "a"}, {"@value": "b"}]),
            "voorkeursnaamExclSoort",
            "hier mag één waarde staan.",
        ),
        (
            changed("voorkeursnaamExclSoort", [{"@value": "a" * 201}]),
            "voorkeursnaamExclSoort",
            "de waarde is langer dan 200 tekens.",
        ),
        (
            changed("ligtInProvincie", [{"@id": "pv26"}, {"@id": "pv27"}]),
            "ligtInProvincie",
            "hier mag één provincie staan.",
        ),
        (
            changed("begindatum", [{"@value": "2019-01-01"}]),
            "einddatum",
            "de einddatum ligt vóór de begindatum.",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_node(
    tmp_path: Path, make: Callable[[], Node], field: str, text: str
) -> None:
    assert problems(write(tmp_path, make())) == (Problem("klein.json", text, "gm0001", field),)


def without(node: Node, key: str) -> Node:
    return {name: value for name, value in node.items() if name != key}


MERGER = event("Samenvoeging", "2019-01-01", gone=["gm0001"], made=["gm0002"])


@pytest.mark.parametrize(
    ("node", "field", "text"),
    [
        (without(MERGER, f"{ONT}tijdstipWijziging"), "tijdstipWijziging", "het veld ontbreekt."),
        (without(MERGER, f"{PROV}invalidated"), "invalidated", "het veld ontbreekt."),
        (without(MERGER, f"{PROV}generated"), "generated", "de gebeurtenis noemt geen opvolger."),
        (
            event("Uitbreiding", "2019-01-01", gone=["gm0001"], used=["gm0001"]),
            "invalidated",
            "een organisatie kan niet in zichzelf opgaan.",
        ),
    ],
)
def test_a_wrong_event_is_named_with_its_node(tmp_path: Path, node: Node, field: str, text: str) -> None:
    path = write(tmp_path, municipality("gm0001", "Oud"), municipality("gm0002", "Nieuw"), node)
    (problem,) = problems(path)
    assert (problem.field, problem.text) == (field, text)
    assert problem.node.startswith("wzg_")


def test_an_organisation_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, municipality("gm0001", "Oud"), municipality("gm0001", "Nieuw"))
    assert [problem.text for problem in problems(path)] == [
        "deze organisatie staat twee keer in het bestand."
    ]


def test_a_former_version_of_nobody_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, province(), former("ws0155", "Amstel", until="2016-12-31"))
    (problem,) = problems(path)
    assert (problem.field, problem.text) == (
        "specializationOf",
        "de organisatie ws0155 staat niet in het bestand.",
    )


def test_former_versions_that_overlap_are_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        former("ws0155", "Amstel", until="2016-12-31"),
        {**former("ws0155", "Amstel II", until="2016-12-31"), "@id": "hv_2"},
        organisation("ws0155", "Amstel III", kind="Waterschap"),
    )
    assert [problem.text for problem in problems(path)] == ["de historische versies overlappen elkaar."]


def test_all_faults_are_told_at_once_but_not_endlessly(tmp_path: Path) -> None:
    nodes = [without(municipality(f"gm{n:04}", "X"), f"{ONT}voorkeursnaamSorteer") for n in range(25)]
    with pytest.raises(RegisterError) as caught:
        read(write(tmp_path, *nodes))
    lines = str(caught.value).splitlines()
    assert len(caught.value.problems) == 25
    assert (len(lines), lines[-1]) == (21, "… en nog 5 andere fouten.")
