"""Search finds what people type, the best first, by its indexes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import F

from signatories import facts
from signatories.models import Alias, Kind, Organisation, OrganisationName, finding
from tests.factories.registers import municipalities
from tests.factories.signatories import (
    AliasFactory,
    OrganisationFactory,
    SuccessionFactory,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
TODAY = date(2025, 1, 31)
NAME_INDEXES = ("organisationname_search", "organisationname_bare")


def found(text: str) -> list[str]:
    """Names on the day, the nearest first, of what exists on it."""
    rows = Organisation.objects.existing(on=TODAY).with_name(on=TODAY).search(text)
    return [getattr(row, "name_on_day", "") for row in rows.order_by(F("closeness").desc(), "key")]


def test_the_real_register_is_found_as_people_type_it() -> None:
    facts.load()
    best = {
        "den haag": "Den Haag",
        "'s-Gravenhage": "Den Haag",
        "’s gravenhage": "Den Haag",
        "Den Bosch": "'s-Hertogenbosch",
        "s-hertogenbsoch": "'s-Hertogenbosch",
        "Friesland": "Fryslân",
        "sudwest": "Súdwest-Fryslân",
        "Hearlen": "Heerlen",
        "zwoole": "Zwolle",
        "amserdam": "Amsterdam",
        "bergen nh": "Bergen (NH)",
        "Brielle": "Voorne aan Zee",
        "EZK": "Economische Zaken",
        "GM0363": "Amsterdam",
        "ede": "Ede",
        "gemeente utrecht": "Utrecht",
    }
    assert {text: found(text)[0] for text in best} == best
    assert set(found("BUCH")) == {"Bergen (NH)", "Uitgeest", "Castricum", "Heiloo"}
    assert found("Heerlen") == ["Heerlen"]


def test_exact_stands_before_beginning_before_holding() -> None:
    for name in ("Nieuw Bergen", "Bergenhuizen", "Bergen"):
        OrganisationFactory(called__name=name)
    assert found("bergen") == ["Bergen", "Bergenhuizen", "Nieuw Bergen"]


def test_who_types_it_right_sees_no_guesses() -> None:
    for name in ("Heerlen", "Heerle"):
        OrganisationFactory(called__name=name)
    assert found("heerlen") == ["Heerlen"]
    assert found("heerln") == ["Heerlen", "Heerle"]


def test_the_name_of_a_predecessor_leads_on_however_many_steps() -> None:
    first, second, third = (OrganisationFactory(called__name=name) for name in ("Eerst", "Toen", "Nu"))
    SuccessionFactory(predecessor=first, successor=second)
    SuccessionFactory(predecessor=second, successor=third)
    assert found("eerst") == ["Eerst", "Toen", "Nu"]


def test_a_search_for_signs_alone_or_nothing_known_finds_nothing_odd() -> None:
    OrganisationFactory(called__name="Heerlen")
    assert found("xyzxyz") == []
    assert found("%") == []
    assert found("_") == []


@pytest.mark.parametrize("many", [1, 40])
def test_a_search_takes_three_queries(many: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    municipalities(many)
    with django_assert_num_queries(3):
        assert len(found("voorbeeldgemeente")) == many


def test_with_four_thousand_a_search_asks_the_indexes() -> None:
    made = Organisation.objects.bulk_create(Organisation(key=f"o-{n}", kind=Kind.OTHER) for n in range(4000))
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=item, name=f"Plaats {item.key}", name_with_kind=f"gemeente {item.key}")
        for item in made
    )
    OrganisationFactory(called__name="Heerlen")
    with connection.cursor() as cursor:  # what the database does by itself after a while
        for index in NAME_INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute("ANALYZE signatories_organisation, signatories_organisationname")
    plan = finding._named("hearlen").explain()
    for index in (*NAME_INDEXES, "organisation_key_upper"):
        assert index in plan, plan
    assert "Seq Scan on signatories_organisation" not in plan
    assert found("hearlen") == ["Heerlen"]


def test_aliases_are_loaded_once_and_not_brought_back() -> None:
    facts.load()
    assert facts.load_aliases() == 0
    Alias.objects.filter(name="Den Bosch").delete()
    assert facts.load_aliases() == 0
    assert not Alias.objects.filter(name="Den Bosch").exists()


def test_every_alias_of_the_table_has_a_source_and_an_organisation() -> None:
    facts.load()
    assert not Alias.objects.filter(source="").exists()
    assert Alias.objects.count() == len(list(facts._lines(facts.ALIASES)))


def test_an_alias_is_asked_about_when_it_means_more_than_one() -> None:
    AliasFactory(name="BUCH", organisation__called__name="Castricum")
    AliasFactory(name="BUCH", organisation__called__name="Heiloo")
    assert set(found("buch")) == {"Castricum", "Heiloo"}
