"""Remarks on paragraphs: by who may, along with their paragraph, settled, and never lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.prose import Paragraph, moves, paragraphs
from reports import services
from reports.composing.earlier import sittings
from reports.models import Comment, LetterState, Section
from tests.factories.monitoring import PolicyLineFactory
from tests.factories.reports import DATED, LetterFactory, SectionFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
TEXT = "<p>Dit is de eerste alinea van de brief.</p><p>En hier staat de tweede alinea.</p>"


@pytest.fixture
def section() -> Section:
    made: Section = SectionFactory(letter=LetterFactory(slug="brief"), text=TEXT)
    return made


def login(client: Client, role: Role) -> User:
    user: User = ActorFactory(role=role)
    client.force_login(user)
    return user


def place(section: Section) -> str:
    return f"/brieven/brief/onderdelen/{section.pk}/opmerkingen/"


def remark(section: Section, by: User, text: str = "Klopt dit?", at: int = 0) -> Comment:
    anchor = paragraphs(section.text)[at].sha256
    return services.comment(section=section, anchor=anchor, text=text, by=by)


def test_an_officer_comments_and_the_secretariat_settles(client: Client, section: Section) -> None:
    login(client, Role.OFFICER)
    anchor = paragraphs(TEXT)[1].sha256
    for _ in range(2):  # a second click
        client.post(place(section), {"alinea": anchor, "opmerking": "Klopt dit?"})
    (said,) = Comment.objects.all()
    assert said.words == "En hier staat de tweede alinea."
    login(client, Role.SECRETARIAT)
    client.post(f"/brieven/brief/opmerkingen/{said.pk}/antwoord/", {"opmerking": "Ja."})
    html = client.post(f"/brieven/brief/opmerkingen/{said.pk}/stand/", {"stand": "klaar"}, follow=True)
    assert "Afgehandeld op" in html.content.decode()
    assert said.replies.get().text == "Ja."
    client.post(f"/brieven/brief/opmerkingen/{said.pk}/stand/", {"stand": "open"})
    said.refresh_from_db()
    assert not said.is_resolved


def test_an_evaluator_comments_on_line_c_alone(client: Client, section: Section) -> None:
    login(client, Role.EVALUATOR)
    line = PolicyLineFactory(frame=section.letter.frame, code="C", title="Minder vrijblijvend")
    theirs = SectionFactory(letter=section.letter, line=line, text=TEXT)
    told = {"alinea": paragraphs(TEXT)[0].sha256, "opmerking": "Zie de evaluatie."}
    assert client.post(place(section), told).status_code == 403
    assert "U kunt hier meelezen" in client.get(place(section)).content.decode()
    assert client.post(place(theirs), told).status_code == 302
    assert Comment.objects.get().section == theirs


def test_a_remark_goes_along_with_its_paragraph(section: Section) -> None:
    said = remark(section, ActorFactory(role=Role.SECRETARIAT))
    text = "<p>Nieuw vooraan, met andere woorden.</p><p>Dit is nu de eerste alinea van de brief.</p>"
    services.edit_section(section=section, text=text, by=None)
    said.refresh_from_db()
    assert said.anchor == paragraphs(text)[1].sha256


def test_a_remark_of_which_the_paragraph_went_stays_in_sight(client: Client, section: Section) -> None:
    remark(section, login(client, Role.SECRETARIAT))
    services.edit_section(section=section, text="<p>Iets heel anders nu.</p>", by=None)
    html = client.get(place(section)).content.decode()
    assert "Bij een verdwenen alinea" in html
    assert "Dit is de eerste alinea van de brief." in html


def test_a_remark_on_a_text_that_changed_meanwhile_is_told_and_what_was_typed_stays(
    client: Client, section: Section
) -> None:
    login(client, Role.OFFICER)
    answer = client.post(place(section), {"alinea": "x" * 64, "opmerking": "Mijn opmerking."})
    assert answer.status_code == 400
    assert "Deze alinea is intussen anders" in answer.content.decode()
    assert "Mijn opmerking." in answer.content.decode()
    client.post(place(section), {"alinea": paragraphs(TEXT)[0].sha256, "opmerking": " "})
    assert not Comment.objects.exists()


def test_only_who_made_it_or_composes_settles(client: Client, section: Section) -> None:
    said = remark(section, ActorFactory(role=Role.OFFICER))
    login(client, Role.OFFICER)
    assert client.post(f"/brieven/brief/opmerkingen/{said.pk}/stand/").status_code == 403
    said.refresh_from_db()
    assert not said.is_resolved


def test_remarks_on_a_sent_letter_are_read_and_no_more_are_made(client: Client, section: Section) -> None:
    said = remark(section, login(client, Role.SECRETARIAT))
    type(section.letter).objects.update(state=LetterState.SENT, sent_on=DATED)
    html = client.get(place(section)).content.decode()
    assert said.text in html
    assert "U kunt de opmerkingen nog lezen" in html
    assert "Plaats" not in html
    assert client.post(place(section), {"alinea": said.anchor, "opmerking": "x"}).status_code == 403
    assert (
        client.post(f"/brieven/brief/opmerkingen/{said.pk}/antwoord/", {"opmerking": "x"}).status_code == 404
    )
    login(client, Role.READER)
    assert client.get(place(section)).status_code == 404


def test_the_page_asks_as_much_for_many_remarks_as_for_few(client: Client, section: Section) -> None:
    by = login(client, Role.SECRETARIAT)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(place(section))
        return len(queries)

    services.reply(to=remark(section, by), text="Ja.", by=by)
    few = asked()
    for number in range(5):
        services.reply(to=remark(section, by, f"Vraag {number}", 1), text="Ja.", by=by)
    assert asked() == few


def test_earlier_texts_are_shown_with_what_changed_and_brought_back(client: Client, section: Section) -> None:
    by = login(client, Role.SECRETARIAT)
    services.edit_section(section=section, text=TEXT.replace("tweede", "laatste"), by=by)
    earlier = f"/brieven/brief/onderdelen/{section.pk}/eerder/"
    shown = client.get(earlier)
    html = shown.content.decode()
    assert "<ins>" in html
    assert "laatste" in html
    assert str(by) in html
    newest, oldest = shown.context["states"]
    assert (newest.is_current, oldest.is_current) == (True, False)
    answer = client.post(earlier, {"tekst": oldest.key}, follow=True).content.decode()
    assert "Teruggezet" in answer
    section.refresh_from_db()
    assert section.text == TEXT
    assert "niet gevonden" in client.post(earlier, {"tekst": "0"}, follow=True).content.decode()


def test_what_one_writer_saved_in_one_go_is_one_earlier_text(client: Client, section: Section) -> None:
    by, other = login(client, Role.SECRETARIAT), ActorFactory(role=Role.SECRETARIAT)
    for word, who in (("a", by), ("b", by), ("c", by), ("d", other), ("e", by), ("f", by)):
        services.edit_section(section=section, text=TEXT.replace("tweede", f"{word}-de"), by=who)
    earlier = f"/brieven/brief/onderdelen/{section.pk}/eerder/"
    shown = client.get(earlier).context["states"]
    assert [(state.who, state.saves) for state in shown] == [
        *((str(by), 2), (str(other), 1), (str(by), 3)),
        ("het portaal", 1),
    ]
    (change,) = shown[2].changes
    assert re.search(r"<del>.*tweede.*</del>.*<ins>.*c-de.*</ins>", change)
    assert "Toon alles: elke tekst die is bewaard (7)" in client.get(earlier).content.decode()
    every = client.get(f"{earlier}?toon=alles")
    assert [state.saves for state in every.context["states"]] == [1] * 7
    assert "Toon alleen de laatste" in every.content.decode()
    within = every.context["states"][4]
    client.post(f"{earlier}?toon=alles", {"tekst": within.key})
    section.refresh_from_db()
    assert "b-de" in section.text


def test_who_comes_back_after_a_pause_sits_down_anew() -> None:
    def saved(minutes: int, user: int | None = 1) -> Any:
        at = datetime(2025, 1, 31, 12, tzinfo=UTC) - timedelta(minutes=minutes)
        return SimpleNamespace(pgh_created_at=at, pgh_context=SimpleNamespace(metadata={"user": user}))

    rows = [saved(0), saved(20), saved(40), saved(70), saved(71, None), saved(72, None)]
    assert [len(group) for group in sittings(rows)] == [3, 1, 1, 1]


def test_a_text_that_is_fixed_is_not_brought_back(client: Client, section: Section) -> None:
    login(client, Role.SECRETARIAT)
    services.edit_section(section=section, text="<p>Nu.</p>", by=None)
    earlier = f"/brieven/brief/onderdelen/{section.pk}/eerder/"
    oldest = client.get(earlier).context["states"][-1]
    type(section.letter).objects.update(state=LetterState.FINAL)
    assert (
        "de teksten liggen vast" in client.post(earlier, {"tekst": oldest.key}, follow=True).content.decode()
    )


def test_remarks_of_a_section_follow_their_paragraphs_by_one_comparison(
    section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = ActorFactory(role=Role.SECRETARIAT)
    for at, words in ((0, "Een."), (0, "Twee."), (1, "Drie.")):
        remark(section, user, words, at)
    compared: list[int] = []

    def counted(*texts: tuple[Paragraph, ...]) -> list[int | None]:
        compared.append(len(texts))
        return moves(*texts)

    monkeypatch.setattr("reports.services.commenting.moves", counted)
    services.edit_section(section=section, text=f"<p>Er kwam iets voor.</p>{TEXT}", by=user)
    services.edit_section(section=section, text=TEXT.replace("eerste", "allereerste"), by=user)
    section.refresh_from_db()
    first, second = (item.sha256 for item in paragraphs(section.text))
    assert [row.anchor for row in Comment.objects.order_by("pk")] == [first, first, second]
    assert compared == [2, 2]


def written(client: Client, section: Section, **given: str) -> Any:
    """The page on which the text is written, sent by one of its buttons."""
    address = f"/brieven/brief/onderdelen/{section.pk}/bewerken/"
    edition = str(client.get(address).context["form"].current)
    return client.post(address, {"edition": edition, "text": section.text, **given}, follow=True)


def test_open_remarks_stand_beside_the_text_in_its_order(client: Client, section: Section) -> None:
    by = login(client, Role.SECRETARIAT)
    second, first = remark(section, by, "Over twee.", 1), remark(section, by, "Over een.", 0)
    services.settle(remark=remark(section, by, "Al klaar.", 0), by=by)
    services.reply(to=first, text="Ik kijk het na.", by=by)
    page = client.get(f"/brieven/brief/onderdelen/{section.pk}/bewerken/")
    html = page.content.decode()
    assert [spot.remarks[0].comment for spot in page.context["spoken"]] == [first, second]
    assert ("Open opmerkingen (2)" in html, "Ik kijk het na." in html) == (True, True)
    services.edit_section(section=section, text="<p>Heel iets anders staat nu hier.</p>", by=by)
    gone = client.get(f"/brieven/brief/onderdelen/{section.pk}/bewerken/").context["spoken"]
    assert [spot.is_gone for spot in gone] == [True, True]


def test_a_remark_is_settled_and_answered_beside_the_text_and_the_text_is_saved(
    client: Client, section: Section
) -> None:
    by = login(client, Role.SECRETARIAT)
    said = remark(section, by)
    text = TEXT.replace("eerste", "allereerste")
    reply = {"doe": f"antwoord-{said.pk}", f"antwoord-{said.pk}": "Gedaan."}
    html = written(client, section, text=text, **reply).content.decode()
    assert "uw antwoord staat erbij" in html
    section.refresh_from_db()
    assert (section.text, said.replies.get().text) == (text, "Gedaan.")
    html = written(client, section, doe=f"klaar-{said.pk}").content.decode()
    assert ("is afgehandeld" in html, "Open opmerkingen (0)" in html) == (True, True)


def test_a_remark_is_made_beside_the_text_on_what_the_paragraph_became(
    client: Client, section: Section
) -> None:
    by = login(client, Role.SECRETARIAT)
    anchor = paragraphs(TEXT)[1].sha256  # as the page showed it
    services.edit_section(section=section, text=TEXT.replace("tweede", "laatste"), by=by)  # saved by itself
    text = f"<p>Er kwam iets voor.</p>{TEXT.replace('tweede', 'allerlaatste')}"
    written(client, section, text=text, doe="opmerking", alinea=anchor, opmerking="Zeker?")
    said = Comment.objects.get()
    assert (said.words, said.anchor) == ("En hier staat de allerlaatste alinea.", paragraphs(text)[2].sha256)


@pytest.mark.parametrize(
    ("given", "told"), [("", "Vul uw opmerking in"), ("Zeker?", "Deze alinea is intussen")]
)
def test_a_remark_that_is_refused_keeps_what_was_typed_and_the_text_is_saved(
    client: Client, section: Section, given: str, told: str
) -> None:
    login(client, Role.SECRETARIAT)
    anchor = "0" * 64 if given else paragraphs(TEXT)[0].sha256
    text = TEXT.replace("eerste", "allereerste")
    answer = written(client, section, text=text, doe="opmerking", alinea=anchor, opmerking=given)
    html = answer.content.decode()
    assert (answer.status_code, told in html, answer.context["typed"]) == (400, True, given)
    section.refresh_from_db()
    assert section.text == text
    assert not Comment.objects.exists()


def test_what_two_wrote_at_once_keeps_the_remark_too(client: Client, section: Section) -> None:
    by = login(client, Role.SECRETARIAT)
    address = f"/brieven/brief/onderdelen/{section.pk}/bewerken/"
    edition = str(client.get(address).context["form"].current)
    services.edit_section(section=section, text="<p>Van een ander.</p>", by=ActorFactory(role=by.role))
    given = {"doe": "opmerking", "alinea": paragraphs(TEXT)[0].sha256, "opmerking": "Zeker?"}
    answer = client.post(address, {"edition": edition, "text": "<p>Van mij.</p>", **given})
    html = answer.content.decode()
    assert (answer.status_code, "Van mij." in html, ">Zeker?</textarea>" in html) == (400, True, True)


@pytest.mark.parametrize("act", ["klaar-0", "klaar-x", "weg-1", ""])
def test_a_button_that_is_not_there_does_nothing(client: Client, section: Section, act: str) -> None:
    login(client, Role.SECRETARIAT)
    answer = written(client, section, doe=act)
    assert (answer.status_code, "is niet gevonden" in answer.content.decode()) == (400, True)
