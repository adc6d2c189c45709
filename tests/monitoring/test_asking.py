"""A round is asked by mail, reminded, written by two at once, prepared beforehand, and seen on its board."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitoring.board import PER_PAGE
from monitoring.material import progress_material
from monitoring.models import (
    EntryPaper,
    EntryState,
    Frame,
    LineMapping,
    PolicyLine,
    ProgressEntry,
    ProgressRequest,
    ProgressRound,
)
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.prose import FigureNode
from mvi_portal.mails.models import Mail, State
from signatories.models import Organisation
from tests.factories.monitoring import (
    EntryFileFactory,
    PaperFactory,
    PolicyLineFactory,
    ProgressEntryFactory,
    ProgressQuestionFactory,
    ProgressRequestFactory,
    ProgressRoundFactory,
)
from tests.factories.signatories import OrganisationFactory
from tests.monitoring.asking import ENTRY, ROUND, decide, edition, page, person, write

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"


def entry() -> ProgressEntry:
    return ProgressEntry.objects.get()


@pytest.mark.usefixtures("prepared_round")
def test_asking_sends_each_officer_one_mail_that_opens_the_questions() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    person(Role.READER, "Lezer", "ienw")
    secretariat = person(Role.SECRETARIAT, "Sec")
    html = secretariat.post(f"{ROUND}stap/", {"actie": "uitvragen"}, follow=True).content.decode()
    assert "Er gaat 1 mail uit." in html
    assert "Niemand handelt namens: Economie" in html
    mail = Mail.objects.get()
    assert (mail.recipient, mail.state) == ("anna@voorbeeld.example", State.RELEASED)
    assert "Wat deed u?" in mail.body
    for address in re.findall(r"http://testserver(\S+)", mail.body):
        assert officer.get(address).status_code == 200
    assert re.findall(r"http://testserver(\S+)", mail.body) == [f"{ROUND}ienw/", ENTRY]
    assert ENTRY in page(officer, "/")


@pytest.mark.usefixtures("open_round")
def test_a_reminder_goes_once_a_day_to_who_still_has_to_write() -> None:
    for name, organisation in (("Anna", "ienw"), ("Bram", "ez")):
        person(Role.OFFICER, name, organisation)
    ProgressEntryFactory(
        organisation=Organisation.objects.get(key="ez"),
        line=PolicyLine.objects.get(),
        round=ProgressRound.objects.get(),
        submitted=True,
    )
    secretariat = person(Role.SECRETARIAT, "Sec")
    assert "Herinner iedereen die nog moet schrijven" in page(secretariat, ROUND)
    told = secretariat.post(f"{ROUND}herinneren/", {"organisatie": ""}, follow=True).content.decode()
    assert "Er is 1 herinnering verstuurd." in told
    assert Mail.objects.get().recipient == "anna@voorbeeld.example"
    again = secretariat.post(f"{ROUND}herinneren/", {"organisatie": "ienw"}, follow=True).content.decode()
    assert "Vandaag al eerder herinnerd" in again
    assert Mail.objects.count() == 1
    assert ProgressRequest.objects.get(organisation__key="ienw").reminded_on == timezone.localdate()
    done = secretariat.post(f"{ROUND}herinneren/", {"organisatie": "ez"}, follow=True).content.decode()
    assert "geen herinnering nodig" in done
    ProgressRound.objects.update(closed_on=timezone.localdate())
    closed = secretariat.post(f"{ROUND}herinneren/", {"organisatie": ""}, follow=True).content.decode()
    assert "niet open" in closed


@pytest.mark.usefixtures("open_round")
def test_who_is_asked_again_hears_so_by_mail() -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    write(officer, "<p>Klaar.</p>", "dien-in")
    decide(secretariat, "vraag-opnieuw", "Noem de planning.")
    mail = Mail.objects.get()
    assert "Noem de planning." in mail.body
    assert f"http://testserver{ENTRY}" in mail.body
    html = page(officer, ENTRY)
    assert "door Sec" in html
    assert "door Anna" in html


@pytest.mark.usefixtures("open_round")
def test_rich_text_stays_and_shows_its_figures_as_values() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    text = f"<h3>Kop</h3><ul><li>Er zijn {FigureNode(SIGNED)} gemeenten.</li></ul>"
    write(officer, text, "dien-in")
    assert entry().text == text
    html = page(officer, ENTRY)
    assert f'href="/definities/{SIGNED}/"' in html
    assert ">0</a> gemeenten" in html


@pytest.mark.usefixtures("open_round")
def test_lines_typed_without_an_editor_become_paragraphs() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    write(officer, "Eerste alinea\r\n\r\nTweede & laatste")
    assert entry().text == "<p>Eerste alinea</p><p>Tweede &amp; laatste</p>"


@pytest.mark.usefixtures("open_round")
def test_a_draft_saves_itself_and_the_second_writer_is_told_what_the_first_wrote() -> None:
    one, other = person(Role.OFFICER, "Anna", "ienw"), person(Role.OFFICER, "Bram", "ienw")
    first, second = edition(one), edition(other)
    answer = one.post(f"{ENTRY}concept/", {"text": "<p>Van Anna.</p>", "edition": first})
    assert answer.status_code == 200
    assert entry().text == "<p>Van Anna.</p>"
    late = other.post(f"{ENTRY}concept/", {"text": "<p>Van Bram.</p>", "edition": second})
    assert late.status_code == 409
    (conflict,) = json.loads(late.content)["conflicts"]
    assert ("Van Anna" in conflict["theirs"], "Van Bram" in conflict["mine"]) == (True, True)
    assert entry().text == "<p>Van Anna.</p>"
    chosen = json.loads(late.content)["edition"]
    other.post(f"{ENTRY}concept/", {"text": "<p>Van beiden.</p>", "edition": chosen})
    assert entry().text == "<p>Van beiden.</p>"
    assert "Van Anna." in page(one, ENTRY)


@pytest.mark.usefixtures("open_round")
def test_a_draft_of_nothing_is_no_row_and_one_that_was_handed_in_is_refused() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    assert officer.post(f"{ENTRY}concept/", {"text": "", "edition": edition(officer)}).status_code == 200
    assert not ProgressEntry.objects.exists()
    opened = edition(officer)
    officer.post(f"{ENTRY}niets-nieuws/")
    late = officer.post(f"{ENTRY}concept/", {"text": "<p>Meer.</p>", "edition": opened})
    assert late.status_code == 422
    assert "al ingediend" in late.content.decode()


@pytest.mark.usefixtures("open_round")
def test_nothing_new_does_not_throw_a_text_away() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    write(officer, "<p>Een begin.</p>")
    html = officer.post(f"{ENTRY}niets-nieuws/", follow=True).content.decode()
    assert "Er staat al een tekst" in html
    assert (entry().text, entry().state) == ("<p>Een begin.</p>", EntryState.DRAFT)
    assert "Niets nieuws" not in page(officer, f"{ROUND}ienw/")


@pytest.mark.usefixtures("open_round")
def test_a_text_after_nothing_new_is_a_text() -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    officer.post(f"{ENTRY}niets-nieuws/")
    decide(secretariat, "vraag-opnieuw", "Echt niets?")
    write(officer, "<p>Toch wel.</p>", "dien-in")
    assert (entry().nothing_new, entry().state) == (False, EntryState.SUBMITTED)


PREPARE = "/monitoring/voorbereiden/"
READY = f"{PREPARE}ienw/hoofdlijnen/A/"


def prepare(client: Client, text: str) -> Any:
    return client.post(READY, {"edition": edition(client, READY), "text": text}, follow=True)


def test_what_was_prepared_is_offered_when_a_round_asks(prepared_round: ProgressRound) -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    assert "Brede borging" in page(officer, PREPARE)
    assert "Bewaard." in prepare(officer, "<p>Al in mei gedaan.</p>").content.decode()
    assert "staat klaar" in page(officer, PREPARE)
    prepared_round.asked_on = timezone.localdate()
    prepared_round.save()
    assert "Al in mei gedaan." in page(officer, ENTRY)
    assert "u hebt een tekst klaarstaan" in page(officer, f"{ROUND}ienw/")
    officer.post(f"{ENTRY}voorbereide-tekst/")
    assert (entry().round, entry().text) == (prepared_round, "<p>Al in mei gedaan.</p>")
    assert "intussen overgenomen" in officer.post(f"{ENTRY}voorbereide-tekst/", follow=True).content.decode()


@pytest.mark.usefixtures("open_round")
def test_a_prepared_text_never_replaces_what_was_written_in_the_round() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    prepare(officer, "<p>Voorbereid.</p>")
    write(officer, "<p>In de ronde.</p>")
    html = officer.post(f"{ENTRY}voorbereide-tekst/", follow=True).content.decode()
    assert "Er staat" in html or "staat al een tekst" in html
    assert ProgressEntry.objects.get(round__isnull=False).text == "<p>In de ronde.</p>"
    write(officer, "")
    officer.post(f"{ENTRY}voorbereide-tekst/")
    assert entry().text == "<p>Voorbereid.</p>"


@pytest.mark.usefixtures("open_round")
def test_what_is_prepared_is_of_its_organisation_alone() -> None:
    officer, other = person(Role.OFFICER, "Anna", "ienw"), person(Role.OFFICER, "Bram", "ez")
    prepare(officer, "<p>Nog niet voor anderen.</p>")
    assert other.get(READY).status_code == 404
    assert "Nog niet voor anderen" not in page(other, ENTRY)
    saved = officer.post(f"{READY}concept/", {"text": "<p>Later.</p>", "edition": edition(officer, READY)})
    assert saved.status_code == 200
    assert entry().text == "<p>Later.</p>"


def test_what_was_prepared_on_an_ended_frame_is_offered_on_the_line_that_continues_it(
    open_round: ProgressRound, line: PolicyLine
) -> None:
    officer, body = person(Role.OFFICER, "Anna", "ienw"), Organisation.objects.get(key="ienw")
    old = PolicyLineFactory(frame__slug="oud", frame__valid_from=date(2020, 1, 1), code="3", title="Oud")
    Frame.objects.filter(pk=old.frame_id).update(valid_until=date(2024, 1, 1))
    ProgressEntryFactory(organisation=body, line=old, round=None, text="<p>Van vroeger.</p>")
    assert f"{PREPARE}ienw/oud/3/" in page(officer, PREPARE)
    assert "Van vroeger." not in page(officer, ENTRY)
    LineMapping.objects.create(from_line=old, to_line=line)
    assert "geldt niet meer" in page(officer, f"{PREPARE}ienw/oud/3/")
    html = page(officer, ENTRY)
    assert "Van vroeger." in html
    assert "U schreef dit bij 3. Oud" in html
    officer.post(f"{ENTRY}voorbereide-tekst/")
    assert (entry().round, entry().line, entry().text) == (open_round, line, "<p>Van vroeger.</p>")
    assert f"{PREPARE}ienw/oud/3/" not in page(officer, PREPARE)


def test_the_last_time_stands_beside_what_is_written_and_prepared(line: PolicyLine) -> None:
    body = OrganisationFactory(key="ienw")
    officer = person(Role.OFFICER, "Anna", "ienw")
    for year, given in (
        (2022, {"accepted": True, "text": "<p>Te oud.</p>"}),
        (2023, {"accepted": True, "text": "<p>Aanvaard.</p>"}),
        (2024, {"submitted": True, "text": "<p>Wacht nog.</p>"}),
        (2025, {"accepted": True, "nothing_new": True, "text": ""}),
    ):
        made = ProgressRoundFactory(
            frame=line.frame,
            title=f"Ronde {year}",
            period_from=date(year, 1, 1),
            period_until=date(year, 12, 31),
        )
        ProgressEntryFactory(organisation=body, line=line, round=made, **given)
    html = page(officer, READY)
    assert re.search(r"Daarna: Ronde 2025 \([^)]+\): niets nieuws\.", html)
    assert re.search(r"De vorige keer: Ronde 2024 \([^)]+, ingediend en nog niet aanvaard\)", html)
    assert "Wacht nog." in html
    assert "Aanvaard." in html
    assert "Te oud." not in html


@pytest.mark.usefixtures("open_round")
def test_the_board_tells_how_long_somebody_waits() -> None:
    officer, reader = person(Role.OFFICER, "Anna", "ienw"), person(Role.READER, "Lezer")
    html = page(reader, ROUND)
    assert "0 van 2 aanvaard, 0 wachten op het secretariaat, 2 nog te schrijven." in html
    assert "3 dagen" in html
    assert "Herinneren" not in html
    officer.post(f"{ENTRY}niets-nieuws/")
    html = page(reader, ROUND)
    assert "niets nieuws, ingediend" in html
    assert "sinds vandaag" in html
    ProgressRound.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "termijn verstreken" in page(reader, ROUND)
    ProgressRound.objects.update(closed_on=timezone.localdate())
    assert "sinds vandaag" not in page(reader, ROUND)


def test_a_long_board_has_pages_and_counts_all(open_round: ProgressRound, line: PolicyLine) -> None:
    for number in range(PER_PAGE):
        body = OrganisationFactory(called__name=f"Aa {number:02}")
        ProgressRequestFactory(round=open_round, organisation=body)
        ProgressEntryFactory(round=open_round, line=line, organisation=body, accepted=True)
    secretariat = person(Role.SECRETARIAT, "Sofie")
    first, second = page(secretariat, ROUND), page(secretariat, f"{ROUND}?pagina=2")
    for html in (first, second):
        assert "25 van 27 aanvaard, 0 wachten op het secretariaat, 2 nog te schrijven." in html
        assert "Herinner iedereen die nog moet schrijven" in html
    assert "Aa 24" in first
    assert "Infrastructuur" not in first.split("Antwoorden</h2>")[1]
    assert "Aa 24" not in second
    assert "Infrastructuur: lijn A" in second
    assert "Hier staan de organisaties van deze pagina" in second


@pytest.mark.usefixtures("open_round")
def test_all_texts_of_a_line_stand_beneath_each_other() -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    other = person(Role.OFFICER, "Bram", "ez")
    write(officer, "<p>Wij maakten een handreiking.</p>", "dien-in")
    other.post(f"{ROUND}ez/A/niets-nieuws/")
    html = page(secretariat, f"{ROUND}lijn/A/")
    assert html.index("Er is niets nieuws te melden.") < html.index("Wij maakten een handreiking.")
    decide(secretariat, "aanvaard")
    accepted = page(secretariat, f"{ROUND}lijn/A/?alleen=aanvaard")
    assert "Wij maakten een handreiking." in accepted
    assert "niets nieuws te melden" not in accepted
    assert secretariat.get(f"{ROUND}lijn/Z/").status_code == 404


def test_what_goes_along_with_an_answer_stands_under_its_text(open_round: ProgressRound) -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    write(officer, "<p>Wij maakten een handreiking.</p>", "dien-in")
    entry = ProgressEntry.objects.get()
    EntryPaper.objects.create(entry=entry, paper=PaperFactory(slug="brief", title="De brief"))
    kept = EntryFileFactory(entry=entry)
    html = page(secretariat, f"{ROUND}lijn/A/")
    assert '<a href="/monitoring/stukken/brief/">De brief' in html
    assert kept.filename in html
    assert open_round.slug in html


@pytest.mark.parametrize("address", [ROUND, f"{ROUND}lijn/A/", f"{ROUND}ienw/", "/", PREPARE])
def test_the_number_of_queries_does_not_grow(open_round: ProgressRound, address: str) -> None:
    client = person(Role.OFFICER, "Anna", "ienw")

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def grow(numbers: range) -> None:
        for number in numbers:
            line = PolicyLineFactory(frame=open_round.frame, code=f"X{number}", order=number)
            ProgressQuestionFactory(round=open_round, line=line)
            made = ProgressRequestFactory(round=open_round)
            for organisation in (made.organisation, Organisation.objects.get(key="ienw")):
                ProgressEntryFactory(round=open_round, line=line, organisation=organisation, accepted=True)

    grow(range(2, 3))  # so that every kind of row is there once
    few = asked()
    grow(range(3, 9))
    assert asked() <= few  # the latest that happened can be of fewer kinds


def test_who_stood_in_before_is_not_written_to(prepared_round: ProgressRound) -> None:
    person(Role.OFFICER, "Anna", "ienw", valid_until=date(2021, 1, 1))
    secretariat = person(Role.SECRETARIAT, "Sec")
    html = secretariat.post(f"{ROUND}stap/", {"actie": "uitvragen"}, follow=True).content.decode()
    assert "Niemand handelt namens: Economie, Infrastructuur" in html
    assert not Mail.objects.exists()
    assert User.objects.filter(name="Anna").exists()
    assert prepared_round.slug == "ronde"


@pytest.mark.usefixtures("open_round")
def test_accepted_texts_are_offered_to_the_letter_by_line() -> None:
    today, made = timezone.localdate(), ProgressRound.objects.get()
    for key in ("ienw", "ez"):
        ProgressEntryFactory(
            organisation=Organisation.objects.get(key=key),
            line=PolicyLine.objects.get(),
            round=made,
            accepted=True,
            text=f"<p>Van {key}.</p>",
        )
    ProgressEntryFactory(round=None, line=PolicyLine.objects.get(), text="<p>Nog niet.</p>")
    (offered,) = progress_material(today, None)
    assert (offered.line, offered.title) == ("A", "Voortgang op A. Brede borging")
    assert offered.html == "<h4>Economie</h4><p>Van ez.</p><h4>Infrastructuur</h4><p>Van ienw.</p>"
    assert progress_material(today, today) == []
