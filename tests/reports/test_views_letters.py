"""The list of letters, one letter, its preview and its figures."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import CitationNode
from mvi_portal.jobs.models import State
from reports.models import Letter, LetterState, SentFile
from tests.factories import frozen
from tests.factories.jobs import JobFactory
from tests.factories.registers import municipalities
from tests.factories.reports import (
    DATED,
    LetterFactory,
    LetterVersionFactory,
    SectionFactory,
    SentFileFactory,
    figure,
)
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
LIST = "/brieven/"
SIGNED = "ondertekenaars.gemeenten"
SENT = {"state": LetterState.SENT, "sent_on": DATED}


def as_(client: Client, role: Role) -> Client:
    client.force_login(ActorFactory(role=role))
    return client


@pytest.fixture
def secretary(client: Client) -> Client:
    return as_(client, Role.SECRETARIAT)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def keys(client: Client, **query: str) -> list[str]:
    answer = client.get(f"{LIST}export.csv", query)
    read = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return [row[0] for row in read[1 : read.index([""])]]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.SECRETARIAT, ["onderweg", "verzonden"]),
        (Role.OFFICER, ["onderweg", "verzonden"]),
        (Role.EVALUATOR, ["onderweg", "verzonden"]),
        (Role.READER, ["verzonden"]),
        (Role.ADMINISTRATOR, ["verzonden"]),
        (Role.CONTACT, []),
    ],
)
def test_letters_under_way_are_for_who_works_on_them(client: Client, role: Role, seen: list[str]) -> None:
    LetterFactory(slug="onderweg")
    LetterFactory(slug="verzonden", **SENT)
    assert sorted(keys(as_(client, role))) == seen
    for slug in ("onderweg", "verzonden"):
        assert client.get(f"{LIST}{slug}/").status_code == (200 if slug in seen else 404)


def test_a_reader_sees_of_a_sent_letter_only_the_version_that_was_sent(client: Client) -> None:
    letter = LetterFactory(slug="brief", **SENT)
    LetterVersionFactory.ready(letter=letter)
    SentFileFactory(letter=letter, version=LetterVersionFactory.ready(letter=letter))
    html = page(as_(client, Role.READER), f"{LIST}brief/")
    assert "Versie 2" in html
    assert "Versie 1" not in html
    assert "versie 2" in page(client, LIST)
    assert client.get(f"{LIST}brief/versies/1/").status_code == 404
    assert client.get(f"{LIST}brief/1.pdf").status_code == 404
    assert SentFile.objects.count() == 1


def test_the_list_shows_dates_state_and_the_newest_version_to_read(secretary: Client) -> None:
    letter = LetterFactory(title="Stand van zaken", dated=date(2025, 2, 3), is_demo=True)
    LetterVersionFactory.ready(letter=letter)
    LetterVersionFactory(letter=letter, job=JobFactory(state=State.FAILED, reason="Stuk."))
    html = page(secretary, LIST)
    assert all(told in html for told in ("Stand van zaken", "3 februari 2025", "31 januari 2025", "demo"))
    assert "Download PDF van versie 1" in html
    assert "concept" in html


def test_the_list_is_filtered_and_the_export_is_the_same(secretary: Client) -> None:
    LetterFactory(slug="eerste", title="Voortgang in het begin")
    LetterFactory(slug="tweede", title="Voortgang later", **SENT)
    assert keys(secretary, zoek="BEGIN") == ["eerste"]
    assert keys(secretary, zoek="vóortgagn later") == ["tweede"]
    assert keys(secretary, toestand="sent") == ["tweede"]
    assert "later" not in page(secretary, f"{LIST}?zoek=begin")


def test_wrong_filter_is_said(secretary: Client) -> None:
    assert "Er gaat nog iets mis" in page(secretary, f"{LIST}?toestand=zoek", 400)


def test_without_letters_the_list_says_so(secretary: Client) -> None:
    assert "Geen brieven gevonden" in page(secretary, LIST)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(client, address)
    return len(asked)


def test_the_list_asks_as_much_for_many_as_for_few(secretary: Client) -> None:
    LetterVersionFactory.ready()
    few = queries(secretary, LIST)
    for _ in range(5):
        LetterVersionFactory.ready()
        LetterVersionFactory(job=JobFactory())
    assert queries(secretary, LIST) == few == 4


def test_a_letter_asks_as_much_for_many_versions_and_sections_as_for_few(secretary: Client) -> None:
    letter = LetterFactory.saying("<p>Een.</p>", slug="brief")
    LetterVersionFactory.ready(letter=letter)
    few = queries(secretary, f"{LIST}brief/")
    for _ in range(5):
        SectionFactory(letter=letter)
        LetterVersionFactory.ready(letter=letter)
    assert queries(secretary, f"{LIST}brief/") == few == 19  # one for names in the progress of the report


def test_a_letter_tells_who_sends_it_to_whom(secretary: Client) -> None:
    LetterFactory.saying("<p>Een.</p>", slug="brief", reference="ABC/1")
    html = page(secretary, f"{LIST}brief/")
    for told in ("De minister van Water en Wegen", "De voorzitter van de Kamer, Postbus 1", "ABC/1"):
        assert told in html


def test_only_the_secretariat_is_offered_to_edit_and_build(client: Client) -> None:
    SectionFactory(letter=LetterFactory(slug="brief"))
    assert "Bouw de brief" not in page(as_(client, Role.OFFICER), f"{LIST}brief/")
    assert "bewerken" not in page(client, f"{LIST}brief/")
    html = page(as_(client, Role.SECRETARIAT), f"{LIST}brief/")
    assert "Bouw de brief" in html
    assert "/bewerken/" in html


def test_a_sent_letter_can_not_be_edited_or_built(secretary: Client) -> None:
    SectionFactory(letter__slug="brief")
    Letter.objects.update(**SENT)
    html = page(secretary, f"{LIST}brief/")
    assert "Bouw de brief" not in html
    assert "/bewerken/" not in html


def test_an_empty_letter_says_what_is_missing(secretary: Client) -> None:
    LetterFactory(slug="brief")
    html = page(secretary, f"{LIST}brief/")
    assert "nog geen onderdelen" in html
    assert "Er is nog geen versie gebouwd" in html


def test_the_preview_is_the_letter_with_figures_of_now(secretary: Client) -> None:
    municipalities(3)
    LetterFactory.saying(f"<p>Er zijn {figure(SIGNED)} gemeenten.</p>", slug="brief")
    html = page(secretary, f"{LIST}brief/voorbeeld/")
    assert "Er zijn 3 gemeenten." in strip_tags(html)
    assert html.count("<h1") == html.count("<main") == 1
    assert "style=" not in html


def test_the_preview_tells_what_is_wrong_instead(secretary: Client) -> None:
    LetterFactory.saying(f"<p>{figure('zzz')}</p>", slug="brief")
    assert "staat het cijfer &#x27;zzz&#x27;, maar dat bestaat niet" in page(
        secretary, f"{LIST}brief/voorbeeld/"
    )


def test_the_preview_tells_of_a_citation_that_cannot_be_read(secretary: Client) -> None:
    LetterFactory.saying(f"<p>Zie {CitationNode('zomaar iets')}</p>", slug="brief")
    assert "zomaar iets" in page(secretary, f"{LIST}brief/voorbeeld/")


def test_a_sent_letter_has_no_preview_of_now(secretary: Client) -> None:
    LetterFactory.saying("<p>Een.</p>", slug="brief")
    Letter.objects.update(**SENT)
    assert secretary.get(f"{LIST}brief/voorbeeld/").status_code == 404
    assert secretary.get(f"{LIST}brief/cijfers/").status_code == 404


def test_a_version_is_read_and_counted_as_it_was_frozen(secretary: Client) -> None:
    held = frozen.LetterFactory.build()
    version = LetterVersionFactory.ready(content=held.to_json())
    place = f"{LIST}{version.letter.slug}/versies/1/"
    assert held.salutation in page(secretary, f"{place}voorbeeld/")
    html = page(secretary, f"{place}cijfers/")
    shown = next(item for item in held.figures.values() if item.key in held.sections[1].html)
    assert shown.label in html
    assert shown.definition in html


def test_the_figures_of_the_text_stand_with_value_date_and_definition(secretary: Client) -> None:
    municipalities(3)
    LetterFactory.saying(f"<p>Er zijn {figure(SIGNED)} gemeenten.</p>", slug="brief")
    html = page(secretary, f"{LIST}brief/cijfers/")
    assert f"/definities/{SIGNED}/?peildatum=2025-01-31" in html
    assert "Cijfers in de tekst (1)" in html
    assert "31 januari 2025" in html


def test_a_text_without_figures_says_so(secretary: Client) -> None:
    LetterFactory.saying("<p>Een.</p>", slug="brief")
    assert "nog geen cijfers" in page(secretary, f"{LIST}brief/cijfers/")
