"""One register, one number: screens, exports, letter and rows say the same, whatever the day.

What each is held against are plain rows of the register, counted in plain Python (`tests.demo.counting`): no
value of the portal is compared with itself.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from lxml import html

from mvi_portal.accounts.models import User
from mvi_portal.core.figures import registry
from mvi_portal.demo.letters import OF_2023, OF_2025
from mvi_portal.demo.loading import Loaded
from reports import content, render
from reports.content import gather
from reports.models import Letter
from tests.demo.counting import QUESTIONS, Rows
from tests.factories.reports import LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

DAYS = (date(2023, 2, 15), date(2024, 6, 1), date(2025, 1, 31))

# Which lists count what a figure counts: by address and filter, what their captions count together
SIGNED = {
    "departementen": "ministry",
    "provincies": "province",
    "gemeenten": "municipality",
    "waterschappen": "water_authority",
    "overige": "other",
}
LISTS: dict[str, tuple[str, ...]] = {
    **{
        f"ondertekenaars.{word}": (f"/organisaties/?ondertekend=ja&soort={kind}",)
        for word, kind in SIGNED.items()
    },
    "ondertekenaars.organisaties": ("/organisaties/?ondertekend=ja",),
    "ondertekenaars.handtekeningen": ("/actieplannen/?verwacht=ja", "/actieplannen/?verwacht=nee"),
    "actieplannen.verwacht": ("/actieplannen/?verwacht=ja",),
    "actieplannen.termijn_verstreken": ("/actieplannen/?stand=overdue",),
    "buyergroups.actief": ("/buyergroups/?actief=ja",),
    "toezeggingen.openstaand": tuple(
        f"/monitoring/toezeggingen/?stand={status}"
        for status in ("open", "partly_met", "submitted", "held", "adopted", "in_progress")
    ),
}
# No list has a row for each of what these count: groups and plans are listed with those that do not count
UNLISTED = {
    *("actieplannen.geevalueerd", "actieplannen.ontvangen", "actieplannen.van_kracht"),
    *("actieplannen.ondertekenaars_met_plan", "buyergroups.deelnemers", "buyergroups.resultaten"),
    *(key for key in QUESTIONS if key.startswith("buyergroups.gestart")),
}


@pytest.fixture(scope="module")
def rows(loaded: Loaded) -> Rows:
    return Rows()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.get(email="lezer@voorbeeld.example"))
    return client


def lines(client: Client, address: str, on: date) -> list[list[str]]:
    """The rows of an export, without its header and what explains it."""
    text = client.get(address, {"peildatum": on.isoformat()}).content.decode("utf-8-sig")
    table, _empty, _told = text.partition('\r\n""\r\n')
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
    return [row for row in rows if len(row) > 1]


def page(client: Client, address: str, on: date) -> Any:  # an element, whose stubs know no HTML
    sign = "&" if "?" in address else "?"
    answer = client.get(f"{address}{sign}peildatum={on.isoformat()}")
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.content.decode())


def whole(text: str) -> int:
    """The one number in a text: "zo'n 1.234" is 1234."""
    (found,) = re.findall(r"\d[\d.]*", text)
    return int(found.replace(".", ""))


def listed(client: Client, address: str, on: date) -> int:
    """What the caption of a list says that it found; one that found nothing has no table."""
    found = page(client, address, on)
    captions = found.xpath("//table/caption") or found.xpath("//*[@class='mvi-empty']")
    assert len(captions) == 1, address
    said = re.search(r": ([\d.]+) gevonden", captions[0].text_content())
    return int(said[1].replace(".", "")) if said else 0


def in_print(on: date) -> dict[str, int]:
    """What a letter of the day prints of each figure, read back from its page."""
    said = [
        f'<p>{key}: <mvi-figure data-key="{key}" data-form="number"></mvi-figure></p>' for key in QUESTIONS
    ]
    letter = LetterFactory.saying("".join(said), dated=on, reference_date=on)
    printed: Any = html.document_fromstring(render.to_html(gather(letter.pk, on=on)))
    told = {}
    for paragraph in printed.xpath("//section/p"):
        for note in paragraph.xpath(".//*[contains(@class, 'footnote')]"):
            note.drop_tree()
        key, mark, value = paragraph.text_content().partition(": ")
        if mark and key in QUESTIONS:
            told[key] = whole(value)
    return told


def test_every_figure_has_a_list_or_is_known_to_have_none() -> None:
    assert sorted([*LISTS, *UNLISTED]) == sorted(QUESTIONS)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_figure_is_the_same_everywhere(on: date, reader: Client, rows: Rows) -> None:
    truth = {key: ask(rows, on) for key, ask in QUESTIONS.items()}
    exported = {row[0]: row[4] for row in lines(reader, "/definities/export.csv", on)}
    screen = page(reader, "/definities/", on)
    letter = in_print(on)
    for key, names in truth.items():
        own = page(reader, f"/definities/{key}/", on)
        told = {
            "definitions": whole(screen.xpath(f"//tr[@id='{key}']//span[@class='value']")[0].text_content()),
            "its own page": whole(own.xpath("//p[contains(@class, 'mvi-big')]/strong")[0].text_content()),
            "export": int(exported[key]),
            "rows exported": len(lines(reader, f"/definities/{key}/export.csv", on)),
            "letter": letter[key],
            "rows": len(registry.get(key).row_keys(on)),
        }
        if key in LISTS:
            told["lists"] = sum(listed(reader, address, on) for address in LISTS[key])
        assert told == dict.fromkeys(told, len(names)), key


@pytest.mark.parametrize("slug", [OF_2023, OF_2025])
def test_a_letter_prints_the_register_and_names_both_numbers_of_what_moved_since(
    slug: str, client: Client, rows: Rows
) -> None:
    """Only a letter whose figures were frozen may differ, and only as its own page of differences tells."""
    client.force_login(User.objects.get(email="secretariaat@voorbeeld.example"))
    letter = Letter.objects.get(slug=slug)
    on = letter.reference_date
    printed = {key: figure.value for key, figure in gather(letter.pk, on=on).figures.items()}
    now = {key: len(QUESTIONS[key](rows, on)) for key in printed}
    told = {}
    if content.newest(letter.pk):
        found = page(client, f"/brieven/{slug}/bevriezen/nu/", on)
        for section in found.xpath("//section[@class='mvi-drift'][h3[not(.='Verder')]]"):
            was, is_now = re.findall(r"\d[\d.]*\d|\d", section.xpath("p")[0].text_content())
            told[section.xpath("h3")[0].text_content()] = (whole(was), whole(is_now))
    labels = {figure.key: figure.label for figure in registry}
    moved = {labels[key]: (printed[key], now[key]) for key in printed if printed[key] != now[key]}
    assert moved.items() <= told.items()
    assert printed


def test_the_list_of_signatories_holds_whom_a_figure_counts(reader: Client, rows: Rows) -> None:
    """It has a row for each organisation under each signature, so that a name in it is counted once."""
    for on in DAYS:
        signed = {row[0] for row in lines(reader, "/ondertekenaars/export.csv", on)}
        assert len(signed) == len(QUESTIONS["ondertekenaars.organisaties"](rows, on))


def test_what_a_figure_counts_is_found_by_a_database_that_thinks_its_tables_are_empty(reader: Client) -> None:
    """As PostgreSQL does when it looked before the rows came in: such a page took minutes."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5s'")
        cursor.execute("DELETE FROM pg_statistic WHERE starelid >= 16384")  # tables of ours
        cursor.execute(
            "UPDATE pg_class SET relpages = greatest(1, relpages), reltuples = 0"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    for key in ("ondertekenaars.organisaties", "ondertekenaars.handtekeningen", "actieplannen.verwacht"):
        assert reader.get(f"/definities/{key}/", {"peildatum": "2025-01-31"}).status_code == 200
