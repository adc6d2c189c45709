"""Who owes what, and what was agreed and asked about it: the same state on every page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplans.models import Answer, Delay, Inquiry, PlanState, clock_of
from actionplans.reminding.due import owing
from mvi_portal.accounts.models import Role
from mvi_portal.core.figures import registry
from signatories.models import Signatory
from tests.actionplans.keeping import person, signed, text
from tests.factories.actionplans import ActionPlanFactory, DelayFactory, InquiryFactory, PlanVersionFactory
from tests.factories.registers import municipalities
from tests.signatories.keeping import opened

pytestmark = pytest.mark.django_db
SIGNED_ON = date(2022, 11, 24)
DUE = date(2023, 11, 24)
LIST = "/actieplannen/termijnen/"
OVERDUE = "actieplannen.termijn_verstreken"


@pytest.fixture
def eva() -> Client:
    return person()


def owes(name: str = "Aardorp", on: date = SIGNED_ON) -> Signatory:
    return signed(name, signature__signed_on=on, signature__manifest__plan_term_months=12)


def place(signatory: Signatory, below: str = "") -> str:
    signature = signatory.signature
    return f"{LIST}{signature.manifest.slug}/{signature.slug}/{below}"


def shown(client: Client, address: str, on: date, **query: str) -> str:
    answer = client.get(address, {"peildatum": on.isoformat(), **query})
    assert answer.status_code == 200
    return text(answer)


def test_when_the_clock_passes_the_due_date_every_page_and_the_figure_agree(eva: Client) -> None:
    signatory = owes()
    signature = signatory.signature
    for day, state, counted in (
        (DUE, "termijn loopt", 0),
        (DUE + timedelta(days=1), "termijn verstreken", 1),
    ):
        assert clock_of(signature, on=day).state.label == state
        pages = (
            LIST,
            place(signatory),
            "/actieplannen/",
            f"/organisaties/{signatory.organisation.key}/",
            f"/ondertekenaars/{signature.manifest.slug}/{signature.slug}/",
        )
        for address in pages:
            assert f"{state}</span>" in shown(eva, address, day), (address, day)
        assert registry.get(OVERDUE).rows(day).values("key").count() == counted
        narrowed = eva.get(LIST, {"peildatum": day.isoformat(), "stand": PlanState.OVERDUE.value})
        assert narrowed.context["page"].paginator.count == counted
        assert [item.pk for item in owing(day)] == [signature.pk]  # what a reminder can be made for


def test_a_plan_that_stands_for_it_shows_the_same_state(eva: Client) -> None:
    signatory = owes()
    plan = ActionPlanFactory.covering(signatory.signature)
    PlanVersionFactory(plan=plan, received_on=DUE + timedelta(days=30))
    assert "termijn verstreken</span>" in shown(eva, f"/actieplannen/{plan.slug}/", DUE + timedelta(days=1))
    after = DUE + timedelta(days=30)
    assert "ingediend</span>" in shown(eva, f"/actieplannen/{plan.slug}/", after)
    assert "Aardorp" not in shown(eva, LIST, after)


def test_the_most_urgent_stands_first_and_is_told_in_days(eva: Client) -> None:
    owes("Zuidstad")
    owes("Aardorp", SIGNED_ON + timedelta(days=40))
    html = shown(eva, LIST, DUE + timedelta(days=10))
    assert html.index("Zuidstad") < html.index("Aardorp")
    assert "10 dagen te laat" in html
    assert "nog 30 dagen<" in html
    assert "vandaag" in shown(eva, LIST, DUE)
    assert "1 dag<" in shown(eva, LIST, DUE - timedelta(days=1))


def test_the_list_is_narrowed_by_state_what_is_known_and_how_soon(eva: Client) -> None:
    on = DUE + timedelta(days=1)
    asked = owes("Aardorp")
    InquiryFactory(signature=asked.signature, asked_on=DUE, answer=Answer.PROMISED)
    delayed = owes("Zuidstad")
    DelayFactory(signature=delayed.signature, announced_on=DUE, until=on + timedelta(days=20))
    assert "Zuidstad" not in shown(eva, LIST, on, stand="overdue")
    assert "Aardorp" not in shown(eva, LIST, on, bekend="unknown")
    assert "toegezegd</span>" in shown(eva, LIST, on, bekend="promised")
    assert "Aardorp" not in shown(eva, LIST, on, binnen="30")
    assert "Zuidstad" in shown(eva, LIST, on, binnen="30")
    export = eva.get(f"{LIST}export.csv", {"peildatum": on.isoformat(), "binnen": "30"})
    lines = export.content.decode("utf-8-sig").splitlines()
    assert len([line for line in lines if "Zuidstad" in line]) == 1
    assert eva.get(LIST, {"stand": "evaluated"}).status_code == 400


def test_a_delay_is_announced_once_and_can_be_corrected_with_a_reason(eva: Client) -> None:
    signatory = owes()
    address = place(signatory, "uitstel/")
    told = {"announced_on": "1 november 2023", "until": "voorjaar 2024", "reason": "De raad besluit later."}
    assert "Dit veld is verplicht" in text(eva.post(address, {**told, "reason": ""}))
    assert "ligt niet na de melding" in text(eva.post(address, {**told, "until": "1 oktober 2023"}))
    assert "ligt vóór de ondertekening" in text(eva.post(address, {**told, "announced_on": "2021"}))
    assert "Bewaard" in text(eva.post(address, told, follow=True))
    assert "uitstel gemeld</span>" in shown(eva, place(signatory), DUE)
    assert "De raad besluit later." in shown(eva, place(signatory), DUE)
    twice = eva.post(address, told, follow=True)
    assert "Er is niets gewijzigd" in text(twice)
    changed = {**opened(eva, address), "mistaken": "", "until": "juni 2024"}
    del changed["mistaken"]
    assert "Schrijf kort waarom" in text(eva.post(address, changed))
    eva.post(address, {**changed, "why": "Nieuw bericht"})
    assert str(Delay.objects.get().until) == "juni 2024"
    eva.post(address, {**opened(eva, address), "mistaken": "on", "why": "Van een ander"})
    assert not Delay.objects.exists()


def test_an_inquiry_makes_it_known_for_a_year_and_is_recorded_once(eva: Client) -> None:
    signatory = owes()
    on = DUE + timedelta(days=10)
    assert "niet bekend</span>" in shown(eva, LIST, on)
    address = place(signatory, "navraag/nieuw/")
    told = {"asked_on": "1 december 2023", "answer": "nothing", "note": "Gebeld."}
    assert "De navraag is vastgelegd" in text(eva.post(address, told, follow=True))
    assert "stond er al" in text(eva.post(address, told, follow=True))
    assert "al navraag gedaan" in text(eva.post(address, {**told, "answer": "promised"}))
    assert "toekomst" in text(eva.post(address, {**told, "asked_on": "1 mei 2060"}))
    assert "ligt vóór de ondertekening" in text(eva.post(address, {**told, "asked_on": "1 mei 2020"}))
    assert Inquiry.objects.count() == 1
    assert "er is nog niets</span>" in shown(eva, LIST, date(2024, 1, 31))
    assert "niet bekend</span>" in shown(eva, LIST, date(2024, 12, 2))
    edit = place(signatory, f"navraag/{Inquiry.objects.get().pk}/")
    eva.post(edit, {**opened(eva, edit), "answer": "promised"})
    assert "toegezegd</span>" in shown(eva, LIST, date(2024, 1, 31))
    assert "Er is niets gewijzigd" in text(eva.post(edit, opened(eva, edit), follow=True))


def test_a_reader_sees_the_term_and_nothing_to_press() -> None:
    signatory = owes()
    html = shown(person(Role.READER, "Lia"), place(signatory), DUE)
    assert "Termijn van Aardorp" in html
    assert "Leg navraag vast" not in html


def test_the_list_asks_as_much_for_many_as_for_one(eva: Client) -> None:
    counts: list[int] = []
    for count in (1, 60):
        municipalities(count, first=100 * count)
        eva.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            answer: Any = eva.get(LIST)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
