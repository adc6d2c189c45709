"""A letter draws what was measured: as it was known on its reference date, with its table and sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from monitoring.models import Measurement, Qualifier
from mvi_portal.accounts.models import Role
from mvi_portal.core.prose import ChartNode
from reports import content, render, services
from reports.drift import drift
from reports.errors import LetterError
from reports.frozen import FrozenLetter, from_json
from reports.models import DecisionNote, Freeze, Letter, LetterVersion, Parcel
from reports.notes.freezing import letter_of, note_of
from reports.parcel import snapshots
from reports.parcel.plan import Edition
from reports.render import notes
from reports.word.drawing import drawn
from tests.factories.monitoring import IndicatorFactory, IndicatorMethodFactory, MeasurementFactory
from tests.factories.registers import municipalities
from tests.factories.reports import DATED, FreezeFactory, LetterFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
KEY, SIGNED = "indicator.vermeden-uitstoot", "ondertekenaars.gemeenten"


@pytest.fixture
def values() -> list[Measurement]:
    """Three periods, the last measured in another way, and one that was published after the letter."""
    named = {"slug": "vermeden-uitstoot", "name": "Vermeden uitstoot", "unit": "kiloton"}
    indicator = IndicatorFactory(**named, line=None)
    before = IndicatorMethodFactory(indicator=indicator, version=1)
    begins = {"valid_from": date(2021, 1, 1), "breaks_series": True}
    now = IndicatorMethodFactory(indicator=indicator, version=2, **begins)
    told = ((before, 2018, 800, "0031"), (before, 2020, 850, ""), (now, 2022, 900, "2024-0202"))
    rows = [
        MeasurementFactory(
            method=method,
            period_from=date(year - 1, 1, 1),
            period_until=date(year, 12, 31),
            value=Decimal(value),
            report_number=report,
            qualifier=Qualifier.AT_LEAST if report else Qualifier.EXACT,
        )
        for method, year, value, report in told
    ]
    later = {"period_from": date(2023, 1, 1), "period_until": date(2024, 12, 31)}
    late = {**later, "published_on": date(2025, 6, 1), "value": Decimal("1000.5")}
    return [*rows, MeasurementFactory(method=now, **late)]


def drawing(key: str = KEY, since: date | None = None) -> Letter:
    municipalities(1)
    letter: Letter = LetterFactory.saying(f"<p>Zo ging het.</p>{ChartNode(key, since, 'De uitstoot')}")
    return letter


def gathered(letter: Letter) -> FrozenLetter:
    return content.gather(letter.pk, on=letter.reference_date)


@pytest.mark.usefixtures("values")
def test_a_chart_of_an_indicator_is_printed_with_its_table_sources_and_day() -> None:
    letter = gathered(drawing())
    html = render.to_html(letter)
    for told in (
        "De uitstoot",
        "Waarden die op 31 januari 2025 bekend waren",
        "minstens 900",
        "RIVM, rapport 2024-0202",
        "(anders gemeten dan daarvoor)",
        "anders gemeten</text>",
        "<title id=",
    ):
        assert told in html
    assert "1.000,5" not in html
    assert from_json(letter.to_json()) == letter


def test_what_was_frozen_before_there_were_indicators_keeps_its_fingerprint() -> None:
    municipalities(1)
    assert "series" not in gathered(LetterFactory.saying("<p>Zonder grafiek.</p>")).to_dict()


@pytest.mark.usefixtures("values")
@pytest.mark.parametrize(
    ("key", "since", "told"),
    [
        ("indicator.vermeden-uitstoten", None, "Bedoelt u 'vermeden-uitstoot'?"),
        (KEY, date(2022, 1, 1), "vanaf 1 januari 2022 zijn er geen twee waarden"),
        ("indicator.kaal", None, "daarvan waren op 31 januari 2025 geen twee waarden bekend"),
    ],
)
def test_a_chart_that_cannot_be_drawn_says_why(key: str, since: date | None, told: str) -> None:
    IndicatorFactory(slug="kaal", line=None)
    with pytest.raises(LetterError, match=told.replace("?", r"\?")):
        gathered(drawing(key, since))


def test_made_up_values_mark_the_letter(values: list[Measurement]) -> None:
    letter = drawing()
    assert not gathered(letter).is_demo
    Measurement.objects.filter(pk=values[0].pk).update(is_demo=True)
    assert gathered(letter).is_demo


def test_a_freeze_keeps_what_is_drawn(values: list[Measurement]) -> None:
    letter, other = drawing(), IndicatorFactory(slug="later", line=None)
    FreezeFactory.of(letter)
    frozen = gathered(letter)
    before = content.register_of(letter.pk)
    Measurement.objects.filter(pk=values[0].pk).update(value=Decimal(700))
    assert gathered(letter) == frozen
    assert drift(before, content.register_of(letter.pk)).others
    assert not drift(before, replace(before)).others
    method = IndicatorMethodFactory(indicator=other)
    for year in (2020, 2021):
        MeasurementFactory(method=method, period_from=date(year, 1, 1), period_until=date(year, 12, 31))
    letter.sections.update(text=str(ChartNode("indicator.later")))
    with pytest.raises(LetterError, match="niet bevroren"):
        gathered(letter)


@pytest.mark.usefixtures("values")
def test_who_writes_is_offered_indicators_to_draw(client: Client) -> None:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    section = drawing().sections.get()
    page = client.get(f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/bewerken/").content.decode()
    assert f'<option value="{KEY}">Vermeden uitstoot (kiloton)</option>' in page
    assert "Waarden die op 31 januari 2025 bekend waren" in page
    assert section.letter.reference_date == DATED


@pytest.fixture
def note() -> DecisionNote:
    """It draws a figure and an indicator; its letter draws nothing."""
    municipalities(2)
    letter = LetterFactory.saying("<p>Zonder grafiek.</p>")
    made = services.make_note(letter=letter, office=letter.sender, by=None)
    section = made.sections.get(slug="krachtenveld")
    text = f"<p>Zo ging het.</p>{ChartNode(KEY, None, 'De uitstoot')}{ChartNode(SIGNED, date(2022, 11, 1))}"
    services.edit_note_section(section=section, text=text, by=None)
    return made


@pytest.mark.usefixtures("values")
def test_a_note_draws_what_its_letter_does_not(client: Client, note: DecisionNote) -> None:
    fresh = DecisionNote.objects.select_related("letter", "office").get(pk=note.pk)
    html = notes.to_html(note_of(fresh), letter_of(fresh.letter), Edition.PUBLIC)
    assert html.count("<svg") == 2
    for told in ("De uitstoot", "minstens 900", "RIVM, rapport 2024-0202"):
        assert told in html
    assert "minstens 900" in drawn(fresh.letter, fresh).html
    section = note.sections.get(slug="krachtenveld")
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    at = f"/brieven/{note.letter.slug}/beslisnotas/{note.office.slug}/{section.pk}"
    preview = client.post(f"{at}/voorbeeld/", {"text": section.text}).content.decode()
    assert preview.count("<svg") == 2
    assert KEY in client.get(f"{at}/bewerken/").content.decode()  # offered to draw


@pytest.mark.usefixtures("values")
def test_what_a_note_draws_is_frozen_and_comes_back_from_its_parcel(note: DecisionNote) -> None:
    letter = note.letter
    freeze: Freeze = FreezeFactory.of(letter)
    Measurement.objects.all().delete()
    version = LetterVersion(letter=letter)
    parcel = Parcel(version=version)
    snapshots.tell(parcel)
    snapshot = snapshots.snapshot_of(parcel.content, freeze)
    (kept,) = snapshot.notes
    assert (set(kept.series), set(kept.charts)) == ({KEY}, {SIGNED})
    assert notes.to_html(kept, snapshot.letter, Edition.PUBLIC).count("<svg") == 2
    assert not snapshot.letter.figures[SIGNED].series  # the letter itself stays what it was
    plain = replace(kept, charts={}, series={}).to_dict()
    assert "series" not in plain


@pytest.mark.usefixtures("values")
def test_a_note_that_draws_what_was_not_frozen_says_to_freeze_again(
    client: Client, note: DecisionNote
) -> None:
    section = note.sections.get(slug="krachtenveld")
    drawn, plain = section.text, "<p>Zo ging het.</p>"
    section.text = plain
    services.edit_note_section(section=section, text=plain, by=None)
    rows = list(Measurement.objects.all())
    Measurement.objects.all().delete()
    FreezeFactory.of(note.letter)
    Measurement.objects.bulk_create(rows)
    services.edit_note_section(section=section, text=drawn, by=None)
    with pytest.raises(LetterError) as caught:
        snapshots.tell(Parcel(version=LetterVersion(letter=note.letter)))
    told = "een grafiek van de indicator 'vermeden-uitstoot', maar die is niet bevroren. Bevries de cijfers"
    assert [line for line in caught.value.problems if "indicator" in line] == [
        f"Beslisnota aan {note.head}: in de sectie '{section.title}' staat {told} opnieuw."
    ]
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    page = client.get(f"/brieven/{note.letter.slug}/beslisnotas/{note.office.slug}/").content.decode()
    assert (
        page.count("maar die is niet bevroren. Bevries de cijfers opnieuw") > 1
    )  # by the note, and by the checks
    assert "geen reeks om te tekenen" not in page
