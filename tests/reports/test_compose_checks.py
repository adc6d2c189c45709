"""The checks on a letter: what each finds and what not, and what is put aside until the text changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import CitationNode, FootnoteNode
from reports import content
from reports.checks import Finding, Weight, checked, open_errors
from reports.checks.typed import typed
from reports.errors import LetterError
from reports.models import CheckKey, Letter, LetterState, Section, Waiver
from reports.services import advance, edit_section, waive
from signatories.models import Kind
from tests.factories.monitoring import (
    CommitmentFactory,
    PolicyLineFactory,
    ProgressEntryFactory,
    PublishedFigureFactory,
)
from tests.factories.registers import municipalities
from tests.factories.reports import (
    SINCE,
    AnnexFactory,
    LetterFactory,
    LetterVersionFactory,
    SectionFactory,
    SentFileFactory,
    figure,
)
from tests.factories.signatories import (
    ActorFactory,
    ContactFactory,
    OfficeHolderFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"


def letter_saying(*texts: str, **fields: Any) -> Letter:
    municipalities(3)
    return LetterFactory.saying(*texts, **fields)


def found(letter: Letter, key: CheckKey) -> list[Finding]:
    return [item.finding for item in checked(letter) if item.finding.check is key]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Er zijn 70 gemeenten en vijf provincies.", [70, 5]),
        ("Er zijn 1.234 organisaties, zevenentwintig plannen.", [1234, 27]),
        ("Op 24 november 2022, in 2025, van 2022-2025 en op 15-02-2023.", []),
        ("De 3e keer, bijlage 3, fase 2, artikel 12 en hoofdlijn 4.", []),
        ("Zie Kamerstukken II 2020/21, 30 196, nr. 746.", []),
        ("Het is 87% van 20 miljard euro in 2 jaar, met 5 ton CO2.", []),
        ("Een groep telt een voorzitter.", []),
        ("In 35 gemeenten en van 12 provincies.", [35, 12]),
    ],
)
def test_numbers_that_may_be_counts_are_told_apart(text: str, values: list[int]) -> None:
    assert [item.value for item in typed(text)] == values


def test_a_typed_number_names_the_figure_that_it_probably_is() -> None:
    letter = letter_saying("<p>Inmiddels doen 3 gemeenten mee.</p>")
    (one,) = found(letter, CheckKey.TYPED_NUMBER)
    assert one.weight is Weight.ERROR
    assert "‘3 gemeenten’ is met de hand getypt" in one.text
    assert "Gemeenten die het Manifest ondertekenden" in one.text
    assert one.place == "Inmiddels doen 3 gemeenten mee."


def test_a_number_in_words_counts_only_when_it_counts_something_of_ours() -> None:
    letter = letter_saying("<p>Vijf gemeenten namen drie stappen, met 400 stoelen.</p>")
    first, second = found(letter, CheckKey.TYPED_NUMBER)
    assert (first.weight, second.weight) == (Weight.ERROR, Weight.WARNING)
    assert "Vijf gemeenten" in first.text
    assert "400 stoelen" in second.text


def test_a_live_figure_is_no_typed_number() -> None:
    letter = letter_saying(f"<p>Er doen {figure(SIGNED)} gemeenten mee.</p>")
    assert found(letter, CheckKey.TYPED_NUMBER) == []
    assert open_errors(letter) == []


def test_a_number_that_was_published_is_explained() -> None:
    PublishedFigureFactory(
        figure_key=SIGNED,
        wording="zo'n 70 gemeenten",
        value=70,
        document="een nota",
        dated=date(2025, 1, 1),
        refers_on=date(2022, 11, 24),
        remark="De nota vergist zich in het jaar.",
    )
    (one,) = found(letter_saying("<p>Dat zijn zo'n 70 gemeenten.</p>"), CheckKey.TYPED_NUMBER)
    assert "staat als ‘zo'n 70 gemeenten’ in een nota" in one.text
    assert "De nota vergist zich in het jaar." in one.text


@pytest.mark.parametrize(("remark", "weight"), [("", Weight.ERROR), ("Omdat.", Weight.NOTE)])
def test_a_figure_that_was_published_otherwise_asks_for_an_explanation(remark: str, weight: Weight) -> None:
    PublishedFigureFactory(
        figure_key=SIGNED, value=9, dated=date(2025, 1, 1), refers_on=date(2025, 1, 1), remark=remark
    )
    (one,) = found(letter_saying(f"<p>{figure(SIGNED)}</p>"), CheckKey.PUBLISHED_OTHERWISE)
    assert one.weight is weight


def test_a_figure_without_a_value_is_an_error() -> None:
    letter = letter_saying(f"<p>{figure('zzz')} {figure(SIGNED, 'change')}</p>")
    texts = [item.text for item in found(letter, CheckKey.FIGURE_WITHOUT_VALUE)]
    assert any("'zzz'" in text for text in texts)
    assert any("een verschil heeft een vorige brief nodig" in text for text in texts)


def test_a_part_without_text_is_an_error() -> None:
    letter = letter_saying("<p>Tekst.</p>", "")
    (one,) = found(letter, CheckKey.WITHOUT_TEXT)
    assert "nog geen tekst" in one.text
    assert found(LetterFactory(), CheckKey.WITHOUT_TEXT)[0].advice == "Voeg ze toe bij ‘Indeling’."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"<p>Zie{CitationNode('zomaar iets')}</p>", "herkennen we niet"),
        ("<p>Zie Kamerstukken II 2020/21, 30 196, nr. 746.</p>", "als gewone tekst getypt"),
        (
            f"<p>Plan{FootnoteNode('Duurzame ontwikkeling | Tweede Kamer')}</p>",
            "noemt een stuk, maar niet welk",
        ),
    ],
)
def test_a_citation_that_nobody_can_follow_is_told(text: str, told: str) -> None:
    (one,) = found(letter_saying(text), CheckKey.CITATION)
    assert told in one.text


def test_a_good_citation_is_not_in_doubt() -> None:
    text = f"<p>Zie{CitationNode('Kamerstukken II 2020/21, 30 196, nr. 746')}</p>"
    assert found(letter_saying(text), CheckKey.CITATION) == []


def test_an_open_commitment_is_named_or_told() -> None:
    where = "Kamerstukken II 2015/16, 30 196, nr. 394"
    CommitmentFactory(text="Elk jaar verslag doen", citation=where, made_on=date(2016, 2, 10))
    letter = letter_saying("<p>Niets erover.</p>")
    (one,) = found(letter, CheckKey.COMMITMENT)
    assert "Elk jaar verslag doen" in one.text
    Section.objects.update(text=f"<p>Zie{CitationNode(where)}</p>")
    assert found(letter, CheckKey.COMMITMENT) == []


def test_a_name_of_another_date_is_told_unless_it_says_so() -> None:
    ministry = OrganisationFactory(kind=Kind.MINISTRY, called=None)
    OrganisationNameFactory(organisation=ministry, abbreviation="EZK", name="X", valid_until=date(2024, 7, 1))
    OrganisationNameFactory(organisation=ministry, abbreviation="EZ", name="Y", valid_from=date(2024, 7, 2))
    letter = letter_saying("<p>Mede namens EZK.</p>", "<p>De toenmalige minister van EZK.</p>")
    (one,) = found(letter, CheckKey.NAME_OF_DATE)
    assert one.text == "‘EZK’ is niet de naam op 31 januari 2025, de datum van de brief."
    assert "Schrijf ‘EZ’" in one.advice


GONE = date(2022, 3, 23)


def merged(name: str, into: str) -> None:
    """A municipality that went over into another."""
    told = {"name_with_kind": f"gemeente {name}", "valid_until": GONE}
    before = OrganisationFactory(kind=Kind.MUNICIPALITY, valid_until=GONE, called=None)
    OrganisationNameFactory(organisation=before, name=name, **told)
    after = OrganisationFactory(kind=Kind.MUNICIPALITY, called__name=into)
    SuccessionFactory(predecessor=before, successor=after, on=date(2022, 3, 24))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Weesp en Amsterdam doen mee.", ["Weesp"]),
        ("De gemeenten Zwolle, Grave en Weesp doen mee.", ["Grave", "Weesp"]),
        ("De raad van Grave tekende.", ["Grave"]),
        ("Grave gevolgen heeft dat niet. Het is Grave.", []),
        ("De toenmalige gemeente Weesp deed mee.", []),
        ("Echt-Susteren doet mee, en Weesperzijde niet.", []),
    ],
)
def test_a_municipality_that_was_gone_is_told_and_a_common_word_is_not(text: str, names: list[str]) -> None:
    for name, into in [("Weesp", "Amsterdam"), ("Grave", "Land van Cuijk"), ("Echt", "Echt-Susteren")]:
        merged(name, into)
    telling = found(letter_saying(f"<p>{text}</p>"), CheckKey.NAME_OF_DATE)
    assert [item.text.split("’")[0].removeprefix("‘") for item in telling] == names
    assert all(item.weight is Weight.WARNING for item in telling)


def test_of_a_municipality_that_was_gone_the_successor_is_told() -> None:
    merged("Weesp", "Amsterdam")
    (one,) = found(letter_saying("<p>Ook Weesp doet mee.</p>"), CheckKey.NAME_OF_DATE)
    assert "Schrijf ‘Amsterdam’" in one.advice
    early = LetterFactory.saying("<p>Ook Weesp doet mee.</p>", dated=GONE, reference_date=GONE)
    assert found(early, CheckKey.NAME_OF_DATE) == []


def test_what_a_sent_letter_said_counts_as_published() -> None:
    municipalities(3)
    old = LetterFactory.saying(f"<p>{figure(SIGNED)}</p>", title="Vorige", reference_date=SINCE, dated=SINCE)
    drawn = content.draft(old.pk).letter
    printed = replace(drawn.figures[SIGNED], value=7)
    kept = replace(drawn, figures={**drawn.figures, SIGNED: printed}).to_json()
    version = LetterVersionFactory.ready(letter=old, content=kept)
    SentFileFactory(letter=old, version=version)
    letter = LetterFactory.saying(f"<p>{figure(SIGNED)}</p>", previous=old)
    (one,) = found(letter, CheckKey.PUBLISHED_OTHERWISE)
    assert one.weight is Weight.ERROR
    assert "de verzonden brief ‘Vorige’ van 15 februari 2023 zegt 7 op 15 februari 2023" in one.text
    assert (
        found(LetterFactory.saying("<p>Zonder cijfer.</p>", previous=old), CheckKey.PUBLISHED_OTHERWISE) == []
    )


def test_a_personal_name_is_an_error_and_an_office_holder_is_not() -> None:
    ContactFactory(name="Jannie Voorbeeld")
    OfficeHolderFactory(name="Piet Bestuurder")
    ActorFactory(role=Role.OFFICER, name="Piet Bestuurder")
    letter = letter_saying("<p>Vraag het Jannie Voorbeeld, zegt Piet Bestuurder.</p>")
    (one,) = found(letter, CheckKey.PERSON)
    assert "‘Jannie Voorbeeld’" in one.text


def test_a_personal_name_in_a_title_is_an_error() -> None:
    ContactFactory(name="Jannie Voorbeeld")
    letter = letter_saying("<p>Tekst.</p>", title="Voortgang, door Jannie Voorbeeld")
    AnnexFactory(letter=letter, title="Lijst van Jannie Voorbeeld")
    told = [item.text for item in found(letter, CheckKey.PERSON)]
    assert ["In het onderwerp" in told[0], "In de titel van een bijlage" in told[1]] == [True, True]


def test_a_personal_name_in_what_the_annual_report_takes_over_is_an_error() -> None:
    ContactFactory(name="Jannie Voorbeeld")
    letter = letter_saying("<p>Tekst.</p>")
    line = PolicyLineFactory(frame=letter.frame, code="A")
    told: dict[str, Any] = {"line": line, "round": None, "text": "<p>Vraag het Jannie Voorbeeld.</p>"}
    day = datetime(2025, 1, 20, tzinfo=UTC)
    ProgressEntryFactory(accepted=True, submitted_at=day, accepted_at=day, **told)
    ProgressEntryFactory(submitted=True, **told)
    (one,) = found(letter, CheckKey.PERSON)
    assert one.weight is Weight.ERROR
    assert "‘Jannie Voorbeeld’ staat in de voortgang van" in one.text
    assert "bij hoofdlijn A, die in het jaarverslag komt" in one.text
    waive(letter=letter, check_key=one.check, anchor=one.anchor, why="Zij wil dat.", by=ActorFactory())
    assert open_errors(letter) == []


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="Secretaris"))
    return client


def test_what_is_put_aside_counts_again_when_the_text_changes(secretary: Client) -> None:
    letter = letter_saying("<p>Er doen 3 gemeenten mee.</p>")
    place = f"/brieven/{letter.slug}/controles/"
    shown = secretary.get(place).context["groups"][0][2][0]
    html = secretary.post(shown.waive_url, {"why": "een citaat"}, follow=True).content.decode()
    assert "Opzij gezet door Secretaris" in html
    assert open_errors(letter) == []
    secretary.post(shown.waive_url, {"why": "nog eens"})
    assert Waiver.objects.get().why == "een citaat"
    edit_section(section=letter.sections.get(), text="<p>Er doen nu 3 gemeenten mee.</p>", by=None)
    assert len(open_errors(letter)) == 1
    gone = secretary.post(shown.waive_url, {"why": "weer"}, follow=True).content.decode()
    assert "de tekst is intussen anders" in gone


def test_a_waiver_can_be_taken_back(secretary: Client) -> None:
    letter = letter_saying("<p>Er doen 3 gemeenten mee.</p>")
    (one,) = found(letter, CheckKey.TYPED_NUMBER)
    by = ActorFactory(role=Role.SECRETARIAT)
    waiver = waive(letter=letter, check_key=one.check, anchor=one.anchor, why="zo", by=by)
    secretary.post(f"/brieven/{letter.slug}/controles/{waiver.pk}/meetellen/")
    assert len(open_errors(letter)) == 1
    with pytest.raises(LetterError, match="Zeg waarom"):
        waive(letter=letter, check_key=one.check, anchor=one.anchor, why=" ", by=by)


def test_a_letter_with_open_errors_does_not_go_into_agreement() -> None:
    letter = letter_saying("<p>Er doen 3 gemeenten mee.</p>")
    with pytest.raises(LetterError, match="met de hand getypt"):
        advance(letter=letter, expected=LetterState.DRAFT, by=None)


def test_a_letter_that_is_fixed_shows_its_checks_and_keeps_its_waivers(secretary: Client) -> None:
    letter = letter_saying("<p>Er doen 3 gemeenten mee.</p>", state=LetterState.AGREED)
    html = secretary.get(f"/brieven/{letter.slug}/controles/").content.decode()
    assert "met de hand getypt" in html
    assert "Zet opzij" not in html
    (one,) = found(letter, CheckKey.TYPED_NUMBER)
    asked = f"/brieven/{letter.slug}/controles/opzij/?controle={one.check.value}&anker={one.anchor}"
    assert "de teksten liggen vast" in secretary.post(asked, {"why": "x"}).content.decode()


def test_of_a_sent_letter_the_checks_and_the_notes_are_still_read(secretary: Client) -> None:
    letter = letter_saying("<p>Tekst.</p>")
    Letter.objects.update(state=LetterState.SENT, sent_on=date(2025, 2, 3))
    place = f"/brieven/{letter.slug}/controles/"
    html = secretary.get(place).content.decode()
    assert "wat de controles vandaag zouden zeggen" in html
    assert f'href="/brieven/{letter.slug}/beslisnotas/"' in html
    secretary.force_login(ActorFactory(role=Role.READER))
    assert secretary.get(place).status_code == 404


def test_the_checks_ask_as_much_of_a_long_letter_as_of_a_short_one() -> None:
    letter = letter_saying("<p>Er doen 3 gemeenten mee.</p>")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            checked(letter)
        return len(queries)

    few = asked()
    for _ in range(6):
        SectionFactory(letter=letter, text="<p>Er doen 3 gemeenten en 5 provincies mee.</p>" * 5)
    assert asked() == few


def test_the_gate_asks_the_register_only_for_what_a_text_may_count() -> None:
    municipalities(3)

    def asked(*texts: str) -> int:
        letter = LetterFactory.saying(*texts)
        with CaptureQueriesContext(connection) as queries:
            open_errors(letter)
        return len(queries)

    none = asked("<p>In twee stappen gaan wij verder, met 40 procent minder papier.</p>")
    assert none <= 6
    one = asked(f"<p>Er zijn {figure('buyergroups.gestart')} groepen.</p>")
    assert none < one < asked("<p>Er doen 3 gemeenten mee.</p>")
