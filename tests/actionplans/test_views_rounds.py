"""The pages of a round: who sees which, and what can be done on them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.models import Evaluation, EvaluationRound
from actionplans.services import rounds
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.workbooks import read
from signatories.models import Kind
from tests.factories.actionplans import (
    ActionPlanFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanVersionFactory,
    RubricFactory,
)
from tests.factories.signatories import SignatoryFactory

pytestmark = pytest.mark.django_db
ROUNDS = "/evaluaties/rondes/"


def person(role: Role, name: str = "Anna") -> tuple[Client, User]:
    client = Client()
    user = User.objects.create_user(f"{name}-{role}@voorbeeld.example".lower(), name=name, role=role)
    client.force_login(user)
    return client, user


@pytest.fixture
def pianoo() -> Client:
    return person(Role.EVALUATOR)[0]


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return " ".join(answer.content.decode().split())


def plan_of(name: str, kind: Kind = Kind.MUNICIPALITY, received_on: date = date(2024, 2, 1)) -> Any:
    signatory = SignatoryFactory(
        organisation__called__name=name, organisation__kind=kind, organisation__is_tooi=False
    )
    plan = ActionPlanFactory.covering(signatory.signature, title=f"Plan van {name}")
    PlanVersionFactory(plan=plan, received_on=received_on)
    return plan


def filled(count: int) -> EvaluationRound:
    made: EvaluationRound = EvaluationRoundFactory()
    by = User.objects.create_user("maker@voorbeeld.example", name="Maker", role=Role.EVALUATOR)
    found = [plan_of(f"Stad {number}") for number in range(count)]
    rounds.choose(round_=made, plans=found, because="x", by=by)
    return made


def test_a_round_is_made_and_filled_from_a_narrowed_list(pianoo: Client) -> None:
    rubric = RubricFactory.published()
    plan_of("Aardorp"), plan_of("Bergstad"), plan_of("Het Gewest", Kind.PROVINCE)
    plan_of("Laatdorp", received_on=date(2025, 2, 1))
    form = {"name": "Ronde 2026", "rubric": rubric.pk, "starts_on": "mei 2026", "due_on": "30-6-2026"}
    made: Any = pianoo.post(f"{ROUNDS}nieuw/", form)
    assert made.url == f"{ROUNDS}ronde-2026/plannen/"
    narrowed = f"{made.url}?soort=municipality&tot=1+april+2024&stand=received"
    html = text(pianoo.get(narrowed))
    assert "Plan van Aardorp" in html
    assert "Laatdorp" not in html
    assert "Plan van Het Gewest" not in html
    told = text(pianoo.post(narrowed, {"alle": "ja", "because": "de eerste gemeenten"}, follow=True))
    assert "2 plannen zijn gekozen voor deze ronde." in told
    assert "de eerste gemeenten" in told
    assert "Plan van Aardorp" not in text(pianoo.get(made.url))


def test_ticked_plans_survive_a_form_without_a_reason(pianoo: Client) -> None:
    address = f"{ROUNDS}{EvaluationRoundFactory().slug}/plannen/"
    plan = plan_of("Aardorp")
    html = text(pianoo.post(address, {"plan": [plan.slug], "because": ""}), 400)
    assert f'<input type="checkbox" name="plan" value="{plan.slug}" checked>' in html
    assert "Waarom deze plannen: Dit veld is verplicht." in html
    assert "Kruis minstens één plan aan." in text(pianoo.post(address, {"because": "x"}), 400)
    assert text(pianoo.get(f"{address}?tot=32+mei"), 400)
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoek=aardorp", True),
        ("zoek=elders", False),
        ("provincie=pv99", False),
        ("stand=evaluated", False),
        ("stand=in-evaluation", False),
        ("stand=received", True),
    ],
)
def test_plans_are_found_by_name_and_place(query: str, found: bool, pianoo: Client) -> None:
    address = f"{ROUNDS}{EvaluationRoundFactory().slug}/plannen/"
    plan_of("Aardorp")
    SignatoryFactory(organisation__key="pv99", organisation__kind=Kind.PROVINCE)
    assert ("Plan van Aardorp" in text(pianoo.get(f"{address}?{query}"))) is found


def test_wrong_input_of_a_round_comes_back(pianoo: Client) -> None:
    rubric = RubricFactory.published()
    form = {"name": "Ronde", "rubric": rubric.pk, "starts_on": "mei 2026", "due_on": "30-4-2026"}
    html = text(pianoo.post(f"{ROUNDS}nieuw/", form), 400)
    assert "Deze dag ligt vóór het begin van de ronde." in html
    assert 'value="30-4-2026"' in html
    unpublished = RubricFactory()
    assert text(pianoo.post(f"{ROUNDS}nieuw/", {"name": "R", "rubric": unpublished.pk}), 400)


def test_a_round_is_changed_and_the_second_writer_sees_both(pianoo: Client) -> None:
    made = EvaluationRoundFactory(name="Oud")
    address = f"{ROUNDS}{made.slug}/bewerken/"
    opened = pianoo.get(address).context["form"]["edition"].value()
    form = {"name": "Nieuw", "rubric": made.rubric_id, "edition": opened}
    assert pianoo.post(address, form)["Location"].endswith(f"/{made.slug}/")
    html = text(pianoo.post(address, {**form, "name": "Anders"}), 400)
    assert "Twee teksten naast elkaar" in html
    edition = pianoo.get(address).context["form"]["edition"].value()
    assert "Er is niets gewijzigd." in text(pianoo.post(address, {**form, "edition": edition}, follow=True))


def test_the_board_tells_which_are_mine() -> None:
    made = filled(3)
    client, anna = person(Role.EVALUATOR)
    first = Evaluation.objects.first()
    Evaluation.objects.filter(pk=first.pk if first else 0).update(evaluator=anna, due_on=date(2024, 1, 1))
    html = text(client.get(f"{ROUNDS}{made.slug}/bord/"))
    assert "Van mij: 1 van 3</strong>, 1 nog in te dienen" in html
    assert "termijn verstreken</span>" in html
    assert html.count("Plan van Stad") == 3
    mine = text(client.get(f"{ROUNDS}{made.slug}/bord/?van=mij"))
    assert mine.count("Plan van Stad") == 1
    assert "Verdeel 2 plannen over de beoordelaars" in html
    export = f"{ROUNDS}{made.slug}/bord/export.csv"
    assert f"{export}?van=mij&amp;formaat=xlsx" in mine
    whole, own = (
        read(client.get(export, {"formaat": "xlsx", **query}).content).sheets[0].rows[1:]
        for query in ({}, {"van": "mij"})
    )
    assert len(whole) == 3
    assert [(row[3], row[5]) for row in own] == [("Anna", "ja")]


def test_one_button_deals_out_and_a_form_changes_it() -> None:
    made = filled(2)
    client, anna = person(Role.EVALUATOR)
    told = text(client.post(f"{ROUNDS}{made.slug}/verdelen/", follow=True))
    assert "Verdeeld: " in told
    assert "Alle plannen hadden al" in text(client.post(f"{ROUNDS}{made.slug}/verdelen/", follow=True))
    address = f"{ROUNDS}{made.slug}/verdeling/"
    assert "Beoordelaar" in text(client.get(address))
    one, two = Evaluation.objects.order_by("pk")
    form = {
        f"wie-{one.pk}": anna.pk,
        f"voor-{one.pk}": "31-5-2024",
        f"wie-{two.pk}": "",
        f"voor-{two.pk}": "",
    }
    assert "Bewaard: 2 gewijzigd." in text(client.post(address, form, follow=True))
    one.refresh_from_db()
    assert (one.evaluator, one.due_on) == (anna, date(2024, 5, 31))
    assert "Er is niets gewijzigd." in text(client.post(address, form, follow=True))
    wrong = text(client.post(address, {**form, f"voor-{one.pk}": "31 februari 2024"}), 400)
    assert 'value="31 februari 2024"' in wrong


def test_a_plan_is_taken_out_after_a_question(pianoo: Client) -> None:
    made = filled(1)
    plan = Evaluation.objects.get().plan
    address = f"{ROUNDS}{made.slug}/plannen/{plan.slug}/weghalen/"
    assert "uit de ronde halen" in text(pianoo.get(address))
    assert "is uit de ronde gehaald" in text(pianoo.post(address, follow=True))
    assert pianoo.post(address).status_code == 404


def test_what_is_begun_stays_in(pianoo: Client) -> None:
    made = filled(1)
    Evaluation.objects.update(started_on=date(2024, 5, 1))
    address = f"{ROUNDS}{made.slug}/plannen/{Evaluation.objects.get().plan.slug}/weghalen/"
    assert pianoo.get(address).status_code == 404
    assert "al begonnen" in text(pianoo.post(address, follow=True))


def test_closing_shows_what_is_unfinished_and_opening_is_a_way_back(pianoo: Client) -> None:
    made = filled(1)
    address, today = f"{ROUNDS}{made.slug}/afsluiten/", timezone.localdate().isoformat()
    assert "Plan van Stad 0" in text(pianoo.get(address))
    assert "Kruis aan dat u de ronde toch wilt afsluiten" in text(pianoo.post(address, {"on": today}), 400)
    assert "in de toekomst" in text(pianoo.post(address, {"on": "2090-01-01"}), 400)
    done = pianoo.post(address, {"on": today, "despite_unfinished": "on"}, follow=True)
    assert "De ronde is afgesloten." in text(done)
    assert "Deze ronde is al afgesloten." in text(pianoo.get(address, follow=True))
    assert "Open haar eerst weer" in text(pianoo.get(f"{ROUNDS}{made.slug}/plannen/", follow=True))
    assert "afgesloten op" in text(pianoo.post(f"{ROUNDS}{made.slug}/verdelen/", follow=True))
    back = f"{ROUNDS}{made.slug}/openen/"
    assert "De ronde loopt weer." in text(pianoo.post(back, {"why": "te vroeg"}, follow=True))
    assert "Deze ronde loopt al." in text(pianoo.get(back, follow=True))


def test_findings_are_written_with_figures_and_read_by_everybody(pianoo: Client) -> None:
    made = filled(2)
    address = f"{ROUNDS}{made.slug}/bevindingen/"
    page = pianoo.get(address)
    assert "ronde.gekozen" in text(page)
    form = {"edition": page.context["form"]["edition"].value()}
    said = '<p>Wij lazen <mvi-figure data-key="ronde.gekozen" data-form="words"></mvi-figure> plannen.</p>'
    assert "De bevindingen zijn bewaard." in text(
        pianoo.post(address, {**form, "findings": said}, follow=True)
    )
    reader, _ = person(Role.READER)
    assert "Wij lazen twee plannen." in text(reader.get(f"{ROUNDS}{made.slug}/"))
    form = {"edition": pianoo.get(address).context["form"]["edition"].value()}
    unknown = {**form, "findings": '<p><mvi-figure data-key="x.y"></mvi-figure></p>'}
    assert "Het cijfer &#x27;x.y&#x27; bestaat niet." in text(pianoo.post(address, unknown, follow=True))


def test_a_reader_sees_a_round_and_not_its_board() -> None:
    made = filled(1)
    reader, _ = person(Role.READER)
    html = text(reader.get(f"{ROUNDS}{made.slug}/"))
    assert "Plan van Stad" not in html
    assert "/bord/" not in html
    assert reader.get(f"{ROUNDS}{made.slug}/bord/").status_code == 403
    secretariat, _ = person(Role.SECRETARIAT)
    board = text(secretariat.get(f"{ROUNDS}{made.slug}/bord/"))
    assert "Kies plannen" not in board
    assert secretariat.post(f"{ROUNDS}{made.slug}/verdelen/").status_code == 403


def test_the_list_of_rounds_tells_how_many_were_published() -> None:
    made = EvaluationRoundFactory(name="Ronde A", closed_on=date(2024, 6, 1))
    EvaluationFactory.published(round=made, rubric=made.rubric)
    EvaluationRoundFactory(name="Ronde B")
    reader, _ = person(Role.READER)
    html = text(reader.get(ROUNDS, {"peildatum": "2025-01-31"}))
    assert "Ronde A" in html
    assert "Nieuwe ronde" not in html
    assert "Ronde B" not in text(reader.get(ROUNDS, {"stand": "afgesloten", "peildatum": "2025-01-31"}))
    assert "Ronde A" not in text(reader.get(ROUNDS, {"stand": "loopt", "peildatum": "2025-01-31"}))
    assert "Ronde B" not in text(reader.get(ROUNDS, {"zoek": "a", "stand": "afgesloten"}))


def test_the_rounds_that_are_found_come_as_a_file() -> None:
    made = EvaluationRoundFactory(name="Ronde A", closed_on=date(2024, 6, 1))
    EvaluationFactory.published(round=made, rubric=made.rubric)
    EvaluationRoundFactory(name="Ronde B")
    reader, _ = person(Role.READER)
    query = {"stand": "afgesloten", "peildatum": "2025-01-31"}
    assert f"{ROUNDS}export.csv?stand=afgesloten" in text(reader.get(ROUNDS, query))
    answer = reader.get(f"{ROUNDS}export.csv", query)
    head, row, *_told = read(answer.content).sheets[0].rows
    found = dict(zip(head, row, strict=True))
    assert (found["naam"], found["afgesloten op"], found["stand"], found["gepubliceerd"]) == (
        "Ronde A",
        "2024-06-01",
        "afgesloten",
        "1",
    )
    assert "Ronde B" not in answer.content.decode()


def test_the_plans_to_choose_from_come_as_a_file_for_who_chooses(pianoo: Client) -> None:
    address = f"{ROUNDS}{EvaluationRoundFactory().slug}/plannen/"
    plan_of("Aardorp"), plan_of("Het Gewest", Kind.PROVINCE)
    query = {"soort": "municipality"}
    assert f"{address}export.csv?soort=municipality" in text(pianoo.get(address, query))
    rows = read(pianoo.get(f"{address}export.csv", {**query, "formaat": "xlsx"}).content).sheets[0].rows
    assert [row[1:3] for row in rows] == [["titel", "organisaties"], ["Plan van Aardorp", "Aardorp"]]
    assert rows[1][3] is not None
    assert pianoo.post(f"{address}export.csv", {"alle": "ja", "because": "x"}).status_code == 405
    assert not Evaluation.objects.exists()
    assert person(Role.SECRETARIAT)[0].get(f"{address}export.csv").status_code == 403


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        text(client.get(address))
    return len(queries)


@pytest.mark.parametrize(
    "room", ["bord/", "bord/export.csv", "verdeling/", "plannen/", "plannen/export.csv", "afsluiten/"]
)
def test_a_page_asks_as_much_for_one_plan_as_for_many(room: str, pianoo: Client) -> None:
    made = filled(1)
    plan_of("Vrij")
    address = f"{ROUNDS}{made.slug}/{room}"
    few = asked(pianoo, address)
    by = User.objects.get(email="maker@voorbeeld.example")
    rounds.choose(round_=made, plans=[plan_of(f"Dorp {n}") for n in range(8)], because="x", by=by)
    for number in range(8):
        plan_of(f"Vrij {number}")
    assert asked(pianoo, address) == few


@pytest.mark.parametrize(
    ("day", "state"), [("1-1-2026", "gepland"), ("1-10-2026", "loopt"), ("1-2-2027", "afgesloten")]
)
def test_a_list_of_rounds_tells_how_each_stood_on_the_day(pianoo: Client, day: str, state: str) -> None:
    EvaluationRoundFactory(
        name="Najaar", starts_on=PartialDate.day(date(2026, 9, 1)), closed_on=date(2027, 1, 1)
    )
    for asked in ("gepland", "loopt", "afgesloten"):
        html = text(pianoo.get(ROUNDS, {"peildatum": day, "stand": asked}))
        assert ("Najaar</a>" in html) is (asked == state)
    assert f">{state}<" in text(pianoo.get(ROUNDS, {"peildatum": day}))
