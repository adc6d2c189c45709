"""A letter goes from state to state: one step at a time, back with a reason, and never twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role, User
from reports import services, states
from reports.errors import LetterError
from reports.models import Letter, LetterState, Passage
from reports.states import Gate
from tests.factories.reports import LetterFactory, SectionFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT, name="De Secretaris")
    return found


@pytest.fixture
def page(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


@pytest.fixture(autouse=True)
def no_gates() -> Iterator[None]:
    """What must be true before a step is told by its own tests."""
    kept = dict(states.gates._items)
    states.gates._items.clear()
    yield
    states.gates._items.clear()
    states.gates._items.update(kept)


def draft() -> Letter:
    letter: Letter = LetterFactory(slug="brief")
    return letter


def stand(letter: Letter) -> str:
    return str(Letter.objects.get(pk=letter.pk).state)


def test_a_letter_goes_through_its_states_in_order(secretary: User) -> None:
    letter = draft()
    passed = [
        services.advance(letter=letter, expected=state, by=secretary).state for state in list(LetterState)[:4]
    ]
    assert passed == ["in-agreement", "agreed", "decided", "final"]
    assert Passage.objects.filter(letter=letter, by=secretary).count() == 4


def test_a_letter_is_not_sent_by_a_click() -> None:
    letter = LetterFactory(state=LetterState.FINAL)
    with pytest.raises(LetterError, match="ondertekende bestand"):
        services.advance(letter=letter, expected=LetterState.FINAL, by=None)


def test_who_clicks_second_is_told_who_was_first(secretary: User) -> None:
    letter = draft()
    services.advance(letter=letter, expected=LetterState.DRAFT, by=secretary)
    with pytest.raises(LetterError, match=r"al gedaan door De Secretaris .*'in akkoordronde'"):
        services.advance(letter=letter, expected=LetterState.DRAFT, by=secretary)
    assert stand(letter) == "in-agreement"
    assert Passage.objects.count() == 1


def test_what_is_missing_is_told_all_at_once() -> None:
    letter = draft()
    states.gates.add("one", Gate(LetterState.IN_AGREEMENT, lambda _: ["Er is geen tekst."]))
    states.gates.add("two", Gate(LetterState.IN_AGREEMENT, lambda _: ["Er is geen datum."]))
    states.gates.add("later", Gate(LetterState.AGREED, lambda _: ["Niet nu."]))
    with pytest.raises(LetterError) as refused:
        services.advance(letter=letter, expected=LetterState.DRAFT, by=None)
    assert refused.value.problems == ("Er is geen tekst.", "Er is geen datum.")


@pytest.mark.parametrize("why", ["", "  "])
def test_a_way_back_has_a_reason(why: str) -> None:
    letter = LetterFactory(state=LetterState.DECIDED)
    with pytest.raises(LetterError, match="waarom"):
        services.step_back(
            letter=letter, expected=LetterState.DECIDED, to=LetterState.DRAFT, why=why, by=None
        )


def test_a_letter_goes_back_to_an_earlier_state_only(secretary: User) -> None:
    letter = LetterFactory(state=LetterState.DECIDED)
    expected = LetterState.DECIDED
    with pytest.raises(LetterError, match="kan niet terug naar 'definitief'"):
        services.step_back(letter=letter, expected=expected, to=LetterState.FINAL, why="x", by=None)
    back = LetterState.IN_AGREEMENT
    services.step_back(letter=letter, expected=expected, to=back, why="De minister vraagt iets.", by=None)
    assert stand(letter) == "in-agreement"
    assert Passage.objects.get().why == "De minister vraagt iets."


@pytest.mark.parametrize("state", list(LetterState)[2:5])
def test_texts_stay_as_all_agreed_with_them(state: LetterState) -> None:
    section = SectionFactory(letter=LetterFactory(state=state))
    with pytest.raises(LetterError, match="de teksten liggen vast"):
        services.edit_section(section=section, text="<p>Anders.</p>", by=None)


def test_texts_change_while_they_are_being_agreed(secretary: User) -> None:
    section = SectionFactory(letter=LetterFactory(state=LetterState.IN_AGREEMENT))
    services.edit_section(section=section, text="<p>Anders.</p>", by=secretary)
    section.refresh_from_db()
    assert section.text == "<p>Anders.</p>"


def test_the_page_tells_where_the_letter_stands_and_what_is_next(page: Client) -> None:
    draft()
    html = page.get("/brieven/brief/").content.decode()
    assert 'aria-current="step"' in html
    assert "Begin de akkoordronde" in html
    assert "Zet de brief terug" not in html


def test_a_double_click_on_the_page_is_one_step(page: Client) -> None:
    draft()
    first = page.post("/brieven/brief/verder/", {"expected": "draft"}, follow=True).content.decode()
    again = page.post("/brieven/brief/verder/", {"expected": "draft"}, follow=True).content.decode()
    assert "in akkoordronde" in first
    assert "Er is niets dubbel gebeurd" in again


@pytest.mark.parametrize("expected", ["", "weg"])
def test_a_click_that_says_nothing_does_nothing(page: Client, expected: str) -> None:
    letter = draft()
    html = page.post("/brieven/brief/verder/", {"expected": expected}, follow=True).content.decode()
    assert "welke stap u bedoelt" in html
    assert stand(letter) == "draft"


def test_the_page_puts_a_letter_back_with_its_reason(page: Client) -> None:
    letter = LetterFactory(slug="brief", state=LetterState.AGREED)
    assert "Waarom" in page.get("/brieven/brief/terug/").content.decode()
    data = {"expected": "agreed", "to": "draft", "why": ""}
    assert page.post("/brieven/brief/terug/", data).status_code == 400
    html = page.post("/brieven/brief/terug/", {**data, "why": "Nieuwe cijfers."}, follow=True)
    assert "terug op &#x27;concept&#x27;" in html.content.decode()
    assert stand(letter) == "draft"


def test_who_puts_back_second_is_told(page: Client) -> None:
    LetterFactory(slug="brief", state=LetterState.AGREED)
    data = {"expected": "decided", "to": "draft", "why": "Nieuwe cijfers."}
    answer = page.post("/brieven/brief/terug/", data)
    assert (answer.status_code, "al gedaan" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("state", "told"), [("draft", "nog een concept"), ("sent", "verzonden en ligt vast")]
)
def test_there_is_no_way_back_from_a_draft_or_what_was_sent(page: Client, state: str, told: str) -> None:
    sent_on = "2025-02-03" if state == "sent" else None
    LetterFactory(slug="brief", state=state, sent_on=sent_on)
    assert told in page.get("/brieven/brief/terug/", follow=True).content.decode()


def _walk() -> Iterator[LetterState]:
    state: LetterState | None = LetterState.DRAFT
    while state:
        yield state
        state = state.following


def test_each_state_is_followed_by_the_next_and_a_sent_letter_by_none() -> None:
    assert list(_walk()) == list(LetterState)
    assert LetterState.SENT.earlier == []
