"""A letter freezes what the register says: in plain numbers, from one moment, by names and not by keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mvi_portal.core.figures import registry
from reports.content import gather
from reports.frozen import FrozenLetter, from_json
from reports.models import AnnexKind, Letter, LetterState
from signatories.models import Kind, OrganisationName
from tests.factories import reports as make
from tests.factories.actionplans import EvaluationFactory, PlanVersionFactory
from tests.factories.buyergroups import BuyerGroupFactory, PhaseFactory
from tests.factories.monitoring import PolicyLineFactory
from tests.factories.registers import municipalities, plans
from tests.factories.signatories import (
    ManifestFactory,
    OfficeHolderFactory,
    OrganisationFactory,
    SignatoryFactory,
)

pytestmark = pytest.mark.django_db

ON = make.DATED
SINCE = make.SINCE
SIGNED = "ondertekenaars.gemeenten"
RECEIVED = "actieplannen.ontvangen"
GROUPS = "buyergroups.gestart"


def frozen(letter: Letter, on: date = ON) -> FrozenLetter:
    return gather(letter.pk, on=on)


@pytest.fixture
def register() -> None:
    """Three municipalities at the first signing, two more after the previous letter."""
    municipalities(3)
    municipalities(2, first=4, signed_on=date(2024, 3, 1))


@pytest.mark.usefixtures("register")
def test_letter_freezes_each_figure_at_its_reference_date() -> None:
    letter = frozen(make.LetterFactory.saying("<p>Tekst.</p>", since=SINCE))

    figure = letter.figures[SIGNED]
    assert (figure.value, figure.previous, figure.population) == (5, 3, 5)
    assert figure.rows == tuple(f"voorbeeld-{n:04}" for n in range(1, 6))
    assert (figure.qualifier, figure.unit.one, figure.line) == ("exact", "gemeente", "A")
    assert figure.definition == registry.get(SIGNED).definition
    assert set(letter.figures) == {item.key for item in registry}


@pytest.mark.usefixtures("register")
def test_previous_value_is_that_of_the_previous_letters_reference_date() -> None:
    previous = make.LetterFactory(reference_date=SINCE, dated=date(2024, 6, 1), title="De vorige")

    letter = frozen(make.LetterFactory.saying("<p>Tekst.</p>", previous=previous))

    assert (letter.since, letter.since_title) == (SINCE, "De vorige")
    assert letter.figures[SIGNED].previous == 3


@pytest.mark.usefixtures("register")
def test_without_a_previous_letter_or_a_date_there_is_nothing_to_compare_with() -> None:
    letter = frozen(make.LetterFactory.saying("<p>Tekst.</p>"))

    assert letter.since is None
    assert letter.figures[SIGNED].previous is None


@pytest.mark.usefixtures("register")
def test_another_reference_date_gives_what_if() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")

    then = frozen(letter, on=date(2023, 6, 1))

    assert (then.what_if, then.reference_date, then.figures[SIGNED].value) == (True, date(2023, 6, 1), 3)
    assert not frozen(letter).what_if


def test_figure_tells_how_complete_the_register_is() -> None:
    BuyerGroupFactory()
    BuyerGroupFactory(started_on=None)

    figure = frozen(make.LetterFactory.saying("<p>Tekst.</p>")).figures[GROUPS]

    assert (figure.value, figure.qualifier) == (1, "about")
    assert figure.note.startswith("Van 1 buyer group")


@pytest.mark.usefixtures("register")
def test_chart_has_the_last_day_of_each_month_and_ends_at_the_reference_date() -> None:
    node = f'<mvi-chart data-key="{SIGNED}" data-from="2024-02-10"></mvi-chart>'

    letter = frozen(make.LetterFactory.saying(node), on=date(2024, 4, 10))

    assert letter.figures[SIGNED].series == (
        (date(2024, 2, 29), 3),
        (date(2024, 3, 31), 5),
        (date(2024, 4, 10), 5),
    )
    assert letter.figures[RECEIVED].series == ()


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("fields", "first"),
    [({"since": SINCE}, date(2023, 2, 28)), ({}, date(2022, 11, 30))],
    ids=["since the previous letter", "since the first fact"],
)
def test_chart_without_a_day_begins_where_the_letter_does(fields: dict[str, Any], first: date) -> None:
    node = f'<mvi-chart data-key="{SIGNED}"></mvi-chart>'

    letter = frozen(make.LetterFactory.saying(node, **fields))

    assert letter.figures[SIGNED].series[0][0] == first


def test_parties_are_as_they_were_on_the_letters_own_date() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>", dated=date(2025, 2, 10))
    office = letter.sender
    OfficeHolderFactory(office=office, name="De Vorige", valid_until=date(2025, 1, 31))
    OfficeHolderFactory(office=office, name="De Huidige", valid_from=date(2025, 2, 1))
    office.organisation.names.update(valid_until=date(2025, 1, 31))
    OrganisationName.objects.create(
        organisation=office.organisation,
        name="Wegen",
        name_with_kind="ministerie van Wegen",
        sort_name="wegen",
        abbreviation="WG",
        valid_from=date(2025, 2, 1),
    )

    sender = frozen(letter).sender

    assert (sender.holder, sender.office) == ("De Huidige", "De minister van Water en Wegen")
    assert sender.organisation.name_with_kind == "ministerie van Wegen"
    assert sender.organisation.abbreviation == "WG"
    assert sender.postal == ("Postbus 2", "1000 AB Voorbeeldstad")


def test_addressee_has_its_name_and_the_address_of_that_day() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    letter.addressee.addresses.update(valid_until=date(2025, 1, 30))
    make.AddresseeAddressFactory(
        addressee=letter.addressee, lines="Nieuw plein 1\n\n Stad ", valid_from=date(2025, 1, 31)
    )

    assert frozen(letter).addressee == ("De voorzitter van de Kamer", "Nieuw plein 1", "Stad")


def test_co_senders_stand_in_their_order_and_need_no_address() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.CoSenderFactory(letter=letter, order=2, office__title="De minister van Zaken")
    make.CoSenderFactory(letter=letter, order=1, office__title="De minister van Landbouw")

    offices = [sender.office for sender in frozen(letter).co_senders]

    assert offices == ["De minister van Landbouw", "De minister van Zaken"]


def test_sections_keep_their_order_code_and_text() -> None:
    letter = make.LetterFactory.saying()
    line = PolicyLineFactory(frame=letter.frame, code="B")
    make.SectionFactory(letter=letter, order=2, line=line, title="Sectoren", text="<p>Twee.</p>")
    make.SectionFactory(letter=letter, order=1, title="", text="<p>Een.</p>")

    sections = frozen(letter).sections

    assert [(item.code, item.title, item.html) for item in sections] == [
        ("", "", "<p>Een.</p>"),
        ("B", "Sectoren", "<p>Twee.</p>"),
    ]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("what", ["letter", "signatory", "organisation"])
def test_anything_made_up_marks_the_letter(what: str) -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>", is_demo=what == "letter")
    assert frozen(letter).is_demo == (what == "letter")

    if what == "signatory":
        SignatoryFactory(is_demo=True)
    if what == "organisation":
        SignatoryFactory(organisation__is_demo=True)

    assert frozen(letter).is_demo


@pytest.mark.usefixtures("register")
def test_what_was_made_up_but_gone_before_the_period_does_not_mark_the_letter() -> None:
    SignatoryFactory(is_demo=True, valid_until=date(2022, 12, 31))

    assert not frozen(make.LetterFactory.saying("<p>Tekst.</p>", since=SINCE)).is_demo


def test_row_that_counted_only_at_the_previous_letter_marks_it_too() -> None:
    SignatoryFactory(is_demo=True, valid_until=date(2023, 12, 31))

    assert frozen(make.LetterFactory.saying("<p>Tekst.</p>", since=SINCE)).is_demo


def test_same_facts_under_other_database_keys_give_the_same_content() -> None:
    def content(*, backwards: bool) -> FrozenLetter:
        """Of a register that is made in another order, and then taken back: the keys are used up."""
        with transaction.atomic():
            manifest = ManifestFactory(slug="manifest")
            for first in (4, 1) if backwards else (1, 4):
                municipalities(3, first=first, manifest=manifest)
            plans()
            letter = make.LetterFactory.saying(
                make.figure(SIGNED), slug="brief", since=SINCE, sender__organisation__key="ministerie"
            )
            for kind in AnnexKind:
                make.AnnexFactory(letter=letter, kind=kind)
            found = frozen(letter)
            transaction.set_rollback(True)
        return found

    assert content(backwards=False).sha256() == content(backwards=True).sha256()


@pytest.mark.usefixtures("register")
def test_frozen_content_survives_its_json() -> None:
    plans()
    letter = make.LetterFactory.saying(f'<mvi-chart data-key="{SIGNED}"></mvi-chart>', since=SINCE)
    make.CoSenderFactory(letter=letter)
    for kind in AnnexKind:
        make.AnnexFactory(letter=letter, kind=kind)

    content = frozen(letter)

    assert from_json(content.to_json()) == content


def test_separate_document_is_only_listed() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.AnnexFactory(letter=letter, title="Monitor")

    (annex,) = frozen(letter).annexes

    assert (annex.number, annex.title, annex.tables) == (1, "Monitor", ())


def test_list_of_signatories_is_by_kind_and_by_the_name_of_the_day() -> None:
    for name in ("Zuidstad", "Aardorp"):
        SignatoryFactory(organisation__called__name=name)
    ministry = OrganisationFactory(kind=Kind.MINISTRY, called__name="Oud", called__valid_until=SINCE)
    OrganisationName.objects.create(
        organisation=ministry,
        name="Nieuw",
        name_with_kind="ministerie van Nieuw",
        sort_name="nieuw",
        valid_from=date(2023, 2, 16),
    )
    SignatoryFactory(organisation=ministry, signature__signed_on=date(2022, 11, 24))
    SignatoryFactory(organisation=ministry, signature__signed_on=date(2023, 5, 1))
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.AnnexFactory(letter=letter, kind=AnnexKind.SIGNATORIES)

    content = frozen(letter)
    ministries, provinces, towns, *_ = content.annexes[0].tables

    assert (ministries.title, ministries.rows) == ("Departementen (1)", (("24 november 2022", "Nieuw"),))
    assert (provinces.title, provinces.rows) == ("Provincies (0)", ())
    assert [row[1] for row in towns.rows] == ["Aardorp; Zuidstad"]
    assert (towns.title, content.figures[SIGNED].value) == ("Gemeenten (2)", 2)


def test_names_that_would_fill_a_page_are_spread_over_rows() -> None:
    for index in range(61):
        SignatoryFactory(organisation__called__name=f"Stad {index:02}")
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.AnnexFactory(letter=letter, kind=AnnexKind.SIGNATORIES)

    towns = frozen(letter).annexes[0].tables[2]

    (day, first), (same, rest) = towns.rows
    assert day == same
    assert len(first.split("; ")) == 60
    assert rest == "Stad 60"


@pytest.mark.usefixtures("register")
def test_list_of_plans_tells_when_each_came_and_was_evaluated() -> None:
    version = PlanVersionFactory(plan__title="Plan A", received_on=date(2023, 9, 1))
    PlanVersionFactory(plan=version.plan, received_on=date(2024, 9, 1))
    EvaluationFactory.published(version=version)
    PlanVersionFactory(plan__title="Plan C", received_on=date(2024, 2, 2))
    PlanVersionFactory(plan__title="Plan B", received_on=date(2024, 2, 1))
    PlanVersionFactory(plan__title="Plan van later", received_on=date(2025, 2, 1))
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.AnnexFactory(letter=letter, kind=AnnexKind.PLANS)

    content = frozen(letter)

    table = content.annexes[0].tables[0]
    assert (table.title, content.figures[RECEIVED].value) == ("Actieplannen (3)", 3)
    assert table.rows == (
        ("15 mei 2024", "2023", "Plan A (1 september 2023)"),
        ("nog niet", "2024", "Plan B (1 februari 2024); Plan C (2 februari 2024)"),
    )


def test_list_of_buyer_groups_tells_the_phase_of_the_day() -> None:
    group = BuyerGroupFactory(name="Bruggen", started_on=date(2021, 3, 1))
    PhaseFactory(group=group, valid_from=date(2021, 3, 1), valid_until=date(2022, 1, 31))
    PhaseFactory(group=group, kind="completed", valid_from=date(2022, 2, 1))
    locks = BuyerGroupFactory(name="Sluizen", sector=group.sector, started_on=date(2021, 3, 1))
    PhaseFactory(group=locks, kind="completed", valid_from=date(2022, 2, 1))
    BuyerGroupFactory(name="Asfalt", sector=group.sector, started_on=date(2022, 3, 1))
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.AnnexFactory(letter=letter, kind=AnnexKind.BUYER_GROUPS)

    (table,) = frozen(letter).annexes[0].tables

    sector = group.get_sector_display()
    assert table.rows == (
        (sector, "niet bekend", "Asfalt (1 maart 2022)"),
        (sector, "afgerond", "Bruggen (1 maart 2021); Sluizen (1 maart 2021)"),
    )


@pytest.mark.usefixtures("register")
def test_table_of_figures_says_what_is_not_known() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>", since=SINCE)
    make.AnnexFactory(letter=letter, kind=AnnexKind.FIGURES)

    tables = frozen(letter).annexes[0].tables

    lines = list(dict.fromkeys(figure.line for figure in registry))
    assert [table.title for table in tables] == [f"Hoofdlijn {line}" for line in lines]
    rows = {row[0]: row[1:] for table in tables for row in table.rows}
    assert {table.header for table in tables} == {
        ("Cijfer", "15 februari 2023", "31 januari 2025", "Toelichting")
    }
    assert {table.numeric for table in tables} == {(1, 2)}
    assert rows["Gemeenten die het Manifest ondertekenden"] == ("3", "5", "")
    assert rows["Buyer groups die sinds 2020 zijn gestart"] == ("niet bekend", "niet bekend", "")
    assert len(rows) == len(list(registry))


@pytest.mark.usefixtures("register")
def test_table_of_figures_without_a_previous_letter_has_one_date() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    make.AnnexFactory(letter=letter, kind=AnnexKind.FIGURES)

    tables = frozen(letter).annexes[0].tables

    assert {table.header for table in tables} == {("Cijfer", "31 januari 2025", "Toelichting")}


def test_number_of_queries_does_not_grow_with_the_register() -> None:
    letter = make.LetterFactory.saying(
        f'{make.figure(SIGNED, "change")}<mvi-chart data-key="{SIGNED}"></mvi-chart>', since=SINCE
    )
    for kind in AnnexKind:
        make.AnnexFactory(letter=letter, kind=kind)
    BuyerGroupFactory()

    municipalities(10)
    plans()
    with CaptureQueriesContext(connection) as few:
        assert frozen(letter).figures[SIGNED].value == 10
    municipalities(390, first=11)
    with CaptureQueriesContext(connection) as many:
        assert frozen(letter).figures[SIGNED].value == 400

    assert len(many) == len(few) == 29


def test_a_letter_is_a_concept_until_it_is_final() -> None:
    letter = make.LetterFactory.saying("<p>Tekst.</p>")
    told = {}
    for state in LetterState:
        if state is not LetterState.SENT:  # that one is not frozen any more
            Letter.objects.update(state=state)
            told[state.value] = frozen(letter).is_concept
    assert told == {"draft": True, "in-agreement": True, "agreed": True, "decided": True, "final": False}
