"""What becomes of a signature when its organisation goes over into another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from signatories.models import Event, Organisation, Signatory, Signature, Succession
from signatories.services import confirm_succession, record_succession, sign, withdraw
from tests.factories.signatories import ManifestFactory, OrganisationFactory, SuccessionFactory

pytestmark = pytest.mark.django_db

SIGNED = date(2022, 11, 24)
EVE, DAY = date(2023, 12, 31), date(2024, 1, 1)
LATER_EVE, LATER = date(2024, 12, 31), date(2025, 1, 1)
CONFIRMED = date(2025, 2, 1)


def signed(*organisations: Organisation, slug: str = "x", on: date = SIGNED) -> Signature:
    return sign(manifest=ManifestFactory(), organisations=organisations, signed_on=on, slug=slug, by=None)


def succession(
    old: Organisation, new: Organisation, on: date = DAY, event: Event = Event.MERGER
) -> Succession:
    return SuccessionFactory(predecessor=old, successor=new, on=on, event=event, source="TOOI")


def confirm(*successions: Succession) -> list[Signatory]:
    return [row for item in successions for row in confirm_succession(succession=item, on=CONFIRMED, by=None)]


def in_force(on: date) -> set[str]:
    return set(Signatory.objects.in_force(on=on).values_list("organisation__key", flat=True))


@pytest.fixture
def old() -> Organisation:
    return OrganisationFactory(key="old", valid_until=EVE)


@pytest.fixture
def new() -> Organisation:
    return OrganisationFactory(key="new", valid_from=DAY)


def test_before_confirmation_the_signature_stays_behind(old: Organisation, new: Organisation) -> None:
    signed(old)
    record_succession(predecessor=old, successor=new, event=Event.MERGER, on=DAY, by=None, source="TOOI")
    assert in_force(EVE) == {"old"}
    assert in_force(DAY) == set()
    assert Succession.objects.get().confirmed_on is None


def test_after_confirmation_the_successor_is_the_signatory(old: Organisation, new: Organisation) -> None:
    signature = signed(old)
    (made,) = confirm(succession(old, new))
    assert (in_force(EVE), in_force(DAY)) == ({"old"}, {"new"})
    assert (made.signature, made.valid_from, made.valid_until) == (signature, DAY, None)
    assert made.via == Succession.objects.get()
    assert made.source == "TOOI"
    assert Signatory.objects.get(organisation=old).valid_until == EVE


def test_the_day_of_confirming_is_kept(old: Organisation, new: Organisation) -> None:
    item = succession(old, new)
    assert confirm(item) == []
    assert item.confirmed_on == CONFIRMED
    assert list(Succession.objects.confirmed()) == [item]


def test_a_succession_is_confirmed_once(old: Organisation, new: Organisation) -> None:
    item = succession(old, new)
    confirm(item)
    with pytest.raises(ValidationError, match="al bevestigd"):
        confirm(Succession.objects.get(pk=item.pk))


def test_a_predecessor_that_goes_on_stays_a_signatory(new: Organisation) -> None:
    """EZK becomes EZ and gives tasks to KGG: both are bound."""
    ministry = OrganisationFactory(key="ezk")
    signed(ministry)
    confirm(succession(ministry, new, event=Event.TAKEOVER))
    assert (in_force(EVE), in_force(DAY)) == ({"ezk"}, {"ezk", "new"})


def test_every_signature_goes_along(old: Organisation, new: Organisation) -> None:
    """Two office-holders of one ministry each signed."""
    signed(old, slug="1")
    signed(old, slug="2")
    assert len(confirm(succession(old, new))) == 2
    assert Signature.objects.in_force(on=DAY).count() == 2


def test_two_that_merge_under_one_signature_become_one_signatory(
    old: Organisation, new: Organisation
) -> None:
    other = OrganisationFactory(key="other", valid_until=EVE)
    signed(old, other)
    confirm(succession(old, new), succession(other, new))
    assert in_force(EVE) == {"old", "other"}
    assert Signatory.objects.filter(organisation=new).count() == 1


def test_a_split_goes_where_it_is_confirmed(old: Organisation) -> None:
    west, east, south = (OrganisationFactory(key=key) for key in ("west", "east", "south"))
    signed(old)
    parts = [succession(old, part, event=Event.SPLIT) for part in (west, east, south)]
    confirm(*parts[:2])
    assert in_force(DAY) == {"west", "east"}


def test_a_successor_that_signed_before_is_left_as_it_is(old: Organisation) -> None:
    big = OrganisationFactory(key="big")
    signed(old, big)
    assert confirm(succession(old, big, event=Event.EXTENSION)) == []
    assert in_force(DAY) == {"big"}


def test_a_successor_that_joins_later_is_bound_until_then_by_succession(
    old: Organisation, new: Organisation
) -> None:
    signature = signed(old)
    Signatory.objects.create(signature=signature, organisation=new, valid_from=LATER)
    (made,) = confirm(succession(old, new))
    assert (made.valid_from, made.valid_until) == (DAY, LATER_EVE)
    assert in_force(LATER) == {"new"}


def test_a_signature_that_was_withdrawn_does_not_go_along(old: Organisation, new: Organisation) -> None:
    withdraw(signature=signed(old), on=EVE, by=None)
    assert confirm(succession(old, new)) == []


def test_who_had_left_before_does_not_go_along(old: Organisation, new: Organisation) -> None:
    signature = signed(old)
    signature.signatories.update(valid_until=date(2023, 6, 30))
    assert confirm(succession(old, new)) == []
    assert Signatory.objects.get().valid_until == date(2023, 6, 30)


def test_who_left_on_the_eve_but_goes_on_existing_does_not_take_others_along(new: Organisation) -> None:
    signature = signed(OrganisationFactory(key="stays"))
    signature.signatories.update(valid_until=EVE)
    assert confirm(succession(Organisation.objects.get(key="stays"), new, event=Event.TAKEOVER)) == []


def test_an_end_that_was_set_goes_along(old: Organisation, new: Organisation) -> None:
    signature = signed(old)
    signature.signatories.update(valid_until=LATER)
    (made,) = confirm(succession(old, new))
    assert made.valid_until == LATER


def test_a_day_without_anybody_does_not_break_the_chain(new: Organisation) -> None:
    """The register ends Groenlo on 18 May and lets Oost Gelre follow on the 20th."""
    groenlo = OrganisationFactory(key="groenlo", valid_until=date(2023, 12, 30))
    signed(groenlo)
    confirm(succession(groenlo, new))
    assert in_force(DAY) == {"new"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_chain_may_be_confirmed_in_any_order(order: tuple[int, int], old: Organisation) -> None:
    middle = OrganisationFactory(key="middle", valid_from=DAY, valid_until=LATER_EVE)
    last = OrganisationFactory(key="last", valid_from=LATER)
    signed(old)
    chain = [succession(old, middle), succession(middle, last, on=LATER)]
    for place in order:
        confirm(chain[place])
    assert [in_force(day) for day in (EVE, DAY, LATER_EVE, LATER)] == [
        {"old"},
        {"middle"},
        {"middle"},
        {"last"},
    ]


def test_what_may_not_be_recorded_is_refused_in_dutch(old: Organisation, new: Organisation) -> None:
    common: dict[str, Any] = {"event": Event.MERGER, "on": DAY, "by": None}
    with pytest.raises(ValidationError, match="volgt niet zichzelf op"):
        record_succession(predecessor=old, successor=old, **common)
    record_succession(predecessor=old, successor=new, **common)
    with pytest.raises(ValidationError, match="staat er al"):
        record_succession(predecessor=old, successor=new, **common)
