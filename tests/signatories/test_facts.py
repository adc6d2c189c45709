"""The table of facts that the portal carries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signatories import facts
from signatories.models import Event, Kind, Organisation, OrganisationName, Succession
from signatories.services import rename
from signatories.tooi import import_registers
from tests.signatories.registers import former, organisation, write

pytestmark = pytest.mark.django_db

SIGNING, RUTTE_IV, SCHOOF, LETTER = date(2022, 11, 24), date(2024, 7, 1), date(2024, 7, 2), date(2025, 1, 31)


@pytest.fixture
def loaded() -> None:
    facts.load()


def abbreviations(on: date) -> set[str]:
    ministries = Organisation.objects.of_kind(Kind.MINISTRY).existing(on=on)
    return {ministry.name_on(on).abbreviation for ministry in ministries}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("kind", "then", "now"),
    [
        (Kind.MINISTRY, 12, 15),
        (Kind.PROVINCE, 12, 12),
        (Kind.MUNICIPALITY, 344, 342),
        (Kind.WATER_AUTHORITY, 21, 21),
        (Kind.UMBRELLA, 3, 3),
        (Kind.AGENCY, 4, 4),
        (Kind.BUSINESS, 2, 2),
        (Kind.OTHER, 0, 0),
    ],
)
def test_how_many_there_were_at_the_signing_and_at_the_letter(kind: Kind, then: int, now: int) -> None:
    found = Organisation.objects.of_kind(kind)
    assert (found.existing(on=SIGNING).count(), found.existing(on=LETTER).count()) == (then, now)


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = list(OrganisationName.objects.order_by("pk").values_list())
    assert not facts.load().changes
    assert list(OrganisationName.objects.order_by("pk").values_list()) == before


@pytest.mark.usefixtures("loaded")
def test_ministries_bear_the_names_of_the_day() -> None:
    common = {"AZ", "BZK", "BZ", "Def", "Fin", "IenW", "JenV", "OCW", "SZW", "VWS"}
    assert abbreviations(SIGNING) == abbreviations(RUTTE_IV) == common | {"EZK", "LNV"}
    assert abbreviations(SCHOOF) == abbreviations(LETTER) == common | {"EZ", "LVVN", "KGG", "AenM", "VRO"}


@pytest.mark.usefixtures("loaded")
def test_three_ministries_came_out_of_three_others() -> None:
    rows = Succession.objects.filter(on=SCHOOF).values_list("predecessor__key", "successor__key", "event")
    assert set(rows) == {
        ("mnre1045", "mnre1182", Event.TAKEOVER),
        ("mnre1058", "mnre1162", Event.TAKEOVER),
        ("mnre1034", "mnre1171", Event.TAKEOVER),
    }
    assert not Succession.objects.confirmed().exists()


@pytest.mark.usefixtures("loaded")
def test_what_comes_from_memory_says_so() -> None:
    doubtful = (
        *Organisation.objects.filter(kind=Kind.MINISTRY, valid_from=SCHOOF),
        *OrganisationName.objects.filter(organisation__kind=Kind.MINISTRY, valid_from__isnull=False),
        *Succession.objects.filter(on=SCHOOF),
    )
    assert len(doubtful) == 3 + 6 + 3
    assert all("datum te bevestigen" in row.source for row in doubtful)
    assert all("juli 2024" in row.source for row in Succession.objects.filter(on=SCHOOF))


@pytest.mark.usefixtures("loaded")
def test_nothing_is_without_a_source_or_a_name() -> None:
    assert not Organisation.objects.filter(source="").exists()
    assert not OrganisationName.objects.filter(source="").exists()
    assert not Succession.objects.filter(source="").exists()
    assert not Organisation.objects.filter(names=None).exists()
    assert not Organisation.objects.filter(is_demo=True).exists()


@pytest.mark.usefixtures("loaded")
def test_who_has_no_tooi_code_gets_our_own_key() -> None:
    own = Organisation.objects.filter(is_tooi=False).values_list("key", flat=True)
    assert set(own) == {"vng", "ipo", "uvw", "pianoo", "rws", "rvo", "rivm", "vno-ncw", "mvo-nl"}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("key", "name", "province"),
    [
        ("gm0518", "Den Haag", "pv28"),
        ("gm0796", "'s-Hertogenbosch", "pv30"),
        ("gm0373", "Bergen (NH)", "pv27"),
        ("gm0893", "Bergen (L)", "pv31"),
        ("ws0539", "De Dommel", ""),
    ],
)
def test_names_that_trip_people(key: str, name: str, province: str) -> None:
    row = Organisation.objects.select_related("province").get(key=key)
    assert (row.name_on(LETTER).name, row.province.key if row.province else "") == (name, province)


def test_the_table_leaves_alone_what_happened_after_it(loaded: None) -> None:
    ministry = Organisation.objects.get(key="mnre1182")
    rename(organisation=ministry, name="Klimaat", on=date(2027, 1, 1), by=None)
    assert not facts.load().changes
    assert ministry.name_on(date(2027, 1, 1)).name == "Klimaat"


def test_a_register_that_dates_the_names_corrects_ours(loaded: None, tmp_path: Path) -> None:
    """Once the register of ministries is read, its days stand instead of those from memory."""
    common = {"kind": "Ministerie", "with_kind": "ministerie van …"}
    import_registers(
        [
            write(
                tmp_path,
                former("mnre1153", "Landbouw, Natuur en Voedselkwaliteit", until="2024-08-31", **common),
                organisation("mnre1153", "Landbouw, Visserij, Voedselzekerheid en Natuur", **common),
            )
        ]
    )
    ministry = Organisation.objects.get(key="mnre1153")
    assert ministry.name_on(date(2024, 8, 31)).abbreviation == "LNV"
    assert ministry.name_on(date(2024, 9, 1)).abbreviation == "LVVN"


def test_the_table_takes_few_queries() -> None:
    with CaptureQueriesContext(connection) as captured:
        facts.load()
    assert len(captured) == 17  # of which five are for the aliases, and one lets the database look
