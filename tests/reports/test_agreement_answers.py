"""Answers: by who acts for the organisation, on behalf of an office, or several in one consultation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.dates import long_date
from reports.agreement.board import Board
from reports.agreement.reading import read_on as text_on
from reports.agreement.reading import text_of
from reports.agreement.sentences import agreement_sentences
from reports.errors import LetterError
from reports.models import (
    Answer,
    Assent,
    AssentKind,
    Letter,
    LetterState,
    Proposal,
    Reading,
    Remark,
    Reply,
)
from reports.services import agreeing as services
from reports.services.agreeing import Given, Said
from reports.services.answering import take_reading
from tests.documents import pdf
from tests.factories.agreement import ReadingFactory, ReplyFactory
from tests.factories.monitoring import ConsultationFactory
from tests.factories.registers import municipalities
from tests.factories.reports import AssentFactory, LetterFactory, SectionFactory, figure
from tests.factories.signatories import ActorFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
TODAY = date(2025, 2, 3)
AGREED = Given(Answer.AGREED, TODAY, "directeur Inkoop", proof="mail van 3 februari 2025")


@pytest.fixture
def secretary() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT, name="De Secretaris")
    return found


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    text = f"<p>Er zijn {figure(SIGNED)} gemeenten.</p><p>Het gaat <em>goed</em>.</p>"
    found: Letter = LetterFactory(slug="brief", state=LetterState.IN_AGREEMENT)
    SectionFactory(letter=found, text=text)
    return found


@pytest.fixture
def party(letter: Letter) -> Assent:
    found: Assent = AssentFactory(letter=letter, organisation__called__name="Lucht")
    return found


@pytest.fixture
def office(client: Client, party: Assent) -> Client:
    user = ActorFactory(role=Role.OFFICER, name="Een Medewerker")
    RepresentativeFactory(user=user, organisation=party.organisation)
    client.force_login(user)
    return client


@pytest.fixture
def page(secretary: User) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


def place(party: Assent, below: str = "") -> str:
    return f"/brieven/brief/akkoord/partijen/{party.organisation.key}/{below}"


def typed(client: Client, party: Assent, **changed: str) -> dict[str, str]:
    """What the page sends when nothing but the answer is touched."""
    html = client.get(place(party, "antwoord/")).content.decode()
    found = re.search(r'name="text_sha256" value="(\w+)"', html)
    assert found
    return {"text_sha256": found[1], "answer": "agreed", "function": "directeur", "remark": "", **changed}


def boxes(letter: Letter) -> list[str]:
    return [f"{section.key}-{item.sha256[:16]}" for section, item in text_of(letter)[0]]


def held(html: str) -> dict[str, str]:
    """What the boxes at the paragraphs hold, and of which words they tell that they stood there."""
    words = re.findall(r'<textarea id="(nieuw-[^"]+)"[^>]*>\s*([^<]*)</textarea>', html)
    return dict([*words, *re.findall(r'name="(was-[^"]+)" value="(\w+)"', html)])


def answered(client: Client, party: Assent, data: dict[str, str]) -> Any:
    return client.post(place(party, "antwoord/"), data, follow=True)


def test_the_text_is_read_in_the_words_and_figures_that_are_printed(letter: Letter) -> None:
    (section,) = text_of(letter)[0].sections
    assert [item.words for item in section.paragraphs] == ["Er zijn 3 gemeenten.", "Het gaat goed."]
    assert [dict(item.figures) for item in section.paragraphs] == [{SIGNED: 3}, {}]


def test_who_acts_for_the_organisation_answers_in_one_page(office: Client, party: Assent) -> None:
    html = office.get(place(party, "antwoord/")).content.decode()
    assert "Het gaat <em>goed</em>." in html
    html = answered(office, party, typed(office, party)).content.decode()
    assert "Uw antwoord is vastgelegd: akkoord" in html
    party.refresh_from_db()
    reply = Reply.objects.get()
    assert (party.answer, party.given_on, party.function) == ("agreed", timezone.localdate(), "directeur")
    assert (reply.is_own, reply.reading, len(party.paragraphs)) == (True, party.reading, 2)
    assert Board(party.letter).parties[0].is_settled
    assert not Proposal.objects.exists()


def test_the_same_answer_twice_is_one(office: Client, party: Assent) -> None:
    data = typed(office, party)
    answered(office, party, data)
    answered(office, party, data)
    assert Reply.objects.count() == 1


def test_a_remark_and_another_text_stand_at_their_paragraph(office: Client, party: Assent) -> None:
    first, second = boxes(party.letter)
    said = {
        f"opm-{first}": "Klopt dit?",
        f"nieuw-{first}": "Er zijn 3 gemeenten.",
        f"nieuw-{second}": "Het gaat beter.",
    }
    data = typed(office, party, answer="agreed-if", **said)
    for _press in range(2):
        assert "akkoord, mits" in answered(office, party, data).content.decode()
    remark, proposal = Remark.objects.get(), Proposal.objects.get()
    assert (remark.text, remark.words) == ("Klopt dit?", "Er zijn 3 gemeenten.")
    assert (proposal.old, proposal.new) == ("Het gaat goed.", "Het gaat beter.")
    assert proposal.from_whom == "Lucht, directeur"
    html = office.get(place(party)).content.decode()
    assert "Klopt dit?" in html
    assert "Het gaat beter." in html


@pytest.mark.parametrize("answer", ["agreed-if", "not-agreed"])
def test_who_does_not_simply_agree_says_what_must_be_other(
    office: Client, party: Assent, answer: str
) -> None:
    told = answered(office, party, typed(office, party, answer=answer))
    assert (told.status_code, "wat er anders moet" in told.content.decode()) == (400, True)
    assert (
        "Het gaat niet."
        in answered(
            office, party, typed(office, party, answer=answer, remark="Het gaat niet.")
        ).content.decode()
    )


def test_a_text_that_changed_while_reading_is_shown_and_nothing_typed_is_lost(
    office: Client, party: Assent
) -> None:
    first, second = boxes(party.letter)
    data = typed(office, party, **{f"opm-{first}": "Klopt dit?", f"opm-{second}": "Mooi."})
    section = party.letter.sections.get()
    services.edit_section(section=section, text=section.text.replace("<em>goed</em>", "beter"), by=None)
    told = answered(office, party, data)
    html = told.content.decode()
    assert told.status_code == 400
    assert "De tekst is gewijzigd terwijl u las" in html
    assert "Bij een alinea die intussen is gewijzigd: Mooi." in html
    assert ">Klopt dit?</textarea>" in html
    assert not Reply.objects.exists()
    renewed = re.search(r'name="text_sha256" value="(\w+)"', html)
    assert renewed
    answered(office, party, {**data, "text_sha256": renewed[1]})
    assert Reply.objects.count() == 1


def test_what_was_typed_goes_along_with_a_paragraph_that_changed_while_reading(
    office: Client, party: Assent
) -> None:
    first, second = boxes(party.letter)
    data = typed(office, party) | held(office.get(place(party, "antwoord/")).content.decode())
    data |= {f"opm-{second}": "Mooi.", f"nieuw-{second}": "Het gaat heel goed.\r\n", f"opm-{first}": "Klopt."}
    section = party.letter.sections.get()
    text = section.text.replace("<em>goed</em>", "<em>beter</em>")
    services.edit_section(section=section, text=text, by=None)
    municipalities(1, first=9)

    told = answered(office, party, data)

    html = told.content.decode()
    assert (told.status_code, Reply.objects.exists()) == (400, False)
    assert html.count(">gewijzigd terwijl u las<") == 2
    assert "[vervallen: </span>goed<" in html
    counted, better = boxes(party.letter)
    again = held(html)
    assert (counted, again[f"nieuw-{counted}"]) == (first, "Er zijn 4 gemeenten.")  # nobody typed there
    assert again[f"nieuw-{better}"] == "Het gaat heel goed."
    assert f'name="opm-{better}" rows="2">Mooi.</textarea>' in html
    renewed = re.search(r'name="text_sha256" value="(\w+)"', html)
    assert renewed
    said = {f"opm-{better}": "Mooi.", f"opm-{counted}": "Klopt.", "text_sha256": renewed[1]}
    answered(office, party, {**typed(office, party), **again, **said})
    proposal = Proposal.objects.get()
    assert (proposal.old, proposal.new) == ("Het gaat beter.", "Het gaat heel goed.")
    assert sorted(Remark.objects.values_list("text", flat=True)) == ["Klopt.", "Mooi."]


def test_what_was_typed_at_a_paragraph_that_went_while_reading_stands_in_the_remark(
    office: Client, party: Assent
) -> None:
    _first, second = boxes(party.letter)
    data = typed(office, party) | held(office.get(place(party, "antwoord/")).content.decode())
    data |= {f"nieuw-{second}": "Het gaat heel goed.", f"opm-{second}": "Mooi."}
    section = party.letter.sections.get()
    text = section.text.partition("</p>")[0] + "</p><p>Iets heel anders staat hier.</p>"
    services.edit_section(section=section, text=text, by=None)

    html = answered(office, party, data).content.decode()

    assert "Vervallen terwijl u las" in html
    assert "Uw tekst voor een alinea van toen: Het gaat heel goed." in html
    assert "Bij een alinea die intussen is gewijzigd: Mooi." in html
    assert "Er zijn 3 gemeenten." not in html.partition('id="remark"')[2].partition("</textarea>")[0]
    party.letter.sections.all().delete()
    html = answered(office, party, data).content.decode()
    assert "Uw tekst voor een alinea van toen: Het gaat heel goed." in html


def test_a_colleague_of_another_organisation_is_refused(party: Assent) -> None:
    client = Client()
    client.force_login(ActorFactory(role=Role.OFFICER))
    assert client.get(place(party)).status_code == 200
    for below in ("antwoord/", "vastleggen/"):
        assert client.get(place(party, below)).status_code == 403


def test_nothing_is_answered_to_a_draft(office: Client, party: Assent) -> None:
    Letter.objects.update(state=LetterState.DRAFT)
    for below in ("antwoord/", "vastleggen/"):
        assert "nog een concept" in office.get(place(party, below), follow=True).content.decode()
    with pytest.raises(LetterError, match="nog een concept"):
        services.give_answer(assents=[party], given=AGREED, by=ActorFactory())


def test_an_answer_by_mail_is_recorded_with_its_proof(page: Client, party: Assent) -> None:
    data: dict[str, Any] = {"answer": "agreed", "given_on": "3-2-2025", "function": "minister van Lucht"}
    told = page.post(place(party, "vastleggen/"), {**data, "proof": ""})
    assert (told.status_code, "waar dit uit blijkt" in told.content.decode()) == (400, True)
    file = SimpleUploadedFile("mail.pdf", pdf())
    html = page.post(place(party, "vastleggen/"), {**data, "file": file}, follow=True).content.decode()
    assert "Vastgelegd: Lucht, akkoord." in html
    reply = Reply.objects.get()
    assert (reply.is_own, reply.given_on, reply.filename) == (False, TODAY, "mail.pdf")
    assert page.get(f"/brieven/brief/akkoord/antwoorden/{reply.pk}/bestand/").status_code == 200


def read_on(letter: Letter, day: date) -> Reading:
    """The text of now, as it was put before parties on that day; and then it changes."""
    row = take_reading(letter, text_of(letter)[0])
    Reading.objects.filter(pk=row.pk).update(taken_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    section = letter.sections.get()
    changed = section.text.replace("goed", "beter")
    services.edit_section(section=section, text=changed, by=None)
    return row


def test_who_is_asked_is_asked_about_a_text_that_is_kept(
    letter: Letter, party: Assent, secretary: User
) -> None:
    services.ask(letter=letter, due_on=date(2099, 1, 1), root="https://portaal.example/", by=secretary)
    assert Reading.objects.get().sha256 == text_of(letter)[0].sha256


def test_an_older_mail_belongs_to_the_text_that_was_put_before_the_party(page: Client, party: Assent) -> None:
    first = read_on(party.letter, date(2025, 1, 13))
    Assent.objects.update(is_asked=True, asked_on=date(2025, 2, 3), due_on=date(2025, 2, 7))
    html = page.get(place(party, "vastleggen/")).content.decode()
    assert "13 januari 2025, 10:00 uur" in html
    data = {"answer": "agreed", "given_on": "22-1-2025", "function": "minister", "proof": "mail"}
    for _press in range(2):
        html = page.post(place(party, "vastleggen/"), data, follow=True).content.decode()
    assert "Het antwoord hoort bij de tekst van 13 januari 2025, 10:00 uur" in html
    assert "Gewijzigd sinds het antwoord" in html
    party.refresh_from_db()
    assert (Reply.objects.get().reading, party.reading, party.is_asked) == (first, first, True)
    (found,) = Board(party.letter).parties
    (change,) = found.to_choose
    assert change.old
    assert change.new
    assert (change.old.words, change.new.words) == ("Het gaat goed.", "Het gaat beter.")
    assert "met een eerdere tekst van de brief (22 januari 2025)" in agreement_sentences(party.letter)[0]


def test_a_text_that_came_back_is_again_what_parties_had_before_them(party: Assent) -> None:
    letter, section = party.letter, party.letter.sections.get()
    first = read_on(letter, date(2025, 1, 13))
    second = read_on(letter, date(2025, 1, 20))
    as_first = "".join(item["html"] for item in first.content[0]["paragraphs"])
    services.edit_section(section=section, text=as_first, by=None)
    third = read_on(letter, date(2025, 1, 27))
    assert (third == first, third.sha256 == first.sha256) == (False, True)
    for day, row in ((13, first), (19, first), (20, second), (26, second), (27, third), (31, third)):
        assert text_on(letter, date(2025, 1, day)) == row, day


def test_an_older_mail_that_is_recorded_late_is_not_the_answer_that_stands(
    page: Client, party: Assent, secretary: User
) -> None:
    no = replace(AGREED, answer=Answer.NOT_AGREED, remark="Te vroeg.")
    services.give_answer(assents=[party], given=no, by=secretary)
    data = {"answer": "agreed", "given_on": "22-1-2025", "function": "minister", "proof": "mail"}
    html = page.post(place(party, "vastleggen/"), data, follow=True).content.decode()
    assert "Er is al een later antwoord van: Lucht." in html
    party.refresh_from_db()
    assert (party.answer, party.given_on, party.replies.count()) == ("not-agreed", TODAY, 2)
    assert agreement_sentences(party.letter)[0].endswith(f"({long_date(TODAY)}).")


@pytest.mark.parametrize(
    ("given_on", "chosen", "is_settled"),
    [
        ("10-1-2025", "", True),  # before anything was put before them: the text of now
        ("22-1-2025", "nu", True),
        ("22-1-2025", "first", False),
        ("10-1-2025", "first", False),
    ],
)
def test_the_text_that_was_answered_to_can_be_chosen(
    page: Client, party: Assent, given_on: str, chosen: str, is_settled: bool
) -> None:
    first = read_on(party.letter, date(2025, 1, 13))
    data = {"answer": "agreed", "given_on": given_on, "function": "minister", "proof": "mail"}
    told = page.post(
        place(party, "vastleggen/"), {**data, "given_to": str(first.pk) if chosen == "first" else chosen}
    )
    assert told.status_code == 302
    assert Board(party.letter).parties[0].is_settled is is_settled


def test_a_text_of_another_letter_is_no_choice(page: Client, party: Assent, secretary: User) -> None:
    read_on(party.letter, date(2025, 1, 13))
    other = ReadingFactory()
    data = {"answer": "agreed", "given_on": "22-1-2025", "function": "minister", "proof": "mail"}
    assert page.post(place(party, "vastleggen/"), {**data, "given_to": str(other.pk)}).status_code == 400
    with pytest.raises(LetterError, match="andere brief"):
        services.give_answer(assents=[party], given=AGREED, reading=other, by=secretary)
    assert not Reply.objects.exists()


def recorded(page: Client, party: Assent, shown: str = "", **changed: str) -> dict[str, str]:
    """What the page sends when an answer by mail is recorded and no paragraph is touched."""
    html = page.get(place(party, f"vastleggen/{shown}")).content.decode()
    found = re.search(r'name="text_sha256" value="(\w+)"', html)
    assert found
    boxes = held(html)
    told = {"answer": "agreed-if", "given_on": "22-1-2025", "function": "minister", "proof": "mail"}
    return {**boxes, "text_sha256": found[1], **told, **changed}


def test_what_a_mail_says_of_a_paragraph_is_recorded_there(page: Client, party: Assent) -> None:
    first, second = boxes(party.letter)
    data = recorded(page, party)
    assert (data[f"nieuw-{first}"], data[f"nieuw-{second}"]) == ("Er zijn 3 gemeenten.", "Het gaat goed.")
    assert page.post(place(party, "vastleggen/"), data).status_code == 400  # what must be other?
    said = {f"opm-{first}": "Klopt dit?", f"nieuw-{second}": "Het gaat beter."}
    html = page.post(place(party, "vastleggen/"), {**data, **said}, follow=True).content.decode()
    assert "Vastgelegd: Lucht, akkoord, mits." in html
    remark, proposal = Remark.objects.get(), Proposal.objects.get()
    assert (remark.text, remark.words, proposal.new) == (
        "Klopt dit?",
        "Er zijn 3 gemeenten.",
        "Het gaat beter.",
    )
    assert (remark.reply.proof, remark.reply.is_own) == ("mail", False)


def test_what_is_said_on_another_text_than_that_of_the_mail_is_kept_to_look_at(
    page: Client, party: Assent
) -> None:
    first = read_on(party.letter, date(2025, 1, 13))
    municipalities(1, first=9)  # the number in the first paragraph is another one by now
    _counted, second = boxes(party.letter)
    data = recorded(page, party, **{f"opm-{second}": "Te vroeg.", f"nieuw-{second}": "Het gaat."})
    told = page.post(place(party, "vastleggen/"), data)
    html = told.content.decode()
    assert told.status_code == 400
    assert "hoort een andere tekst dan u voor u had" in html
    assert "Te vroeg." in html
    assert "Het gaat." in html
    assert "Er zijn 3 gemeenten." in html
    assert not Reply.objects.exists()
    data = recorded(page, party, f"?tekst={first.pk}", remark="Te vroeg.")
    assert page.post(place(party, "vastleggen/"), data).status_code == 302
    assert Reply.objects.get().reading == first
    assert not Proposal.objects.exists()


def test_a_text_that_changed_while_recording_is_looked_at_again(page: Client, party: Assent) -> None:
    data = recorded(page, party, answer="agreed")
    section = party.letter.sections.get()
    services.edit_section(section=section, text=section.text.replace("goed", "beter"), by=None)
    told = page.post(place(party, "vastleggen/"), data)
    assert (told.status_code, Reply.objects.exists()) == (400, False)
    assert page.post(place(party, "vastleggen/"), recorded(page, party, answer="agreed")).status_code == 302


def test_an_answer_is_not_of_tomorrow(secretary: User, party: Assent) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="toekomst"):
        services.give_answer(assents=[party], given=replace(AGREED, given_on=tomorrow), by=secretary)
    assert not Reply.objects.exists()


def test_one_consultation_answers_for_several_parties_with_one_file(page: Client, letter: Letter) -> None:
    rows = [AssentFactory(letter=letter, kind=AssentKind.ALIGNMENT) for _ in range(3)]
    held = ConsultationFactory(title="Directeurenoverleg MVI")
    data: dict[str, Any] = {
        "consultation": held.pk,
        "parties": [row.organisation.key for row in rows[:2]],
        "answer": "agreed",
        "given_on": "3-2-2025",
        "function": "directeuren in het overleg",
        "file": SimpleUploadedFile("verslag.pdf", pdf()),
    }
    assert "Directeurenoverleg MVI" in page.get("/brieven/brief/akkoord/overleg/").content.decode()
    html = page.post("/brieven/brief/akkoord/overleg/", data, follow=True).content.decode()
    assert "Vastgelegd voor 2 partijen" in html
    assert {reply.sha256 for reply in Reply.objects.all()} == {Reply.objects.all()[0].sha256}
    assert Assent.objects.filter(answer="agreed").count() == 2
    told = agreement_sentences(letter)
    assert any("in het overleg ‘Directeurenoverleg MVI’" in sentence for sentence in told)


def test_what_must_be_other_is_met_in_so_many_words(page: Client, secretary: User, party: Assent) -> None:
    given = replace(AGREED, answer=Answer.AGREED_IF, remark="Noem het jaar.")
    with pytest.raises(LetterError, match="geen voorwaarde"):
        services.meet_condition(assent=party, how="Gedaan.", by=secretary)
    services.give_answer(assents=[party], given=given, by=secretary)
    assert Board(party.letter).missing == [
        "Lucht is akkoord onder een voorwaarde: leg vast hoe daaraan is voldaan."
    ]
    html = page.post(place(party, "mits/"), {"how": "Het jaar staat er."}, follow=True).content.decode()
    assert "aan de voorwaarde van Lucht is voldaan" in html
    met = f"; aan de voorwaarde is op {long_date(timezone.localdate())} voldaan."
    assert agreement_sentences(Letter.objects.get())[0].endswith(met)
    assert not Board(party.letter).missing


def test_a_later_answer_comes_beside_the_first_and_wipes_nothing(secretary: User, party: Assent) -> None:
    no = replace(AGREED, answer=Answer.NOT_AGREED, remark="Te vroeg.")
    services.give_answer(assents=[party], given=no, by=secretary)
    assert Board(party.letter).missing == ["Lucht is niet akkoord."]
    services.give_answer(assents=[party], given=AGREED, by=secretary)
    assert [reply.remark for reply in party.replies.all()] == ["", "Te vroeg."]
    assert Reading.objects.count() == 1


def test_who_left_is_not_answered_for(secretary: User, party: Assent) -> None:
    services.remove_party(assent=party, why="Doet niet mee.", by=secretary)
    with pytest.raises(LetterError, match="geen partij meer"):
        services.give_answer(assents=[party], given=AGREED, by=secretary)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("reply_with_proof", {"proof": ""}),
        ("reply_function_given", {"function": ""}),
        ("reply_remark_unless_agreed", {"answer": Answer.NOT_AGREED}),
        ("reply_answer_known", {"answer": "zoek", "remark": "x"}),
    ],
)
def test_an_impossible_answer_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReplyFactory(**fields)


def test_the_note_tells_who_agreed_and_with_whom_was_aligned(secretary: User, letter: Letter) -> None:
    names = ("Binnen", "Economie")
    for name in names:
        row = AssentFactory(
            letter=letter,
            organisation__called__name=name,
            organisation__called__name_with_kind=f"ministerie van {name}",
        )
        services.give_answer(assents=[row], given=AGREED, by=secretary)
    AssentFactory(
        letter=letter,
        kind=AssentKind.ALIGNMENT,
        organisation__called__name="Koepel",
        organisation__called__name_with_kind="Koepel",
    )
    both = "Het ministerie van Binnen en het ministerie van Economie hebben ingestemd met de brief"
    assert agreement_sentences(letter) == [
        f"{both} ({long_date(TODAY)}).",
        "De afstemming met Koepel loopt nog.",
    ]


def test_what_is_said_of_a_paragraph_that_went_is_not_passed_over(
    letter: Letter, party: Assent, secretary: User
) -> None:
    (section,) = text_of(letter)[0].sections
    said = (
        Said(section.key, section.paragraphs[0].sha256, "Dit klopt."),
        Said(section.key, "0" * 64, "Noem hier het jaar."),
    )
    with pytest.raises(LetterError, match=r"‘Noem hier het jaar\.’.*niet meer zo in de brief"):
        services.give_answer(assents=[party], given=replace(AGREED, said=said), by=secretary)
    assert not Reply.objects.exists()
    services.give_answer(assents=[party], given=replace(AGREED, said=said[:1]), by=secretary)
    assert Remark.objects.get().text == "Dit klopt."
