"""What a sent letter knew: its figures then and now, which rows came and went, and what was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role, User
from mvi_portal.history import history
from reports import content
from reports.models import Letter, LetterState
from signatories.models import Signatory, Signature
from tests.factories.monitoring import PublishedFigureFactory
from tests.factories.registers import municipalities
from tests.factories.reports import (
    DATED,
    FreezeFactory,
    LetterFactory,
    LetterVersionFactory,
    SentFileFactory,
    figure,
)
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
SIGNED, ALL = "ondertekenaars.gemeenten", "ondertekenaars.organisaties"
PLACE = "/brieven/brief/toen/"


def send(letter: Letter, number: int = 1) -> Letter:
    freeze = FreezeFactory.of(letter)
    freeze.created_at -= timedelta(days=1)  # the history of a test is that of the start of its transaction
    freeze.save()
    told = content.gather(letter.pk, on=letter.reference_date).to_json()
    version = LetterVersionFactory.ready(letter=letter, content=told, freeze=freeze)
    SentFileFactory(letter=letter, version=version, sha256=f"{number:064x}")
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_on=DATED)
    return Letter.objects.get(pk=letter.pk)


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    text = f"<p>Er doen {figure(SIGNED)} gemeenten en {figure(ALL)} organisaties mee.</p>"
    return send(LetterFactory.saying(text, slug="brief", title="De brief"))


def login(client: Client, role: Role) -> User:
    user: User = ActorFactory(role=role, name="De Secretaris")
    client.force_login(user)
    return user


def page(client: Client, below: str = "") -> str:
    return " ".join(client.get(f"{PLACE}{below}").content.decode().split())


def test_as_long_as_nothing_changed_then_is_now(client: Client, letter: Letter) -> None:
    login(client, Role.READER)
    html = page(client)
    assert "Over die dag zegt het register nog precies hetzelfde." in html
    assert "Voor die dag telt nog precies hetzelfde mee." in page(client, f"{SIGNED}/")
    assert "Toen en nu" in html
    assert f'href="{PLACE}"' in client.get("/brieven/brief/verzonden/").content.decode()


def test_who_came_and_went_since_is_told_with_what_was_recorded(client: Client, letter: Letter) -> None:
    by = login(client, Role.SECRETARIAT)
    municipalities(2, first=8)
    gone = Signatory.objects.get(organisation__key="voorbeeld-0001")
    with history(by=by, action="test", why="Per abuis ingevoerd."):
        gone.delete()
    assert "cijfers zegt het register nu iets anders over die dag." in page(client)
    html = page(client, f"{SIGNED}/")
    assert "Erbij (2)" in html
    assert "Voorbeeldgemeente 0008" in html
    assert "Eraf (1)" in html
    assert "Voorbeeldgemeente 0001" in html
    changes = client.get(f"{PLACE}{SIGNED}/").context["changes"]
    told = {(row.cells[1].text, row.cells[2].text) for row in changes.rows}
    assert ("Voorbeeldgemeente 0008", f"{Signatory._meta.verbose_name} toegevoegd") in told
    assert ("Voorbeeldgemeente 0001", f"{Signatory._meta.verbose_name} verwijderd") in told


def test_who_only_reads_sees_the_rows_and_not_who_changed_them(client: Client, letter: Letter) -> None:
    municipalities(2, first=8)
    login(client, Role.READER)
    html = page(client, f"{SIGNED}/")
    assert ("Erbij (2)" in html, "Vastgelegd na het bevriezen" in html) == (True, False)


def test_another_definition_is_shown_beside_that_of_then(client: Client, letter: Letter) -> None:
    drawn = content.draft(letter.pk).letter
    other = replace(drawn.figures[SIGNED], definition="Zo telden wij toen.")
    text = f"<p>{figure(SIGNED)}</p>"
    second = LetterFactory.saying(text, slug="oud", title="Oude brief")
    told = replace(content.draft(second.pk).letter, figures={**drawn.figures, SIGNED: other})
    version = LetterVersionFactory.ready(letter=second, content=told.to_json())
    SentFileFactory(letter=second, version=version, sha256="f" * 64)
    Letter.objects.filter(pk=second.pk).update(state=LetterState.SENT, sent_on=DATED)
    login(client, Role.READER)
    html = client.get(f"/brieven/oud/toen/{SIGNED}/").content.decode()
    assert "<strong>Toen:</strong> Zo telden wij toen." in html
    assert "andere definitie" in client.get("/brieven/oud/toen/").content.decode()


def test_other_letters_and_documents_with_the_figure_are_told(client: Client, letter: Letter) -> None:
    send(LetterFactory.saying(f"<p>{figure(SIGNED)}</p>", slug="later", title="Een latere brief"), 2)
    PublishedFigureFactory(
        figure_key=SIGNED,
        wording="zo'n 70 gemeenten",
        value=70,
        document="een nota",
        refers_on=date(2025, 1, 1),
    )
    login(client, Role.READER)
    html = page(client, f"{SIGNED}/")
    assert '<a href="/brieven/later/toen/">Een latere brief</a>' in html
    assert "zo&#x27;n 70 gemeenten" in html
    assert "anders dan het register" in html
    assert "Geen ander document noemt dit cijfer." in page(client, f"{ALL}/")


def test_a_figure_that_the_register_does_not_know_any_more_is_still_told(
    client: Client, letter: Letter
) -> None:
    drawn = content.draft(letter.pk).letter
    gone = replace(drawn.figures[SIGNED], key="oud.cijfer", label="Een oud cijfer")
    told = replace(drawn, figures={**drawn.figures, "oud.cijfer": gone}).to_json()
    old = LetterFactory.saying("<p>Tekst.</p>", slug="oud")
    SentFileFactory(letter=old, version=LetterVersionFactory.ready(letter=old, content=told), sha256="e" * 64)
    Letter.objects.filter(pk=old.pk).update(state=LetterState.SENT, sent_on=DATED)
    login(client, Role.READER)
    assert "niet meer bekend" in client.get("/brieven/oud/toen/").content.decode()
    html = client.get("/brieven/oud/toen/oud.cijfer/").content.decode()
    assert "Het register kent dit cijfer niet meer." in html
    assert client.get("/brieven/oud/toen/export/").status_code == 200


def test_of_signatures_it_is_told_who_came_and_went(client: Client, letter: Letter) -> None:
    login(client, Role.SECRETARIAT)
    municipalities(1, first=8)
    Signatory.objects.filter(organisation__key="voorbeeld-0002").delete()
    Signature.objects.filter(signatories__isnull=True).delete()
    html = page(client, "ondertekenaars.handtekeningen/")
    assert ("Erbij (1)" in html, "Eraf (1)" in html) == (True, True)
    assert "toegevoegd" in html


def test_then_and_now_is_a_file_too(client: Client, letter: Letter) -> None:
    login(client, Role.READER)
    municipalities(1, first=8)
    text = client.get(f"{PLACE}export/").content.decode()
    (line,) = [row for row in text.splitlines() if f";{SIGNED};" in row]
    assert line.split(";")[2:6] == ["3", "4", "4", "voorbeeld-0008"]
    assert 'href="/brieven/brief/toen/export/' in client.get(PLACE).content.decode()


def test_a_letter_that_the_portal_did_not_send_has_no_then(client: Client, letter: Letter) -> None:
    login(client, Role.SECRETARIAT)
    LetterFactory.saying("<p>Tekst.</p>", slug="nieuw")
    assert client.get("/brieven/nieuw/toen/").status_code == 404
    assert client.get(f"{PLACE}zzz/").status_code == 404


def test_many_rows_ask_as_much_as_few(client: Client, letter: Letter) -> None:
    login(client, Role.SECRETARIAT)

    def asked(below: str) -> int:
        client.get(f"{PLACE}{below}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{PLACE}{below}")
        return len(queries)

    municipalities(1, first=8)
    few = asked(""), asked(f"{SIGNED}/")
    municipalities(12, first=20)
    assert (asked(""), asked(f"{SIGNED}/")) == few
