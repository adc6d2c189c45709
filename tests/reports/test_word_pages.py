"""The pages of Word: taking a text out by a job, bringing it back, looking first, and what is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.uploads.packed import LOCKED, MACROS
from mvi_portal.core.word import opening, read
from mvi_portal.jobs.leases import claim
from mvi_portal.jobs.models import Job, State
from reports.models import AnnexKind, Letter, LetterState, Proposal, WordExport, WordImport
from reports.services import word as services
from reports.word.building import VERSION, build_word, written
from tests.documents import docx, packed, sent
from tests.factories import reports as make
from tests.factories.registers import municipalities
from tests.factories.signatories import ActorFactory
from tests.reports.words import brought, taken_out, tracked, typed
from tests.word import changed

pytestmark = pytest.mark.django_db
SIGNED = make.figure("ondertekenaars.gemeenten")
PAGE = "/brieven/brief/word/"


@pytest.fixture
def by() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT)
    return found


@pytest.fixture
def page(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    return make.LetterFactory.saying(f"<p>Er zijn {SIGNED} gemeenten.</p><p>Het gaat goed.</p>", slug="brief")


def shown(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def bring(client: Client, content: bytes, name: str = "terug.docx") -> str:
    return client.post(PAGE, {"file": sent(content, name)}, follow=True).content.decode()


def test_a_letter_with_its_annex_inside_is_taken_out_without_the_tables(letter: Letter) -> None:
    make.AnnexFactory(letter=letter, kind=AnnexKind.FIGURES, title="Cijfers van het register")

    html = services.request_word(letter=letter, by=None).html

    assert "Cijfers van het register" in html
    assert "<table" not in html


def test_a_text_is_made_into_a_file_once_and_says_what_it_is(page: Client) -> None:
    client = page
    letter = make.LetterFactory.saying("<p>Het gaat goed.</p>", slug="brief")
    note = make.DecisionNoteFactory(letter=letter, office=letter.sender)
    make.NoteSectionFactory(note=note, text="<p>Wij vragen uw akkoord.</p>")
    assert "Beslisnota aan" in shown(client)
    for _twice in range(2):
        client.post(f"{PAGE}maken/", {"nota": ""})
    client.post(f"{PAGE}maken/", {"nota": note.office.slug})
    assert Job.objects.count() == 2
    assert "hx-get" in shown(client)
    assert "<progress" in client.get(f"{PAGE}voortgang/", headers={"HX-Request": "true"}).content.decode()
    assert client.get(f"{PAGE}voortgang/").status_code == 302
    for job in Job.objects.all():
        run = claim(job.pk, worker="worker-1")
        assert run is not None
        build_word(run)
        build_word(run)  # once more does nothing
    done = client.get(f"{PAGE}voortgang/", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"

    own, of_note = WordExport.objects.order_by("pk")
    made = client.get(f"{PAGE}{own.pk}.docx").getvalue()
    assert written(own) == made
    document = read(BytesIO(made))
    assert (document.properties["mvi-brief"], document.properties[VERSION]) == ("brief", own.sha256)
    with of_note.file.open("rb") as file:
        told = read(file)
    assert told.properties["mvi-nota"] == note.office.slug
    assert "Wij vragen uw akkoord." in [block.text for block in told.blocks if block.keys]
    answer = client.post(f"{PAGE}maken/", {"nota": ""}, follow=True).content.decode()
    assert "het Word-bestand staat klaar" in answer
    own.file.delete(save=False)
    assert client.get(f"{PAGE}{own.pk}.docx").status_code == 404


def test_a_file_that_could_not_be_made_says_why_and_can_be_asked_again(page: Client, letter: Letter) -> None:
    page.post(f"{PAGE}maken/", {"nota": ""})
    Job.objects.update(state=State.FAILED, reason="Het geheugen is vol.")
    assert "Het bestand is er niet gekomen. Het geheugen is vol." in shown(page)
    page.post(f"{PAGE}maken/", {"nota": ""})
    assert "Het bestand wordt gemaakt." in shown(page)
    assert page.post(f"{PAGE}maken/", {"nota": "bestaat-niet"}).status_code == 404


def test_each_page_of_a_copy_to_work_in_says_concept_until_the_letter_was_sent(letter: Letter) -> None:
    def names(document: bytes) -> set[str]:
        import zipfile

        return set(zipfile.ZipFile(BytesIO(document)).namelist())

    for state in LetterState:
        sent_on = letter.dated if state is LetterState.SENT else None
        Letter.objects.filter(pk=letter.pk).update(state=state, sent_on=sent_on)
        letter.refresh_from_db()
        is_marked = "word/header-mark.xml" in names(taken_out(letter))
        assert is_marked is (state is not LetterState.SENT), state


def test_what_came_back_is_looked_at_first_then_taken_over_and_chosen_from(
    page: Client, letter: Letter
) -> None:
    document = typed(tracked(taken_out(letter), (" goed", " beter")), ("3", "145"))
    text = bring(page, document)
    assert "Gevonden: 2 wijzigingen en 0 opmerkingen." in text
    assert "Het getal 3 is in Word 145 geworden" in text
    assert "In Word van A. Jansen (12 maart 2025)" in text
    assert not Proposal.objects.exists()
    row = WordImport.objects.get()
    text = page.post(f"{PAGE}terug/{row.pk}/overnemen/", follow=True).content.decode()
    assert "Overgenomen: 2 wijzigingen en 0 opmerkingen." in text
    text = page.post(f"{PAGE}terug/{row.pk}/overnemen/", follow=True).content.decode()
    assert "al overgenomen" in text
    assert Proposal.objects.count() == 2
    assert "al eerder teruggebracht" in bring(page, document)
    file = page.get(f"{PAGE}terug/{row.pk}/bestand/")
    assert file.getvalue() == document

    proposals = shown(page, "/brieven/brief/akkoord/voorstellen/")
    assert "van A. Jansen (12 maart 2025)" in proposals
    assert "Het getal 3 is in Word 145 geworden" in proposals
    assert proposals.count("Neem over zoals getypt") == 1
    number = Proposal.objects.exclude(typed="").get()
    page.post(f"/brieven/brief/akkoord/voorstellen/{number.pk}/overnemen/", {"getypt": "ja"})
    assert "Er zijn 145 gemeenten." in letter.sections.get().text
    other = Proposal.objects.get(typed="")
    assert "Het gaat beter." in shown(page, f"/brieven/brief/akkoord/voorstellen/{other.pk}/afwijzen/")


def test_the_looking_page_asks_the_database_as_often_for_many_changes_as_for_one(
    page: Client, letter: Letter, by: User
) -> None:
    section = letter.sections.get()
    section.text = "".join(f"<p>Punt nummer {word}.</p>" for word in ("een", "twee", "drie", "vier"))
    section.save()
    document, counts = taken_out(letter), []
    for words in (("een",), ("een", "twee", "drie", "vier")):
        row = brought(letter, tracked(document, *((f" {word}.", " nul.") for word in words)), by)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert f"Gevonden: {len(words)} wijziging" in shown(page, f"{PAGE}terug/{row.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nothing_new_is_said_and_a_closed_letter_keeps_the_file(
    page: Client, letter: Letter, by: User
) -> None:
    document = taken_out(letter)
    assert "In dit bestand is niets gewijzigd" in bring(page, document)
    row = brought(letter, tracked(document, (" goed", " beter")), by)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.AGREED)
    text = shown(page, f"{PAGE}terug/{row.pk}/")
    assert "de teksten liggen vast" in text
    assert "Neem over als voorstellen" not in text
    text = page.post(f"{PAGE}terug/{row.pk}/overnemen/", follow=True).content.decode()
    assert "de teksten liggen vast" in text
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.DRAFT)
    page.post(f"{PAGE}terug/{row.pk}/overnemen/")
    again = changed(tracked(document, (" goed", " beter")), {"docProps/app.xml": lambda old: f"{old} "})
    assert "Alles in dit bestand is al eerder overgenomen" in bring(page, again)


def test_what_may_not_come_in_is_refused_with_its_cause(page: Client, letter: Letter) -> None:
    taken_out(letter)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    for content, message in (
        (docx(word__vbaProject_DOT_bin=b"x"), MACROS),
        (ole, LOCKED),
        (b"gewoon tekst", "Kies een bestand van de soort DOCX"),
        (b"", "leeg"),
    ):
        answer = page.post(PAGE, {"file": sent(content, "brief.docx")})
        assert answer.status_code == 400
        assert message.replace("'", "&#x27;") in answer.content.decode()
    assert not WordImport.objects.exists()
    assert page.post(PAGE, {}).status_code == 400


def test_a_hostile_or_broken_text_is_kept_and_its_cause_told(page: Client, letter: Letter) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    for part, message in ((entities, opening.ENTITIES), (b"<x", opening.BROKEN)):
        text = bring(page, packed({"word/document.xml": part, "[Content_Types].xml": b"<Types/>"}))
        assert message in text
        assert "Het bestand zelf is bewaard" in text
    assert WordImport.objects.count() == 2
    row = WordImport.objects.first()
    assert row is not None
    text = page.post(f"{PAGE}terug/{row.pk}/overnemen/", follow=True).content.decode()
    assert "Hier kan niets uit worden overgenomen" in text


def test_who_follows_the_letter_takes_it_out_and_of_a_sent_one_nothing_comes_back(
    client: Client, page: Client, letter: Letter
) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_on=letter.dated)
    assert "Lees het bestand" not in shown(page)
    assert "verzonden en ligt vast" in bring(page, b"x")
    client.force_login(ActorFactory(role=Role.OFFICER))
    text = shown(client)
    assert "Maak het Word-bestand" in text
    assert "Teruggebrachte bestanden" not in text
