"""A party answers in Word: what its file says fills its own answer, which is given only when it says so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role, User
from reports.errors import LetterError
from reports.models import (
    Assent,
    DecisionNote,
    Letter,
    LetterState,
    Proposal,
    ProposalState,
    Remark,
    Reply,
    WordImport,
)
from reports.services import word as services
from tests.documents import sent
from tests.factories.registers import municipalities
from tests.factories.reports import (
    AssentFactory,
    DecisionNoteFactory,
    LetterFactory,
    NoteSectionFactory,
    SectionFactory,
    figure,
)
from tests.factories.signatories import ActorFactory, RepresentativeFactory
from tests.reports.words import brought, named, taken_out, tracked, typed
from tests.word import ins, p, r

pytestmark = pytest.mark.django_db
TEXT = (
    f"<p>Er zijn {figure('ondertekenaars.gemeenten')} gemeenten.</p><p>Het gaat goed.</p>"
    "<p>Dit kan weg.</p><p>Tot slot.</p>"
)


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    found: Letter = LetterFactory(slug="brief", state=LetterState.IN_AGREEMENT)
    SectionFactory(letter=found, text=TEXT)
    return found


@pytest.fixture
def party(letter: Letter) -> Assent:
    found: Assent = AssentFactory(letter=letter, organisation__called__name="Lucht")
    return found


@pytest.fixture
def officer(client: Client, party: Assent) -> User:
    found: User = ActorFactory(role=Role.OFFICER, name="Een Medewerker")
    RepresentativeFactory(user=found, organisation=party.organisation)
    client.force_login(found)
    return found


def place(party: Assent, below: str = "") -> str:
    return f"/brieven/brief/akkoord/partijen/{party.organisation.key}/{below}"


def bring(client: Client, party: Assent, content: bytes) -> str:
    answer = client.post(place(party, "word/"), {"file": sent(content, "van-lucht.docx")}, follow=True)
    return answer.content.decode()


def fields(html: str) -> dict[str, str]:
    """What a browser sends back when nothing is typed but the answer."""
    boxes = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', html)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {**dict(boxes), **dict(hidden), "answer": "agreed-if", "function": "directeur"}


def test_what_a_party_changed_in_word_comes_with_its_own_answer(
    client: Client, party: Assent, officer: User
) -> None:
    assert place(party, "word/") in client.get("/brieven/brief/word/").content.decode()
    assert place(party, "word/") in client.get(place(party, "antwoord/")).content.decode()
    document = tracked(taken_out(party.letter), (" goed", " beter"), ("Dit kan weg.", ""))
    html = bring(client, party, document)
    assert "Uit uw Word-bestand" in html
    assert "Deze alinea kan vervallen." in html
    assert not Reply.objects.exists()

    told = client.post(place(party, "antwoord/"), fields(html), follow=True).content.decode()

    assert "Uw antwoord is vastgelegd" in told
    proposal = Proposal.objects.get()
    assert (proposal.old, proposal.new, proposal.from_whom) == (
        "Het gaat goed.",
        "Het gaat beter.",
        "Lucht, directeur",
    )
    remark = Remark.objects.get()
    assert (remark.words, remark.text) == ("Dit kan weg.", "Deze alinea kan vervallen.")
    row = WordImport.objects.get()
    assert (row.is_taken, row.assent, row.result["changes"], row.result["comments"]) == (True, party, 1, 1)
    client.post(place(party, "antwoord/"), fields(html))
    assert Reply.objects.count() == 1


def test_a_changed_number_or_form_and_what_has_no_place_are_told_as_remarks(
    client: Client, party: Assent, officer: User
) -> None:
    more = r("Tot slot.") + f"</w:p>{p(ins(r('Nieuw hierachter.')))}<w:p>{r('En dit.')}"
    document = named(typed(taken_out(party.letter), ("3", "145")), "mvi_p4", more)
    html = bring(client, party, document)
    assert "Het getal 3 is in Word 145 geworden" in html
    assert "Nieuwe alinea hierachter: Nieuw hierachter." in html


def test_a_file_that_says_nothing_or_is_of_something_else_is_told(
    client: Client, party: Assent, officer: User
) -> None:
    document = taken_out(party.letter)
    assert "is niets gewijzigd" in bring(client, party, document)
    other = LetterFactory.saying("<p>Anders.</p>", slug="andere")
    html = bring(client, party, taken_out(other))
    assert "hoort bij een andere brief" in html
    assert "Antwoorden in Word" in html
    assert WordImport.objects.count() == 2  # both were kept


def test_the_file_of_a_party_is_its_own(client: Client, party: Assent, officer: User) -> None:
    document = tracked(taken_out(party.letter), (" goed", " beter"))
    bring(client, party, document)
    row = WordImport.objects.get()
    other = AssentFactory(letter=party.letter)
    assert client.get(f"{place(other)}antwoord/?word={row.pk}").status_code == 403
    RepresentativeFactory(user=officer, organisation=other.organisation)
    assert client.get(f"{place(other)}antwoord/?word={row.pk}").status_code == 404
    secretary: User = ActorFactory(role=Role.SECRETARIAT)
    with pytest.raises(LetterError, match="bij haar eigen antwoord"):
        services.take_word(row=row, by=secretary)
    client.force_login(secretary)
    html = client.get(f"/brieven/brief/word/terug/{row.pk}/").content.decode()
    assert "Lucht bracht dit bestand bij het eigen antwoord" in html
    assert "Neem over als voorstellen" not in html
    assert brought(party.letter, document, secretary) != row  # the same bytes by the secretariat


def test_a_letter_that_is_not_asked_about_takes_no_file(client: Client, party: Assent, officer: User) -> None:
    Letter.objects.update(state=LetterState.DRAFT)
    assert "nog een concept" in bring(client, party, b"x")
    assert place(party, "word/") not in client.get("/brieven/brief/word/").content.decode()


@pytest.fixture
def note(letter: Letter) -> DecisionNote:
    found: DecisionNote = DecisionNoteFactory(letter=letter, office=letter.sender)
    NoteSectionFactory(note=found, slug="communicatie", title="Communicatie", text="<p>Het gaat goed.</p>")
    return found


def bring_note(client: Client, content: bytes) -> str:
    answer = client.post("/brieven/brief/word/beslisnota/", {"file": sent(content, "nota.docx")}, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.IN_AGREEMENT, LetterState.AGREED])
def test_a_note_that_an_officer_brings_back_becomes_proposals(
    client: Client, letter: Letter, note: DecisionNote, officer: User, state: LetterState
) -> None:
    Letter.objects.update(state=state)
    assert "/brieven/brief/word/beslisnota/" in client.get("/brieven/brief/word/").content.decode()
    html = bring_note(client, tracked(taken_out(letter, note), (" goed", " beter")))
    assert "Gevonden: 1 wijziging en 0 opmerkingen." in html
    row = WordImport.objects.get()
    for _twice in range(2):
        html = client.post(f"/brieven/brief/word/terug/{row.pk}/overnemen/", follow=True).content.decode()
    assert "van-lucht" not in html
    proposal = Proposal.objects.get()
    assert (proposal.note_section.note, proposal.made_by) == (note, officer)  # type: ignore[union-attr]
    assert client.get(f"/brieven/brief/word/terug/{row.pk}/bestand/").status_code == 200
    assert "nota.docx" in client.get("/brieven/brief/word/").content.decode()
    html = client.get("/brieven/brief/akkoord/voorstellen/").content.decode()
    assert "door Een Medewerker" in html
    assert "Neem over" not in html

    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    assert "Neem over" in client.get("/brieven/brief/akkoord/voorstellen/").content.decode()
    client.post(f"/brieven/brief/akkoord/voorstellen/{proposal.pk}/overnemen/")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED
    assert note.sections.get().text == "<p>Het gaat beter.</p>"


def test_a_letter_is_not_taken_over_as_a_note_and_a_decided_note_waits(
    client: Client, letter: Letter, note: DecisionNote, officer: User
) -> None:
    html = bring_note(client, tracked(taken_out(letter), (" goed", " beter")))
    assert "Dit is de brief, en geen beslisnota." in html
    assert "Neem over als voorstellen" not in html
    client.post(f"/brieven/brief/word/terug/{WordImport.objects.get().pk}/overnemen/")
    Letter.objects.update(state=LetterState.DECIDED)
    document = tracked(taken_out(letter, note), (" goed", " beter"))
    assert "Dit bestand blijft bewaard" in bring_note(client, document)
    assert not Proposal.objects.exists()
    Letter.objects.update(state=LetterState.SENT, sent_on=letter.dated)
    assert "verzonden en ligt vast" in bring_note(client, document)


def test_who_brought_a_file_sees_it_and_another_officer_does_not(
    client: Client, letter: Letter, note: DecisionNote, officer: User
) -> None:
    document = tracked(taken_out(letter, note), (" goed", " beter"))
    bring_note(client, document)
    at = f"/brieven/brief/word/terug/{WordImport.objects.get().pk}/"
    client.force_login(ActorFactory(role=Role.OFFICER))
    assert [client.get(at).status_code, client.post(f"{at}overnemen/").status_code] == [404, 404]
    assert "Teruggebrachte bestanden" not in client.get("/brieven/brief/word/").content.decode()
    html = bring_note(client, document)  # the same file: it is there already
    assert "al eerder teruggebracht" in html
    assert WordImport.objects.count() == 1
