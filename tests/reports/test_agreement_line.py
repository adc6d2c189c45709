"""The internal line, step by step, and what the office-holder decides; then the letter can become final."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role, User
from reports import states
from reports.agreement.line import Line
from reports.errors import LetterError
from reports.models import DecisionNote, Letter, LetterState, LineStep, NoteSection, Verdict
from reports.services import agreeing as services
from reports.services.line import Record, record_decision, record_step, set_steps
from reports.services.notes import edit_note_section
from signatories.models import Office
from tests.documents import pdf
from tests.factories.agreement import built, decided
from tests.factories.registers import municipalities
from tests.factories.reports import (
    CoSenderFactory,
    DecisionNoteFactory,
    FreezeFactory,
    LetterFactory,
    NoteSectionFactory,
    figure,
)
from tests.factories.signatories import ActorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2025, 2, 4)
STEPS = ("directeur", "financiën")


@pytest.fixture
def secretary() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT, name="De Secretaris")
    return found


@pytest.fixture
def page(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


@pytest.fixture
def letter(secretary: User) -> Letter:
    set_steps(titles=STEPS, by=secretary)
    return with_note(LetterFactory.saying("<p>Het gaat goed.</p>", slug="brief", state=LetterState.AGREED))


def with_note(letter: Letter) -> Letter:
    NoteSectionFactory(note__letter=letter, note__office=letter.sender, text="<p>Stuur de brief.</p>")
    return letter


def rewrite_note(office: Office) -> None:
    section = NoteSection.objects.get(note__office=office)
    edit_note_section(section=section, text="<p>Stuur de brief niet.</p>", by=None)


def step(letter: Letter, title: str, by: User) -> None:
    found = LineStep.objects.get(title=title)
    record_step(letter=letter, step=found, function=title, record=Record(TODAY, "Gezien."), by=by)


def decide(letter: Letter, verdict: Verdict, by: User, remark: str = "") -> None:
    record = Record(TODAY, remark)
    record_decision(letter=letter, office=letter.sender, verdict=verdict, record=record, by=by)


def steps() -> list[str]:
    return [str(found) for found in LineStep.objects.all()]


def through(letter: Letter, by: User) -> None:
    for title in STEPS:
        step(letter, title, by)


def change(letter: Letter, by: User) -> None:
    """Back, another text, and all agreed again."""
    Letter.objects.update(state=LetterState.DRAFT)
    services.edit_section(section=letter.sections.get(), text="<p>Het gaat beter.</p>", by=by)
    Letter.objects.update(state=LetterState.AGREED)


def test_the_line_is_set_up_in_the_browser_in_order(page: Client) -> None:
    address = "/brieven/ambtelijke-lijn/inrichten/"
    page.post(address, {"steps": "directeur\n\n juridische zaken \ndirecteur-generaal"})
    assert [str(step) for step in LineStep.objects.all()] == [
        "directeur",
        "juridische zaken",
        "directeur-generaal",
    ]
    page.post(address, {"steps": "directeur-generaal\ndirecteur"})
    assert steps() == ["directeur-generaal", "directeur"]
    for wrong, told in (("a\na", "twee keer"), ("x" * 101, "te lange naam")):
        answer = page.post(address, {"steps": wrong})
        assert (answer.status_code, told in answer.content.decode()) == (400, True)


def test_steps_are_taken_in_order(letter: Letter, secretary: User) -> None:
    with pytest.raises(LetterError, match="Eerst komt de stap 'directeur'"):
        step(letter, "financiën", secretary)
    with pytest.raises(LetterError, match="Zet eerst de stappen"):
        decide(letter, Verdict.AGREED, secretary)
    through(letter, secretary)
    with pytest.raises(LetterError, match="al gezet"):
        step(letter, "directeur", secretary)
    assert Line(letter).missing == [f"{letter.sender} heeft nog niet besloten."]


def test_nothing_is_recorded_before_all_agreed_or_of_tomorrow(letter: Letter, secretary: User) -> None:
    tomorrow = Record(timezone.localdate() + timedelta(days=1))
    first = LineStep.objects.get(title="directeur")
    with pytest.raises(ValidationError, match="toekomst"):
        record_step(letter=letter, step=first, function="directeur", record=tomorrow, by=secretary)
    Letter.objects.update(state=LetterState.DRAFT)
    with pytest.raises(LetterError, match="begint als iedereen akkoord is"):
        step(letter, "directeur", secretary)


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (Verdict.WITH_CHANGE, "voer de wijziging door"),
        (Verdict.DISCUSS, "wil de brief bespreken"),
        (Verdict.NOT_AGREED, "is niet akkoord"),
    ],
)
def test_only_a_yes_is_a_yes(letter: Letter, secretary: User, verdict: Verdict, told: str) -> None:
    through(letter, secretary)
    decide(letter, verdict, secretary, "Noem het jaar.")
    with pytest.raises(LetterError, match=told):
        services.advance(letter=letter, expected=LetterState.AGREED, by=secretary)
    decide(letter, Verdict.AGREED, secretary)
    assert services.advance(letter=letter, expected=LetterState.AGREED, by=secretary).state == "decided"


def test_a_change_that_the_office_holder_asked_for_is_made_and_no_more(
    letter: Letter, secretary: User
) -> None:
    through(letter, secretary)
    decide(letter, Verdict.WITH_CHANGE, secretary, "Noem het jaar.")
    change(letter, secretary)
    line = Line(Letter.objects.get())
    assert [stage.state for stage in line.stages] == ["gezien, op een eerdere tekst"] * 2
    assert not line.rulings[0].missing
    through(letter, secretary)
    decide(letter, Verdict.AGREED, secretary)
    change_again = letter.sections.get()
    Letter.objects.update(state=LetterState.DRAFT)
    services.edit_section(section=change_again, text="<p>Toch anders.</p>", by=secretary)
    Letter.objects.update(state=LetterState.AGREED)
    assert "sinds het besluit" in Line(Letter.objects.get()).rulings[0].missing


def test_a_note_that_changes_after_the_decision_goes_through_the_line_again(
    letter: Letter, secretary: User
) -> None:
    through(letter, secretary)
    decide(letter, Verdict.AGREED, secretary)
    rewrite_note(letter.sender)
    assert len(Line(Letter.objects.get()).missing) == len(STEPS) + 1
    with pytest.raises(LetterError, match="of van de nota is gewijzigd sinds het besluit"):
        services.advance(letter=letter, expected=LetterState.AGREED, by=secretary)
    through(letter, secretary)
    decide(letter, Verdict.AGREED, secretary)
    assert services.advance(letter=letter, expected=LetterState.AGREED, by=secretary).state == "decided"


def test_a_change_that_was_asked_can_be_made_in_the_note(letter: Letter, secretary: User) -> None:
    through(letter, secretary)
    decide(letter, Verdict.WITH_CHANGE, secretary, "Niet sturen.")
    rewrite_note(letter.sender)
    assert not Line(Letter.objects.get()).rulings[0].missing


def test_the_note_of_one_office_is_not_what_another_decided_on(letter: Letter, secretary: User) -> None:
    other = NoteSectionFactory(note__letter=letter).note.office
    through(letter, secretary)
    decide(letter, Verdict.AGREED, secretary)
    rewrite_note(other)
    line = Line(Letter.objects.get())
    assert [bool(ruling.missing) for ruling in line.rulings] == [False, True]
    assert not any(stage.is_done for stage in line.stages)


def test_a_letter_without_a_note_to_its_sender_is_not_decided_on(
    page: Client, letter: Letter, secretary: User
) -> None:
    NoteSection.objects.all().delete()
    DecisionNote.objects.all().delete()
    without = CoSenderFactory(letter=letter).office
    through(letter, secretary)
    decide(letter, Verdict.AGREED, secretary)
    with pytest.raises(LetterError, match=f"Voor {letter.sender} is er nog geen beslisnota"):
        services.advance(letter=letter, expected=LetterState.AGREED, by=secretary)
    with_note(letter)
    decide_again = Letter.objects.get()
    through(decide_again, secretary)
    decide(decide_again, Verdict.AGREED, secretary)
    html = " ".join(page.get("/brieven/brief/akkoord/lijn/").content.decode().split())
    assert f"beslisnota</a>: {without.title}. Zonder nota" in html
    assert services.advance(letter=letter, expected=LetterState.AGREED, by=secretary).state == "decided"


def test_each_office_with_a_note_decides(letter: Letter, secretary: User) -> None:
    note = DecisionNoteFactory(letter=letter)
    through(letter, secretary)
    assert [ruling.office for ruling in Line(letter).rulings] == [letter.sender, note.office]
    with pytest.raises(LetterError, match="beslist niet"):
        record_decision(
            letter=letter, office=OfficeFactory(), verdict=Verdict.AGREED, record=Record(TODAY), by=secretary
        )


def test_a_letter_is_final_once_its_figures_are_frozen_and_its_text_was_built(
    letter: Letter, secretary: User
) -> None:
    through(letter, secretary)
    decide(letter, Verdict.AGREED, secretary)
    expected = services.advance(letter=letter, expected=LetterState.AGREED, by=secretary).stand
    with pytest.raises(LetterError) as refused:
        services.advance(letter=letter, expected=expected, by=secretary)
    assert [told[:10] for told in refused.value.problems] == ["Bevries ee", "Bouw eerst"]
    FreezeFactory.of(letter)
    built(letter)
    assert services.advance(letter=letter, expected=expected, by=secretary).state == "final"


def test_who_freezes_other_figures_after_the_decision_goes_through_the_line_again(
    page: Client, secretary: User
) -> None:
    municipalities(3)
    text = f"<p>Er doen {figure('ondertekenaars.gemeenten')} gemeenten mee.</p>"
    letter = with_note(LetterFactory.saying(text, slug="brief", state=LetterState.AGREED))
    decide(letter, Verdict.AGREED, secretary)
    expected = services.advance(letter=letter, expected=LetterState.AGREED, by=secretary).stand
    assert "Bevriezen</a></li>" in page.get("/brieven/brief/").content.decode()
    municipalities(1, first=4)
    FreezeFactory.of(letter)
    built(letter)
    html = page.post("/brieven/brief/verder/", {"expected": "decided"}, follow=True).content.decode()
    assert "is gewijzigd sinds het besluit" in html
    decide(letter, Verdict.AGREED, secretary)
    assert services.advance(letter=letter, expected=expected, by=secretary).state == "final"


def test_steps_and_decision_are_recorded_on_the_page_with_their_proof(page: Client, letter: Letter) -> None:
    place = "/brieven/brief/akkoord/lijn/"
    for found in LineStep.objects.all():
        data: dict[str, Any] = {"function": "directeur Inkoop", "on": "4-2-2025", "remark": "Akkoord."}
        file = SimpleUploadedFile("paraaf.pdf", pdf())
        html = page.post(f"{place}stappen/{found.pk}/", {**data, "file": file}, follow=True).content.decode()
        assert f"Vastgelegd: {found}." in html
    record = letter.line_records.first()
    assert record
    assert page.get(f"{place}stap-{record.pk}/bestand/").status_code == 200
    decision = f"{place}besluiten/{letter.sender.slug}/"
    wrong = page.post(decision, {"verdict": "discuss", "on": "4-2-2025"})
    assert (wrong.status_code, "te bespreken is" in wrong.content.decode()) == (400, True)
    html = page.post(decision, {"verdict": "agreed", "on": "4-2-2025"}, follow=True).content.decode()
    assert "Het besluit is vastgelegd: akkoord." in html
    assert "Stel vast: er is besloten" in html


def test_who_is_next_in_the_line_is_told(letter: Letter, secretary: User) -> None:
    assert "directeur" in states.standing(letter).waiting
    through(letter, secretary)
    assert states.standing(Letter.objects.get()).waiting == (str(letter.sender),)


def test_a_decision_without_its_reason_is_refused_by_the_database(letter: Letter) -> None:
    rows = letter.decisions.model.objects
    with pytest.raises(IntegrityError, match="decision_remark_unless_agreed"), transaction.atomic():
        rows.create(
            letter=letter,
            office=letter.sender,
            verdict=Verdict.DISCUSS,
            decided_on=TODAY,
            text_sha256="a" * 64,
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_the_letter_final_at_once_one_does_and_the_other_is_told() -> None:
    letter = LetterFactory.saying("<p>Het gaat goed.</p>", slug="brief", state=LetterState.DECIDED)
    FreezeFactory.of(letter)
    decided(letter)
    built(letter)
    start = Barrier(2)
    clients = [Client(), Client()]
    for client, name in zip(clients, ("De Een", "De Ander"), strict=True):
        client.force_login(ActorFactory(role=Role.SECRETARIAT, name=name))

    def click(client: Client) -> str:
        try:
            start.wait()
            return client.post(
                "/brieven/brief/verder/", {"expected": "decided"}, follow=True
            ).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = sorted(pool.map(click, clients), key=lambda page: "al gedaan" in page)
    passage = letter.passages.get()
    assert (passage.from_state, passage.to_state) == ("decided", "final")
    assert "De brief is nu &#x27;definitief&#x27;" in pages[0]
    assert f"al gedaan door {passage.by}" in pages[1]
    assert "Er is niets dubbel gebeurd" in pages[1]
    assert Letter.objects.get().state == LetterState.FINAL
