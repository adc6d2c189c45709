"""Who acts for which organisation, as an administrator keeps it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mvi_portal.accounts.models import Role
from mvi_portal.core.editing import edition_of
from mvi_portal.history.reading import changes_of
from signatories.models import Organisation, Representative
from tests.factories.signatories import ActorFactory, OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/vertegenwoordigers/", "/beheer/vertegenwoordigers/nieuw/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(ActorFactory(name="Bea", role=Role.ADMINISTRATOR))
    return client


def end(client: Client, row: Representative, until: str) -> Any:
    edition = edition_of({"valid_until": row.valid_until})
    return client.post(f"{LIST}{row.pk}/einde/", {"valid_until": until, "edition": edition})


def test_somebody_is_added_from_a_day(desk: Client) -> None:
    user = ActorFactory(name="Anna", role=Role.CONTACT)
    OrganisationFactory(key="stad", called__name="Voorbeeldstad")
    opened = desk.get(NEW, {"account": user.pk}).content.decode()
    assert f'<option value="{user.pk}" selected>Anna</option>' in opened
    assert '<option value="stad">Voorbeeldstad</option>' in opened
    answer = desk.post(NEW, {"user": user.pk, "organisation": "stad", "valid_from": "1 mei 2024"})
    assert answer["Location"] == f"/beheer/accounts/{user.pk}/"
    row = Representative.objects.get()
    assert (row.user, row.organisation.key, row.valid_from) == (user, "stad", date(2024, 5, 1))
    assert changes_of(row)[0].action == "representative.appointed"
    assert list(Organisation.objects.visible_to(user, on=date(2024, 5, 1))) == [row.organisation]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"valid_from": "31-02-2024"}, "31-02-2024"),
        ({"organisation": ""}, "Dit veld is verplicht."),
        ({"organisation": "weg"}, "weg"),
        ({"user": ""}, "Dit veld is verplicht."),
        ({}, "Deze gebruiker vertegenwoordigt de organisatie al in deze periode."),
    ],
)
def test_what_cannot_be_is_said(desk: Client, given: dict[str, str], reason: str) -> None:
    row = RepresentativeFactory(organisation__key="stad")
    OrganisationFactory(key="weg", valid_until=date(2020, 1, 1))
    typed = {"user": str(row.user.pk), "organisation": "stad", "valid_from": "1-5-2024", **given}
    answer = desk.post(NEW, typed)
    assert answer.status_code == 400
    assert reason in answer.content.decode()
    assert Representative.objects.count() == 1


def test_an_end_takes_the_right_away_and_can_be_taken_back(desk: Client) -> None:
    row = RepresentativeFactory(user__role=Role.CONTACT)
    today = timezone.localdate()
    assert end(desk, row, (today - timedelta(days=1)).strftime("%d-%m-%Y")).status_code == 302
    assert not Organisation.objects.visible_to(row.user, on=today)
    row.refresh_from_db()
    assert changes_of(row)[0].action == "representative.ended"
    assert end(desk, row, "").status_code == 302
    row.refresh_from_db()
    assert row.valid_until is None
    assert Organisation.objects.visible_to(row.user, on=today)


def test_an_end_before_the_start_is_refused(desk: Client) -> None:
    row = RepresentativeFactory(valid_from=date(2024, 1, 1))
    answer = end(desk, row, "31-12-2023")
    assert answer.status_code == 400
    assert "De einddatum ligt vóór de begindatum." in answer.content.decode()
    row.refresh_from_db()
    assert row.valid_until is None


def test_the_second_writer_is_shown_both_ends(desk: Client) -> None:
    row = RepresentativeFactory()
    end(desk, row, "1-2-2025")
    html = end(desk, row, "1-3-2025").content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd." in html


def test_the_list_is_searched_and_narrowed(desk: Client) -> None:
    RepresentativeFactory(user__name="Anna", organisation__called__name="Voorbeeldstad")
    RepresentativeFactory(
        user__name="Bob", organisation__called__name="Anderdam", valid_until=date(2024, 2, 1)
    )

    def shown(**query: str) -> set[str]:
        html = desk.get(LIST, query).content.decode()
        return {name for name in ("Anna", "Bob") if f">{name}<" in html}

    assert shown() == {"Anna", "Bob"}
    assert shown(zoek="voorbeeldst") == {"Anna"}
    assert shown(zoek="bob") == {"Bob"}
    assert shown(handelt="nu") == {"Anna"}
    assert shown(handelt="eerder") == {"Bob"}
    assert "Geen vertegenwoordigers gevonden" in desk.get(LIST, {"zoek": "xyzzy"}).content.decode()


def test_the_number_of_queries_does_not_grow(desk: Client) -> None:
    counts = set()
    for count in (1, 20):
        for _ in range(count):
            RepresentativeFactory()
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        counts.add(len(queries))
    assert len(counts) == 1
