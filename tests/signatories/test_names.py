"""An organisation goes by the name of the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from signatories.models import Organisation, OrganisationName
from tests.factories.signatories import OrganisationFactory, OrganisationNameFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

BEFORE, EZK, EVE, CHANGE, NOW = (
    date(2010, 1, 1),
    date(2017, 10, 26),
    date(2024, 7, 1),
    date(2024, 7, 2),
    date(2025, 1, 31),
)


def annotated(row: Organisation, field: str) -> str | None:
    """What `with_name` adds to a row; types do not know of it."""
    value: str | None = getattr(row, f"{field}_on_day")
    return value


@pytest.fixture
def ministry() -> Organisation:
    made = OrganisationFactory(called=None)
    common = {"organisation": made, "name_with_kind": "ministerie van …"}
    OrganisationNameFactory(
        **common, name="Economische Zaken en Klimaat", abbreviation="EZK", valid_from=EZK, valid_until=EVE
    )
    OrganisationNameFactory(**common, name="Economische Zaken", abbreviation="EZ", valid_from=CHANGE)
    return made


@pytest.mark.parametrize(
    ("on", "abbreviation"), [(BEFORE, "EZK"), (EZK, "EZK"), (EVE, "EZK"), (CHANGE, "EZ"), (NOW, "EZ")]
)
def test_a_ministry_goes_by_the_name_of_the_day(ministry: Organisation, on: date, abbreviation: str) -> None:
    assert ministry.name_on(on).abbreviation == abbreviation
    row = Organisation.objects.with_name(on=on, fields=("name", "abbreviation")).get()
    assert annotated(row, "abbreviation") == abbreviation
    assert annotated(row, "name") == ministry.name_on(on).name


def test_after_its_last_name_an_organisation_keeps_that_name() -> None:
    organisation = OrganisationFactory(called=None)
    OrganisationNameFactory(organisation=organisation, name="Oud", valid_until=EZK)
    OrganisationNameFactory(organisation=organisation, name="Jonger", valid_from=EVE, valid_until=EVE)
    assert organisation.name_on(NOW).name == "Jonger"


def test_between_two_names_the_earlier_one_goes_on() -> None:
    organisation = OrganisationFactory(called=None)
    OrganisationNameFactory(organisation=organisation, name="Oud", valid_until=EZK)
    OrganisationNameFactory(organisation=organisation, name="Nieuw", valid_from=NOW)
    assert organisation.name_on(EVE).name == "Oud"


def test_a_list_finds_the_nearest_name_as_one_organisation_does() -> None:
    organisation = OrganisationFactory(called=None)
    spans = ((EZK, EZK), (date(2020, 1, 1), date(2020, 12, 31)), (NOW, None))
    for number, (start, end) in enumerate(spans):
        OrganisationNameFactory(
            organisation=organisation, name=f"Naam {number}", valid_from=start, valid_until=end
        )
    for day in (BEFORE, EZK, date(2018, 5, 5), date(2020, 6, 1), EVE, NOW, date(2030, 1, 1)):
        row = Organisation.objects.with_name(on=day).get()
        assert annotated(row, "name") == organisation.name_on(day).name, day


def test_an_organisation_without_a_name_says_so() -> None:
    organisation = OrganisationFactory(called=None)
    with pytest.raises(OrganisationName.DoesNotExist, match=organisation.key):
        organisation.name_on(NOW)
    assert annotated(Organisation.objects.with_name(on=NOW).get(), "name") is None


@pytest.mark.parametrize("many", [1, 12])
def test_names_of_many_organisations_take_one_query(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    OrganisationFactory.create_batch(many)
    with django_assert_num_queries(1):
        assert len([annotated(row, "sort_name") for row in Organisation.objects.with_name(on=NOW)]) == many


def test_existing_looks_at_both_ends() -> None:
    OrganisationFactory(key="ended", valid_until=EVE)
    OrganisationFactory(key="founded", valid_from=CHANGE)
    OrganisationFactory(key="always")
    assert {row.key for row in Organisation.objects.existing(on=EVE)} == {"ended", "always"}
    assert {row.key for row in Organisation.objects.existing(on=CHANGE)} == {"founded", "always"}
