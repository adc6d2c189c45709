"""The official registers of January 2026, whole."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from signatories import facts
from signatories.models import Event, Kind, Organisation, OrganisationName, Succession
from signatories.tooi import Import, import_registers
from tests.official import REGISTERS, needs_registers

pytestmark = [pytest.mark.django_db, needs_registers]

NOW = date(2026, 1, 29)


@pytest.fixture
def imported() -> Import:
    return import_registers(REGISTERS)


def test_they_hold_what_is_known_of_them(imported: Import) -> None:
    found = {
        register.file: (len(register.told.records), register.current, register.events)
        for register in imported.registers
    }
    assert found == {
        "rwc_gemeenten_compleet_5.json": (605, 342, 128),
        "rwc_provincies_compleet_1.json": (12, 12, 0),
        "rwc_waterschappen_compleet_2.json": (32, 21, 5),
    }
    assert not any(register.remarks for register in imported.registers)


def test_the_register_knows_how_many_there_were_on_a_day(imported: Import) -> None:
    municipalities = Organisation.objects.of_kind(Kind.MUNICIPALITY)
    assert municipalities.existing(on=NOW).count() == 342
    assert municipalities.existing(on=date(2022, 11, 24)).count() == 344
    assert Organisation.objects.of_kind(Kind.WATER_AUTHORITY).existing(on=NOW).count() == 21
    assert Organisation.objects.of_kind(Kind.PROVINCE).existing(on=NOW).count() == 12


def test_every_municipality_lies_in_a_province(imported: Import) -> None:
    assert not Organisation.objects.of_kind(Kind.MUNICIPALITY).filter(province=None).exists()


@pytest.mark.parametrize(
    ("key", "name", "sort_name", "province"),
    [
        ("gm0518", "Den Haag", "den haag", "pv28"),
        ("gm0796", "'s-Hertogenbosch", "hertogenbosch", "pv30"),
        ("gm0373", "Bergen (NH)", "bergen (nh)", "pv27"),
        ("gm0893", "Bergen (L)", "bergen (l)", "pv31"),
    ],
)
def test_names_that_trip_people(imported: Import, key: str, name: str, sort_name: str, province: str) -> None:
    row = Organisation.objects.select_related("province").get(key=key)
    assert row.province is not None
    found = row.name_on(NOW)
    assert (found.name, found.sort_name, row.province.key) == (name, sort_name, province)
    assert found.name_with_kind == f"gemeente {name}"


def test_nobody_is_called_s_gravenhage(imported: Import) -> None:
    assert not OrganisationName.objects.filter(name__icontains="gravenhage").exists()


def test_successions(imported: Import) -> None:
    events = Counter(Succession.objects.values_list("event", flat=True))
    assert events == {Event.MERGER: 178, Event.EXTENSION: 79, Event.REARRANGEMENT: 12, Event.SPLIT: 10}
    haaren = Succession.objects.filter(predecessor__key="gm0788").values_list("successor__key", flat=True)
    assert sorted(haaren) == ["gm0757", "gm0824", "gm0855", "gm0865"]
    assert not Succession.objects.confirmed().exists()


def test_what_looks_odd_in_them_is_told(imported: Import) -> None:
    assert imported.remarks == (
        "gm0240 Groenlo eindigt op 18 mei 2006, maar de bron dateert de herschikking op 20 mei 2006.",
    )


def test_a_second_time_changes_nothing(imported: Import) -> None:
    assert not import_registers(REGISTERS).plan.changes


def test_the_table_of_facts_says_the_same(imported: Import) -> None:
    """After the registers, the table only adds what is in none of them: ministries and other parties."""
    made = facts.load()
    assert {record.kind for record in made.additions} == {
        Kind.MINISTRY,
        Kind.UMBRELLA,
        Kind.AGENCY,
        Kind.BUSINESS,
    }
    assert made.updates == ()
    assert {link.predecessor for link in made.successions} == {"mnre1034", "mnre1045", "mnre1058"}


def test_after_the_table_of_facts_the_registers_change_nothing() -> None:
    facts.load()
    before = set(Organisation.objects.values_list("key", "source"))
    assert not import_registers(REGISTERS).plan.changes
    assert set(Organisation.objects.values_list("key", "source")) == before
