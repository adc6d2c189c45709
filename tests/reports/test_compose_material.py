"""What a section can be written from, taken over with one click as a proposal with live figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenUnit
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.prose import paragraphs
from reports.composing.sentences import sentence
from reports.models import LetterState, Section
from tests.factories.monitoring import (
    CommitmentFactory,
    CommunicationMomentFactory,
    ExampleFactory,
    FinanceCoverFactory,
    IndicatorFactory,
    IndicatorMethodFactory,
    MeasurementFactory,
    PolicyLineFactory,
    PositionFactory,
    ProgrammeFactory,
)
from tests.factories.registers import municipalities
from tests.factories.reports import DATED, SINCE, LetterFactory, SectionFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
SIGNED, UNDER = "ondertekenaars.gemeenten", "ondertekenaars.waterschappen"
RECEIVED = "actieplannen.ontvangen"
HAVE = "hebben het Manifest ondertekend"


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="Secretaris"))
    return client


@pytest.fixture
def section() -> Section:
    municipalities(3)
    letter = LetterFactory.saying(since=SINCE, slug="brief")
    line = PolicyLineFactory(frame=letter.frame, code="A", title="Borging", aim="Meer inkopen met zorg.")
    made: Section = SectionFactory(letter=letter, line=line, code="A", text="<p>Begin.</p><p>Eind.</p>")
    return made


def figure(key: str, value: int, previous: int | None = None, **fields: Any) -> FrozenFigure:
    told: dict[str, Any] = {
        "label": "Een cijfer",
        "definition": "",
        "unit": FrozenUnit("gemeente", "gemeenten"),
        "line": "A",
        "qualifier": "exact",
        "note": "",
        "population": None,
        "rows": (),
        **fields,
    }
    return FrozenFigure(key=key, value=value, previous=previous, **told)


@pytest.mark.parametrize(
    ("item", "read"),
    [
        (figure(SIGNED, 1), "Een gemeente heeft het Manifest ondertekend."),
        (
            figure(SIGNED, 5, 3),
            f"Vijf gemeenten {HAVE}, 2 meer dan op 15 februari 2023.",
        ),
        (
            figure(SIGNED, 70, 70),
            f"70 gemeenten {HAVE}, evenveel als op 15 februari 2023.",
        ),
        (
            figure("ondertekenaars.waterschappen", 21, population=21),
            "Alle 21 gemeenten vallen onder het Manifest.",
        ),
        (
            figure("actieplannen.ontvangen", 53, qualifier="at-least"),
            "Er zijn minstens 53 gemeenten ontvangen.",
        ),
        (figure("actieplannen.termijn_verstreken", 1), "Van een gemeente is de termijn verstreken."),
        (
            figure("buyergroups.gestart_bouw", 5, label="Buyer groups: bouw"),
            "In de sector bouw zijn sinds 2020 vijf gemeenten gestart.",
        ),
        (figure("buyergroups.deelnemers", 1), "Aan de buyer groups doet een gemeente mee."),
        (figure("iets.anders", 4), "Een cijfer: vier."),
    ],
)
def test_a_figure_is_a_sentence_in_good_dutch(item: FrozenFigure, read: str) -> None:
    printer = Printer({item.key: item}, on=DATED, since=SINCE, is_dated=True)
    assert printer.passage(sentence(item, SINCE), where="") == f"<p>{read}</p>"


def page(client: Client, section: Section) -> str:
    return client.get(f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/materiaal/").content.decode()


def take(client: Client, section: Section, key: str, **given: str) -> str:
    place = f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/materiaal/"
    return client.post(place, {"sleutel": key, **given}, follow=True).content.decode()


def test_the_page_tells_what_there_is(secretary: Client, section: Section) -> None:
    method = IndicatorMethodFactory(indicator=IndicatorFactory(line=section.line, name="Uitstoot", unit="kt"))
    MeasurementFactory(
        method=method,
        value=900,
        qualifier="at-least",
        period_from=date(2021, 1, 1),
        period_until=date(2022, 12, 31),
    )
    PositionFactory(line=section.line, stance="Houd het simpel", dated=date(2024, 6, 1))
    CommitmentFactory(line=section.line, made_on=date(2024, 3, 1), text="Wij komen erop terug")
    html = page(secretary, section)
    assert "Meer inkopen met zorg." in html
    assert "Drie gemeenten hebben het Manifest ondertekend" in html
    assert "Uitstoot: minstens 900 kt (2021-2022" in html
    assert "Houd het simpel" in html
    assert "Wat er gebeurde sinds de vorige brief" in html


def test_an_indicator_says_what_was_known_on_the_day_by_the_newest_method(
    secretary: Client, section: Section
) -> None:
    indicator = IndicatorFactory(line=section.line, name="Uitstoot", unit="kt")
    old = IndicatorMethodFactory(indicator=indicator)
    new = IndicatorMethodFactory(indicator=indicator, version=2, valid_from=date(2022, 1, 1))
    period = {"period_from": date(2022, 1, 1), "period_until": date(2022, 12, 31)}
    MeasurementFactory(method=new, value=800, published_on=date(2024, 5, 1), **period)
    MeasurementFactory(method=old, value=700, published_on=date(2023, 5, 1), **period)
    later = {"period_from": date(2023, 1, 1), "period_until": date(2023, 12, 31)}
    MeasurementFactory(method=new, value=999, published_on=date(2025, 6, 1), **later)
    html = page(secretary, section)
    assert "Uitstoot: 800 kt (2022" in html
    assert "700 kt" not in html
    assert "999" not in html


def test_what_surrounds_the_plan_is_offered_with_its_source(secretary: Client, section: Section) -> None:
    line, day = section.line, date(2024, 6, 1)
    body = OrganisationFactory(called__name="Gemeente Aa")
    ExampleFactory(line=line, organisation=body, title="Oude stenen", result="Minder beton.", dated=day)
    ExampleFactory(line=line, title="Van later", dated=date(2025, 6, 1))
    ExampleFactory(line=line, title="Van voor de vorige brief", dated=SINCE)
    place = "Kamerstukken II 2020/21, 30 196, nr. 746"
    ProgrammeFactory(
        line=line, name="Kringloop", description="Inkoop hoort erbij.", owner=body, citation=place
    )
    ProgrammeFactory(line=line, name="Voorbij", valid_until=date(2023, 1, 1))
    CommunicationMomentFactory(line=line, title="Een brief aan allen", dated=day, source="Website")
    html = page(secretary, section)
    assert "Een voorbeeld van Gemeente Aa is ‘Oude stenen’: Minder beton. (Bron: Gemeente.)" in html
    assert "Kringloop (programma van Gemeente Aa): Inkoop hoort erbij" in html
    assert "nr. 746" in html
    assert "Nieuwsbrief: Een brief aan allen (1 juni 2024). (Bron: Website.)" in html
    for other in ("Van later", "is ‘Van voor de vorige brief’", "Voorbij"):
        assert other not in html
    opening = page(secretary, SectionFactory(letter=section.letter, title=""))
    assert "Oude stenen" not in opening


def test_who_pays_is_offered_where_a_section_has_no_line(secretary: Client, section: Section) -> None:
    frame = section.letter.frame
    for name in ("Zet", "Aa", "Em"):
        FinanceCoverFactory(frame=frame, organisation=OrganisationFactory(called__name=name))
    FinanceCoverFactory(frame=frame, covered=False, organisation=OrganisationFactory(called__name="Bee"))
    FinanceCoverFactory(frame=frame, year=2030)
    opening = SectionFactory(letter=section.letter, title="")
    html = page(secretary, opening)
    assert "De kosten van 2024 zijn gedekt door Aa, Em en Zet. (Bron: Begroting.)" in html
    assert "De kosten van 2024 zijn niet gedekt door Bee." in html
    assert "2030" not in html
    assert "De kosten van" not in page(secretary, section)
    FinanceCoverFactory(
        frame=frame, line=section.line, organisation=OrganisationFactory(called__name="Lijnbetaler")
    )
    html = page(secretary, section)
    assert section.line
    assert f"De kosten van 2024 voor lijn {section.line.code} zijn gedekt door Lijnbetaler." in html
    assert "Lijnbetaler" not in page(secretary, opening)
    take(secretary, opening, f"dekking.{frame.slug}.2024.ja")
    opening.refresh_from_db()
    assert "gedekt door Aa, Em en Zet" in opening.text


def test_what_is_taken_over_stands_at_the_end_and_is_marked(secretary: Client, section: Section) -> None:
    html = take(secretary, section, f"cijfer.{SIGNED}")
    section.refresh_from_db()
    assert section.text.startswith("<p>Begin.</p><p>Eind.</p><p><mvi-figure")
    assert html.count("al overgenomen") == 1
    assert "door Secretaris" in html


def test_a_place_can_be_chosen(secretary: Client, section: Section) -> None:
    take(secretary, section, "doel", na=paragraphs(section.text)[0].sha256)
    section.refresh_from_db()
    assert section.text == "<p>Begin.</p><p>Meer inkopen met zorg.</p><p>Eind.</p>"


def test_what_is_offered_no_more_is_told(secretary: Client, section: Section) -> None:
    assert "Dit is niet meer te vinden" in take(secretary, section, "standpunt.999")


def test_a_text_that_is_fixed_takes_nothing(secretary: Client, section: Section) -> None:
    type(section.letter).objects.update(state=LetterState.FINAL)
    assert "de teksten liggen vast" in take(secretary, section, "doel")
    section.refresh_from_db()
    assert section.text == "<p>Begin.</p><p>Eind.</p>"


def test_an_opening_is_offered_the_figures_of_all_lines(secretary: Client, section: Section) -> None:
    opening = SectionFactory(letter=section.letter, title="")
    assert "Alle drie gemeenten hebben" in page(secretary, opening)


def test_the_page_asks_as_much_for_many_as_for_few(secretary: Client, section: Section) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(secretary, section)
        return len(queries)

    def more(many: int) -> None:
        told = {"line": section.line, "dated": date(2024, 6, 1)}
        PositionFactory.create_batch(many, **told)
        ExampleFactory.create_batch(many, **told)
        ProgrammeFactory.create_batch(many, line=section.line)
        CommunicationMomentFactory.create_batch(many, **told)
        for indicator in IndicatorFactory.create_batch(many, line=section.line):
            MeasurementFactory(method=IndicatorMethodFactory(indicator=indicator))

    more(2)
    few = asked()
    more(5)
    assert asked() == few
