"""What would change, as pure data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from signatories.models import Event, Kind
from signatories.tooi import RegisterError, plan
from signatories.tooi.plan import Correction, Plan, Rename
from signatories.tooi.records import DatedName, Known, Link, Record, Told

SEEN = date(2026, 1, 29)
NEW_YEAR, NEW_YEARS_EVE = date(2019, 1, 1), date(2018, 12, 31)

UTRECHT = Record("pv26", Kind.PROVINCE, (DatedName("Utrecht", "provincie Utrecht", "utrecht"),), seen_on=SEEN)


def record(key: str, name: str = "Oud", **fields: Any) -> Record:
    names = (DatedName(name, f"gemeente {name}", name.lower()),)
    return replace(Record(key, Kind.MUNICIPALITY, names, seen_on=SEEN), **fields)


def link(old: str, new: str, event: Event = Event.MERGER, on: date = NEW_YEAR) -> Link:
    return Link(old, new, on, event, file="klein.json", node="wzg_1")


def make(
    known: list[Record], *told: Record, links: tuple[Link, ...] = (), had: tuple[Link, ...] = ()
) -> Plan:
    state = Known({item.key: item for item in known}, {item.identity: item for item in had})
    return plan.make(state, [Told(told, links)])


def test_what_we_do_not_have_is_added() -> None:
    made = make([], UTRECHT, record("gm0001", province="pv26"))
    assert [item.key for item in made.additions] == ["pv26", "gm0001"]
    assert made.changes


def test_what_we_have_already_changes_nothing() -> None:
    made = make(
        [UTRECHT, record("gm0001")], UTRECHT, record("gm0001", source="ander", seen_on=date(2025, 1, 1))
    )
    assert made == Plan()
    assert not made.changes


def test_a_rename_tells_from_what_to_what_and_when() -> None:
    made = make([record("gm0001", "Oud")], record("gm0001", "Nieuw"))
    assert made.renames == (Rename("gm0001", "Oud", "Nieuw", SEEN),)
    assert made.corrections == ()


def test_an_end_is_told_once() -> None:
    ended = record("gm0001", valid_until=NEW_YEARS_EVE)
    assert make([record("gm0001")], ended).ends == (ended,)
    assert not make([ended], ended).changes


def test_an_end_is_not_undone_by_a_source_that_does_not_know_it() -> None:
    made = make([record("gm0001", valid_until=NEW_YEARS_EVE)], record("gm0001"))
    assert not made.changes
    assert made.remarks == (
        "gm0001 Oud is bij ons geëindigd op 31 december 2018; de bron noemt geen einddatum.",
    )


def test_an_end_after_the_day_of_the_source_needs_no_remark() -> None:
    made = make([record("gm0001", valid_until=date(2027, 1, 1))], record("gm0001"))
    assert (made.changes, made.remarks) == (False, ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"province": "pv26"}, Correction("gm0001", "provincie", "", "pv26")),
        ({"valid_from": NEW_YEAR}, Correction("gm0001", "begindatum", "", "1 januari 2019")),
    ],
)
def test_a_fact_that_was_missing_is_a_correction(fields: dict[str, Any], expected: Correction) -> None:
    assert make([UTRECHT, record("gm0001")], record("gm0001", **fields)).corrections == (expected,)


def test_another_end_is_a_correction() -> None:
    made = make([record("gm0001", valid_until=NEW_YEAR)], record("gm0001", valid_until=NEW_YEARS_EVE))
    assert made.ends == ()
    assert made.corrections == (Correction("gm0001", "einddatum", "1 januari 2019", "31 december 2018"),)


def test_another_way_to_sort_is_a_correction() -> None:
    better = (DatedName("Oud", "gemeente Oud", "oude", valid_from=NEW_YEAR, abbreviation="O"),)
    before = record("gm0001", names=(replace(better[0], sort_name="oud", abbreviation=""),))
    (correction,) = make([before], record("gm0001", names=better)).corrections
    assert (correction.what, correction.before) == ("naam", "gemeente Oud (oud, vanaf 1 januari 2019)")
    assert correction.after == "gemeente Oud (oude, O, vanaf 1 januari 2019)"


def test_an_organisation_that_had_no_name_gets_it_as_a_correction() -> None:
    made = make([record("gm0001", names=())], record("gm0001"))
    assert made.renames == ()
    assert [item.what for item in made.corrections] == ["naam"]


def test_a_former_name_that_we_hear_of_now_is_a_correction() -> None:
    names = (
        DatedName("Oud", "de gemeente Oud", "oud", valid_until=NEW_YEARS_EVE),
        DatedName("Oud", "gemeente Oud", "oud", valid_from=NEW_YEAR),
    )
    made = make([record("gm0001")], record("gm0001", names=names))
    assert made.renames == ()
    assert [item.what for item in made.corrections] == ["naam"]


def test_a_name_that_returns_is_a_rename_too() -> None:
    names = (
        DatedName("Oud", "gemeente Oud", "oud", valid_until=NEW_YEARS_EVE),
        DatedName("Nieuw", "gemeente Nieuw", "nieuw", valid_from=NEW_YEAR),
    )
    made = make([record("gm0001", names=names)], record("gm0001", "Oud"))
    assert made.renames == (Rename("gm0001", "Nieuw", "Oud", SEEN),)


def test_a_succession_is_new_once() -> None:
    both = [record("gm0001", valid_until=NEW_YEARS_EVE), record("gm0002")]
    merger = link("gm0001", "gm0002")
    assert make(both, *both, links=(merger, merger)).successions == (merger,)
    assert not make(both, *both, links=(merger,), had=(merger,)).changes


def test_a_succession_with_another_event_is_put_right() -> None:
    both = [record("gm0001", valid_until=NEW_YEARS_EVE), record("gm0002")]
    split = link("gm0001", "gm0002", Event.SPLIT)
    assert make(both, links=(split,), had=(link("gm0001", "gm0002"),)).successions == (split,)


def test_days_that_do_not_meet_are_told() -> None:
    groenlo = record("gm0240", "Groenlo", valid_until=date(2006, 5, 18))
    event = link("gm0240", "gm1586", Event.REARRANGEMENT, date(2006, 5, 20))
    assert make([], groenlo, record("gm1586"), links=(event,)).remarks == (
        "gm0240 Groenlo eindigt op 18 mei 2006, maar de bron dateert de herschikking op 20 mei 2006.",
    )


def test_a_succession_of_a_stranger_is_refused_with_its_place() -> None:
    with pytest.raises(RegisterError) as caught:
        make([], record("gm0001"), links=(link("gm0001", "gm0002"),))
    assert str(caught.value) == "klein.json, knoop wzg_1, veld opvolger: gm0002 is niet bekend."


def test_a_province_that_nobody_knows_is_left_out_and_told_once() -> None:
    made = make([], record("gm0001", province="pv26"), record("gm0002", province="pv26"))
    assert [item.province for item in made.additions] == ["", ""]
    assert len(made.remarks) == 1
    assert "Lees ook het register van de provincies in." in made.remarks[0]


def test_of_two_versions_the_later_one_has_the_last_word() -> None:
    earlier, later = record("gm0001", "Oud", seen_on=date(2021, 1, 1)), record("gm0001", "Nieuw")
    for order in ([earlier, later], [later, earlier]):
        (made,) = make([], *order).additions
        assert [name.name for name in made.names] == ["Oud", "Nieuw"]
