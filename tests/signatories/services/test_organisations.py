"""Organisations come, change their name, and go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory.models
import pytest
from django.core.exceptions import ValidationError

from signatories.models import Kind, Organisation
from signatories.services import end_organisation, register_organisation, rename
from tests.factories.signatories import ActorFactory, OrganisationFactory, OrganisationNameFactory

pytestmark = pytest.mark.django_db

EVE, CHANGE = date(2024, 7, 1), date(2024, 7, 2)


def test_a_new_organisation_has_a_name() -> None:
    actor = ActorFactory()
    made = register_organisation(
        key="vng",
        kind=Kind.UMBRELLA,
        name="Vereniging van Nederlandse Gemeenten",
        abbreviation="VNG",
        source="vng.nl",
        by=actor,
    )
    name = made.name_on(EVE)
    assert (name.name_with_kind, name.sort_name) == (name.name, "vereniging van nederlandse gemeenten")
    assert (name.abbreviation, name.source, made.is_tooi) == ("VNG", "vng.nl", False)
    (context,) = pghistory.models.Context.objects.filter(metadata__action="organisation.registered")
    assert context.metadata["user"] == actor.pk


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.MINISTRY, "ministerie van Stad"),
        (Kind.PROVINCE, "provincie Stad"),
        (Kind.MUNICIPALITY, "gemeente Stad"),
        (Kind.WATER_AUTHORITY, "waterschap Stad"),
        (Kind.AGENCY, "Stad"),
        (Kind.OTHER, "Stad"),
    ],
)
def test_the_name_with_its_kind_follows_from_both(kind: Kind, expected: str) -> None:
    made = register_organisation(key="stad", kind=kind, name="Stad", by=None)
    assert made.name_on(EVE).name_with_kind == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"key": "vng", "is_tooi": True}, "Dit is geen TOOI-code"),
        ({"key": "gm9999", "is_tooi": True, "is_demo": True}, "Een verzonnen organisatie krijgt nooit"),
        ({"key": "bestaat"}, "bestaat al"),
        ({"key": "nieuw", "name": ""}, "kan niet leeg zijn"),
    ],
)
def test_what_may_not_be_is_refused_in_dutch(fields: dict[str, object], message: str) -> None:
    OrganisationFactory(key="bestaat")
    given: dict[str, Any] = {"kind": Kind.MUNICIPALITY, "name": "Naam", "by": None, **fields}
    with pytest.raises(ValidationError, match=message):
        register_organisation(**given)
    assert Organisation.objects.count() == 1


def test_a_rename_ends_the_name_until_then() -> None:
    organisation = OrganisationFactory(kind=Kind.MINISTRY, called__name="Oud")
    rename(organisation=organisation, name="Nieuw", abbreviation="N", on=CHANGE, by=None)
    assert organisation.name_on(EVE).name == "Oud"
    assert organisation.name_on(CHANGE).name_with_kind == "ministerie van Nieuw"
    assert organisation.names.get(name="Oud").valid_until == EVE


def test_a_rename_before_a_later_name_is_refused() -> None:
    organisation = OrganisationFactory(called=None)
    OrganisationNameFactory(organisation=organisation, name="Oud", valid_until=EVE)
    OrganisationNameFactory(organisation=organisation, name="Nieuw", valid_from=CHANGE)
    for day in (EVE, CHANGE):
        with pytest.raises(ValidationError, match="Er staat al een naam"):
            rename(organisation=organisation, name="Anders", on=day, by=None)
    assert organisation.names.get(name="Oud").valid_until == EVE


def test_an_organisation_ends_on_its_last_day() -> None:
    organisation = OrganisationFactory()
    end_organisation(organisation=organisation, on=EVE, by=None)
    assert Organisation.objects.existing(on=EVE).exists()
    assert not Organisation.objects.existing(on=CHANGE).exists()


def test_an_organisation_does_not_end_before_it_began() -> None:
    organisation = OrganisationFactory(valid_from=CHANGE)
    with pytest.raises(ValidationError, match="De einddatum ligt vóór de begindatum"):
        end_organisation(organisation=organisation, on=EVE, by=None)
    organisation.refresh_from_db()
    assert organisation.valid_until is None
