"""The plan of a letter, counted back from its sending around weekends and recesses, and what slips."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role
from reports import services
from reports.composing.planning import Calendar, counted_back, shown, tasks_of
from reports.models import Letter, LetterState, PlanStep, Recess, StepKind
from tests.factories.reports import DATED, LetterFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 1, 30)


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


@pytest.fixture
def letter() -> Letter:
    made: Letter = LetterFactory(slug="brief")
    return made


def test_working_days_go_around_weekends_and_recesses() -> None:
    recess = Recess(name="kerst", first_day=date(2026, 1, 26), last_day=date(2026, 1, 28))
    calendar = Calendar([recess])
    assert calendar.back(FRIDAY, 1) == date(2026, 1, 29)
    assert calendar.back(FRIDAY, 2) == date(2026, 1, 23)
    assert calendar.back(date(2026, 2, 1), 0) == FRIDAY
    assert calendar.between(date(2026, 1, 23), FRIDAY) == 2


def test_working_days_go_around_public_holidays() -> None:
    calendar = Calendar([])
    assert calendar.back(date(2026, 12, 28), 1) == date(2026, 12, 24)
    assert calendar.ahead(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_the_steps_come_in_their_order_and_end_on_the_wished_day() -> None:
    days = counted_back(FRIDAY, Calendar([]))
    assert list(days) == list(StepKind)
    assert sorted(days.values()) == list(days.values())
    assert days[StepKind.SENDING] == FRIDAY
    assert days[StepKind.DECISION] == date(2026, 1, 23)


def test_the_plan_is_counted_back_on_the_page_and_again(secretary: Client, letter: Letter) -> None:
    place = "/brieven/brief/planning/"
    assert "Er is nog geen planning" in secretary.get(place).content.decode()
    html = secretary.post(place, {"sending_on": "30 januari 2026"}, follow=True).content.decode()
    assert "23 januari 2026" in html
    step = letter.plan_steps.get(kind=StepKind.ROUND_ASKED)
    services.set_step(step=step, due_on=step.due_on, done_on=step.due_on, by=None)
    secretary.post(place, {"sending_on": "27 februari 2026"})
    moved = letter.plan_steps.get(kind=StepKind.DECISION)
    assert moved.due_on == date(2026, 2, 20)
    assert letter.plan_steps.get(pk=step.pk).due_on == step.due_on
    assert secretary.post(place, {"sending_on": "ooit"}).status_code == 400


def test_a_step_gets_another_day_or_is_done(secretary: Client, letter: Letter) -> None:
    services.plan_letter(letter=letter, sending_on=FRIDAY, by=None)
    step = letter.plan_steps.get(kind=StepKind.LINE)
    place = f"/brieven/brief/planning/{step.pk}/"
    opened = secretary.get(place).context["form"].current
    secretary.post(place, {"due_on": "2-2-2026", "done_on": "", "edition": opened})
    step.refresh_from_db()
    assert step.due_on == date(2026, 2, 2)
    answer = secretary.post(place, {"due_on": "3-2-2026", "done_on": "", "edition": opened})
    assert "Twee teksten naast elkaar" in answer.content.decode()


def test_what_slips_and_what_is_next_are_tasks_of_who_composes(letter: Letter) -> None:
    today = timezone.localdate()
    PlanStep.objects.create(
        letter=letter, kind=StepKind.ROUND_ASKED, due_on=today - timedelta(days=9), done_on=today
    )
    PlanStep.objects.create(letter=letter, kind=StepKind.ROUND_CLOSED, due_on=today - timedelta(days=7))
    PlanStep.objects.create(letter=letter, kind=StepKind.DRAFT, due_on=today + timedelta(days=7))
    PlanStep.objects.create(letter=letter, kind=StepKind.SENDING, due_on=today + timedelta(days=70))
    late, following = tasks_of(ActorFactory(role=Role.SECRETARIAT), today)
    assert late.detail.startswith("Eén stap van de planning loopt uit. Duurt elke stap zo lang als gepland")
    assert "concept is klaar" in following.title
    assert tasks_of(ActorFactory(role=Role.OFFICER), today) == []
    states = [item.state for item in shown(letter, today)]
    assert states == ["gedaan", "loopt uit", "schuift mee", "schuift mee"]


def test_the_state_of_the_letter_tells_which_steps_were_taken() -> None:
    letter = LetterFactory(state=LetterState.AGREED)
    services.plan_letter(letter=letter, sending_on=FRIDAY, by=None)
    done = {item.step.kind for item in shown(letter, date(2025, 1, 1)) if item.state == "gedaan"}
    assert done == {StepKind.DRAFT, StepKind.DIRECTORS, StepKind.CO_SENDERS}


def test_recesses_are_kept_and_do_not_overlap(secretary: Client) -> None:
    place = "/brieven/recessen/"
    given = {"name": "kerst", "first_day": "21-12-2026", "last_day": "3-1-2027", "source": "", "edition": ""}
    assert "Vastgelegd: kerst" in secretary.post(f"{place}nieuw/", given, follow=True).content.decode()
    clash = secretary.post(f"{place}nieuw/", {**given, "name": "dubbel"})
    assert "al een ander reces" in clash.content.decode()
    wrong = secretary.post(f"{place}nieuw/", {**given, "first_day": "9-1-2028"})
    assert "De laatste dag ligt vóór de eerste" in wrong.content.decode()
    recess = Recess.objects.get()
    opened = secretary.get(f"{place}{recess.pk}/").context["form"].current
    secretary.post(f"{place}{recess.pk}/", {**given, "name": "kerstreces", "edition": opened})
    assert Recess.objects.get().name == "kerstreces"
    secretary.post(f"{place}{recess.pk}/verwijderen/")
    assert not Recess.objects.exists()


def test_a_sent_letter_is_not_planned(secretary: Client, letter: Letter) -> None:
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)
    assert secretary.post("/brieven/brief/planning/", {"sending_on": "30-1-2026"}).status_code == 404


def test_what_is_late_pushes_what_comes_after_it(letter: Letter) -> None:
    monday = date(2026, 1, 12)
    days = {
        StepKind.CO_SENDERS: date(2026, 1, 6),
        StepKind.LINE: date(2026, 1, 14),
        StepKind.SENDING: date(2026, 1, 21),
    }
    for kind, day in days.items():
        PlanStep.objects.create(letter=letter, kind=kind, due_on=day)
    late, line, sending = shown(letter, monday)
    assert (late.state, late.detail) == ("loopt uit", "4 werkdagen over de datum")
    assert (line.state, line.tone) == ("schuift mee", "warn")
    assert line.detail == (
        "4 werkdagen later: wordt 20 januari 2026, als elke stap zo lang duurt als gepland"
    )
    assert "27 januari 2026" in sending.detail
    (task, _next) = tasks_of(ActorFactory(role=Role.SECRETARIAT), monday)
    assert task.detail == (
        "Eén stap van de planning loopt uit. Duurt elke stap zo lang als gepland, dan gaat de brief op "
        "27 januari 2026 uit, niet op 21 januari 2026."
    )


def test_a_new_letter_has_its_plan_from_the_wished_day() -> None:
    office = LetterFactory.create()
    frame, sender, addressee = office.frame, office.sender, office.addressee
    told = {"frame": frame, "sender": sender, "addressee": addressee, "dated": FRIDAY}
    made = [
        services.start_letter(
            letter=Letter(title="Brief", reference_date=FRIDAY, **told), sending_on=day, by=None
        )
        for day in (None, date(2026, 2, 27))
    ]
    due = [letter.plan_steps.get(kind=StepKind.DECISION).due_on for letter in made]
    assert due == [date(2026, 1, 23), date(2026, 2, 20)]
    assert made[0].plan_steps.count() == len(StepKind)
