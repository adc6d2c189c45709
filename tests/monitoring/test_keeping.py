"""The secretariat records, corrects and removes what the plan is followed by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from monitoring.models import Commitment, Consultation, FinanceCover, Measurement, Paper, Position
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import Role
from mvi_portal.core.editing import CHANGED
from mvi_portal.history.reading import changes_of
from signatories.models import Organisation
from tests.factories.monitoring import (
    CommitmentFactory,
    ConsultationDecisionFactory,
    ConsultationFactory,
    IndicatorFactory,
    IndicatorMethodFactory,
    MeasurementFactory,
    PaperFactory,
    PaperPointFactory,
    PaperSenderFactory,
    ParticipantFactory,
    PolicyLineFactory,
    PositionFactory,
)
from tests.factories.signatories import ActorFactory, OfficeFactory, OfficeHolderFactory, OrganisationFactory
from tests.signatories.keeping import secretariat, text

pytestmark = pytest.mark.django_db
PAPERS = "/monitoring/stukken/"
CITED = "Kamerstukken II 2020/21, 30 196, nr. 746"


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def ministry() -> Organisation:
    made: Organisation = OrganisationFactory(key="ienw", called__name="Infrastructuur en Waterstaat")
    return made


def opened(client: Client, address: str) -> dict[str, Any]:
    """All that the browser would send of the form and its rows when nothing is changed."""
    form = client.get(address).context["form"]
    sent = _values(form)
    for rows in form.rows:
        sent |= _values(rows.formset.management_form)
        for row in rows.formset.forms:
            sent |= _values(row)
    return sent


def _values(form: Any) -> dict[str, Any]:
    values = {
        form[name].html_name: form[name].field.prepare_value(form[name].value()) for name in form.fields
    }
    return {name: str(value) for name, value in values.items() if value is not None and value is not False}


def send(client: Client, address: str, **changed: Any) -> Any:
    given = {name.replace("__", "-"): value for name, value in changed.items()}
    return client.post(address, {**opened(client, address), **given})


def test_a_paper_is_recorded_with_senders_parties_and_points(keeper: Client, ministry: Organisation) -> None:
    answer = send(
        keeper,
        f"{PAPERS}nieuw/",
        title="Kabinetsreactie op het tienpuntenplan",
        kind="cabinet_reaction",
        dated="3 december 2024",
        citation="kst-30196-746",
        papersender__0__organisation="infrastructuur en waterstaat",
        papersender__0__role="sender",
        paperparty__0__name="ChristenUnie",
        paperparty__1__name="Volt",
        paperpoint__0__number="1",
        paperpoint__0__text="Geef het goede voorbeeld.",
    )
    paper = Paper.objects.get()
    assert answer.headers["Location"] == f"{PAPERS}kabinetsreactie-op-het-tienpuntenplan/"
    assert paper.citation == "Kamerstukken 30 196, nr. 746"
    assert [row.organisation for row in paper.sender_rows.all()] == [ministry]
    assert [row.name for row in paper.parties.all()] == ["ChristenUnie", "Volt"]
    shown = text(keeper.get(answer.headers["Location"]))
    assert "Geef het goede voorbeeld." in shown
    assert "Toegevoegd door Sofie Secretaris" in shown


def test_a_citation_in_doubt_stays_as_typed_and_is_marked(keeper: Client) -> None:
    answer = send(
        keeper, f"{PAPERS}nieuw/", title="Brief", kind="letter", dated="2023", citation="website van de Kamer"
    )
    shown = text(keeper.get(answer.headers["Location"]))
    assert Paper.objects.get().citation == "website van de Kamer"
    assert "website van de Kamer (niet herkend als vindplaats)" in shown
    assert "niet herkend</span>" in text(keeper.get(PAPERS))
    Paper.objects.update(citation="Kamerstukken 30 196, nr. 746")
    shown = text(keeper.get(answer.headers["Location"]))
    assert (
        "nr. 746 (niet zeker: Welke Kamer het is (I of II), ontbreekt. Het vergaderjaar ontbreekt)" in shown
    )


def test_all_that_is_wrong_is_told_at_once_with_its_row(keeper: Client) -> None:
    answer = send(
        keeper,
        f"{PAPERS}nieuw/",
        title="",
        kind="letter",
        dated="31 februari 2024",
        papersender__0__organisation="Atlantis",
        papersender__0__role="sender",
        paperpoint__1__reaction="Ja",
    )
    told = text(answer)
    assert answer.status_code == 400
    assert not Paper.objects.exists()
    assert "Titel: " in told
    assert "Afzender 1, Organisatie: “Atlantis” staat niet in het register." in told
    assert "Punt 2, Punt: " in told
    assert 'value="Atlantis"' in told


def test_a_second_writer_is_shown_both_texts_of_the_rows_too(keeper: Client, ministry: Organisation) -> None:
    paper = PaperFactory(slug="brief")
    address = f"{PAPERS}brief/wijzigen/"
    before = opened(keeper, address)
    PaperSenderFactory(paper=paper, organisation=ministry)
    mine = {**before, "paperparty-0-name": "SP"}
    answer = keeper.post(address, mine)
    told = text(answer)
    assert answer.status_code == 400
    assert CHANGED in told
    assert "Organisatie: Infrastructuur en Waterstaat (ienw), Rol: afzender" in told
    assert not paper.parties.exists()


def test_the_same_sent_again_changes_nothing(keeper: Client, ministry: Organisation) -> None:
    paper = PaperFactory(slug="brief", dated=date(2024, 5, 1))
    PaperSenderFactory(paper=paper, organisation=ministry)
    changes = len(changes_of(paper))
    answer = send(keeper, f"{PAPERS}brief/wijzigen/")
    assert answer.headers["Location"] == f"{PAPERS}brief/"
    assert len(changes_of(paper)) == changes


def test_rows_are_dropped_and_who_goes_on_stays_at_the_form(keeper: Client, ministry: Organisation) -> None:
    row = PaperSenderFactory(paper=PaperFactory(slug="brief"), organisation=ministry)
    answer = send(
        keeper, f"{PAPERS}brief/wijzigen/", papersender__0__DELETE="on", why="Vergissing", verder="ja"
    )
    assert answer.headers["Location"] == f"{PAPERS}brief/wijzigen/"
    assert not row.paper.sender_rows.exists()


def test_a_paper_that_something_refers_to_is_not_removed(keeper: Client) -> None:
    commitment = CommitmentFactory(paper=PaperFactory(slug="brief"))
    address = f"{PAPERS}brief/verwijderen/"
    refused = keeper.post(address, {"why": "Dubbel"})
    assert refused.status_code == 400
    assert "er verwijst nog iets naar (toezegging, motie of afspraak)" in text(refused)
    commitment.delete()
    assert "Waarom: " in text(keeper.post(address, {"why": ""}))
    assert keeper.post(address, {"why": "Dubbel"}).headers["Location"] == PAPERS
    assert not Paper.objects.exists()


def test_a_motion_gets_its_steps_and_a_status_of_another_kind_is_refused(keeper: Client) -> None:
    address = "/monitoring/toezeggingen/nieuw/"
    given = {
        "kind": "motion",
        "text": "Meetbare doelen voor ISV in gunningscriteria",
        "made_on": "9 juni 2021",
        "citation": "kst-35830-17",
        "commitmentparty__0__side": "giver",
        "commitmentparty__0__name": "Van Raan c.s.",
        "commitmentstep__0__since": "15 juni 2021",
    }
    refused = send(keeper, address, **given, commitmentstep__0__status="partly_met")
    assert refused.status_code == 400
    assert "een motie kent andere" in text(refused), (
        refused.context["form"].errors,
        refused.context["form"].row_errors,
    )
    assert not Commitment.objects.exists()
    answer = send(keeper, address, **given, commitmentstep__0__status="adopted")
    made = Commitment.objects.get()
    assert answer.status_code == 302
    assert made.status_on(date(2021, 6, 30)) == "adopted"
    assert made.citation == "Kamerstukken 35 830, nr. 17"


def test_a_decision_becomes_an_agreement_of_who_were_there_once(
    keeper: Client, ministry: Organisation
) -> None:
    decision = ConsultationDecisionFactory(
        consultation__slug="bo", owner=ministry, number=2, due_on=date(2026, 1, 1)
    )
    ParticipantFactory(consultation=decision.consultation, organisation=ministry)
    address = "/monitoring/raadplegingen/bo/besluiten/2/afspraak/"
    assert "Leg besluit 2 vast als afspraak" in text(keeper.get("/monitoring/raadplegingen/bo/"))
    keeper.post(address)
    again = keeper.post(address, follow=True)
    made = Commitment.objects.get()
    assert "al vastgelegd als afspraak" in text(again)
    assert (made.kind, made.owner, made.made_on) == ("agreement", ministry, decision.consultation.held_on)
    assert [party.organisation for party in made.parties.all()] == [ministry]


def test_a_decision_without_an_owner_or_a_date_is_no_agreement_yet(keeper: Client) -> None:
    ConsultationDecisionFactory(consultation__slug="bo", owner=None, number=1, due_on=None)
    answer = keeper.post("/monitoring/raadplegingen/bo/besluiten/1/afspraak/", follow=True)
    assert "Vul bij het besluit eerst in: eigenaar en uiterste datum." in text(answer)
    assert not Commitment.objects.exists()


def test_a_participant_comes_in_an_office_of_the_own_organisation(
    keeper: Client, ministry: Organisation
) -> None:
    held, other = ConsultationFactory(slug="bo"), OfficeFactory(title="Wethouder")
    own = OfficeFactory(organisation=ministry, title="Minister")
    address = "/monitoring/raadplegingen/bo/wijzigen/"
    row = {"organisation": "ienw", "capacity": "voorzitter"}
    given = {f"participant__0__{name}": value for name, value in row.items()}
    refused = send(keeper, address, **given, participant__0__office=str(other.pk))
    assert refused.status_code == 400
    assert "hoort bij een andere organisatie" in text(refused)
    assert "staat niet in de lijst" in text(send(keeper, address, **given, participant__0__office="0"))
    assert send(keeper, address, **given, participant__0__office=str(own.pk)).status_code == 302
    assert held.participants.get().office == own
    assert send(keeper, address, title="Anders").status_code == 302
    with pytest.raises(IntegrityError, match="andere organisatie"):
        held.participants.update(office=other)


def test_a_consultation_keeps_its_agenda_as_paragraphs(keeper: Client) -> None:
    send(
        keeper,
        "/monitoring/raadplegingen/nieuw/",
        title="Directeurenoverleg MVI",
        kind="directors",
        held_on="najaar 2024",
        agenda="Voortgang\nNieuw plan <b>",
    )
    made = Consultation.objects.get()
    assert made.agenda == "<p>Voortgang</p><p>Nieuw plan &lt;b&gt;</p>"
    edited = send(keeper, f"/monitoring/raadplegingen/{made.slug}/wijzigen/", title="Overleg")
    made.refresh_from_db()
    assert edited.status_code == 302
    assert made.agenda == "<p>Voortgang</p><p>Nieuw plan &lt;b&gt;</p>"


def test_a_position_has_one_holder_and_a_source(keeper: Client, ministry: Organisation) -> None:
    given = {"kind": "business", "stance": "Vraag overal hetzelfde.", "dated": "2024"}
    address, two = "/monitoring/standpunten/nieuw/", {"organisation": "ienw", "holder_name": "VNO-NCW"}
    both = send(keeper, address, **given, **two, source="x")
    assert "Kies een organisatie, of vul een naam in; niet allebei." in text(both)
    unsourced = send(keeper, address, **given, holder_name="VNO-NCW")
    assert "Een standpunt heeft een vindplaats of een bron." in text(unsourced)
    send(keeper, address, **given, holder_name="VNO-NCW", source="Brief")
    assert Position.objects.get().holder_name == "VNO-NCW"


@pytest.mark.parametrize(
    ("place", "given"),
    [
        ("financien", {"organisation": "ienw", "year": "2024", "covered": "on", "source": "Begroting"}),
        (
            "communicatie",
            {"title": "Nieuwsbrief", "channel": "newsletter", "dated": "mei 2024", "source": "x"},
        ),
        (
            "voorbeelden",
            {
                "title": "Stoepen",
                "organisation": "ienw",
                "result": "Minder",
                "dated": "mei 2024",
                "source": "x",
            },
        ),
        (
            "programmas",
            {"name": "Circulaire economie", "kind": "programme", "valid_from": "2023", "source": "x"},
        ),
    ],
)
def test_what_surrounds_the_plan_is_recorded_listed_and_exported(
    keeper: Client, ministry: Organisation, place: str, given: dict[str, str]
) -> None:
    frame = PolicyLineFactory().frame
    more = {"frame": str(frame.pk)} if place == "financien" else {}
    answer = send(keeper, f"/monitoring/{place}/nieuw/", **given, **more)
    assert answer.status_code == 302, text(answer)
    page = text(keeper.get(f"/monitoring/{place}/"))
    assert answer.headers["Location"] in page
    exported = text(keeper.get(f"/monitoring/{place}/export.csv")).splitlines()
    assert next(iter(given.values())).split()[0] in exported[1] or "Infrastructuur" in exported[1]
    assert "Infrastructuur en Waterstaat" in text(keeper.get(answer.headers["Location"])) or (
        "organisation" not in given
    )


def test_a_fact_of_later_is_not_in_a_list_of_before(keeper: Client) -> None:
    PositionFactory(stance="Toen nog niet", dated=date(2025, 3, 1))
    PositionFactory(stance="Toen al", dated=date(2024, 3, 1))
    page = text(keeper.get("/monitoring/standpunten/?peildatum=2025-01-31"))
    assert "Toen al" in page
    assert "Toen nog niet" not in page


def test_who_may_not_keep_sees_no_way_to_change() -> None:
    client = Client()
    client.force_login(ActorFactory(role=Role.READER))
    item = PaperFactory()
    for address in (PAPERS, f"{PAPERS}{item.slug}/", "/monitoring/standpunten/"):
        page = text(client.get(address))
        assert "wijzigen/" not in page
        assert "nieuw/" not in page


def test_a_value_is_recorded_corrected_and_removed_with_a_reason(keeper: Client) -> None:
    method = IndicatorMethodFactory(indicator__slug="co2", indicator__unit="kton")
    place = "/monitoring/indicatoren/co2/"
    send(
        keeper,
        f"{place}waarden/nieuw/",
        period_from="1-1-2021",
        period_until="31-12-2022",
        qualifier="at-least",
        value="900",
        source="RIVM",
    )
    made = Measurement.objects.get()
    assert made.method == method
    assert "minstens 900" in text(keeper.get(place))
    edit = f"{place}waarden/{made.pk}/wijzigen/"
    send(keeper, edit, value="901", why="Nieuw rapport")
    made.refresh_from_db()
    assert made.value == Decimal(901)
    assert change_lines(made)[0].why == "Nieuw rapport"
    keeper.post(f"{place}waarden/{made.pk}/verwijderen/", {"why": "Dubbel"})
    assert not Measurement.objects.exists()


def test_a_value_that_overlaps_or_belongs_to_an_earlier_method_is_refused(keeper: Client) -> None:
    old = MeasurementFactory(period_from=date(2019, 1, 1), period_until=date(2020, 12, 31)).method
    new = IndicatorMethodFactory(indicator=old.indicator, version=2, valid_from=date(2021, 1, 1))
    address = f"/monitoring/indicatoren/{old.indicator.slug}/waarden/nieuw/"
    given = {"value": "1", "source": "RIVM", "qualifier": "exact"}
    period = {"period_from": "1-1-2020", "period_until": "31-12-2020"}
    early = send(keeper, address, **given, **period, method=new.pk)
    assert "voordat deze versie van de methode geldt" in text(early)
    twice = send(keeper, address, **given, **period, method=old.pk)
    assert "Over deze periode is er volgens deze methode al een waarde." in text(twice)
    assert Measurement.objects.count() == 1


def test_values_of_a_register_figure_are_not_typed(keeper: Client) -> None:
    IndicatorFactory(slug="gemeenten", figure_key="ondertekenaars.gemeenten")
    answer = keeper.get("/monitoring/indicatoren/gemeenten/waarden/nieuw/", follow=True)
    assert "komen uit het register" in text(answer)


def test_a_chart_breaks_where_it_was_measured_in_another_way(keeper: Client) -> None:
    first = MeasurementFactory(
        method__indicator__unit="kton", period_from=date(2015, 1, 1), period_until=date(2016, 12, 31)
    )
    second = IndicatorMethodFactory(
        indicator=first.indicator, version=2, valid_from=date(2017, 1, 1), breaks_series=True
    )
    MeasurementFactory(method=second, period_from=date(2017, 1, 1), period_until=date(2018, 12, 31))
    page = text(keeper.get(f"/monitoring/indicatoren/{first.indicator.slug}/?peildatum=2026-01-01"))
    assert "31 december 2018 (anders gemeten dan daarvoor)" in page


def test_without_a_citation_a_list_tells_the_source(keeper: Client) -> None:
    PositionFactory(citation="", source="Gesprek van 12 juni")
    PositionFactory(citation=CITED, source="Nergens te zien")
    html = text(keeper.get("/monitoring/standpunten/"))
    assert "Gesprek van 12 juni" in html
    assert CITED in html
    assert "Nergens te zien" not in html


def test_a_made_up_point_is_marked_and_a_method_has_its_date_in_words(keeper: Client) -> None:
    point = PaperPointFactory(is_demo=True)
    assert "demo" in text(keeper.get(f"{PAPERS}{point.paper.slug}/"))
    method = IndicatorMethodFactory(valid_from=date(2017, 1, 1))
    assert "1 januari 2017" in text(keeper.get(f"/monitoring/indicatoren/{method.indicator.slug}/"))


def test_cover_can_be_of_one_line_of_its_own_frame(keeper: Client, ministry: Organisation) -> None:
    line, other = PolicyLineFactory(code="D"), PolicyLineFactory(code="D")
    given = {"frame": str(line.frame.pk), "organisation": ministry.key, "year": "2024", "covered": "on"}
    address, source = "/monitoring/financien/nieuw/", "Begroting"
    assert "hoort bij een ander kader" in text(
        send(keeper, address, **given, source=source, line=str(other.pk))
    )
    assert send(keeper, address, **given, source=source, line=str(line.pk)).status_code == 302
    cover = FinanceCover.objects.get()
    assert str(line) in text(keeper.get(f"/monitoring/financien/{cover.pk}/"))
    assert send(keeper, address, **given, source=source).status_code == 302
    again = text(send(keeper, address, **given, source=source))
    assert "Voor dit jaar en deze lijn is de dekking van deze organisatie al vastgelegd" in again
    assert FinanceCover.objects.count() == 2
    _filter, listed = text(keeper.get("/monitoring/financien/")).split("<tbody>")
    assert str(line) in listed
    assert "het hele plan" in listed
    exported = text(keeper.get("/monitoring/financien/export.csv"))
    assert str(line) in exported
    assert "het hele plan" in exported
    with pytest.raises(IntegrityError, match="ander kader"):
        FinanceCover.objects.update(line=other)


def test_a_paper_is_sent_by_offices_of_the_own_organisation(keeper: Client, ministry: Organisation) -> None:
    paper, strange = PaperFactory(slug="brief", dated=date(2024, 12, 3)), OfficeFactory()
    two = [
        OfficeFactory(organisation=ministry, title=title) for title in ("De minister", "De staatssecretaris")
    ]
    OfficeHolderFactory(office=two[1], name="A. Voorbeeld", valid_from=date(2024, 7, 2))
    OfficeHolderFactory(office=two[1], name="B. Eerder", valid_until=date(2024, 7, 1))
    given = {f"papersender__{row}__organisation": "ienw" for row in range(2)}
    given |= {"papersender__0__role": "on_behalf", "papersender__1__role": "sender"}
    address, export = f"{PAPERS}brief/wijzigen/", f"{PAPERS}export.csv?peildatum=2025-01-01"
    refused = send(keeper, address, **given, papersender__0__office=str(strange.pk))
    assert "hoort bij een andere organisatie" in text(refused)
    offices = {f"papersender__{row}__office": str(office.pk) for row, office in enumerate(two)}
    assert send(keeper, address, **given, **offices).status_code == 302
    with pytest.raises(IntegrityError, match="andere organisatie"), transaction.atomic():
        paper.sender_rows.filter(office=two[0]).update(office=strange)
    shown = text(keeper.get(f"{PAPERS}brief/?peildatum=2025-01-01"))
    assert shown.index("De staatssecretaris") < shown.index("De minister")
    assert "A. Voorbeeld" in shown
    assert "B. Eerder" not in shown
    told = text(keeper.get(export))
    assert (
        "Infrastructuur en Waterstaat (De staatssecretaris);Infrastructuur en Waterstaat (De minister)"
        in told
    )
