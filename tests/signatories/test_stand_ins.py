"""A colleague stands in during absence: dated, arranged by oneself, and with the same rights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.dates import long_date
from signatories.models import Representative
from tests.actionplans.refusals import refused
from tests.factories.signatories import ActorFactory, OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
NEW = "/mijn-account/vervanging/"


def day(after: int) -> date:
    return timezone.localdate() + timedelta(days=after)


@pytest.fixture
def absent() -> User:
    """Acts for one organisation."""
    made: User = ActorFactory(role=Role.OFFICER, name="Anna")
    RepresentativeFactory(
        user=made, organisation=OrganisationFactory(key="ienw", called__name="Infrastructuur")
    )
    return made


@pytest.fixture
def colleague() -> User:
    made: User = ActorFactory(role=Role.OFFICER, name="Bram")
    return made


@pytest.fixture
def anna(absent: User, client: Client) -> Client:
    client.force_login(absent)
    return client


def arrange(client: Client, colleague: User, start: int, end: int) -> str:
    typed = {
        "colleague": colleague.pk,
        "valid_from": long_date(day(start)),
        "valid_until": long_date(day(end)),
    }
    return client.post(NEW, typed, follow=True).content.decode()


def test_a_colleague_acts_from_the_first_day_up_to_and_including_the_last(
    anna: Client, colleague: User
) -> None:
    html = arrange(anna, colleague, 1, 8)
    assert f"Bram vervangt u tot en met {long_date(day(8))}." in html
    assert "Bram voor Infrastructuur" in html
    acting = [
        Representative.objects.acting(on=day(after)).filter(user=colleague).exists() for after in (0, 1, 8, 9)
    ]
    assert acting == [False, True, True, False]
    other = Client()
    other.force_login(colleague)
    assert "vervangt Anna" in other.get("/mijn-account/").content.decode()


def test_who_is_back_ends_it(anna: Client, colleague: User) -> None:
    arrange(anna, colleague, 0, 8)
    row = Representative.objects.get(user=colleague)
    assert "Na vandaag handelt Bram niet meer" in anna.get(f"{NEW}{row.pk}/stop/").content.decode()
    anna.post(f"{NEW}{row.pk}/stop/")
    row.refresh_from_db()
    assert row.valid_until == day(0)
    arrange(anna, colleague, 5, 8)
    soon = Representative.objects.get(user=colleague, valid_from=day(5))
    anna.post(f"{NEW}{soon.pk}/stop/")
    assert not Representative.objects.filter(pk=soon.pk).exists()


def test_what_cannot_be_is_told(anna: Client, absent: User, colleague: User) -> None:
    assert "De laatste dag ligt vóór de eerste." in arrange(anna, colleague, 8, 1)
    assert "al voorbij" in arrange(anna, colleague, -8, -1)
    reader = ActorFactory(role=Role.READER, name="Lezer")
    assert "Selecteer een geldige keuze" in arrange(anna, reader, 0, 8)
    RepresentativeFactory(user=colleague, organisation=absent.representations.get().organisation)
    assert "al voor dezelfde organisaties" in arrange(anna, colleague, 0, 8)
    assert not Representative.objects.filter(stands_in_for=absent).exists()


def test_a_stand_in_does_not_choose_the_next(anna: Client, colleague: User) -> None:
    arrange(anna, colleague, 0, 8)
    other = Client()
    other.force_login(colleague)
    third = ActorFactory(role=Role.OFFICER, name="Carla")
    assert "er valt niets te vervangen" in arrange(other, third, 0, 8)
    assert "Regel vervanging" not in other.get("/mijn-account/").content.decode()


def test_a_stand_in_ends_with_who_is_replaced(anna: Client, absent: User, colleague: User) -> None:
    absent.representations.update(valid_until=day(3))
    arrange(anna, colleague, 0, 8)
    assert Representative.objects.get(user=colleague).valid_until == day(3)


def test_the_database_refuses_a_stand_in_without_an_end_or_for_oneself(absent: User) -> None:
    with refused("representative_stand_in_ends"):
        RepresentativeFactory(stands_in_for=absent)
    with refused("representative_stand_in_is_another"):
        RepresentativeFactory(user=absent, stands_in_for=absent, valid_until=day(1))
