"""A round as the secretariat makes it, asks it and closes it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from monitoring.models import PolicyLine, ProgressEntry, ProgressRound, Role
from mvi_portal.accounts.models import Role as Part
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from mvi_portal.mails.models import Mail
from signatories.models import Kind, Organisation, Representative
from tests.factories.monitoring import (
    LineMappingFactory,
    PlanRoleFactory,
    PolicyLineFactory,
    ProgressEntryFactory,
    ProgressRoundFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NEW = "/monitoring/voortgang/nieuw/"


@pytest.fixture
def secretariat(client: Client) -> Client:
    client.force_login(ActorFactory(role=Part.SECRETARIAT, name="De Secretaris"))
    return client


@pytest.fixture
def line() -> PolicyLine:
    """Of a frame with two lines, in which a ministry has a part."""
    made: PolicyLine = PolicyLineFactory(
        frame__slug="lijnen", frame__valid_from=date(2024, 1, 1), code="A", order=1
    )
    PolicyLineFactory(frame=made.frame, code="B", order=2)
    ministry = OrganisationFactory(key="mnre1130", kind=Kind.MINISTRY, called__name="Infrastructuur")
    PlanRoleFactory(frame=made.frame, organisation=ministry, role=Role.PAYS)
    OrganisationFactory(key="vng", kind=Kind.UMBRELLA, called__name="VNG")
    return made


def due() -> date:
    return timezone.localdate() + timedelta(days=30)


def filled(**other: Any) -> dict[str, Any]:
    return {
        "kader": "lijnen",
        "title": "Voortgang over 2026",
        "period_from": "1 januari 2026",
        "period_until": "31-12-2026",
        "due_on": long_date(due()),
        "departments": ["mnre1130"],
        "question_A": "Wat deed u?",
        **other,
    }


def made() -> ProgressRound:
    return ProgressRound.objects.get()


def place(below: str = "") -> str:
    return f"/monitoring/voortgang/{made().slug}/{below}"


def opened(client: Client, address: str) -> dict[str, str]:
    """The edition that the form was opened on."""
    found = re.search(r'name="edition" value="(\w+)"', client.get(address).content.decode())
    assert found
    return {"edition": found[1]}


def step(client: Client, action: str) -> str:
    return client.post(place("stap/"), {"actie": action}, follow=True).content.decode()


@pytest.mark.usefixtures("line")
def test_a_round_is_made_and_stays_with_the_secretariat_until_it_is_asked(secretariat: Client) -> None:
    html = secretariat.get(NEW).content.decode()
    assert re.search(r'value="mnre1130"[^>]* checked', html)
    assert not re.search(r'value="vng"[^>]* checked', html)
    answer = secretariat.post(NEW, filled(), follow=True)
    assert "De ronde staat klaar" in answer.content.decode()
    assert [item.text for item in made().questions.all()] == ["Wat deed u?"]
    assert [item.organisation.key for item in made().requests.all()] == ["mnre1130"]
    reader = Client()
    reader.force_login(ActorFactory(role=Part.READER))
    assert reader.get(place()).status_code == 404
    assert "De ronde is uitgevraagd." in step(secretariat, "uitvragen")
    assert made().asked_on == timezone.localdate()
    assert reader.get(place()).status_code == 200


@pytest.mark.usefixtures("line")
def test_the_next_round_begins_as_the_one_before_it(secretariat: Client) -> None:
    secretariat.post(NEW, filled(others=["vng"]))
    html = secretariat.get(NEW).content.decode()
    assert re.search(r'value="vng"[^>]* checked', html)
    assert "Wat deed u?" in html
    secretariat.post(NEW, filled())
    assert [item.slug for item in ProgressRound.objects.order_by("pk")] == [
        "voortgang-over-2026",
        "voortgang-over-2026-2",
    ]


def test_what_was_typed_goes_along_to_another_frame_and_back(secretariat: Client, line: PolicyLine) -> None:
    next_one = PolicyLineFactory(frame__slug="volgend", frame__name="Het volgende plan", code="1", order=1)
    LineMappingFactory(from_line=line, to_line=next_one)
    typed = filled(van="lijnen", title="Bijna af", due_on="ooit", departments=[], others=["vng"])
    typed |= {"question_A": "Eerste?\r\nTweede?", "question_B": "Nergens anders?"}
    there = secretariat.post(NEW, {**typed, "kader": "volgend", "kies": "ja"})
    assert there.status_code == 200
    form, html = there.context["form"], there.content.decode()
    assert [form[name].value() for name in ("title", "due_on")] == ["Bijna af", "ooit"]
    assert (form["departments"].value(), form["others"].value()) == ([], ["vng"])
    assert form["question_1"].value() == "Eerste?\r\nTweede?"
    assert "Dit veld is verplicht" not in html
    assert [item.text for item in there.context["unplaced"]] == ["Nergens anders?"]
    carried = {item.name: item.text for item in there.context["texts"]}
    sent = {**typed, **carried, "van": "volgend", "kader": "lijnen", "question_1": "Anders."}
    back = secretariat.post(NEW, sent)  # without the button: what is on the page is of another frame
    assert not ProgressRound.objects.exists()
    assert back.context["form"]["question_A"].value() == "Eerste?\r\nTweede?"
    assert back.context["form"]["question_B"].value() == "Nergens anders?"
    assert [item.text for item in back.context["unplaced"]] == ["Anders."]
    carried = {item.name: item.text for item in back.context["texts"]}
    wrong = secretariat.post(NEW, {**typed, **carried})
    assert wrong.status_code == 400
    assert "Anders." in wrong.content.decode()
    assert "De ronde staat klaar" in (
        secretariat.post(NEW, {**typed, **carried, "due_on": long_date(due())}, follow=True).content.decode()
    )
    assert made().frame == line.frame


def test_another_frame_opens_as_its_own_round_before_where_nothing_was_typed(
    secretariat: Client, line: PolicyLine
) -> None:
    LineMappingFactory(from_line=line, to_line__frame__slug="volgend", to_line__code="1")
    secretariat.post(NEW, {**filled(), "kader": "volgend", "question_1": "Zoals eerder?", "others": ["vng"]})
    secretariat.post(NEW, filled())
    untouched = filled(van="lijnen", kader="volgend", kies="ja")
    form = secretariat.post(NEW, untouched).context["form"]
    assert form["question_1"].value() == "Zoals eerder?"
    assert form["others"].value() == ["vng"]


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "Dit veld is verplicht"),
        ({"period_until": "1-1-2025"}, "ligt"),
        ({"due_on": "ooit"}, "ooit"),
        ({"departments": ["zomaar"]}, "zomaar"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    secretariat: Client, typed: dict[str, Any], told: str
) -> None:
    answer = secretariat.post(NEW, filled(**typed))
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "Wat deed u?" in answer.content.decode()
    assert not ProgressRound.objects.exists()


@pytest.mark.usefixtures("line")
def test_all_of_it_can_be_changed_before_it_is_asked(secretariat: Client) -> None:
    secretariat.post(NEW, filled())
    typed = filled(title="Anders", departments=[], others=["vng"], question_A="", question_B="En dit?")
    secretariat.post(place("wijzigen/"), {**typed, **opened(secretariat, place("wijzigen/"))})
    assert made().title == "Anders"
    assert [item.line.code for item in made().questions.all()] == ["B"]
    assert [item.organisation.key for item in made().requests.all()] == ["vng"]
    assert "Gewijzigd door De Secretaris" in " ".join(secretariat.get(place()).content.decode().split())


@pytest.mark.usefixtures("line")
def test_the_second_who_changes_a_round_is_shown_both_questions(secretariat: Client) -> None:
    secretariat.post(NEW, filled())
    mine = opened(secretariat, place("wijzigen/"))
    secretariat.post(
        place("wijzigen/"), {**filled(question_A="Hun vraag?"), **opened(secretariat, place("wijzigen/"))}
    )
    answer = secretariat.post(place("wijzigen/"), {**filled(question_A="Mijn vraag?"), **mine})
    assert answer.status_code == 400
    assert "Hun vraag?" in answer.content.decode()
    assert "Mijn vraag?" in answer.content.decode()


@pytest.mark.usefixtures("line")
def test_a_round_that_was_closed_only_gets_another_last_day(secretariat: Client) -> None:
    secretariat.post(NEW, filled())
    step(secretariat, "uitvragen")
    step(secretariat, "sluiten")
    address, later = place("wijzigen/"), due() + timedelta(days=7)
    past = {"due_on": "1-1-2020", **opened(secretariat, address)}
    assert "is al voorbij" in secretariat.post(address, past).content.decode()
    secretariat.post(address, {"due_on": long_date(later), "title": "Nee", **opened(secretariat, address)})
    assert (made().due_on, made().title) == (later, "Voortgang over 2026")


def officer_of(key: str) -> User:
    user: User = ActorFactory(role=Part.OFFICER, email=f"{key}@voorbeeld.example")
    body = Organisation.objects.get(key=key)
    Representative.objects.create(user=user, organisation=body, valid_from=date(2020, 1, 1))
    return user


def repaired(secretariat: Client, **typed: Any) -> str:
    address = place("wijzigen/")
    given = {**filled(), **typed, **opened(secretariat, address)}
    return secretariat.post(address, given, follow=True).content.decode()


@pytest.mark.usefixtures("line")
def test_an_organisation_is_added_to_an_open_round_and_gets_its_mail(secretariat: Client) -> None:
    secretariat.post(NEW, filled())
    for key in ("mnre1130", "vng"):
        officer_of(key)
    step(secretariat, "uitvragen")
    assert "Er gaat 1 mail uit." in repaired(secretariat, others=["vng"])
    mail = Mail.objects.get(recipient="vng@voorbeeld.example")
    assert place("vng/") in mail.body
    assert "Wat deed u?" in mail.body
    assert "Er ga" not in repaired(secretariat, others=["vng"])
    assert Mail.objects.count() == 2
    html = repaired(secretariat, others=[], title="Nee", period_from="1-1-2020")
    assert "Er gaat 1 mail uit." in html
    assert Mail.objects.filter(recipient="vng@voorbeeld.example", subject__contains="niet meer").exists()
    assert [item.organisation.key for item in made().requests.all()] == ["mnre1130"]
    assert made().title == "Voortgang over 2026"
    told = [line for line in secretariat.get(place()).context["changes"] if "gevraagd: VNG" in line.fields]
    assert [(line.kind, line.who) for line in told] == [
        ("verwijderd", "De Secretaris"),
        ("toegevoegd", "De Secretaris"),
    ]
    assert "Kies eerst wie u iets vraagt" in repaired(secretariat, departments=[])
    assert "is al voorbij" in repaired(secretariat, due_on="1-1-2020")


def test_who_wrote_stays_in_the_round(secretariat: Client, line: PolicyLine) -> None:
    secretariat.post(NEW, filled(others=["vng"]))
    step(secretariat, "uitvragen")
    ProgressEntryFactory(round=made(), line=line, organisation=Organisation.objects.get(key="vng"))
    html = repaired(secretariat, question_A="Toch anders?")
    assert "VNG schreef al in deze ronde" in html
    assert "Toch anders?" in html
    assert made().requests.count() == 2
    assert made().questions.get().text == "Wat deed u?"


def test_a_question_is_reworded_and_who_was_asked_hears_and_sees_so(
    secretariat: Client, line: PolicyLine
) -> None:
    secretariat.post(NEW, filled())
    officer_of("mnre1130")
    step(secretariat, "uitvragen")
    body = Organisation.objects.get(key="mnre1130")
    ProgressEntryFactory(round=made(), line=line, organisation=body, submitted=True)
    assert "Dit veld is verplicht" in repaired(secretariat, question_A="")
    ProgressEntry.objects.update(submitted_at=timezone.now())
    html = repaired(secretariat, question_A="Wat deed u in 2026?", question_B="En dit?")
    question: Any = made().questions.get()
    question.events.filter(text="Wat deed u in 2026?").update(pgh_created_at=timezone.now())
    assert "Er gaat 1 mail uit." in html
    mail = Mail.objects.get(subject__contains="aangepast")
    assert "Wat deed u in 2026?" in mail.body
    assert "U hebt al geantwoord" in mail.body
    assert [item.line.code for item in made().questions.all()] == ["A"]
    html = " ".join(secretariat.get(place("mnre1130/A/")).content.decode().split())
    assert "luidde zij" in html
    assert "Wat deed u?" in html
    assert "Gewijzigd door De Secretaris" in " ".join(secretariat.get(place()).content.decode().split())


@pytest.mark.usefixtures("line")
def test_nobody_is_asked_nothing(secretariat: Client) -> None:
    secretariat.post(NEW, filled(departments=[]))
    assert "Kies eerst wie u iets vraagt" in step(secretariat, "uitvragen")
    ProgressRound.objects.all().delete()
    secretariat.post(NEW, filled(question_A=""))
    assert "minstens één lijn een vraag" in step(secretariat, "uitvragen")
    ProgressRound.objects.all().delete()
    secretariat.post(NEW, filled(due_on="1-1-2027", period_until="1-1-2026"))
    ProgressRound.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "is al voorbij" in step(secretariat, "uitvragen")


@pytest.mark.usefixtures("line")
def test_a_round_is_closed_opened_again_and_never_asked_twice(secretariat: Client) -> None:
    secretariat.post(NEW, filled())
    assert "niet open" in step(secretariat, "sluiten")
    assert "niet gesloten" in step(secretariat, "heropenen")
    step(secretariat, "uitvragen")
    assert "al uitgevraagd" in step(secretariat, "uitvragen")
    assert "al uitgevraagd" in step(secretariat, "weggooien")
    step(secretariat, "sluiten")
    assert not made().is_open(timezone.localdate())
    step(secretariat, "heropenen")
    assert made().is_open(timezone.localdate())
    assert "Deze stap bestaat niet" in step(secretariat, "toveren")


@pytest.mark.usefixtures("line")
def test_what_was_never_asked_can_be_thrown_away(secretariat: Client) -> None:
    secretariat.post(NEW, filled())
    assert "De ronde is weggegooid." in step(secretariat, "weggooien")
    assert not ProgressRound.objects.exists()


def test_without_a_frame_there_is_nothing_to_ask(secretariat: Client) -> None:
    assert "Er is nog geen kader" in secretariat.get(NEW, follow=True).content.decode()


def test_only_the_secretariat_makes_rounds(client: Client) -> None:
    client.force_login(ActorFactory(role=Part.OFFICER))
    found = ProgressRoundFactory(asked_on=timezone.localdate(), due_on=due())
    assert client.get(NEW).status_code == 403
    assert "Maak een ronde" not in client.get("/monitoring/voortgang/").content.decode()
    assert "Sluit de ronde" not in client.get(f"/monitoring/voortgang/{found.slug}/").content.decode()
    assert User.objects.count() == 1
