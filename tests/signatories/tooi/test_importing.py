"""Registers into the database: all of it or nothing, and few queries."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pghistory.models
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from signatories.models import Event, Organisation, OrganisationName, Succession
from signatories.tooi import RegisterError, import_registers
from tests.factories.signatories import SignatoryFactory, SuccessionFactory
from tests.signatories.registers import ONT, event, former, municipality, organisation, province, write

if TYPE_CHECKING:
    from signatories.tooi import Plan

pytestmark = pytest.mark.django_db

SEEN = date(2026, 1, 29)


def run(*paths: Path) -> Plan:
    return import_registers(paths).plan


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Two municipalities merge into a third, in one province; one goes on."""
    return write(
        tmp_path,
        municipality("gm0001", "Oud-Noord", end="2018-12-31"),
        municipality("gm0002", "Oud-Zuid", end="2018-12-31"),
        municipality("gm0003", "Nieuwstad", begin="2019-01-01"),
        municipality("gm0004", "Altijd"),
        event("Samenvoeging", "2019-01-01", gone=["gm0001", "gm0002"], made=["gm0003"]),
        province(),
        organisation(
            "ws0155", "Amstel", kind="Waterschap", with_kind="waterschap Amstel", begin="2017-01-01"
        ),
        former("ws0155", "Amstel", with_kind="Hoogheemraadschap Amstel", until="2016-12-31"),
    )


def snapshot() -> list[tuple[object, ...]]:
    """Every row, with its key in the database."""
    models = (Organisation, OrganisationName, Succession)
    return [row for model in models for row in model.objects.order_by("pk").values_list()]


def test_organisations_names_provinces_and_successions_are_stored(register: Path) -> None:
    run(register)
    city = Organisation.objects.get(key="gm0003")
    assert (city.is_tooi, city.valid_from, city.valid_until) == (True, date(2019, 1, 1), None)
    assert city.province == Organisation.objects.get(key="pv26")
    assert city.name_on(SEEN).name_with_kind == "gemeente Nieuwstad"
    assert city.source == "TOOI, Register klein, versie 5, zichtdatum 29 januari 2026"
    successions = Succession.objects.values_list(
        "predecessor__key", "successor__key", "event", "confirmed_on"
    )
    assert list(successions) == [
        ("gm0001", "gm0003", Event.MERGER, None),
        ("gm0002", "gm0003", Event.MERGER, None),
    ]
    water = Organisation.objects.get(key="ws0155")
    assert water.name_on(date(2016, 12, 31)).name_with_kind == "Hoogheemraadschap Amstel"
    assert water.name_on(date(2017, 1, 1)).name_with_kind == "waterschap Amstel"


def test_the_same_file_twice_changes_nothing(register: Path) -> None:
    run(register)
    before, contexts = snapshot(), pghistory.models.Context.objects.count()
    assert not run(register).changes
    assert snapshot() == before
    assert pghistory.models.Context.objects.count() == contexts, "history has nothing to tell"


def test_the_same_file_given_twice_counts_once(register: Path) -> None:
    run(register, register)
    assert Organisation.objects.count() == 6


def test_a_dry_run_writes_nothing_and_plans_the_same(register: Path) -> None:
    planned = import_registers([register], dry_run=True).plan
    assert snapshot() == []
    assert planned == run(register)


def test_history_says_that_it_was_the_import(register: Path) -> None:
    run(register)
    (context,) = pghistory.models.Context.objects.all()
    assert context.metadata == {
        "user": None,
        "action": "tooi.imported",
        "why": "Register klein, versie 5, zichtdatum 29 januari 2026",
    }


def test_a_newer_register_renames_ends_and_merges(register: Path, tmp_path: Path) -> None:
    run(register)
    made = run(
        write(
            tmp_path,
            municipality("gm0003", "Nieuwe Stad"),
            municipality("gm0004", "Altijd", end="2026-12-31"),
            event("Uitbreiding", "2027-01-01", gone=["gm0004"], used=["gm0003"]),
            seen_on="2027-02-01",
            version="6",
        )
    )
    assert [(rename.key, rename.on) for rename in made.renames] == [("gm0003", date(2027, 2, 1))]
    assert [ended.key for ended in made.ends] == ["gm0004"]
    city = Organisation.objects.get(key="gm0003")
    assert city.name_on(date(2027, 1, 31)).name == "Nieuwstad"
    assert city.name_on(date(2027, 2, 1)).name == "Nieuwe Stad"
    assert city.valid_from == date(2019, 1, 1)
    run(write(tmp_path, municipality("gm0003", "Stad"), seen_on="2028-02-01", version="7"))
    assert [name.name for name in city.names.order_by("valid_from")] == ["Nieuwe Stad", "Stad", "Nieuwstad"]
    assert Organisation.objects.get(key="gm0004").valid_until == date(2026, 12, 31)
    assert Succession.objects.filter(successor=city, event=Event.EXTENSION).count() == 1


def test_names_with_other_days_replace_those_we_had(register: Path, tmp_path: Path) -> None:
    """Rows go, shrink and come without ever overlapping."""
    run(register)
    kept = OrganisationName.objects.get(organisation__key="ws0155", valid_from=None)
    run(
        write(
            tmp_path,
            organisation("ws0155", "Amstel", kind="Waterschap", with_kind="waterschap Amstel"),
            former("ws0155", "Amstel", with_kind="Hoogheemraadschap Amstel", until="2017-06-30"),
        )
    )
    rows = OrganisationName.objects.filter(organisation__key="ws0155").order_by("valid_until")
    assert [(row.valid_from, row.valid_until) for row in rows] == [
        (None, date(2017, 6, 30)),
        (date(2017, 7, 1), None),
    ]
    assert rows[0].pk == kept.pk


def test_a_province_that_comes_later_is_filled_in(tmp_path: Path) -> None:
    path = write(tmp_path, municipality("gm0004", "Altijd"))
    assert run(path).remarks
    assert Organisation.objects.get(key="gm0004").province is None
    run(write(tmp_path, province(), name="provincies.json"))
    assert [item.what for item in run(path).corrections] == ["provincie"]
    assert Organisation.objects.get(key="gm0004").province is not None
    assert not run(path).changes


def test_what_is_confirmed_stays_confirmed(register: Path) -> None:
    run(register)
    Succession.objects.update(confirmed_on=SEEN, event=Event.EXTENSION)
    assert len(run(register).successions) == 2
    assert set(Succession.objects.values_list("event", "confirmed_on")) == {(Event.MERGER, SEEN)}


def test_organisations_of_our_own_are_left_alone(register: Path) -> None:
    signatory, succession = SignatoryFactory(), SuccessionFactory()
    run(register)
    run(register)
    signatory.organisation.refresh_from_db()
    assert (signatory.organisation.is_tooi, signatory.organisation.names.count()) == (False, 1)
    assert Succession.objects.get(pk=succession.pk).event == succession.event


def test_one_wrong_file_keeps_all_of_them_out(register: Path, tmp_path: Path) -> None:
    node = municipality("gm0009", "Fout")
    del node[f"{ONT}voorkeursnaamSorteer"]
    wrong = write(tmp_path, node, name="fout.json")
    broken = tmp_path / "kapot.json"
    broken.write_text("[", encoding="utf-8")
    with pytest.raises(RegisterError) as caught:
        run(register, wrong, broken)
    assert [problem.file for problem in caught.value.problems] == ["fout.json", "kapot.json"]
    assert snapshot() == []


def test_what_the_database_refuses_leaves_nothing_behind(register: Path) -> None:
    """A key that somebody gave to an invented organisation."""
    Organisation.objects.create(key="gm0004", kind="municipality", is_demo=True)
    with pytest.raises(IntegrityError, match="organisation_demo_without_tooi"):
        run(register)


def queries(path: Path) -> int:
    with CaptureQueriesContext(connection) as captured:
        run(path)
    return len(captured)


def many(folder: Path, count: int, *, first: int, **head: str) -> Path:
    """Pairs: the odd one goes over into the even one."""
    keys = [f"gm{number:04}" for number in range(first, first + count)]
    called = head.get("version", "5")
    return write(
        folder,
        province(),
        *(municipality(key, f"Stad {key} {called}") for key in keys),
        *(
            event("Uitbreiding", "2027-01-01", gone=[old], used=[new])
            for old, new in zip(keys[::2], keys[1::2], strict=True)
        ),
        **head,
    )


def test_a_register_takes_the_same_few_queries_however_long(tmp_path: Path) -> None:
    run(write(tmp_path, province()))
    added = [queries(many(tmp_path, count, first=count * 10)) for count in (10, 100)]
    renamed = [
        queries(many(tmp_path, count, first=count * 10, version="6", seen_on="2027-01-01"))
        for count in (10, 100)
    ]
    unchanged = [
        queries(many(tmp_path, count, first=count * 10, version="6", seen_on="2027-01-01"))
        for count in (10, 100)
    ]
    # a savepoint and its release, the lock, three to read; then the rows to touch, three to write, and the
    # statistics
    assert (added, renamed, unchanged) == ([11, 11], [11, 11], [6, 6])
