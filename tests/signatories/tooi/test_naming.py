"""Names laid over names: pure data."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatories.models import Kind
from signatories.tooi import naming
from signatories.tooi.records import DatedName, Record, by_start

START = date(2020, 1, 1)
EVE, CHANGE = date(2024, 7, 1), date(2024, 7, 2)


def name(
    words: str, since: date | None = None, until: date | None = None, abbreviation: str = ""
) -> DatedName:
    return DatedName(words, f"gemeente {words}", words.lower(), abbreviation, since, until)


def told(*names: DatedName, seen_on: date = CHANGE, valid_until: date | None = None) -> Record:
    return Record("gm0001", Kind.MUNICIPALITY, names, valid_until=valid_until, seen_on=seen_on)


def test_a_new_organisation_takes_the_names_as_told() -> None:
    assert naming.merge((), told(name("Oud"))) == (name("Oud"),)


def test_the_same_name_changes_nothing() -> None:
    known = (name("Oud", until=EVE), name("Nieuw", CHANGE))
    assert naming.merge(known, told(name("Nieuw"))) == known


def test_another_name_holds_from_the_day_of_which_the_register_speaks() -> None:
    assert naming.merge((name("Oud"),), told(name("Nieuw"))) == (
        name("Oud", until=EVE),
        name("Nieuw", CHANGE),
    )


def test_a_register_from_before_our_last_name_leaves_that_alone() -> None:
    known = (name("Oud", until=EVE), name("Nieuw", CHANGE))
    assert naming.merge(known, told(name("Oud"), seen_on=START)) == known
    corrected = naming.merge(known, told(name("Ouder"), seen_on=START))
    assert corrected == (
        name("Oud", until=START - timedelta(days=1)),
        name("Ouder", START, EVE),
        name("Nieuw", CHANGE),
    )


def test_a_second_register_of_the_same_day_corrects_the_name() -> None:
    known = (name("Oud", until=EVE), name("Niew", CHANGE))
    assert naming.merge(known, told(name("Nieuw"))) == (name("Oud", until=EVE), name("Nieuw", CHANGE))


def test_the_name_of_what_has_ended_is_corrected_not_succeeded() -> None:
    gone = told(name("Beter"), valid_until=START)
    assert naming.merge((name("Goed"),), gone) == (name("Beter"),)


def test_another_way_to_sort_is_no_new_name() -> None:
    heard = DatedName("Oud", "gemeente Oud", "'oud'")
    assert naming.merge((name("Oud", START),), told(heard)) == (
        DatedName("Oud", "gemeente Oud", "'oud'", valid_from=START),
    )


def test_an_abbreviation_is_not_taken_away_by_silence() -> None:
    known = (name("Economische Zaken", abbreviation="EZ"),)
    assert naming.merge(known, told(name("Economische Zaken"))) == known
    dated = told(name("EZ en Klimaat", until=EVE), name("Economische Zaken", CHANGE))
    assert naming.merge(known, dated)[1].abbreviation == "EZ"


def test_dated_names_of_a_register_stand() -> None:
    """What we dated from memory gives way to what the register dates."""
    known = (name("Oud", START, EVE), name("Nieuw", CHANGE))
    official = told(name("Oud", until=date(2024, 6, 30)), name("Nieuw", date(2024, 7, 1)))
    assert naming.merge(known, official) == official.names


def test_dated_names_leave_a_later_name_alone() -> None:
    known = (name("Oud"), name("Nieuwst", date(2027, 1, 1)))
    heard = told(name("Oud", until=EVE), name("Nieuw", CHANGE))
    assert naming.merge((name("Oud", until=date(2026, 12, 31)), known[1]), heard) == (
        name("Oud", until=EVE),
        name("Nieuw", CHANGE, date(2026, 12, 31)),
        known[1],
    )


def test_a_name_before_our_first_one_goes_in_front() -> None:
    known = (name("Nieuw", CHANGE),)
    assert naming.merge(known, told(name("Oud"), seen_on=START)) == (
        name("Oud", START, EVE),
        name("Nieuw", CHANGE),
    )


@pytest.mark.parametrize(
    ("day", "expected"), [(START, "Oud"), (EVE, "Oud"), (CHANGE, "Oud"), (date(2025, 1, 1), "Nieuw")]
)
def test_the_nearest_name_is_that_of_the_database(day: date, expected: str) -> None:
    known = (name("Oud", START, EVE), name("Nieuw", date(2025, 1, 1)))
    assert naming.at(known, day).name == expected
    assert naming.at(known, date(2000, 1, 1)).name == "Oud"


# ── properties ──

DAYS = st.integers(0, 60).map(lambda days: START + timedelta(days=days))
WORDS = st.sampled_from(["Aa", "Bee", "Cee"])


@st.composite
def histories(draw: st.DrawFn) -> tuple[DatedName, ...]:
    """Names one after the other without a gap, the first and last open."""
    starts = sorted(draw(st.sets(DAYS, max_size=3)))
    words = [draw(WORDS) for _ in range(len(starts) + 1)]
    ends = [start - timedelta(days=1) for start in starts]
    return tuple(
        name(word, since, until)
        for word, since, until in zip(words, [None, *starts], [*ends, None], strict=True)
    )


@st.composite
def hearings(draw: st.DrawFn) -> Record:
    """A source speaks of names up to its own day; of a former name it knows the end."""
    names = draw(histories())
    last = names[-1].valid_from or START
    return told(*names, seen_on=last + timedelta(days=draw(st.integers(0, 30))))


@given(histories(), hearings())
def test_names_never_overlap_and_never_leave_a_gap(known: tuple[DatedName, ...], heard: Record) -> None:
    merged = naming.merge(known, heard)
    assert merged == by_start(merged)
    assert merged[0].valid_from is None
    assert merged[-1].valid_until is None
    for before, after in pairwise(merged):
        assert before.valid_until is not None
        assert after.valid_from == before.valid_until + timedelta(days=1)


@given(histories(), hearings())
def test_hearing_the_same_twice_changes_nothing(known: tuple[DatedName, ...], heard: Record) -> None:
    once = naming.merge(known, heard)
    assert naming.merge(once, heard) == once


@given(histories(), hearings())
def test_afterwards_the_name_on_that_day_is_the_one_told(known: tuple[DatedName, ...], heard: Record) -> None:
    merged = naming.merge(known, heard)
    assert naming.at(merged, heard.seen_on).words == naming.at(heard.names, heard.seen_on).words
