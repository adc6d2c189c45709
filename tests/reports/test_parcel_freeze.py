"""A freeze holds all figures of one moment; the letter is printed from it, and from nothing else."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from mvi_portal.core.figures import registry
from mvi_portal.core.prose import ChartNode
from reports import content, frozen_register
from reports.content import gather
from reports.errors import LetterError
from reports.models import AnnexKind, Freeze, Letter, LetterState
from reports.services import freeze_letter
from signatories.models import Signature
from tests.factories import reports as make
from tests.factories.registers import municipalities, plans

ON, SINCE, SIGNED = make.DATED, make.SINCE, "ondertekenaars.gemeenten"


@pytest.fixture
def letter(db: None) -> Letter:
    municipalities(3)
    plans()
    chart = str(ChartNode(SIGNED, date(2024, 1, 10), ""))
    letter = make.LetterFactory.saying(f"<p>Er zijn {make.figure(SIGNED)}.</p>{chart}", since=SINCE)
    for kind in AnnexKind:
        make.AnnexFactory(letter=letter, kind=kind)
    return letter


def test_a_freeze_holds_every_figure_with_definition_rows_and_names(letter: Letter) -> None:
    register = content.register_of(letter.pk)

    assert set(register.figures) == {item.key for item in registry}
    figure = register.figures[SIGNED]
    assert (figure.value, figure.definition) == (3, registry.get(SIGNED).definition)
    assert figure.rows == tuple(f"voorbeeld-{n:04}" for n in range(1, 4))
    assert [register.names[key] for key in figure.rows] == [f"Voorbeeldgemeente {n:04}" for n in range(1, 4)]
    assert set(register.tables) == {*AnnexKind.values} - {"document"}
    assert frozen_register.from_json(register.to_json()) == register
    json.loads(register.to_json())


def test_a_letter_from_a_freeze_is_the_letter_of_that_moment(letter: Letter) -> None:
    live = gather(letter.pk, on=ON)
    make.FreezeFactory.of(letter)

    municipalities(2, first=8)

    assert gather(letter.pk, on=ON).to_json() == live.to_json()
    assert live.figures[SIGNED].series[0][0] == date(2024, 1, 31)
    assert gather(letter.pk, on=date(2025, 1, 30)).figures[SIGNED].value == 5  # what if is never frozen


def test_the_newest_freeze_counts(letter: Letter) -> None:
    make.FreezeFactory.of(letter)
    municipalities(2, first=8)
    make.FreezeFactory.of(letter)

    assert gather(letter.pk, on=ON).figures[SIGNED].value == 5


def test_texts_are_not_frozen(letter: Letter) -> None:
    make.FreezeFactory.of(letter)
    letter.sections.update(text="<p>Heel iets anders.</p>")

    assert gather(letter.pk, on=ON).sections[0].html == "<p>Heel iets anders.</p>"


@pytest.mark.parametrize("fields", [{"reference_date": date(2025, 1, 30)}, {"since": date(2023, 3, 1)}])
def test_a_letter_of_other_dates_asks_to_freeze_again(letter: Letter, fields: dict[str, date]) -> None:
    make.FreezeFactory.of(letter)
    Letter.objects.update(**fields)

    with pytest.raises(LetterError, match="de datums van de brief zijn nu anders"):
        gather(letter.pk, on=fields.get("reference_date", ON))


def test_another_sender_asks_to_freeze_again(letter: Letter) -> None:
    make.FreezeFactory.of(letter)
    make.CoSenderFactory(letter=letter)

    with pytest.raises(LetterError, match="medeafzenders of geadresseerde zijn na het bevriezen veranderd"):
        gather(letter.pk, on=ON)


def test_a_chart_of_before_the_freeze_asks_to_freeze_again(letter: Letter) -> None:
    make.FreezeFactory.of(letter)
    letter.sections.update(text=f"<p>Kijk.</p>{ChartNode(SIGNED, date(2019, 1, 1), '')}")

    with pytest.raises(LetterError, match="bevroren is de reeks vanaf 30 november 2022"):
        gather(letter.pk, on=ON)


def test_a_freeze_cannot_be_changed(letter: Letter) -> None:
    made = make.FreezeFactory.of(letter)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Freeze.objects.filter(pk=made.pk).update(content="{}")
    with pytest.raises(IntegrityError, match="freeze_sha256_form"), transaction.atomic():
        Freeze.objects.create(letter=letter, number=9, reference_date=ON, content="{}", sha256="x")


def test_the_source_annex_tells_definition_source_and_day(letter: Letter) -> None:
    (sources,) = (item for item in gather(letter.pk, on=ON).annexes if item.kind == AnnexKind.SOURCES)

    (table,) = sources.tables
    assert table.header == ("Cijfer", "Op 31 januari 2025", "Wat er telt", "Bron")
    (row,) = (row for row in table.rows if row[0] == registry.get(SIGNED).label)
    assert row[1:] == ("3", registry.get(SIGNED).definition, "MVI-portaal, register van ondertekenaars")


@pytest.mark.django_db(transaction=True)
def test_freezing_reads_in_one_pass_keeps_once_and_refuses_what_was_sent() -> None:
    municipalities(2)
    letter = make.LetterFactory.saying("<p>Tekst.</p>")

    made = freeze_letter(letter=letter, by=None)

    assert (made.number, made.sha256) == (1, hashlib.sha256(made.content.encode()).hexdigest())
    assert freeze_letter(letter=letter, by=None) == made  # nothing differs
    Signature.objects.all()[0].signatories.all().delete()
    assert freeze_letter(letter=letter, by=None).number == 2
    Letter.objects.update(state=LetterState.SENT, sent_on=ON)
    letter.refresh_from_db()
    with pytest.raises(LetterError, match="verzonden en ligt vast"):
        freeze_letter(letter=letter, by=None)


def test_a_letter_without_an_address_cannot_be_frozen(db: None) -> None:
    with pytest.raises(LetterError, match="geen adres bekend"):
        content.register_of(make.LetterFactory().pk)
