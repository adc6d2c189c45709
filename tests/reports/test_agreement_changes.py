"""An answer belongs to a text: what changed since is called editorial or asked again, a figure always."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.contributions import tasks
from mvi_portal.core.prose.paragraphs import paragraphs
from mvi_portal.mails.models import Mail
from reports.agreement.board import Board
from reports.agreement.comparing import Choices, changes
from reports.agreement.reading import ReadParagraph, ReadSection, ReadText, from_content
from reports.errors import LetterError
from reports.models import (
    Answer,
    Assent,
    Choice,
    Letter,
    LetterState,
    Proposal,
    ProposalSource,
    Remark,
    Section,
    TextChange,
)
from reports.services import agreeing as services
from reports.services.agreeing import Given, Said
from reports.services.changing import choose_changes
from reports.services.proposals import accept_proposal, decline_proposal
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

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
AGREED = Given(Answer.AGREED, date(2025, 2, 3), "directeur Inkoop", proof="mail")
ROOT = "https://portaal.example/"
COUNTED = f"<p>Er zijn {figure(SIGNED)} gemeenten.</p>"


@pytest.fixture
def secretary() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT)
    return found


@pytest.fixture
def page(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


@pytest.fixture
def party(secretary: User) -> Assent:
    """A party that agreed."""
    municipalities(3)
    letter = LetterFactory(slug="brief", state=LetterState.IN_AGREEMENT)
    SectionFactory(letter=letter, text=f"{COUNTED}<p>Het gaat goed met de plannen.</p>")
    row: Assent = AssentFactory(letter=letter, organisation__called__name="Lucht")
    RepresentativeFactory(user=ActorFactory(role=Role.OFFICER), organisation=row.organisation)
    services.give_answer(assents=[row], given=AGREED, by=secretary)
    row.refresh_from_db()
    return row


def edit(party: Assent, old: str, new: str) -> None:
    section = Section.objects.get(letter=party.letter)
    services.edit_section(section=section, text=section.text.replace(old, new), by=None)


def board(party: Assent) -> Board:
    return Board(Letter.objects.get(pk=party.letter_id))


def choose(party: Assent, choice: Choice, by: User, why: str = "Een tikfout.") -> None:
    found = {change.name: choice for change, _parties in board(party).to_choose}
    choose_changes(letter=party.letter, choices=found, why=why, root=ROOT, by=by)


def text(*words: str, **figures: int) -> ReadText:
    rows = tuple(ReadParagraph(f"<p>{word}</p>", word, figures) for word in words)
    return ReadText((ReadSection(1, "Kop", rows),))


def test_what_came_went_and_was_rewritten_is_told_apart() -> None:
    old, new = (
        text("Een zin die blijft.", "Dit gaat goed zo.", "Weg."),
        text("Een zin die blijft.", "Dit gaat beter zo."),
    )
    assert [change.kind for change in changes(old, new)] == ["gewijzigd", "vervallen alinea"]
    assert [change.kind for change in changes(new, old)] == ["gewijzigd", "nieuwe alinea"]
    assert changes(old, old) == []
    assert "<del>" in changes(old, new)[0].difference


def test_the_same_words_with_another_value_are_a_changed_figure() -> None:
    (change,) = changes(text("Er zijn er veel.", a=3), text("Er zijn er veel.", a=4))
    assert change.is_figure
    assert change.moved == ("a: 4, was 3",)
    assert Choices([]).of(change) is Choice.ASK


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 3}, {"b": 3}, ("a: staat er niet meer als cijfer, was 3", "b: 3, stond er niet")),
        ({"a": 3}, {}, ("a: staat er niet meer als cijfer, was 3",)),
        ({}, {"a": 3}, ("a: 3, stond er niet",)),
    ],
)
def test_another_figure_or_a_number_typed_over_it_is_a_changed_figure(
    before: dict[str, int], after: dict[str, int], told: tuple[str, ...]
) -> None:
    (change,) = changes(text("Er zijn er 3 van.", **before), text("Er zijn er nu 3 van.", **after))
    assert (change.is_figure, change.moved) == (True, told)
    assert Choices([]).of(change) is Choice.ASK


def test_a_figure_that_is_typed_over_cannot_be_called_editorial(party: Assent) -> None:
    edit(party, figure(SIGNED), "3")
    (found,) = board(party).parties
    assert len(found.to_ask_again) == 1
    assert not board(party).to_choose


def test_a_stored_reading_is_the_text_that_was_read(party: Assent) -> None:
    assert party.reading
    assert from_content(party.reading.content) == board(party).text


def test_a_text_that_stays_keeps_its_answer(party: Assent) -> None:
    edit(party, "goed", "goed")
    assert board(party).parties[0].is_settled


def test_a_changed_paragraph_waits_for_a_choice(party: Assent, secretary: User) -> None:
    edit(party, "goed", "heel goed")
    (found,) = board(party).parties
    assert (found.state, found.is_settled) == ("wijziging nog te beoordelen", False)
    assert "Kies wat de wijzigingen betekenen" in board(party).missing[0]


def test_what_is_editorial_is_logged_with_its_reason_and_told_by_one_mail(
    party: Assent, secretary: User
) -> None:
    edit(party, "goed", "heel goed")
    with pytest.raises(LetterError, match="waarom"):
        choose(party, Choice.EDITORIAL, secretary, why=" ")
    choose(party, Choice.EDITORIAL, secretary)
    row, mail = TextChange.objects.get(), Mail.objects.get()
    assert (row.choice, row.why, row.new_words) == (
        "editorial",
        "Een tikfout.",
        "Het gaat heel goed met de plannen.",
    )
    assert "Een tikfout." in mail.body
    assert board(party).parties[0].is_settled


def test_changed_again_after_editorial_only_the_last_step_is_to_choose(
    party: Assent, secretary: User
) -> None:
    edit(party, "goed", "heel goed")
    choose(party, Choice.EDITORIAL, secretary)
    edit(party, "heel goed", "heel erg goed")
    assert board(party).to_choose
    choose(party, Choice.EDITORIAL, secretary)
    edit(party, "heel erg goed", "heel goed")
    assert board(party).parties[0].is_settled


def test_what_is_asked_again_is_answered_again_and_remarks_stay(party: Assent, secretary: User) -> None:
    edit(party, "goed", "slecht")
    choose(party, Choice.ASK, secretary)
    (found,) = board(party).parties
    assert (found.state, found.has_to_answer) == ("gewijzigd sinds het antwoord", True)
    assert not Mail.objects.exists()
    services.ask(letter=party.letter, due_on=date(2099, 1, 1), root=ROOT, by=secretary)
    assert "u ziet alleen wat anders is" in Mail.objects.get().body
    section, paragraph = list(board(party).text)[1]
    said = (Said(section.key, paragraph.sha256, "Waarom slecht?"),)
    given = Given(Answer.AGREED, date(2025, 2, 4), "directeur", proof="mail", said=said)
    services.give_answer(assents=[party], given=given, by=secretary)
    assert board(party).parties[0].is_settled
    edit(party, "slecht", "matig")
    assert Remark.objects.get().words == "Het gaat slecht met de plannen."
    assert party.replies.count() == 2


def test_a_changed_figure_is_asked_again_without_a_choice(party: Assent, secretary: User) -> None:
    municipalities(1, first=9)
    (found,) = board(party).parties
    assert [change.moved for change in found.to_ask_again] == [
        ("Gemeenten die het Manifest ondertekenden: 4, was 3",)
    ]
    assert not board(party).to_choose


def test_a_choice_for_a_change_that_is_gone_is_refused(party: Assent, secretary: User) -> None:
    edit(party, "goed", "beter")
    found = {change.name: Choice.ASK for change, _parties in board(party).to_choose}
    edit(party, "beter", "best")
    with pytest.raises(LetterError, match="weer gewijzigd"):
        choose_changes(letter=party.letter, choices=found, why="", root=ROOT, by=secretary)


def test_choices_are_made_on_the_page(party: Assent, page: Client) -> None:
    address = "/brieven/brief/akkoord/wijzigingen/"
    assert "Er is niets te kiezen" in page.get(address).content.decode()
    edit(party, "goed", "beter")
    ((change, _parties),) = board(party).to_choose
    field = f"keuze-{change.name}"
    assert "<del>" in page.get(address).content.decode()
    for data, told in (({"why": ""}, "minstens één"), ({field: "editorial", "why": ""}, "Zeg waarom")):
        answer = page.post(address, data)
        assert (answer.status_code, told in answer.content.decode()) == (400, True)
    html = page.post(address, {field: "editorial", "why": "Netter."}, follow=True).content.decode()
    assert "Uw keuze is vastgelegd" in html
    assert "Er gaat 1 mail uit" in html
    assert "Netter." in page.get(address).content.decode()


def propose(party: Assent, words: str, **fields: object) -> Proposal:
    section = Section.objects.get(letter=party.letter)
    index = 0 if "gemeenten" in words else 1
    block = paragraphs(section.text)[index]
    row: Proposal = Proposal.objects.create(
        letter=party.letter,
        **{
            "section": section,
            "sha256": block.sha256,
            "old": block.text,
            "new": words,
            "source": ProposalSource.PARTY,
            "from_whom": "Lucht",
            **fields,
        },
    )
    return row


def stored(party: Assent) -> str:
    return Section.objects.get(letter=party.letter).text


def test_a_proposal_that_is_taken_over_leaves_the_rest_alive(party: Assent, secretary: User) -> None:
    row = propose(party, "Nu zijn er 3 gemeenten.")
    found = accept_proposal(proposal=row, by=secretary)
    assert not found.lost
    assert stored(party).startswith(f"<p>Nu zijn er {figure(SIGNED)} gemeenten.</p><p>Het gaat")
    with pytest.raises(LetterError, match="al besloten"):
        accept_proposal(proposal=row, by=secretary)


def test_a_number_instead_of_a_figure_is_flagged(party: Assent, page: Client) -> None:
    row = propose(party, "Er zijn 50 gemeenten.")
    html = page.post(f"/brieven/brief/akkoord/voorstellen/{row.pk}/overnemen/", follow=True).content.decode()
    assert "een ander getal dan het cijfer" in html


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"is_html": True, "new": "<p>Het gaat <em>best</em>.</p>"}, "<p>Het gaat <em>best</em>.</p>"),
        ({"new": ""}, ""),
        (
            {"sha256": "", "new": "Een <nieuwe> zin."},
            "<p>Het gaat goed met de plannen.</p><p>Een &lt;nieuwe&gt; zin.</p>",
        ),
    ],
)
def test_a_proposal_can_hold_marks_or_add_or_drop_a_paragraph(
    party: Assent, secretary: User, fields: dict[str, object], result: str
) -> None:
    accept_proposal(proposal=propose(party, "", **fields), by=secretary)
    assert stored(party) == f"{COUNTED}{result}"


def test_a_proposal_for_a_paragraph_that_changed_is_done_by_hand(party: Assent, page: Client) -> None:
    row = propose(party, "Het gaat beter met de plannen.")
    edit(party, "goed", "matig")
    address = f"/brieven/brief/akkoord/voorstellen/{row.pk}/overnemen/"
    assert "is intussen gewijzigd" in page.post(address, follow=True).content.decode()
    assert "is overgenomen" in page.post(address, {"zelf": "ja"}, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.why) == ("accepted", "Verwerkt in de tekst.")


def test_a_proposal_is_declined_with_a_reason(party: Assent, page: Client, secretary: User) -> None:
    row = propose(party, "Het gaat slecht.")
    address = f"/brieven/brief/akkoord/voorstellen/{row.pk}/afwijzen/"
    assert "slecht" in page.get("/brieven/brief/akkoord/voorstellen/").content.decode()
    assert page.post(address, {"why": ""}).status_code == 400
    with pytest.raises(LetterError, match="Zeg waarom"):
        decline_proposal(proposal=row, why=" ", by=secretary)
    assert "niet overgenomen" in page.post(address, {"why": "Klopt niet."}, follow=True).content.decode()
    assert "al besloten" in page.post(address, {"why": "Nog eens."}).content.decode()


def test_open_proposals_keep_a_letter_from_being_agreed_and_are_a_task(
    party: Assent, secretary: User
) -> None:
    propose(party, "Het gaat beter.")
    with pytest.raises(LetterError, match="staat nog 1 voorstel"):
        services.advance(letter=party.letter, expected=LetterState.IN_AGREEMENT, by=secretary)
    tasks_of = tasks.get("letters")
    assert tasks_of
    assert "Beoordeel de voorstellen" in tasks_of(secretary, date(2025, 2, 3))[0].title


def test_a_proposal_for_the_note_changes_the_note(party: Assent, secretary: User) -> None:
    note = DecisionNoteFactory(letter=party.letter)
    section = NoteSectionFactory(note=note, text="<p>De aanleiding.</p>")
    fields = {"section": None, "note_section": section, "sha256": paragraphs(section.text)[0].sha256}
    accept_proposal(proposal=propose(party, "De nieuwe aanleiding.", **fields), by=secretary)
    section.refresh_from_db()
    assert section.text == "<p>De nieuwe aanleiding.</p>"


def test_what_was_proposed_for_a_part_that_went_is_only_declined(party: Assent, secretary: User) -> None:
    row = propose(party, "Het gaat beter.", section=None, note_section=None)
    with pytest.raises(LetterError, match="niet meer in de brief"):
        accept_proposal(proposal=row, by=secretary)
    decline_proposal(proposal=row, why="Het deel is weg.", by=secretary)
