"""What was written stands on its pages whole, and what is decided is about the text that was read."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from monitoring.models import EntryState, PolicyLine, ProgressEntry, ProgressRound
from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import ChartNode, CitationNode, FigureNode, FootnoteNode, Form, TableNode
from tests.factories.monitoring import EntryFileFactory, ProgressEntryFactory
from tests.monitoring.asking import ENTRY, ROUND, decide, edition, page, person, write

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
LETTER = "Kamerstukken II 2020/21, 30 196, nr. 746"


@pytest.mark.usefixtures("open_round")
def test_citations_tables_and_charts_of_an_answer_stand_on_its_page() -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    note = FootnoteNode(f"zie {CitationNode('kst-30196-746')}")
    text = (
        f"<p>Aangeboden{CitationNode(LETTER)}, en{note} ook{CitationNode('een oude nota')}.</p>"
        f"{TableNode((SIGNED,))}{ChartNode(SIGNED, None, 'De groei')}{ChartNode('indicator.weg')}"
    )
    write(officer, text, "dien-in")
    html = page(secretariat, ENTRY)
    assert (
        f'Aangeboden (<a href="https://zoek.officielebekendmakingen.nl/kst-30196-746.html">{LETTER}</a>'
        in html
    )
    assert "zie <a href" in html
    assert 'een oude nota <em class="mvi-quiet">(niet herkend als vindplaats)</em>' in html
    assert '<table class="figures"><caption>Cijfers</caption>' in html
    assert re.search(r"<strong>De groei</strong>\s*</p><svg", html)
    assert "[grafiek: indicator.weg]" in html


@pytest.mark.usefixtures("open_round")
def test_a_form_that_compares_with_an_earlier_letter_is_not_offered_and_refused() -> None:
    officer = person(Role.OFFICER, "Anna", "ienw")
    html = page(officer, ENTRY)
    assert '<option value="all">' in html
    assert '<option value="trend">' not in html
    text = f"<p>Het {FigureNode(SIGNED, Form.TREND)}.</p>"
    answer = write(officer, text)
    assert answer.status_code == 400
    assert "Dit cijfer vergelijkt met een vorige brief" in answer.content.decode()
    officer.post(f"{ENTRY}concept/", {"text": text, "edition": edition(officer)})
    assert not ProgressEntry.objects.exists()


def test_what_cannot_be_said_keeps_its_name(open_round: ProgressRound, line: PolicyLine) -> None:
    text = f"<p>Dat {FigureNode(SIGNED, Form.TREND)} en {FigureNode('weg')}.</p>{TableNode(('weg',))}"
    body = open_round.organisations.get(key="ienw")
    ProgressEntryFactory(round=open_round, line=line, organisation=body, submitted=True, text=text)
    html = page(person(Role.READER, "Lezer"), f"{ROUND}lijn/A/")
    assert "Dat [" in html
    assert "neemt toe, neemt af of blijft gelijk]" in html
    assert "[weg: getal]" in html
    assert "[tabel: weg]" in html


@pytest.mark.usefixtures("open_round")
@pytest.mark.parametrize("action", ["aanvaard", "vraag-opnieuw"])
def test_nothing_is_decided_about_a_text_that_was_not_read(action: str) -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    write(officer, "<p>De eerste.</p>", "dien-in")
    seen = edition(secretariat)
    officer.post(f"{ENTRY}terugnemen/")
    write(officer, "<p>Iets heel anders.</p>", "dien-in")
    late = secretariat.post(
        f"{ENTRY}beoordelen/", {"actie": action, "remark": "Mijn opmerking.", "edition": seen}
    )
    html = late.content.decode()
    assert late.status_code == 400
    for told in ("Er is niets besloten", "Iets heel anders.", "Mijn opmerking."):
        assert told in html
    entry = ProgressEntry.objects.get()
    assert (entry.state, entry.remark) == (EntryState.SUBMITTED, "")
    decide(secretariat, action, "Nu gelezen.")
    entry.refresh_from_db()
    assert entry.remark == "Nu gelezen."


@pytest.mark.usefixtures("open_round")
def test_who_handed_a_text_back_still_reads_it_with_what_went_along() -> None:
    officer, secretariat = person(Role.OFFICER, "Anna", "ienw"), person(Role.SECRETARIAT, "Sec")
    write(officer, "<p>Zoals ingediend.</p>", "dien-in")
    entry = ProgressEntry.objects.get()
    before = EntryFileFactory(entry=entry)
    decide(secretariat, "vraag-opnieuw", "Noem de planning.")
    write(officer, "<p>Nog niet voor anderen.</p>")
    later = EntryFileFactory(entry=entry, sha256="1" * 64)
    later.events.update(pgh_created_at=timezone.now())  # a test is one transaction, with one moment
    for address in (ENTRY, f"{ROUND}ienw/"):
        html = page(secretariat, address)
        assert "Zoals ingediend." in html
        assert "Noem de planning." in html
        assert "Nog niet voor anderen." not in html
        assert "Nog niet voor anderen." in page(officer, address)
    html = page(secretariat, ENTRY)
    assert f"bijlagen/{before.pk}/" in html
    assert f"bijlagen/{later.pk}/" not in html
    assert secretariat.get(f"{ENTRY}bijlagen/{before.pk}/").status_code == 200
    assert secretariat.get(f"{ENTRY}bijlagen/{later.pk}/").status_code == 404
    write(officer, "<p>Nu wel.</p>", "dien-in")
    assert "Nu wel." in page(secretariat, ENTRY)
    officer.post(f"{ENTRY}terugnemen/")
    assert "Nu wel." not in page(secretariat, ENTRY)


def test_nothing_new_that_was_handed_back_stays_readable(open_round: ProgressRound, line: PolicyLine) -> None:
    body = open_round.organisations.get(key="ienw")
    given = {"round": open_round, "line": line, "organisation": body}
    ProgressEntryFactory(**given, returned=True, nothing_new=True, text="")
    assert "niets nieuws te melden" in page(person(Role.SECRETARIAT, "Sec"), ENTRY)
