"""Editing a section: saved with history, never over somebody else's text unseen, and told what is wrong."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import ChartNode, CitationNode, FootnoteNode, TableNode
from reports.models import LetterState, Section
from tests.factories.registers import municipalities
from tests.factories.reports import DATED, LetterFactory, SectionFactory, figure
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
EVERY_NODE = (
    f"<p>Er zijn {figure(SIGNED)} gemeenten{CitationNode('Staatscourant 2024, 806')}"
    f"{FootnoteNode('Een <em>noot</em>.')}</p>{TableNode((SIGNED,), 'Tabel')}{ChartNode(SIGNED)}"
    '<table><caption>Kop</caption><thead><tr><th scope="col">A</th></tr></thead>'
    "<tbody><tr><td>b</td></tr></tbody></table>"
)


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="De Secretaris"))
    return client


@pytest.fixture
def section() -> Section:
    municipalities(3)
    letter = LetterFactory.saying("<p>Zo was het.</p>", slug="brief")
    found: Section = letter.sections.get()
    return found


def place(section: Section) -> str:
    return f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/bewerken/"


def edition(client: Client, section: Section) -> str:
    found = re.search(r'name="edition" value="(\w+)"', client.get(place(section)).content.decode())
    assert found
    return found[1]


def save(client: Client, section: Section, text: str, opened: str | None = None) -> str:
    data = {"text": text, "edition": opened or edition(client, section)}
    return client.post(place(section), data, follow=True).content.decode()


def stored(section: Section) -> str:
    return Section.objects.get(pk=section.pk).text


def test_the_text_is_saved_with_who_did_it(secretary: Client, section: Section) -> None:
    assert "is bewaard" in save(secretary, section, "<p>Zo is het.</p>")
    assert stored(section) == "<p>Zo is het.</p>"
    html = secretary.get(place(section)).content.decode()
    assert "Gewijzigd door De Secretaris" in html


def test_no_node_is_lost_without_javascript(secretary: Client, section: Section) -> None:
    save(secretary, section, EVERY_NODE)
    assert stored(section) == EVERY_NODE


def test_what_may_not_be_stored_is_cleaned(secretary: Client, section: Section) -> None:
    save(secretary, section, '<p onclick="x()">Zo<script>alert(1)</script> is <b>het</b>.</p>')
    assert stored(section) == "<p>Zo is <strong>het</strong>.</p>"


def test_the_same_text_again_is_no_change(secretary: Client, section: Section) -> None:
    save(secretary, section, section.text)
    assert section.events.count() == 1  # type: ignore[attr-defined]


def test_who_saves_second_is_shown_both_texts(secretary: Client, section: Section) -> None:
    opened = edition(secretary, section)
    save(secretary, section, f"<p>Eerst {figure(SIGNED)}.</p>")
    answer = secretary.post(place(section), {"text": "<p>Later &amp; anders.</p>", "edition": opened})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "Twee teksten naast elkaar" in html
    assert "<p>Eerst [Gemeenten die het Manifest ondertekenden: getal].</p>" in html
    assert "<p>Later &amp; anders.</p></div>" in html
    assert stored(section).startswith("<p>Eerst")
    again = re.search(r'name="edition" value="(\w+)"', html)
    assert again
    save(secretary, section, "<p>Later.</p>", again[1])
    assert stored(section) == "<p>Later.</p>"


def test_a_conflict_shows_no_script_of_either(secretary: Client, section: Section) -> None:
    opened = edition(secretary, section)
    save(secretary, section, "<p>Anders.</p>")
    data = {"text": "<p>x</p><script>alert(1)</script><mvi-figure></mvi-figure>", "edition": opened}
    assert "<script>alert(1)" not in secretary.post(place(section), data).content.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"<p>{figure('zzz')}</p>", "staat het cijfer &#x27;zzz&#x27;, maar dat bestaat niet"),
        (f"<p>Zie {CitationNode('zomaar iets')}</p>", "zomaar iets"),
        (f"<p>{figure(SIGNED, 'change')}</p>", "een verschil heeft een vorige brief nodig"),
    ],
)
def test_a_text_that_cannot_be_printed_is_kept_and_told(
    secretary: Client, section: Section, text: str, told: str
) -> None:
    html = save(secretary, section, text)
    assert "maar de brief kan er nog niet mee gebouwd worden" in html
    assert told in html
    assert stored(section) == text


def test_a_node_that_says_nothing_is_refused_and_what_was_typed_stays(
    secretary: Client, section: Section
) -> None:
    html = save(secretary, section, "<p>Nieuw <mvi-figure></mvi-figure></p>")
    assert "zegt niet waarnaar het verwijst" in html
    assert "Nieuw" in html
    assert stored(section) == "<p>Zo was het.</p>"


def test_a_sent_letter_is_not_edited(secretary: Client, section: Section) -> None:
    opened = edition(secretary, section)
    type(section.letter).objects.update(state=LetterState.SENT, sent_on=DATED)
    assert "verzonden en ligt vast" in save(secretary, section, "<p>Nieuw.</p>", opened)
    assert stored(section) == "<p>Zo was het.</p>"


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OFFICER, 403), (Role.EVALUATOR, 403), (Role.READER, 404), (Role.CONTACT, 404)],
)
def test_only_the_secretariat_edits(client: Client, section: Section, role: Role, status: int) -> None:
    client.force_login(ActorFactory(role=role))
    assert client.get(place(section)).status_code == status
    assert client.post(place(section), {"text": "<p>x</p>"}).status_code == status


def test_a_section_of_another_letter_is_not_found(secretary: Client, section: Section) -> None:
    other = SectionFactory()
    assert secretary.get(f"/brieven/{section.letter.slug}/onderdelen/{other.pk}/bewerken/").status_code == 404


def test_the_editor_knows_how_each_figure_reads(secretary: Client, section: Section) -> None:
    html = secretary.get(place(section)).content.decode()
    found = re.search(r'<script id="cijfers" type="application/json">(.*?)</script>', html)
    assert found
    told = json.loads(found[1])[SIGNED]
    assert told["forms"]["number"] == "3"
    assert told["forms"]["words"] == "drie"
    assert "change" not in told["forms"]


def test_the_scripts_of_the_editor_carry_the_nonce_of_the_page(secretary: Client, section: Section) -> None:
    answer = secretary.get(place(section))
    found = re.search(r'<script type="importmap" nonce="([^"]+)">', answer.content.decode())
    assert found
    assert f"'nonce-{found[1]}'" in answer["Content-Security-Policy"]


def test_a_long_text_asks_as_much_as_a_short_one(secretary: Client, section: Section) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            secretary.get(place(section))
        return len(queries)

    Section.objects.update(text=f"<p>{figure(SIGNED)}.</p>")
    few = asked()
    Section.objects.update(text=f"<p>{figure(SIGNED)} en {figure('ondertekenaars.provincies')}.</p>" * 9)
    assert asked() == few == 32


def test_a_form_without_a_text_is_no_save(secretary: Client, section: Section) -> None:
    assert secretary.post(place(section), {}).status_code == 400
    assert stored(section) == "<p>Zo was het.</p>"
