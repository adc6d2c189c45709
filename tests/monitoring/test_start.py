"""The start page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring.models import PolicyLine
from monitoring.start import HEADLINES, change
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Place, Publication, Task
from mvi_portal.core.figures import registry
from reports.published import last_before
from tests.factories.monitoring import CommitmentFactory, FrameFactory, LineMappingFactory, PolicyLineFactory
from tests.factories.reports import LetterFactory
from tests.factories.signatories import SignatoryFactory

pytestmark = pytest.mark.django_db
ON = "2025-01-31"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("lezer@voorbeeld.example", name="Anna"))
    return client


def page(client: Client, on: str = ON) -> str:
    answer = client.get("/", {"peildatum": on})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two apps that ask something."""
    place: Place[object] = Place("tasks")
    place.add("later", lambda user, today: [Task("Later werk", "/later/", date(2030, 1, 1))])
    place.add("soon", lambda user, today: [Task(f"Werk van {user.name}", "/nu/", date(2029, 1, 1), "Kort")])
    monkeypatch.setattr("monitoring.start.tasks", place)


def test_who_has_nothing_to_do_is_told(reader: Client) -> None:
    assert "Er staat nu niets voor u open." in page(reader)


@pytest.mark.usefixtures("asked")
def test_what_is_asked_stands_first_by_its_date(reader: Client) -> None:
    html = page(reader)
    assert html.index("Werk van Anna") < html.index("Later werk")
    assert 'href="/nu/"' in html
    assert "Uiterlijk op 1 januari 2029" in html


def test_each_headline_has_its_value_and_leads_to_its_definition(reader: Client) -> None:
    SignatoryFactory(signature__signed_on=date(2022, 11, 24))
    html = page(reader)
    for key in HEADLINES:
        assert f'href="/definities/{key}/?peildatum={ON}"' in html
        assert registry.get(key).label in html
    assert 'value">1</p>' in html


def test_the_page_follows_the_reference_date(reader: Client) -> None:
    SignatoryFactory(signature__signed_on=date(2022, 11, 24))
    assert 'value">1</p>' not in page(reader, "2022-11-23")
    assert "De stand op 23 november 2022." in page(reader, "2022-11-23")


def test_the_change_is_counted_from_the_letter_before(reader: Client) -> None:
    first = LetterFactory(reference_date=date(2023, 2, 15), title="Voortgang")
    LetterFactory(reference_date=date(2025, 1, 31), previous=first)
    SignatoryFactory(signature__signed_on=date(2022, 11, 24))
    SignatoryFactory(signature__signed_on=date(2024, 1, 1))
    html = page(reader)
    assert "1 meer dan op 15 februari 2023" in html
    assert "Vergeleken met de laatste brief: Voortgang" in html


def test_a_letter_under_way_is_not_compared_with() -> None:
    LetterFactory(reference_date=date(2023, 2, 15))
    assert last_before(date(2025, 1, 31)) is None


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (1234, 1, "1.233 meer dan op 15 februari 2023"),
        (1, 2, "1 minder dan op 15 februari 2023"),
        (2, 2, "evenveel als op 15 februari 2023"),
        (2, None, ""),
    ],
)
def test_a_change_in_words(now: int, before: int | None, said: str) -> None:
    assert change(now, before, Publication("Brief", date(2023, 2, 15))) == said


def test_what_is_followed_stands_with_its_count(reader: Client) -> None:
    CommitmentFactory(made_on=date(2024, 1, 1))
    CommitmentFactory(made_on=date(2025, 2, 1))
    html = page(reader)
    assert f'href="/monitoring/toezeggingen/?peildatum={ON}">Toezeggingen, moties en afspraken' in html
    line = html.split("<h3>D. ")[1]
    assert "Openstaande toezeggingen, moties en afspraken" in line
    assert '">1</p>' in line
    assert '">2</p>' in page(reader, "2025-02-01").split("<h3>D. ")[1]


def test_the_lines_are_those_of_the_frame_of_the_day(reader: Client) -> None:
    seven = FrameFactory(valid_from=date(2023, 2, 15), valid_until=date(2025, 1, 30))
    four = FrameFactory(valid_from=date(2025, 1, 31), valid_until=date(2025, 12, 31))
    next_one = FrameFactory(valid_from=date(2026, 1, 1))
    after: dict[str, PolicyLine] = {}
    for code in "ABCD":
        after[code] = PolicyLineFactory(frame=four, code=code, title="Van 2025")
        copy = PolicyLineFactory(frame=next_one, code=code, title="Van 2026")
        LineMappingFactory(from_line=after[code], to_line=copy)
    for code, title, onward in (("1", "Afspraken", "AC"), ("2", "Sectoren", "B"), ("6", "Meten", "D")):
        line = PolicyLineFactory(frame=seven, code=code, title=title)
        for to in onward:
            LineMappingFactory(from_line=line, to_line=after[to])

    def heads(on: str) -> list[str]:
        return re.findall(r"<h3>(.*?)</h3>", page(reader, on))

    assert heads("2023-02-15") == ["1. Afspraken", "2. Sectoren", "6. Meten"]
    assert heads("2025-01-31") == [f"{code}. Van 2025" for code in "ABCD"]
    assert heads("2026-01-31") == [f"{code}. Van 2026" for code in "ABCD"]
    assert heads("2023-02-14") == [f"{code}. Hoofdlijn {code}" for code in "ABCD"]


def test_the_number_of_queries_does_not_grow_with_the_register(reader: Client) -> None:
    SignatoryFactory()
    page(reader)  # the first visit is written down
    with CaptureQueriesContext(connection) as few:
        page(reader)
    SignatoryFactory.create_batch(20)
    with CaptureQueriesContext(connection) as many:
        page(reader)
    assert len(many) == len(few) == 16
