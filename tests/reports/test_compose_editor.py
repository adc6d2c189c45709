"""While a section is written: kept by itself, shown as printed, checked; and hostile text stays text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from reports import content, services
from reports.models import LetterState, Section
from reports.render import to_html, to_screen
from tests.factories.registers import municipalities
from tests.factories.reports import LetterFactory, SectionFactory, figure
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"


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


def send(client: Client, section: Section, page: str, **given: Any) -> Any:
    return client.post(f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/{page}/", given)


def edition(client: Client, section: Section) -> str:
    form = client.get(f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/bewerken/").context["form"]
    return str(form.current)


def test_what_is_typed_is_kept_by_itself(secretary: Client, section: Section) -> None:
    opened = edition(secretary, section)
    answer = send(secretary, section, "concept", text="<p>Zo is het.</p>", edition=opened)
    section.refresh_from_db()
    assert section.text == "<p>Zo is het.</p>"
    assert answer.json() == {"edition": edition(secretary, section), "errors": []}


def test_the_second_of_two_writers_is_shown_both_and_loses_nothing(
    secretary: Client, section: Section
) -> None:
    opened = edition(secretary, section)
    send(secretary, section, "concept", text="<p>Van de een.</p>", edition=opened)
    answer = send(secretary, section, "concept", text="<p>Van de ander.</p>", edition=opened)
    assert answer.status_code == 409
    (conflict,) = answer.json()["conflicts"]
    assert ("Van de een." in conflict["theirs"], "Van de ander." in conflict["mine"]) == (True, True)
    section.refresh_from_db()
    assert section.text == "<p>Van de een.</p>"


def test_a_fixed_text_is_not_kept_and_says_why(secretary: Client, section: Section) -> None:
    opened = edition(secretary, section)
    type(section.letter).objects.update(state=LetterState.FINAL)
    answer = send(secretary, section, "concept", text="<p>Nieuw.</p>", edition=opened)
    assert answer.status_code == 422
    assert "de teksten liggen vast" in json.dumps(answer.json(), ensure_ascii=False)


def test_the_preview_is_the_very_html_of_the_letter(secretary: Client, section: Section) -> None:
    text = f"<h3>Kop</h3><p>{figure(SIGNED, 'words')} gemeenten doen mee.</p>"
    services.edit_section(section=section, text=text, by=None)
    html = send(secretary, section, "voorbeeld", text=text).content.decode()
    printed = to_html(content.gather(section.letter_id, on=section.letter.reference_date))
    body = html[html.index("<h3>") : html.index("</article>")].strip()
    assert "<p>Drie gemeenten doen mee." in body
    assert body in printed


def test_the_day_of_the_figures_is_said_once_in_the_letter(secretary: Client, section: Section) -> None:
    services.edit_section(section=section, text=f"<p>{figure(SIGNED)} doen mee.</p>", by=None)
    later = SectionFactory(letter=section.letter)
    html = send(secretary, later, "voorbeeld", text=f"<p>{figure(SIGNED)}.</p>").content.decode()
    assert "gelden op de peildatum" not in html


def test_what_cannot_be_printed_is_told_beside_the_preview(secretary: Client, section: Section) -> None:
    html = send(secretary, section, "voorbeeld", text=f"<p>{figure('zzz')}</p>").content.decode()
    assert "&#x27;zzz&#x27;, maar dat bestaat niet" in html
    section.refresh_from_db()
    assert section.text == "<p>Zo was het.</p>"


def test_the_preview_asks_only_for_the_lines_that_it_counts(secretary: Client, section: Section) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            send(secretary, section, "voorbeeld", text=text)
        return len(queries)

    assert asked("<p>Geen cijfers.</p>") == 6
    one = f"<p>{figure('buyergroups.gestart')}</p>"
    assert asked(one) == asked(one * 20) <= 30


def test_the_checks_of_the_section_come_along(secretary: Client, section: Section) -> None:
    services.edit_section(section=section, text="<p>Er doen 3 gemeenten mee.</p>", by=None)
    place = f"/brieven/brief/onderdelen/{section.pk}/controles/"
    assert "met de hand getypt" in secretary.get(place).content.decode()


HOSTILE = [
    "{{ letter.sender }} {% include 'base.html' %}",
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<a href="javascript:alert(1)">klik</a>',
    '<a href="data:text/html,x">klik</a>',
    '<p style="position:fixed" onclick="x()">tekst</p>',
    "<iframe src='https://elders.example'></iframe>",
    "<mvi-figure data-key=\"x' onload='y\"></mvi-figure>",
    "\u202egnirts\u202c en \u2066verborgen\u2069 \u200f",
    "<table><tr><td><script>x</script>" * 30,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_as_text_or_is_refused(secretary: Client, section: Section, text: str) -> None:
    opened = edition(secretary, section)
    send(secretary, section, "concept", text=f"<p>Begin.</p>{text}", edition=opened)
    shown = send(secretary, section, "voorbeeld", text=f"<p>Begin.</p>{text}").content.decode()
    drawn = content.draft(section.letter_id).letter
    printed = [str(part.html) for part in to_screen.__globals__["Context"](drawn).parts]
    for html in (shown.lower(), *(part.lower() for part in printed)):
        assert not any(sign in html for sign in ("<script", "javascript:", "onerror=", "onclick=", "<iframe"))
        assert not any(sign in html for sign in ("data:text", "style=", "\u202e", "\u2066", "\u200f"))
    section.refresh_from_db()
    assert section.text.startswith("<p>Begin.</p>" if opened else "")


def test_template_syntax_prints_as_it_was_typed(secretary: Client, section: Section) -> None:
    services.edit_section(section=section, text="<p>{{ 7|add:7 }} {% now 'Y' %}</p>", by=None)
    printed = to_html(content.gather(section.letter_id, on=section.letter.reference_date))
    assert "{{ 7|add:7 }} {% now 'Y' %}" in printed


def test_a_megabyte_of_text_is_taken_and_printed(secretary: Client, section: Section) -> None:
    text = "<p>" + "woorden zonder eind " * 52_000 + "</p>"
    answer = send(secretary, section, "concept", text=text, edition=edition(secretary, section))
    assert answer.status_code == 200
    assert len(to_html(content.gather(section.letter_id, on=section.letter.reference_date))) > 1_000_000
