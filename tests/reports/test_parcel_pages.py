"""The pages of freezing, drift, one number, and parcels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role, User
from mvi_portal.jobs.models import Job, State
from reports import content, frozen_register
from reports.drift import drift
from reports.models import Letter, Parcel
from signatories.models import Signatory
from tests.factories import reports as make
from tests.factories.registers import municipalities

SIGNED = "ondertekenaars.gemeenten"


def user(role: Role = Role.SECRETARIAT) -> User:
    return User.objects.create_user(f"{role}@voorbeeld.example", name="S. de Vries", role=role)


@pytest.fixture
def secretariat(client: Client, db: None) -> Client:
    client.force_login(user())
    return client


@pytest.fixture
def letter(db: None) -> Letter:
    municipalities(3)
    return make.LetterFactory.saying(f"<p>{make.figure(SIGNED)} gemeenten.</p>", slug="brief")


def page(client: Client, address: str, **headers: str) -> str:
    answer = client.get(f"/brieven/brief/{address}", headers=headers)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def told(answer: object) -> Iterator[str]:
    return (str(message) for message in get_messages(answer.wsgi_request))  # type: ignore[attr-defined]


def test_the_page_says_that_nothing_was_frozen_yet(secretariat: Client, letter: Letter) -> None:
    text = page(secretariat, "bevriezen/")

    assert "De cijfers zijn nog niet bevroren. De brief volgt het register" in text
    assert "Bevries de cijfers" in text
    assert secretariat.get("/brieven/brief/bevriezen/nu/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_freezing_by_a_click_and_again(client: Client, letter: Letter) -> None:
    client.force_login(user())

    assert "De cijfers zijn bevroren: bevriezing 1." in list(told(client.post("/brieven/brief/bevriezen/")))
    assert "Er is niets veranderd" in list(told(client.post("/brieven/brief/bevriezen/")))[-1]
    municipalities(1, first=4)
    client.post("/brieven/brief/bevriezen/")
    text = page(client, "bevriezen/2/")
    assert "Anders dan bevriezing 1" in text
    assert "Voorbeeldgemeente 0004" in text
    assert letter.freezes.filter(created_by__name="S. de Vries").count() == 2


def test_drift_tells_by_name_who_came_and_went(secretariat: Client, letter: Letter) -> None:
    make.FreezeFactory.of(letter)
    assert "Er is niets veranderd" in page(secretariat, "bevriezen/nu/")

    municipalities(1, first=4)
    Signatory.objects.filter(organisation__key="voorbeeld-0001").update(valid_until=date(2024, 1, 1))

    text = page(secretariat, "bevriezen/nu/")
    assert 'href="/organisaties/voorbeeld-0004/">Voorbeeldgemeente 0004</a>' in text
    assert 'href="/organisaties/voorbeeld-0001/">Voorbeeldgemeente 0001</a>' in text
    assert "De bijlage met de lijst van ondertekenaars wordt anders." in text
    assert "Laat het zoals het is" in text


def test_drift_is_figure_by_figure(letter: Letter) -> None:
    old = frozen_register.from_json(make.FreezeFactory.of(letter).content)
    assert not drift(old, content.register_of(letter.pk))

    municipalities(2, first=4)
    found = drift(old, content.register_of(letter.pk))

    (change,) = (item for item in found.changes if item.key == SIGNED)
    assert (change.was, change.now, change.went) == ("3", "5", ())
    assert change.came == ("voorbeeld-0004", "voorbeeld-0005")
    assert "Het geheel was 3 en is nu 5." in change.notes


def test_a_number_in_the_preview_opens_what_it_is_made_of(secretariat: Client, letter: Letter) -> None:
    assert f'<a class="mvi-number" href="/brieven/brief/cijfers/{SIGNED}/">3</a>' in page(
        secretariat, "voorbeeld/"
    )
    text = page(secretariat, f"cijfers/{SIGNED}/")
    assert "Voorbeeldgemeente 0002" in text
    assert "31 januari 2025" in text

    make.FreezeFactory.of(letter)
    municipalities(2, first=4)
    part = page(secretariat, f"cijfers/{SIGNED}/", HX_Request="true")

    assert "<html" not in part
    assert "5 (anders dan gedrukt)" in part
    assert "Voorbeeldgemeente 0004" not in part
    assert secretariat.get("/brieven/brief/cijfers/zzz/").status_code == 404


def test_a_number_of_a_version_without_a_freeze_names_what_was_counted(
    secretariat: Client, letter: Letter
) -> None:
    printed = content.draft(letter.pk).letter.to_json()
    make.LetterVersionFactory.ready(letter=letter, content=printed)
    text = page(secretariat, f"versies/1/cijfers/{SIGNED}/")
    assert "Voorbeeldgemeente 0002" in text
    assert ">voorbeeld-0002<" not in text


def test_a_figure_in_a_link_is_no_link_of_its_own(secretariat: Client, letter: Letter) -> None:
    letter.sections.update(
        text=f'<p><a href="https://voorbeeld.nl/">{make.figure(SIGNED, "words")} gemeenten</a></p>'
    )

    assert '<a href="https://voorbeeld.nl/">Drie gemeenten</a>' in page(secretariat, "voorbeeld/")


def test_the_pages_ask_as_much_of_many_rows_as_of_few(secretariat: Client, letter: Letter) -> None:
    make.FreezeFactory.of(letter)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(secretariat, "bevriezen/nu/")
        return len(queries)

    few = asked()
    municipalities(200, first=10)
    assert asked() == few


def test_a_parcel_is_asked_for_followed_and_stopped(secretariat: Client, letter: Letter) -> None:
    assert "Er is nog geen pakket gemaakt." in page(secretariat, "pakket/")

    answer = secretariat.post("/brieven/brief/pakket/maken/")

    assert answer["Location"] == "/brieven/brief/pakket/1/"
    assert "Breek het maken af" in page(secretariat, "pakket/1/")
    assert "<progress" in page(secretariat, "pakket/1/voortgang/", HX_Request="true")
    assert secretariat.get("/brieven/brief/pakket/1/voortgang/").status_code == 302
    assert secretariat.get("/brieven/brief/pakket/1/alles.zip").status_code == 404
    secretariat.post("/brieven/brief/pakket/1/afbreken/")
    assert "Het maken is afgebroken voordat het pakket klaar was." in page(secretariat, "pakket/1/")
    assert "niets om af te breken" in list(told(secretariat.post("/brieven/brief/pakket/1/afbreken/")))[-1]
    assert "Pakket bij versie 1" in page(secretariat, "pakket/")


def test_a_parcel_that_failed_says_why_and_can_be_tried_again(secretariat: Client, letter: Letter) -> None:
    secretariat.post("/brieven/brief/pakket/maken/")
    Job.objects.update(state=State.FAILED, reason="Het cijfer 'X' is 1 in 'A', maar 2 in 'B'.")

    text = page(secretariat, "pakket/1/")

    assert "is 1 in &#x27;A&#x27;, maar 2" in text
    assert "Probeer opnieuw" in text


def test_a_ready_parcel_offers_each_file_and_all_in_one(secretariat: Client, letter: Letter) -> None:
    parcel: Parcel = make.ParcelFactory.ready(version__letter=letter)
    row = make.ParcelFileFactory(parcel=parcel, name="brief.txt", content="Tekst")

    text = page(secretariat, "pakket/1/")

    assert row.sha256 in text.replace("<wbr>", "")
    assert "Download alles (zip)" in text
    answer = secretariat.get("/brieven/brief/pakket/1/brief.txt")
    assert b"".join(answer.streaming_content) == b"Tekst"  # type: ignore[attr-defined]
    packed = secretariat.get("/brieven/brief/pakket/1/alles.zip")
    assert packed["Content-Disposition"] == 'attachment; filename="brief-versie-1.zip"'
    assert secretariat.get("/brieven/brief/pakket/1/weg.txt").status_code == 404
