"""A letter never prints a hole: what is wrong is told at once, with the section and the figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db.models import F

from mvi_portal.core.figures import Figure, Rows, Unit, registry
from mvi_portal.core.spans import daterange
from reports.content import gather
from reports.errors import LetterError
from reports.models import Letter, Section
from signatories.models import OrganisationName
from tests.factories import reports as make
from tests.factories.actionplans import EvaluationFactory, PlanVersionFactory
from tests.factories.monitoring import PolicyLineFactory
from tests.factories.registers import municipalities
from tests.factories.signatories import OrganisationFactory

pytestmark = pytest.mark.django_db

SIGNED = "ondertekenaars.gemeenten"
EVALUATED = "actieplannen.geevalueerd"
IN_SECTION = "In de sectie 'Brede borging'"
BY_SIGNED = f"{IN_SECTION}, bij 'Gemeenten die het Manifest ondertekenden':"


def problems(letter: Letter, on: date = make.DATED) -> list[str]:
    with pytest.raises(LetterError) as caught:
        gather(letter.pk, on=on)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return list(caught.value.problems)


def problem(text: str, on: date = make.DATED, **fields: Any) -> str:
    """The only problem of a letter with this text."""
    (found,) = problems(make.LetterFactory.saying(text, **fields), on)
    return found


def test_unknown_figure_is_named_with_what_was_perhaps_meant() -> None:
    municipalities(1)

    assert problem(make.figure("ondertekenaars.gemeentes")) == (
        f"{IN_SECTION} staat het cijfer 'ondertekenaars.gemeentes', maar dat bestaat niet. "
        "Bedoelt u 'ondertekenaars.gemeenten'?"
    )


def test_unknown_figure_unlike_any_other_is_named_without_a_guess() -> None:
    assert problem(make.figure("zzz")).endswith("maar dat bestaat niet.")


def test_unknown_figure_is_found_in_a_table_a_chart_and_a_footnote_too() -> None:
    text = (
        '<mvi-table data-keys="aaa bbb"></mvi-table><mvi-chart data-key="ccc"></mvi-chart>'
        f"<p>Tekst<mvi-footnote>{make.figure('ddd')}</mvi-footnote></p>"
    )

    found = problems(make.LetterFactory.saying(text))

    assert [key for line in found for key in ("aaa", "bbb", "ccc", "ddd") if key in line] == [
        "aaa",
        "bbb",
        "ccc",
        "ddd",
    ]


def test_figure_of_which_the_register_holds_nothing_is_an_error() -> None:
    assert problem(make.figure(SIGNED)) == (
        f"{BY_SIGNED} het register heeft op 31 januari 2025 nog niets om te tellen."
    )


def test_figure_on_a_day_before_the_first_fact_is_an_error() -> None:
    municipalities(1)

    assert "op 23 november 2022 nog niets om te tellen" in problem(make.figure(SIGNED), on=date(2022, 11, 23))


def test_true_zero_is_printed() -> None:
    """Plans came in, and none was evaluated: that is known, and it is nothing."""
    version = PlanVersionFactory(received_on=date(2023, 1, 1))
    later = {"evaluated_on": date(2025, 3, 1), "published_on": date(2025, 4, 1)}
    EvaluationFactory.published(version=version, **later)
    letter = make.LetterFactory.saying(make.figure(EVALUATED, "change"), since=make.SINCE)

    figure = gather(letter.pk, on=make.DATED).figures[EVALUATED]

    assert (figure.value, figure.previous) == (0, 0)


@pytest.mark.parametrize("form", ["change", "trend"])
def test_difference_without_a_day_to_count_from_is_an_error(form: str) -> None:
    municipalities(1)

    assert problem(make.figure(SIGNED, form)) == (
        f"{BY_SIGNED} een verschil heeft een vorige brief nodig, of een datum om vanaf te tellen."
    )


@pytest.mark.parametrize("form", ["change", "trend"])
def test_difference_with_a_day_before_the_first_fact_is_an_error(form: str) -> None:
    municipalities(1)

    assert problem(make.figure(SIGNED, form), since=date(2022, 11, 23)) == (
        f"{BY_SIGNED} er wordt vergeleken met 23 november 2022, maar dat is vóór het eerste gegeven "
        "van 24 november 2022."
    )


def test_difference_with_the_day_of_the_first_fact_is_fine() -> None:
    municipalities(1)
    letter = make.LetterFactory.saying(make.figure(SIGNED, "change"), since=date(2022, 11, 24))

    assert gather(letter.pk, on=make.DATED).figures[SIGNED].previous == 1


def test_difference_at_a_reference_date_before_the_previous_letter_is_an_error() -> None:
    municipalities(1)

    found = problem(make.figure(SIGNED, "change"), since=make.SINCE, on=date(2023, 1, 1))

    assert found == (
        f"{BY_SIGNED} er wordt vergeleken met 15 februari 2023, niet vóór de peildatum 1 januari 2023."
    )


def test_all_is_an_error_when_one_is_missing() -> None:
    municipalities(2)
    OrganisationFactory()

    assert problem(make.figure(SIGNED, "all")) == f"{BY_SIGNED} 'alle' klopt niet: het zijn er 2 van de 3."


def test_all_is_fine_when_it_is_true() -> None:
    municipalities(2)
    letter = make.LetterFactory.saying(make.figure(SIGNED, "all"))

    figure = gather(letter.pk, on=make.DATED).figures[SIGNED]

    assert figure.value == figure.population == 2


def test_all_of_a_figure_without_a_whole_is_an_error() -> None:
    municipalities(2)

    assert "kent geen geheel" in problem(make.figure("ondertekenaars.organisaties", "all"))


def test_chart_that_begins_after_the_reference_date_is_an_error() -> None:
    municipalities(1)

    found = problem(f'<mvi-chart data-key="{SIGNED}" data-from="2025-02-01"></mvi-chart>')

    assert found == (
        f"{BY_SIGNED} de grafiek begint op 1 februari 2025, niet vóór de peildatum 31 januari 2025."
    )


def test_node_that_cannot_be_read_is_told_with_its_section() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    Section.objects.update(text='<p><mvi-figure data-key="x" data-form="gedicht"></mvi-figure></p>')

    (found,) = problems(letter)

    assert found == f"{IN_SECTION}: Een cijfer in de tekst heeft een onbekende vorm: “gedicht”."


def test_letter_without_sections_is_an_error() -> None:
    assert problems(make.LetterFactory.saying()) == ["De brief heeft nog geen secties."]


@pytest.mark.parametrize("text", ["", "<p></p>", "<p> </p>"])
def test_section_without_text_is_an_error(text: str) -> None:
    assert problem(text) == f"{IN_SECTION} staat nog niets."


def test_section_of_another_frame_is_an_error() -> None:
    letter = make.LetterFactory.saying()
    make.SectionFactory(letter=letter, line=PolicyLineFactory())

    assert problems(letter) == [f"{IN_SECTION} staat een lijn van een ander kader dan dat van de brief."]


def test_parties_without_an_address_on_the_day_are_errors() -> None:
    letter = make.LetterFactory()
    make.SectionFactory(letter=letter)

    assert problems(letter) == [
        "Van de geadresseerde 'De voorzitter van de Kamer' is geen adres bekend op 31 januari 2025.",
        "Van de afzender 'De minister van Water en Wegen' is geen adres bekend op 31 januari 2025.",
    ]


@pytest.mark.parametrize(
    "dates",
    [{"sender__valid_until": date(2025, 1, 30)}, {"sender__valid_from": date(2025, 2, 1)}],
    ids=["gone", "not yet"],
)
def test_office_that_does_not_exist_on_the_day_is_an_error(dates: dict[str, date]) -> None:
    assert problem("<p>Tekst.</p>", **dates) == (
        "Het ambt 'De minister van Water en Wegen' bestaat niet op 31 januari 2025, de datum van de brief."
    )


def test_everything_wrong_is_told_at_once_and_only_once() -> None:
    municipalities(1)
    OrganisationFactory()
    letter = make.LetterFactory.saying(
        "", make.figure("zzz") + make.figure(SIGNED, "all") * 2 + make.figure(SIGNED, "change")
    )

    assert len(problems(letter)) == 4


def test_chart_of_a_figure_that_always_counted_needs_a_day() -> None:
    OrganisationFactory()
    with one_more_figure("proef.altijd", line="Z"):
        found = problem('<mvi-chart data-key="proef.altijd"></mvi-chart>')

    assert found == f"{IN_SECTION}, bij 'Gemeenten die er altijd waren': geef de grafiek een begindatum."


@contextmanager
def one_more_figure(key: str, *, line: str) -> Iterator[None]:
    """Names without dates: they held on every day there was."""

    def always() -> Rows:
        names = OrganisationName.objects.annotate(key=F("organisation_id"))
        return names.annotate(span=daterange("valid_from", "valid_until"))

    unit = Unit("gemeente", "gemeenten")
    registry.add(
        Figure(key, "Gemeenten die er altijd waren", "Alle.", unit, line, always, "organisation__key")
    )
    try:
        yield
    finally:
        del registry._figures[key]
