"""The page of definitions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.figures import registry
from signatories.models import Kind, Manifest, Organisation, Representative, Signatory, Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("lezer@voorbeeld.example", name="Lezer"))
    return client


def sign(*keys: str, **fields: Any) -> None:
    manifest, _ = Manifest.objects.get_or_create(
        slug="mvoi", defaults={"name": "M", "opened_on": date(2022, 11, 24)}
    )
    made = Signature.objects.create(manifest=manifest, slug=keys[0], signed_on=date(2022, 11, 24))
    for key in keys:
        body = Organisation.objects.create(key=key, kind=Kind.MUNICIPALITY)
        Signatory.objects.create(signature=made, organisation=body, **fields)


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    answer = client.get("/definities/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_every_figure_stands_with_its_definition_and_value(reader: Client) -> None:
    sign("a", "b")
    html = reader.get("/definities/", {"peildatum": "2025-01-31"}).content.decode()
    assert "Peildatum 31 januari 2025" in html
    for item in registry:
        assert item.label in html
        assert item.definition in html
    row = html.split('id="ondertekenaars.gemeenten"')[1].split("</tr>")[0]
    assert '<span class="value">2</span>' in row
    assert "gemeenten" in row


def test_before_the_signing_there_is_nothing_to_count(reader: Client) -> None:
    sign("a")
    html = reader.get("/definities/", {"peildatum": "23 november 2022"}).content.decode()
    row = html.split('id="ondertekenaars.gemeenten"')[1].split("</tr>")[0]
    assert '<span class="value">0</span>' in row


def test_a_day_that_does_not_exist_is_said_and_what_was_typed_stays(
    reader: Client, settings: Settings
) -> None:
    settings.REFERENCE_DATE = date(2025, 1, 31)
    answer = reader.get("/definities/", {"peildatum": "31-02-2025"})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="31-02-2025"' in html
    assert "U ziet nu de stand op 31 januari 2025." in html


def test_every_figure_has_five_years_as_a_line_a_chart_and_its_table(reader: Client) -> None:
    sign("a", "b")
    html = reader.get("/definities/", {"peildatum": "2025-01-31"}).text
    row = html.split('id="ondertekenaars.gemeenten"')[1].split("</tr>\n            \n")[0]
    assert row.count('class="spark"') == 1
    assert "Van 0 gemeenten op 31 december 2019 naar 2 op 31 januari 2025." in row
    assert row.count('<tr><th scope="row">') == 12  # the end of 2019, ten halves, and the day itself
    assert "was er nog niets te tellen" in html.split('id="buyergroups.gestart"')[1].split("</details>")[0]


def test_the_value_in_the_list_is_that_of_the_figure(reader: Client) -> None:
    sign("a", "b")
    sign("c", is_demo=True)
    on = date(2025, 1, 31)
    listed = {key: value for key, (value, _points) in registry.over([date(2020, 1, 31), on]).items()}
    assert listed == registry.collect(on)


def test_made_up_rows_are_told(reader: Client) -> None:
    sign("a")
    assert "demonstratiegegevens" not in reader.get("/definities/").content.decode()
    sign("b", is_demo=True)
    assert "demonstratiegegevens" in reader.get("/definities/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_register(reader: Client) -> None:
    sign("a")
    with CaptureQueriesContext(connection) as few:
        reader.get("/definities/")
    sign(*(f"m{number}" for number in range(40)))
    with CaptureQueriesContext(connection) as many:
        reader.get("/definities/")
    assert len(many) == len(few)


def test_the_menu_and_the_links_carry_the_reference_date(reader: Client) -> None:
    html = reader.get("/definities/", {"peildatum": "1 mei 2024"}).content.decode()
    assert 'href="/brieven/?peildatum=2024-05-01"' in html
    assert 'aria-current="page">Definities' in html


def test_the_accessibility_page_is_public_and_tells_what_falls_short_and_where_to_complain(
    client: Client, settings: Settings
) -> None:
    settings.ACCESSIBILITY_CONTACT = "hulp@voorbeeld.example"
    answer = client.get("/toegankelijkheid/")
    assert answer.status_code == 200
    page = " ".join(answer.text.split())
    told = [
        *("mailto:hulp@voorbeeld.example", "26 november 2026", "Nationale ombudsman", "bewerkt u als HTML"),
        *("Wat wij weten dat nog niet goed is", "EN 301 549", "Binnen vijf werkdagen"),
    ]
    assert [text for text in told if text not in page] == []


def test_the_accessibility_status_is_that_of_the_official_statement(
    client: Client, settings: Settings
) -> None:
    assert "E: er is nog geen verklaring" in client.get("/toegankelijkheid/").text
    settings.ACCESSIBILITY_STATEMENT = "https://www.toegankelijkheidsverklaring.nl/register/1"
    page = client.get("/toegankelijkheid/").text
    assert 'href="https://www.toegankelijkheidsverklaring.nl/register/1"' in page
    assert "staat in de verklaring" in page
    assert "nog geen verklaring" not in page


def test_a_page_that_is_not_there_says_so_in_dutch(reader: Client) -> None:
    answer = reader.get("/definities/geen/")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


def test_an_address_that_only_takes_a_form_says_so_in_dutch(reader: Client) -> None:
    answer = reader.get(reverse("reports:version-build", args=["x"]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Dit adres is geen pagina" in answer.content.decode()


def test_a_form_of_an_earlier_session_says_so_in_dutch() -> None:
    answer = Client(enforce_csrf_checks=True).post("/inloggen/", {})
    assert answer.status_code == 403
    assert "Uw formulier is niet verstuurd" in answer.content.decode()


def test_what_no_browser_sends_is_answered_in_dutch() -> None:
    answer = Client().get("/inloggen/", headers={"host": "een_host_die_niet_mag!"})
    assert answer.status_code == 400
    assert "Uw vraag is niet te lezen" in answer.content.decode()


def test_a_figure_shows_its_definition_five_years_and_what_it_counts(reader: Client) -> None:
    sign("a", "b")
    html = reader.get("/definities/ondertekenaars.gemeenten/", {"peildatum": "2025-01-31"}).content.decode()
    assert registry.get("ondertekenaars.gemeenten").definition in html
    assert "Van 0 gemeenten op 31 december 2019 naar 2 op 31 januari 2025." in " ".join(html.split())
    assert 'href="/organisaties/a/?peildatum=2025-01-31"' in html
    days = html.count('<tr><th scope="row">') - html.count('<tr><th scope="row"><a')  # what counts is a link
    assert days == 12  # the end of 2019, ten halves, and the day itself


def test_a_figure_before_anything_counts_says_so(reader: Client) -> None:
    html = reader.get("/definities/ondertekenaars.gemeenten/", {"peildatum": "2021-01-31"}).content.decode()
    assert "was er nog niets te tellen" in html
    assert "er niets dat meetelt" in html


def test_what_a_figure_counts_comes_as_csv(reader: Client) -> None:
    sign("a", "b")
    answer = reader.get("/definities/ondertekenaars.gemeenten/export.csv?peildatum=2025-01-31")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[:3] == ["sleutel;naam;demo", "a;a;nee", "b;b;nee"]


def test_all_figures_come_as_csv(reader: Client) -> None:
    sign("a")
    answer = reader.get("/definities/export.csv?peildatum=2025-01-31")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len([line for line in lines if line.startswith(("onder", "actie", "buyer", "toez"))]) == len(
        list(registry)
    )
    assert any(line.startswith("ondertekenaars.gemeenten;") and ";gemeenten;1;1;" in line for line in lines)


def test_a_figure_that_does_not_exist_is_not_found(reader: Client) -> None:
    assert reader.get("/definities/geen.cijfer/").status_code == 404


def test_a_contact_sees_only_the_own_rows_and_is_told(client: Client) -> None:
    sign("a", "b")
    contact = User.objects.create_user("c@voorbeeld.example", name="C", role=Role.CONTACT)
    Representative.objects.create(
        user=contact, organisation=Organisation.objects.get(key="a"), valid_from=date(2020, 1, 1)
    )
    client.force_login(contact)
    html = client.get("/definities/ondertekenaars.gemeenten/", {"peildatum": "2025-01-31"}).content.decode()
    assert "/organisaties/a/" in html
    assert "/organisaties/b/" not in html
    assert "alleen wat u mag inzien" in html


@pytest.mark.parametrize("key", [item.key for item in registry])
def test_the_page_of_a_figure_takes_the_same_queries_for_many_rows(reader: Client, key: str) -> None:
    sign("a")
    with CaptureQueriesContext(connection) as few:
        reader.get(f"/definities/{key}/", {"peildatum": "2025-01-31"})
    for number in range(15):
        sign(f"org-{number}")
    with CaptureQueriesContext(connection) as many:
        reader.get(f"/definities/{key}/", {"peildatum": "2025-01-31"})
    assert len(many) == len(few)
