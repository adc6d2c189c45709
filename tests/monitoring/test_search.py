"""One box finds everything that the reader may see: by form of a word, with a typing error, by citation."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitoring.referring import citations
from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import CitationNode
from reports.models import LetterState
from tests.factories.actionplans import ActionPlanFactory
from tests.factories.buyergroups import BuyerGroupFactory, OutputFactory, ParticipationFactory
from tests.factories.monitoring import (
    MADE_ON,
    ActivityFactory,
    CommitmentFactory,
    CommitmentPartyFactory,
    CommitmentStepFactory,
    CommunicationMomentFactory,
    ConsultationDecisionFactory,
    ConsultationFactory,
    ExampleFactory,
    FinanceCoverFactory,
    FrameFactory,
    IndicatorFactory,
    MilestoneFactory,
    PaperFactory,
    PaperPartyFactory,
    PaperPointFactory,
    PolicyLineFactory,
    PositionFactory,
    ProgrammeFactory,
    ProgressEntryFactory,
    ProgressQuestionFactory,
    PublishedFigureFactory,
)
from tests.factories.registers import municipalities, plans
from tests.factories.reports import LetterFactory, NoteSectionFactory
from tests.factories.signatories import (
    ActorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SignatoryFactory,
)

pytestmark = pytest.mark.django_db


def found(text: str, role: Role = Role.SECRETARIAT, **more: str) -> str:
    client = Client()
    client.force_login(ActorFactory(role=role))
    answer = client.get("/zoeken/", {"zoek": text, **more})
    assert answer.status_code == 200
    return answer.text.split('<main id="inhoud"')[1]


def one_of_each(word: str) -> None:
    OrganisationFactory(called__name=f"Gemeente {word}")
    ActionPlanFactory(title=f"Plan {word}")
    BuyerGroupFactory(name=f"Groep {word}")
    ProgressEntryFactory(accepted=True, text=f"<p>Er is een <strong>{word}</strong> gemaakt.</p>")
    CommitmentFactory(text=f"Toezegging {word}")
    PaperFactory(title=f"Brief {word}")
    ConsultationFactory(title=f"Overleg {word}")
    ActivityFactory(title=f"Onderzoek {word}")
    IndicatorFactory(name=f"Meting {word}")
    PositionFactory(stance=f"Standpunt {word}")
    CommunicationMomentFactory(title=f"Nieuws {word}")
    ExampleFactory(title=f"Voorbeeld {word}")
    ProgrammeFactory(name=f"Programma {word}")
    FinanceCoverFactory(source=f"Begroting {word}")
    FrameFactory(name=f"Kader {word}")
    PublishedFigureFactory(wording=f"zo'n 90 {word}")
    LetterFactory(title=f"Voortgang {word}", state=LetterState.SENT, sent_on=date(2025, 1, 31))


def test_all_kinds_are_found_and_grouped() -> None:
    one_of_each("Fietspad")
    page = found("fietspad")
    for label in (
        "Organisaties",
        "Actieplannen",
        "Buyer groups",
        "Voortgang",
        "Toezeggingen en moties",
        "Stukken",
        "Overleggen",
        "Standpunten",
        "Communicatie",
        "Voorbeelden",
        "Programma&#x27;s en instrumenten",
        "Activiteiten",
        "Indicatoren",
        "Brieven",
        "Financiële dekking",
        "Kaders en lijnen",
        "Gepubliceerde cijfers",
    ):
        assert f"<h2>{label}</h2>" in page


def test_a_position_is_found_with_whose_it_is() -> None:
    PositionFactory(stance="Maak fietspaden gelijk.", organisation=None, holder_name="Bond van bedrijven")
    PositionFactory(stance="Fietspad erbij.", organisation__called__name="Koepel Zuid")
    page = found("fietspad")
    assert "Bond van bedrijven" in page
    assert "Koepel Zuid" in page


@pytest.mark.parametrize("typed", ["toezeggingen", "TOEZEGGING", "wegverhardingen", "ecologische"])
def test_another_form_of_a_word_finds_it(typed: str) -> None:
    CommitmentFactory(text="Een toezegging over ecologisch verantwoorde wegverharding.")
    assert "over ecologisch" in found(typed)


@pytest.mark.parametrize("typed", ["heerln", "heerlenn", "herlen"])
def test_a_typing_error_is_no_matter(typed: str) -> None:
    OrganisationFactory(called__name="Heerlen")
    ActionPlanFactory(title="Actieplan MVOI Heerlen")
    page = found(typed)
    assert ">Heerlen</a>" in page
    assert "Actieplan MVOI Heerlen" in page


def test_accents_and_parts_of_words_are_no_matter() -> None:
    BuyerGroupFactory(name="Zéro-emissie bouwmaterieel")
    assert "Zéro-emissie" in found("zero emissie")
    assert "Zéro-emissie" in found("materieel")


def test_the_words_of_a_letter_are_found_and_its_tags_are_not() -> None:
    LetterFactory.saying("<p>Er zijn <strong>bestekteksten</strong> gemaakt.</p>")
    assert "in de tekst" in found("bestektekst")
    assert "Niets gevonden" in found("strong")


def test_a_typing_error_finds_a_long_text_when_nothing_is_spelt_so() -> None:
    text = "<p>Wij maken <strong>bestekteksten</strong> voor een circulaire economie.</p>"
    text += "<p>En nog meer.</p>" * 200
    ProgressEntryFactory(accepted=True, text=text)
    LetterFactory.saying(text)
    ConsultationFactory(title="Overleg", agenda=text)
    page = found("bestektexten sirculaire")
    for label in ("Voortgang", "Brieven", "Overleggen"):
        assert f"<h2>{label}</h2>" in page
    assert "Niets gevonden" in found("strongg")
    assert "Niets gevonden" in found("boomklever")
    ProgressEntryFactory(accepted=True, text="<p>Een bestektext.</p>")
    assert "bestekteksten" not in found("bestektext")


def test_what_stands_beneath_is_found_on_the_page_above() -> None:
    output = OutputFactory(group__name="Wegen", title="Bestektekst asfalt")
    ParticipationFactory(group__name="Scholen", project="Een fietsbrug van hout")
    PaperPointFactory(paper__title="Tienpuntenplan", text="Meer sociale ondernemingen")
    step = CommitmentStepFactory(commitment__text="De Kamer wordt ingelicht", evidence="Verzamelbrief inkoop")
    MilestoneFactory(activity__title="Regie op Monitoring", title="Eindrapportage")
    for typed, shown in (
        ("bestektekst asfalt", output.group.name),
        ("fietsbruggen", "Scholen"),
        ("onderneming", "Tienpuntenplan"),
        ("verzamelbrief", step.commitment.text),
        ("eindraportage", "Regie op Monitoring"),
    ):
        assert shown in found(typed)


def test_who_takes_part_and_what_is_asked_is_found(client: Client) -> None:
    PaperPartyFactory(paper__title="Een plan van fracties", name="Volt")
    CommitmentPartyFactory(commitment__text="Een belofte", organisation=None, name="Eerste Kamer")
    CommitmentFactory(text="Iets met uitleg", remark="Hangt samen met de aanbestedingswet")
    ProgressQuestionFactory(round__title="Najaarsronde", round__asked_on=MADE_ON, text="Welke wegdekken?")
    body = OrganisationFactory(called__name="Heerlen")
    signed = SignatoryFactory(organisation=body).signature
    ActionPlanFactory.covering(signed, title="Samen verder")
    for typed, shown in (
        ("volt", "Een plan van fracties"),
        ("eerste kamer", "Een belofte"),
        ("aanbestedingswet", "Iets met uitleg"),
        ("wegdek", "Najaarsronde"),
        ("heerlen", "Samen verder"),
    ):
        assert shown in found(typed, Role.READER)
    client.force_login(ActorFactory(role=Role.READER))
    for room, typed, shown in (
        ("stukken", "volt", "Een plan van fracties"),
        ("toezeggingen", "eerste kamer", "Een belofte"),
        ("toezeggingen", "aanbestedingswet", "Iets met uitleg"),
    ):
        page = client.get(f"/monitoring/{room}/", {"zoek": typed})
        assert shown in page.text


def test_a_list_finds_what_the_search_finds(client: Client) -> None:
    ConsultationDecisionFactory(consultation__title="Overleg", text="Wij maken bestekteksten.")
    ConsultationFactory(title="Iets anders")
    FinanceCoverFactory(source="Begroting van de bestekteksten", year=2024)
    client.force_login(ActorFactory(role=Role.READER))
    for room, shown in (("raadplegingen", "Overleg"), ("financien", "2024")):
        table = client.get(f"/monitoring/{room}/", {"zoek": "bestektekst"}).text.split("<table")[1]
        assert shown in table
        assert "Iets anders" not in table


def test_a_note_is_found_by_who_works_on_letters() -> None:
    NoteSectionFactory(title="Kernpunten", text="<p>De bestekteksten zijn klaar.</p>")
    assert "Kernpunten" in found("bestektekst")
    assert "Kernpunten" not in found("bestektekst", Role.READER)


def test_an_officer_finds_the_own_texts_and_nobody_else_does(client: Client) -> None:
    frame = FrameFactory(valid_from=date(2021, 1, 1))
    line = PolicyLineFactory(frame=frame, title="Bruggen")
    draft = ProgressEntryFactory(text="<p>Fietspad in concept</p>", line__title="Wegen")
    ProgressEntryFactory(text="<p>Fietspad klaar</p>", round=None, line=line, organisation=draft.organisation)
    other = ProgressEntryFactory(text="<p>Fietspad elders</p>", line__title="Tunnels")
    officer = ActorFactory(role=Role.OFFICER)
    RepresentativeFactory(user=officer, organisation=draft.organisation, valid_from=date(2024, 1, 1))
    client.force_login(officer)
    page = client.get("/zoeken/?zoek=fietspad").text
    assert "Eigen teksten" in page
    assert ("Wegen" in page, "Bruggen" in page, str(other.line) in page) == (True, True, False)
    assert f"/monitoring/voorbereiden/{draft.organisation.key}/" in page
    for role in (Role.READER, Role.SECRETARIAT, Role.OFFICER):
        assert "Eigen teksten" not in found("fietspad", role)


def test_all_that_names_a_citation_is_found_by_it() -> None:
    kst = "Kamerstukken II 2022/23, 30 196, nr. 807"
    CommitmentStepFactory(commitment__text="Met een bewijs", evidence_citation="kst-30196-807", status="met")
    PositionFactory(stance="Een standpunt", citation=kst)
    cover = FinanceCoverFactory(citation=kst)
    ExampleFactory(title="Een voorbeeld", citation=kst)
    ProgrammeFactory(name="Een programma", source=kst)
    OutputFactory(title="Een resultaat", citation=kst)
    ProgressEntryFactory(accepted=True, text=f"<p>Zie {CitationNode(kst)}.</p>")
    LetterFactory.saying(f"<p>Zie {CitationNode('kst-30196-807')}.</p>", title="Een brief")
    PublishedFigureFactory(wording="zo'n 90", citation=kst)
    PositionFactory(stance="Iets anders", citation="Kamerstukken II 2022/23, 30 197, nr. 807")
    with CaptureQueriesContext(connection) as queries:
        page = found("30 196, nr. 807")
    place = page.split("<h2>Vindplaatsen</h2>")[1].split("<h2>")[0]
    for words in ("Met een bewijs", "Een standpunt", f"Dekking van {cover.year}", "Een voorbeeld"):
        assert words in place
    assert "Een brief" in page
    assert "Iets anders" not in page
    assert len(queries) < 90
    today = timezone.localdate()
    hits = citations(kst, ActorFactory(role=Role.SECRETARIAT), today, today, 50)
    titles = " ".join(hit.title for hit in hits)
    assert all(words in titles for words in ("Een resultaat", "Voortgang over", "zo'n 90"))
    contact = ActorFactory(role=Role.CONTACT)
    assert len(citations(kst, contact, today, today, 50)) == 1


@pytest.mark.parametrize(
    "typed", ["kst-30196-807", "30 196, nr. 807", "Kamerstukken II 2022/23, 30 196, nr. 807"]
)
def test_a_citation_is_recognised_in_any_form(typed: str) -> None:
    PaperFactory(title="De brief van 2023", citation="Kamerstukken II 2022/23, 30 196, nr. 807")
    PaperFactory(title="Een ander stuk", citation="Kamerstukken II 2020/21, 30 196, nr. 746")
    page = found(typed)
    assert "https://zoek.officielebekendmakingen.nl/kst-30196-807.html" in page
    place = page.split("<h2>Vindplaatsen</h2>")[1].split("<h2>")[0]
    assert "De brief van 2023" in place
    assert "Een ander stuk" not in place


def test_only_what_the_reader_may_see_is_found() -> None:
    one_of_each("Fietspad")
    LetterFactory(title="Concept Fietspad")
    ProgressEntryFactory(submitted=True, text="<p>Fietspad in behandeling</p>")
    assert "Concept Fietspad" in found("fietspad")
    assert "Concept Fietspad" not in found("fietspad", Role.READER)
    assert found("fietspad", Role.READER).count(" over ") < found("fietspad").count(" over ")
    mine = SignatoryFactory(organisation__called__name="Mijn Fietspad")
    contact = ActorFactory(role=Role.CONTACT)
    RepresentativeFactory(user=contact, organisation=mine.organisation, valid_from=date(2024, 1, 1))
    client = Client()
    client.force_login(contact)
    page = client.get("/zoeken/?zoek=fietspad").text
    assert "Mijn Fietspad" in page
    assert page.count("<h2>") == 1


def test_an_empty_page_helps_and_a_fruitless_one_too() -> None:
    assert "U zoekt in organisaties" in found("")
    assert "Typ minstens twee tekens" in found("x")
    assert "Zo zoekt u verder" in found("bestaatnietqq")
    assert "Niets gevonden" in found("%_'\"\\ \x00&|!")


def test_more_than_is_shown_leads_to_the_list() -> None:
    municipalities(10)
    page = found("voorbeeldgemeente")
    assert page.count("Voorbeeldgemeente 00") == 6
    assert "/organisaties/?zoek=voorbeeldgemeente" in page


def test_links_keep_the_reference_date() -> None:
    OrganisationFactory(called__name="Heerlen")
    assert "peildatum=2023-02-15" in found("heerlen", peildatum="15-2-2023")


def test_many_rows_cost_no_more_queries_than_one() -> None:
    client = Client()
    client.force_login(ActorFactory(role=Role.SECRETARIAT))

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/zoeken/?zoek=fietspad").status_code == 200
        return len(counted)

    one_of_each("Fietspad")
    few = queries()
    for number in range(8):
        one_of_each(f"Fietspad {number}")
    municipalities(400)
    plans()
    assert queries() == few


def test_every_page_has_the_search_box() -> None:
    client = Client()
    client.force_login(ActorFactory(role=Role.READER))
    page = client.get("/organisaties/").text
    assert 'action="/zoeken/"' in page
    assert "js/search.js" in page
    client.logout()
    assert 'action="/zoeken/"' not in client.get("/inloggen/").text
