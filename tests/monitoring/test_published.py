"""What documents stated, beside what the register says for the same day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring.compared import compare
from monitoring.models import PublishedFigure, Qualifier
from mvi_portal.accounts.models import Role
from mvi_portal.core.dates import PartialDate
from signatories.models import Signatory
from tests.factories.monitoring import PublishedFigureFactory
from tests.factories.registers import municipalities
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
PLACE = "/monitoring/gepubliceerde-cijfers/"
KEY = "ondertekenaars.gemeenten"
DAY = date(2023, 2, 15)
TYPED = {
    "figure_key": KEY,
    "document": "voortgangsbrief van 15 februari 2023",
    "dated": "15 februari 2023",
    "wording": "zo'n 50 gemeenten",
    "value": "50",
    "qualifier": "about",
    "refers_on": "15 februari 2023",
    "remark": "",
    "citation": "kst-30196-807",
    "source": "",
}


def client(role: Role = Role.SECRETARIAT) -> Client:
    made = Client()
    made.force_login(ActorFactory(role=role))
    return made


def stated(value: int, qualifier: Qualifier = Qualifier.EXACT, **fields: object) -> PublishedFigure:
    given = {"figure_key": KEY, "refers_on": DAY, "dated": DAY, "remark": "", **fields}
    row: PublishedFigure = PublishedFigureFactory(value=value, qualifier=qualifier, **given)
    return row


@pytest.mark.parametrize(
    ("value", "qualifier", "verdict"),
    [
        (53, Qualifier.EXACT, "gelijk"),
        (50, Qualifier.EXACT, "wijkt af"),
        (50, Qualifier.AT_LEAST, "past erbij"),
        (54, Qualifier.AT_LEAST, "wijkt af"),
        (50, Qualifier.ABOUT, "past erbij"),
        (70, Qualifier.ABOUT, "wijkt af"),
    ],
)
def test_words_are_held_against_the_register_as_precise_as_they_are(
    value: int, qualifier: Qualifier, verdict: str
) -> None:
    municipalities(53)
    row = stated(value, qualifier)
    found = compare([row])[row.pk]
    assert (found.register, found.verdict) == (53, verdict)
    assert found.difference == 53 - value


def test_the_register_is_asked_for_the_day_that_the_statement_is_about() -> None:
    municipalities(2)
    municipalities(3, first=3, signed_on=date(2024, 5, 1))
    early, late = stated(2), stated(5, refers_on=PartialDate.month(2024, 5), document="Later")
    found = compare([early, late])
    assert [found[row.pk].verdict for row in (early, late)] == ["gelijk", "gelijk"]


def test_a_figure_that_the_register_lost_is_told_as_such() -> None:
    row = stated(5, figure_key="vroeger.cijfer")
    assert compare([row])[row.pk].verdict == ""
    assert "heeft dit cijfer niet meer" in client().get(PLACE).text
    assert client().get(f"{PLACE}{row.pk}/").status_code == 200


def test_the_list_says_what_nobody_explained_yet() -> None:
    municipalities(53)
    stated(70, wording="zo'n 70 gemeenten")
    text = client(Role.READER).get(PLACE).text
    assert "zo'n 70 gemeenten" in text.replace("&#x27;", "'")
    assert "nog niet verklaard" in text
    assert "−17" in text


def test_the_list_is_filtered_and_exported() -> None:
    municipalities(53)
    stated(53, document="Brief"), stated(50, document="Nota", wording="vijftig")
    page = client()
    assert "vijftig" not in page.get(f"{PLACE}?document=Brief").text
    assert "vijftig" in page.get(f"{PLACE}?zoek=vijftig&cijfer={KEY}").text
    assert ";53;3;wijkt af;" in page.get(f"{PLACE}export.csv").text


def test_a_count_of_what_is_made_up_is_marked_on_its_day() -> None:
    municipalities(3, signed_on=DAY)
    stated(3)
    stated(0, refers_on=date(2020, 1, 1), document="Toen")
    page, mark = client(), '<span class="mvi-tag mvi-tag--warn">demo</span>'
    assert mark not in page.get(PLACE).text
    Signatory.objects.filter(pk=Signatory.objects.all()[0].pk).update(is_demo=True)
    assert page.get(PLACE).text.count(mark) == 1
    assert "3 " + mark in page.get(PLACE).text


def test_many_statements_cost_no_more_queries_than_one() -> None:
    page = client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page.get(PLACE)
        return len(found)

    stated(5)
    one = queries()
    for number in range(5):
        stated(number, document=f"Document {number}", refers_on=date(2024, 1, 1 + number))
    assert queries() == one


def test_the_secretariat_keeps_them() -> None:
    page = client()
    assert page.get(f"{PLACE}nieuw/").status_code == 200
    page.post(f"{PLACE}nieuw/", TYPED)
    row = PublishedFigure.objects.get()
    assert (row.value, row.citation) == (50, "Kamerstukken 30 196, nr. 807")
    opened = page.get(f"{PLACE}{row.pk}/wijzigen/").text
    edition = opened.split('name="edition" value="')[1].split('"')[0]
    page.post(f"{PLACE}{row.pk}/wijzigen/", {**TYPED, "remark": "Zo'n is ruim.", "edition": edition})
    row.refresh_from_db()
    assert row.remark == "Zo'n is ruim."
    assert "zo&#x27;n 50 gemeenten" in page.get(f"{PLACE}{row.pk}/").text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("figure_key", "bestaat.niet", "figure_key"),
        ("value", "veel", "value"),
        ("dated", "31 februari 2023", "dated"),
        ("wording", "", "wording"),
        ("citation", "", "bron"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(field: str, value: str, told: str) -> None:
    answer = client().post(f"{PLACE}nieuw/", {**TYPED, field: value})
    assert answer.status_code == 400
    assert told in answer.text
    assert not PublishedFigure.objects.exists()
