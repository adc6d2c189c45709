"""A decision note is written as the letter is: kept, previewed, remarked on, checked and brought back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import paragraphs
from reports import services
from reports.checks import Weight, checked, open_errors
from reports.errors import LetterError
from reports.models import (
    Answer,
    CheckKey,
    Comment,
    DecisionNote,
    Ground,
    Letter,
    LetterState,
    NoteSection,
    Waiver,
)
from reports.notes.freezing import letter_of, note_of
from reports.parcel.plan import Edition
from reports.render.notes import to_html
from reports.services import agreeing
from reports.services.agreeing import Given
from reports.states import obstacles
from tests.factories.monitoring import PublishedFigureFactory
from tests.factories.registers import municipalities
from tests.factories.reports import (
    DATED,
    AssentFactory,
    LetterFactory,
    LetterVersionFactory,
    SentFileFactory,
    figure,
)
from tests.factories.signatories import ActorFactory, ContactFactory
from tests.reports.test_compose_editor import HOSTILE

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
NEVER = (
    *("<script", "javascript:", "onerror=", "onclick=", "<iframe", "data:text", "style="),
    *("\u202e", "\u2066", "\u200f"),
)
TEXT = "<p>Dit is de eerste alinea van de nota.</p><p>En hier staat de tweede alinea.</p>"


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="De Secretaris"))
    return client


@pytest.fixture
def note() -> DecisionNote:
    municipalities(3)
    letter = LetterFactory.saying("<p>De opening.</p>", slug="brief")
    return services.make_note(letter=letter, office=letter.sender, by=None)


@pytest.fixture
def section(note: DecisionNote) -> NoteSection:
    return write(note, TEXT)


def write(note: DecisionNote, text: str, slug: str = "communicatie") -> NoteSection:
    services.edit_note_section(section=note.sections.get(slug=slug), text=text, by=None)
    found: NoteSection = note.sections.get(slug=slug)
    return found


def place(section: NoteSection, page: str = "") -> str:
    note = section.note
    return f"/brieven/{note.letter.slug}/beslisnotas/{note.office.slug}/{section.pk}/{page}"


def edition(client: Client, section: NoteSection) -> str:
    return str(client.get(place(section, "bewerken/")).context["form"].current)


def printed(note: DecisionNote, kind: Edition = Edition.INTERNAL) -> str:
    fresh = DecisionNote.objects.select_related("letter", "office").get(pk=note.pk)
    return to_html(note_of(fresh), letter_of(fresh.letter), kind)


def found(note: DecisionNote, key: CheckKey) -> list[Any]:
    letter = Letter.objects.get(pk=note.letter_id)
    return [item.finding for item in checked(letter) if item.finding.check is key and item.finding.note]


def test_the_page_is_that_of_the_letter_with_what_a_note_has(secretary: Client, section: NoteSection) -> None:
    html = secretary.get(place(section, "bewerken/")).content.decode()
    for page in ("concept/", "voorbeeld/", "controles/", "opmerkingen/", "eerder/", "passages/"):
        assert place(section, page) in html, page
    assert f"notasectie-{section.pk}" in html
    assert "peildatum=2025-01-31" in html  # a figure in the editor leads to its rows of that day
    assert "Hoe en wanneer horen anderen van de brief?" in html


def test_what_is_typed_in_a_note_is_kept_and_a_second_writer_loses_nothing(
    secretary: Client, section: NoteSection
) -> None:
    opened = edition(secretary, section)
    given = {"text": "<p>Van de een.</p>", "edition": opened}
    answer = secretary.post(place(section, "concept/"), given)
    assert answer.json() == {"edition": edition(secretary, section), "errors": []}
    late = secretary.post(place(section, "concept/"), {**given, "text": "<p>Van de ander.</p>"})
    (conflict,) = late.json()["conflicts"]
    assert (late.status_code, conflict["theirs"]) == (409, "Van de een.")  # words, no HTML
    section.refresh_from_db()
    assert section.text == "<p>Van de een.</p>"
    Letter.objects.update(state=LetterState.DECIDED)
    given |= {"edition": answer.json()["edition"], "text": "<p>Nog iets.</p>"}
    fixed = secretary.post(place(section, "concept/"), given)
    assert (fixed.status_code, "ligt dan vast" in json.dumps(fixed.json())) == (422, True)


def test_the_preview_is_the_very_html_of_the_note(secretary: Client, note: DecisionNote) -> None:
    text = f"<p>Er doen {figure(SIGNED, 'words')} gemeenten mee.</p><p>Dit blijft binnen.</p>"
    section = write(note, text)
    anchor = paragraphs(section.text)[1].sha256
    services.withhold(section=section, sha256=anchor, ground=Ground.OPINIONS, why="", by=None)
    html = secretary.post(place(section, "voorbeeld/"), {"text": text}).content.decode()
    body = html[html.index("</h2>") + 5 : html.index("</article>")].strip()
    assert "Er doen drie gemeenten mee." in body
    assert "Niet openbaar: artikel 5.2" in body
    assert "Alle aantallen in deze nota gelden op de peildatum" in body
    assert body in printed(note)
    wrong = secretary.post(place(section, "voorbeeld/"), {"text": f"<p>{figure('zzz')}</p>"}).content.decode()
    assert "kan de nota nog niet gebouwd worden" in wrong


@pytest.mark.parametrize(
    ("slug", "told"), [("niet-openbaar", "Passages die niet openbaar zijn"), ("bijlagen", "Brief: Voortgang")]
)
def test_what_the_portal_adds_itself_is_in_the_preview(
    secretary: Client, note: DecisionNote, slug: str, told: str
) -> None:
    section = write(note, TEXT)
    services.withhold(
        section=section, sha256=paragraphs(TEXT)[0].sha256, ground=Ground.OPINIONS, why="", by=None
    )
    asked = place(note.sections.get(slug=slug), "voorbeeld/")
    html = secretary.post(asked, {"text": "<p>Zie hieronder.</p>"}).content.decode()
    assert told in html


def test_the_preview_of_a_note_asks_only_for_the_lines_that_it_counts(
    secretary: Client, section: NoteSection
) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            secretary.post(place(section, "voorbeeld/"), {"text": text})
        return len(queries)

    assert asked("<p>Geen cijfers.</p>") <= 8
    one = f"<p>{figure('buyergroups.gestart')}</p>"
    assert asked(one) == asked(one * 20) <= 31


def test_the_preview_tells_a_new_answer_at_once_and_works_out_an_old_one_once(
    secretary: Client, section: NoteSection
) -> None:
    forces, letter = write(section.note, "<p>Wie vindt wat.</p>", "krachtenveld"), section.note.letter
    party = AssentFactory(letter=letter)

    def shown() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            html = secretary.post(place(forces, "voorbeeld/"), {"text": forces.text}).content.decode()
        return len(queries), html

    first, again = shown(), shown()
    assert "is gevraagd en nog niet ontvangen" in again[1]
    assert (again[1] == first[1], again[0] < first[0]) == (True, True)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.IN_AGREEMENT)
    given = Given(Answer.AGREED, date(2025, 2, 3), "directeur", proof="mail")
    agreeing.give_answer(assents=[party], given=given, by=ActorFactory())
    assert "heeft ingestemd met de brief (3 februari 2025)" in shown()[1]


def test_every_saved_text_of_a_note_is_seen_and_brought_back(secretary: Client, section: NoteSection) -> None:
    write(section.note, "<p>Iets heel anders.</p>")
    html = secretary.get(place(section, "eerder/?toon=alles")).content.decode()
    assert "En hier staat de tweede alinea." in html
    key = secretary.get(place(section, "eerder/?toon=alles")).context["states"][1].key
    secretary.post(place(section, "eerder/"), {"tekst": key})
    section.refresh_from_db()
    assert section.text == TEXT
    assert (
        "niet gevonden"
        in secretary.post(place(section, "eerder/"), {"tekst": "x"}, follow=True).content.decode()
    )


def test_a_remark_on_a_note_goes_along_is_answered_and_settled(client: Client, section: NoteSection) -> None:
    client.force_login(ActorFactory(role=Role.OFFICER, name="De Lezer"))
    told = {"alinea": paragraphs(TEXT)[1].sha256, "opmerking": "Klopt dit?"}
    for _click in range(2):
        assert client.post(place(section, "opmerkingen/"), told).status_code == 302
    said = Comment.objects.get()
    assert said.written == section
    assert (
        "Opmerkingen (1 open)" in client.get(place(section).removesuffix(f"{section.pk}/")).content.decode()
    )
    write(section.note, "<p>Nieuw vooraan, met andere woorden.</p><p>En hier staat nu de tweede alinea.</p>")
    said.refresh_from_db()
    assert said.anchor == paragraphs(section.note.sections.get(pk=section.pk).text)[1].sha256
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    assert "Open opmerkingen (1)" in client.get(place(section, "bewerken/")).content.decode()
    answer = client.post(f"/brieven/brief/opmerkingen/{said.pk}/antwoord/", {"opmerking": "Ja."})
    assert answer.url == place(section, "opmerkingen/")  # type: ignore[attr-defined] # of a redirect
    client.post(f"/brieven/brief/opmerkingen/{said.pk}/stand/", {"stand": "klaar"})
    said.refresh_from_db()
    assert (said.is_resolved, said.replies.get().text) == (True, "Ja.")


def test_a_remark_beside_the_text_of_a_note_saves_the_text_too(
    secretary: Client, section: NoteSection
) -> None:
    given = {
        "text": "<p>Dit is de eerste alinea van de nota, nu langer.</p>",
        "edition": edition(secretary, section),
    }
    given |= {"doe": "opmerking", "alinea": paragraphs(TEXT)[0].sha256, "opmerking": "Goed zo?"}
    html = secretary.post(place(section, "bewerken/"), given, follow=True).content.decode()
    assert "De tekst is bewaard en uw opmerking staat erbij." in html
    assert Comment.objects.get().anchor == paragraphs(given["text"])[0].sha256
    refused = {**given, "edition": edition(secretary, section), "opmerking": " "}
    assert "maar dit niet" in secretary.post(place(section, "bewerken/"), refused).content.decode()


def test_a_number_in_the_preview_of_a_note_opens_what_was_counted(
    secretary: Client, note: DecisionNote
) -> None:
    write(note, f"<p>Er doen {figure(SIGNED)} gemeenten mee.</p>")
    html = secretary.get(f"/brieven/brief/beslisnotas/{note.office.slug}/voorbeeld/").content.decode()
    assert f'href="/brieven/brief/cijfers/{SIGNED}/' in html
    assert 'hx-target="#getal"' in html
    panel = secretary.get(f"/brieven/brief/cijfers/{SIGNED}/", headers={"hx-request": "true"})
    assert panel["HX-Push-Url"] == "false"


def test_a_number_in_the_note_of_a_sent_letter_opens_what_was_printed(
    secretary: Client, note: DecisionNote
) -> None:
    write(note, f"<p>Er doen {figure(SIGNED)} gemeenten mee.</p>")
    version = LetterVersionFactory.ready(letter=note.letter)
    SentFileFactory(letter=note.letter, version=version)
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)
    html = secretary.get(f"/brieven/brief/beslisnotas/{note.office.slug}/voorbeeld/").content.decode()
    assert f'href="/brieven/brief/versies/1/cijfers/{SIGNED}/' in html


def test_writing_a_note_asks_as_much_for_a_long_text_as_for_a_short_one(
    secretary: Client, note: DecisionNote
) -> None:
    def asked(text: str) -> int:
        section = write(note, text)
        with CaptureQueriesContext(connection) as queries:
            secretary.get(place(section, "bewerken/"))
        return len(queries)

    text = f"<p>{figure(SIGNED)}.</p>"
    asked(text)
    few = asked(f"{text}<p>Begin.</p>")
    assert asked(f"<p>{figure(SIGNED)} en {figure('ondertekenaars.organisaties')}.</p>" * 9) == few


@pytest.mark.parametrize(
    ("text", "key", "weight"),
    [
        ("<p>Er doen 3 gemeenten mee.</p>", CheckKey.TYPED_NUMBER, Weight.ERROR),
        (f"<p>{figure('zzz')}</p>", CheckKey.FIGURE_WITHOUT_VALUE, Weight.ERROR),
        (f"<p>{figure(SIGNED)}</p>", CheckKey.PUBLISHED_OTHERWISE, Weight.ERROR),
        ("<p>Zie Kamerstukken II 2020/21, 30 196, nr. 746.</p>", CheckKey.CITATION, Weight.WARNING),
        ("<p>Vraag het Jannie Voorbeeld.</p>", CheckKey.PERSON, Weight.ERROR),
        ("", CheckKey.WITHOUT_TEXT, Weight.WARNING),
    ],
)
def test_the_checks_look_at_notes_too(note: DecisionNote, text: str, key: CheckKey, weight: Weight) -> None:
    ContactFactory(name="Jannie Voorbeeld")
    PublishedFigureFactory(figure_key=SIGNED, value=9, dated=DATED, refers_on=DATED)
    section = write(note, text)
    one = next(item for item in found(note, key) if item.section == section)
    assert one.weight is weight
    assert one.where == f"Communicatie (beslisnota aan {note.head})"
    letter = Letter.objects.get(pk=note.letter_id)
    assert any(one.text in line for line in open_errors(letter)) is one.is_error


def test_an_error_in_a_note_keeps_the_letter_and_is_put_aside_on_the_page(
    secretary: Client, note: DecisionNote
) -> None:
    write(note, "<p>Er doen 3 gemeenten mee.</p>")
    with pytest.raises(LetterError, match="van de beslisnota aan"):
        services.advance(letter=note.letter, expected=LetterState.DRAFT, by=None)
    own = secretary.get(f"/brieven/brief/beslisnotas/{note.office.slug}/")
    (shown,) = own.context["findings"]
    assert "met de hand getypt" in own.content.decode()
    everything = secretary.get("/brieven/brief/controles/").content.decode()
    assert f"Communicatie (beslisnota aan {note.head})" in everything
    html = secretary.post(shown.waive_url, {"why": "een citaat"}, follow=True).content.decode()
    assert "Opzij gezet door De Secretaris" in html
    assert open_errors(Letter.objects.get(pk=note.letter_id)) == []
    Letter.objects.update(state=LetterState.AGREED)
    secretary.post(f"/brieven/brief/controles/{Waiver.objects.get().pk}/meetellen/")
    letter = Letter.objects.get(pk=note.letter_id)
    assert any("met de hand getypt" in line for line in obstacles(letter, LetterState.DECIDED))
    secretary.post(shown.waive_url, {"why": "toch een citaat"})
    assert Waiver.objects.get().why == "toch een citaat"


def test_a_name_may_stand_in_what_stays_inside_and_not_in_the_head(note: DecisionNote) -> None:
    ContactFactory(name="Jannie Voorbeeld")
    section = write(note, "<p>Vraag het Jannie Voorbeeld.</p>")
    assert len(found(note, CheckKey.PERSON)) == 1
    anchor = paragraphs(section.text)[0].sha256
    services.withhold(section=section, sha256=anchor, ground=Ground.PRIVACY, why="", by=None)
    assert found(note, CheckKey.PERSON) == []
    services.change_note(note=note, addressee="Jannie Voorbeeld", reference="", author="", by=None)
    (one,) = found(note, CheckKey.PERSON)
    assert one.line.startswith("In de kop van de beslisnota aan Jannie Voorbeeld: Bij ‘Gericht aan’")


def test_the_checks_ask_as_much_for_one_note_as_for_long_ones(note: DecisionNote) -> None:
    letter = Letter.objects.get(pk=note.letter_id)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            checked(letter)
        return len(queries)

    write(note, "<p>Er doen 3 gemeenten mee.</p>")
    few = asked()
    for slug in ("krachtenveld", "politieke-context", "aanleiding"):
        write(note, "<p>Er doen 3 gemeenten en 5 provincies mee.</p>" * 5, slug)
    assert asked() == few


def test_hostile_text_in_a_note_prints_as_text_or_is_refused(secretary: Client, section: NoteSection) -> None:
    for text in HOSTILE:
        given = {"text": f"<p>Begin.</p>{text}", "edition": edition(secretary, section)}
        assert secretary.post(place(section, "concept/"), given).status_code == 200
        shown = secretary.post(place(section, "voorbeeld/"), given).content.decode()
        for html in (shown.lower(), printed_or_refused(section.note).lower()):
            assert not [sign for sign in NEVER if sign in html[max(html.find("<main"), 0) :]], text
        section.refresh_from_db()
        assert section.text.startswith("<p>Begin.</p>")


def printed_or_refused(note: DecisionNote) -> str:
    try:
        return printed(note)
    except LetterError:
        return ""


def test_template_syntax_and_a_megabyte_of_text_print_as_they_were_typed(
    secretary: Client, note: DecisionNote
) -> None:
    text = "<p>{{ 7|add:7 }} {% now 'Y' %}</p><p>" + "woorden zonder eind " * 52_000 + "</p>"
    section = note.sections.get(slug="communicatie")
    given = {"text": text, "edition": edition(secretary, section)}
    assert secretary.post(place(section, "concept/"), given).status_code == 200
    html = printed(note)
    assert "{{ 7|add:7 }} {% now 'Y' %}" in html
    assert len(html) > 1_000_000


def test_a_sent_letter_has_its_note_locked_with_its_remarks(secretary: Client, section: NoteSection) -> None:
    by = ActorFactory(role=Role.SECRETARIAT)
    said = services.comment(section=section, anchor=paragraphs(TEXT)[0].sha256, text="Klopt dit?", by=by)
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)
    html = secretary.get(place(section, "opmerkingen/")).content.decode()
    assert ("Klopt dit?" in html, "Maak een opmerking" in html) == (True, False)
    assert secretary.post(place(section, "opmerkingen/"), {"alinea": "x"}).status_code == 403
    assert secretary.post(f"/brieven/brief/opmerkingen/{said.pk}/antwoord/").status_code == 404
    block = {"anchor": said.anchor, "words": said.words, "text": "Nog iets."}
    with pytest.raises(IntegrityError, match="ligt vast"), transaction.atomic():
        Comment.objects.create(note_section=section, **block)
    with pytest.raises(IntegrityError, match="ligt vast"), transaction.atomic():
        said.delete()
