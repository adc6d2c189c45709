"""The demonstration says what was published, by the figures and by counting the rows themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import CheckDraft, PlanState, PlanVersion, with_clock
from buyergroups.models import BuyerGroup
from monitoring.models import PublishedFigure
from mvi_portal.accounts.models import User
from mvi_portal.core.figures import Qualifier, registry
from mvi_portal.demo.letters import OF_2025
from mvi_portal.demo.manifest import SLUG
from reports.checks import Weight, checked
from reports.models import CheckKey, Letter
from signatories.models import Kind, Organisation, Signatory, Signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

SIGNING, LETTER, NOW = date(2022, 11, 24), date(2023, 2, 15), date(2025, 1, 31)

EXPECTED = [
    (SIGNING, "ondertekenaars.handtekeningen", 64),
    (SIGNING, "ondertekenaars.departementen", 12),
    (SIGNING, "ondertekenaars.provincies", 5),
    (SIGNING, "ondertekenaars.gemeenten", 46),
    (SIGNING, "ondertekenaars.waterschappen", 21),
    (SIGNING, "ondertekenaars.overige", 2),
    (LETTER, "ondertekenaars.departementen", 12),
    (LETTER, "ondertekenaars.provincies", 5),
    (LETTER, "ondertekenaars.gemeenten", 50),
    (LETTER, "ondertekenaars.waterschappen", 21),
    (LETTER, "ondertekenaars.organisaties", 90),
    (NOW, "ondertekenaars.departementen", 15),
    (NOW, "ondertekenaars.provincies", 5),
    (NOW, "ondertekenaars.gemeenten", 70),
    (NOW, "ondertekenaars.waterschappen", 21),
    (NOW, "actieplannen.ontvangen", 53),
    (NOW, "actieplannen.geevalueerd", 27),
    (date(2024, 5, 30), "actieplannen.geevalueerd", 0),
    (date(2024, 5, 31), "actieplannen.geevalueerd", 27),
    (date(2020, 12, 31), "buyergroups.gestart", 13),
    (date(2021, 1, 31), "buyergroups.gestart", 16),
    (NOW, "buyergroups.gestart", 35),
]


@pytest.mark.parametrize(("on", "key", "value"), EXPECTED)
def test_figure_has_the_published_value(on: date, key: str, value: int) -> None:
    assert registry.get(key).value(on) == value


def _lives(row: Any, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (
        row.valid_until is None or on <= row.valid_until
    )


def _signs(row: Signature, on: date) -> bool:
    ended = row.manifest.ended_on
    holds = (row.withdrawn_on is None or row.withdrawn_on > on) and (ended is None or ended > on)
    return row.signed_on.last_day <= on and holds


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (SIGNING, (12, 5, 46, 21, 2)),
        (LETTER, (12, 5, 50, 21, 2)),
        (NOW, (15, 5, 70, 21, 2)),
    ],
)
def test_rows_counted_by_hand_give_the_same(on: date, counts: tuple[int, ...]) -> None:
    rows = Signatory.objects.select_related("signature__manifest", "organisation")
    found = {
        row.organisation
        for row in rows
        if _signs(row.signature, on) and _lives(row, on) and _lives(row.organisation, on)
    }
    kinds = (Kind.MINISTRY, Kind.PROVINCE, Kind.MUNICIPALITY, Kind.WATER_AUTHORITY, Kind.OTHER)

    assert tuple(sum(item.kind == kind for item in found) for kind in kinds) == counts
    assert not any(item.kind == Kind.UMBRELLA for item in found)


def test_sixty_four_signatures_stand_for_what_was_signed() -> None:
    signed = [row for row in Signature.objects.filter(manifest__slug=SLUG) if _signs(row, SIGNING)]
    covers = {row.slug: list(row.signatories.values_list("organisation__kind", flat=True)) for row in signed}

    ministries = [slug for slug, kinds in covers.items() if set(kinds) == {Kind.MINISTRY}]
    municipal = [slug for slug, kinds in covers.items() if set(kinds) == {Kind.MUNICIPALITY}]
    assert (len(covers), len(ministries), len(municipal)) == (64, 13, 43)
    assert (len(covers["uvw"]), len(covers["buch"])) == (21, 4)


def test_plans_and_groups_counted_by_hand_give_the_same() -> None:
    versions = PlanVersion.objects.select_related("plan")
    received = {row.plan.slug for row in versions if row.received_on.last_day <= NOW}
    started = [row for row in BuyerGroup.objects.all() if row.started_on and row.started_on.last_day <= NOW]

    assert (len(received), len(started)) == (53, 35)
    assert sum(row.started_on.last_day.year == 2020 for row in started if row.started_on) == 13


def test_a_second_round_stands_beside_the_first_and_counts_no_plan_twice(client: Client) -> None:
    client.force_login(User.objects.get(email="pianoo-1@voorbeeld.example"))
    page = "/evaluaties/rondes/evaluatie-december-2024/resultaten/?peildatum=2025-01-31"
    found = client.get(f"{page}&naast=evaluatie-mei-2024")
    differences = {str(row.cells[3].text)[:1] for row in found.context["compared"].rows}
    assert {"+", "−"} <= differences
    assert found.context["links"]["evaluated"] == 12
    assert "demo" in found.text


def test_the_draft_that_went_out_for_the_factual_check_is_kept_and_marked(client: Client) -> None:
    draft = CheckDraft.objects.select_related("evaluation__plan").get()
    assert (draft.sent_on, draft.is_demo) == (draft.evaluation.check_sent_on, True)
    client.force_login(User.objects.get(email="secretariaat@voorbeeld.example"))
    page = f"/evaluaties/{draft.evaluation.plan.slug}/zonder-ronde/1/"
    assert f"Concept 1 van 22 januari 2025, verstuurd op 23 januari 2025: {draft}" in client.get(page).text


def test_all_ministries_signed_on_both_letters_dates() -> None:
    ministries = registry.get("ondertekenaars.departementen")

    assert [ministries.whole(day) for day in (SIGNING, LETTER, NOW)] == [12, 12, 15]


def test_what_is_not_known_is_said() -> None:
    plans = registry.get("actieplannen.ontvangen").completeness(NOW)
    groups = registry.get("buyergroups.gestart").completeness(NOW)

    assert plans.qualifier is Qualifier.AT_LEAST
    assert groups.qualifier is Qualifier.ABOUT
    assert "8 buyer groups" in groups.note


def test_signatories_stand_in_every_state_of_the_clock() -> None:
    clocks = with_clock(Signature.objects.filter(manifest__slug=SLUG), on=date(2025, 12, 31))
    early = with_clock(Signature.objects.filter(manifest__slug=SLUG), on=NOW)
    found = {row.plan_state for row in (*clocks, *early)}

    states = set(PlanState) - {PlanState.ENDED, PlanState.IN_EVALUATION}
    assert states <= found


def test_a_merger_takes_the_signature_along_only_when_confirmed() -> None:
    municipalities = registry.get("ondertekenaars.gemeenten")
    before, after = municipalities.row_keys(date(2023, 12, 31)), municipalities.row_keys(date(2024, 1, 1))
    assert set(before) ^ set(after) == {"voorbeeldgemeente-51", "voorbeeldgemeente-52"}

    later = municipalities.row_keys(date(2026, 1, 1))
    assert "voorbeeldgemeente-60" not in later
    assert "voorbeeldgemeente-70" not in later


def test_a_signature_was_withdrawn_after_the_letter() -> None:
    municipalities = registry.get("ondertekenaars.gemeenten")

    assert "voorbeeldgemeente-64" in municipalities.row_keys(NOW)
    assert "voorbeeldgemeente-64" not in municipalities.row_keys(date(2025, 9, 1))


def test_the_provinces_of_the_letter_differ_by_one_and_that_is_explained() -> None:
    published = PublishedFigure.objects.get(figure_key="ondertekenaars.provincies", value=4)

    assert registry.get(published.figure_key).value(published.refers_on.last_day) - published.value == 1
    assert published.remark


def test_every_published_figure_is_of_the_register_and_a_difference_is_explained() -> None:
    for published in PublishedFigure.objects.all():
        now = registry.get(published.figure_key).value(published.refers_on.last_day)
        assert now == published.value or published.remark, published


def test_three_published_counts_stand_beside_the_register_with_difference_and_reason(client: Client) -> None:
    client.force_login(User.objects.get(email="lezer@voorbeeld.example"))
    told = client.get("/monitoring/gepubliceerde-cijfers/").context["table"].rows
    found = {str(row.cells[0].text): [str(cell.text) for cell in row.cells[4:]] for row in told}
    register = {"ruim 40 gemeenten": "46", "zo'n 50 gemeenten": "50", "zo'n 70 gemeenten": "46"}
    assert {words: found[words][0] for words in register} == register
    assert [found[words][1] for words in register] == ["+6", "", "−24"]
    assert [bool(found[words][2]) for words in register] == [True, False, True]


@pytest.mark.parametrize(
    ("typed", "register"),
    [
        ("ruim 40 gemeenten", "46 op 24 november 2022"),
        ("zo'n 50 gemeenten", "50 op 15 februari 2023"),
        ("zo'n 70 gemeenten", "46 op 30 november 2022"),
    ],
)
def test_a_published_count_that_is_typed_into_a_draft_is_found_and_explained(
    typed: str, register: str
) -> None:
    letter = Letter.objects.get(slug=OF_2025)
    section = letter.sections.order_by("order")[0]
    section.text = f"<p>Het Manifest telt {typed}.</p>"
    section.save()
    findings = [item.finding for item in checked(letter, [section])]
    (found,) = [item for item in findings if item.check is CheckKey.TYPED_NUMBER]
    assert found.weight is Weight.ERROR
    assert "‘Gemeenten die het Manifest ondertekenden’" in found.text
    assert f"staat als ‘{typed}’ in" in found.text
    assert f"het register telt {register}" in found.text


def test_ministries_bear_the_names_of_the_day() -> None:
    economy = Organisation.objects.get(key="mnre1045")

    assert (economy.name_on(LETTER).abbreviation, economy.name_on(NOW).abbreviation) == ("EZK", "EZ")
