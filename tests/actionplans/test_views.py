"""Line C on the screen."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplans.models import Evaluation, EvaluationRound
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.figures import registry
from signatories.models import Representative, Signatory
from tests.factories.actionplans import (
    ActionPlanFactory,
    AmbitionFactory,
    CriterionFactory,
    DelayFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    InquiryFactory,
    PlanVersionFactory,
    RubricFactory,
    ScoreFactory,
)
from tests.factories.signatories import SignatoryFactory, SignatureFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ON = "2025-01-31"
SIGNED_ON = date(2022, 11, 24)


def visitor(role: Role, name: str = "a") -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"{name}-{role}@voorbeeld.example", name=name, role=role))
    return client


@pytest.fixture
def reader() -> Client:
    return visitor(Role.READER)


def shown(client: Client, address: str, on: str = ON, **query: str) -> str:
    answer = client.get(address, {"peildatum": on, **query})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def signed(name: str, **fields: Any) -> Signatory:
    made: Signatory = SignatoryFactory(
        organisation__called__name=name,
        signature__signed_on=SIGNED_ON,
        signature__manifest__plan_term_months=12,
        **fields,
    )
    return made


def received(signatory: Signatory, title: str, on: date = date(2023, 6, 1)) -> Any:
    plan = ActionPlanFactory.covering(signatory.signature, title=title)
    return PlanVersionFactory(plan=plan, received_on=on)


def scored(value: int = 4, within: EvaluationRound | None = None, **fields: Any) -> Evaluation:
    """Published, with one score on a theme of the Manifest."""
    rubric = within.rubric if within else themed_rubric()
    version = PlanVersionFactory(received_on=date(2023, 6, 1))
    evaluation: Evaluation = EvaluationFactory(
        version=version, rubric=rubric, round=within, evaluated_on=date(2024, 5, 15), **fields
    )
    ScoreFactory(evaluation=evaluation, criterion=rubric.criteria.get(), value=value, remark="Goed bedacht")
    evaluation.published_on = date(2024, 6, 30)
    evaluation.save()
    return evaluation


def themed_rubric() -> Any:
    rubric = RubricFactory()
    CriterionFactory(rubric=rubric, theme=ThemeFactory(name="Klimaat"), name="Ambitie voor klimaat")
    rubric.published_on = date(2023, 6, 1)
    rubric.save()
    return rubric


def address(evaluation: Evaluation) -> str:
    place = evaluation.round.slug if evaluation.round else "zonder-ronde"
    return f"/evaluaties/{evaluation.plan.slug}/{place}/{evaluation.number}/"


def test_each_signature_stands_with_its_clock_on_the_day(reader: Client) -> None:
    received(signed("Aardorp"), "Plan van Aardorp")
    signed("Zuidstad")
    html = shown(reader, "/actieplannen/")
    assert html.index("Aardorp") < html.index("Zuidstad")
    assert "24 november 2023" in html
    assert "ingediend</span>" in html
    assert "termijn verstreken</span>" in html
    before = shown(reader, "/actieplannen/", "2023-01-31")
    assert "ingediend</span>" not in before
    assert before.count("termijn loopt</span>") == 2


def test_who_had_not_signed_yet_is_not_in_the_list(reader: Client) -> None:
    signed("Aardorp")
    assert "Aardorp" not in shown(reader, "/actieplannen/", "2022-11-23")
    assert "Geen handtekeningen gevonden" in shown(reader, "/actieplannen/", "2022-11-23")


def test_what_nobody_knows_is_told_as_not_known(reader: Client) -> None:
    signed("Aardorp")
    assert "niet bekend" in shown(reader, "/actieplannen/")


def test_the_list_can_be_narrowed_and_the_export_is_as_narrow(reader: Client) -> None:
    received(signed("Aardorp"), "Plan van Aardorp")
    late = signed("Zuidstad")
    DelayFactory(signature=late.signature, announced_on=date(2023, 10, 1), until=date(2026, 1, 1))
    assert "Zuidstad" not in shown(reader, "/actieplannen/", zoek="aardorp")
    only = shown(reader, "/actieplannen/", stand="delayed")
    assert "Zuidstad" in only
    assert "Aardorp" not in only
    answer = reader.get("/actieplannen/export.csv", {"peildatum": ON, "stand": "delayed"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len([line for line in lines if "Zuidstad" in line]) == 1
    assert not [line for line in lines if "Aardorp" in line]


@pytest.mark.parametrize("turned", ["", "-"])
@pytest.mark.parametrize(
    ("address", "sort"),
    [
        *(("/actieplannen/", sort) for sort in ("naam", "ondertekend", "termijn", "ontvangen")),
        *(("/actieplannen/termijnen/", sort) for sort in ("naam", "termijn", "gevraagd")),
    ],
)
def test_a_page_stands_in_the_order_of_its_export(
    reader: Client, address: str, sort: str, turned: str
) -> None:
    """The one sorts on names that are joined, the other on names that are looked up."""
    received(signed("Aardorp"), "Plan van Aardorp")
    shared, late = signed("Zuidstad"), signed("Midstad").signature
    SignatoryFactory(signature=shared.signature, organisation=signed("Bergdorp").organisation)
    DelayFactory(signature=late, announced_on=date(2023, 10, 1), until=date(2026, 1, 1))
    SignatureFactory(slug="van-niemand", signed_on=date(2022, 12, 1))
    query = {"peildatum": ON, "volgorde": f"{turned}{sort}"}
    page = re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<;]+)', shown(reader, address, **query))
    file = reader.get(f"{address}export.csv", query).content.decode("utf-8-sig")
    told = csv.DictReader(file.splitlines(), delimiter=";")
    lines = [line for line in told if line["organisaties"] is not None]  # what follows explains them
    whose = [(line["organisaties"].split(", ")[0], line["handtekening"].partition(":")[2]) for line in lines]
    assert len(page) >= 4
    assert page == [name or slug for name, slug in whose][: len(page)]


def test_a_filter_that_does_not_exist_is_said(reader: Client) -> None:
    answer = reader.get("/actieplannen/", {"stand": "onzin"})
    assert answer.status_code == 400
    assert "onzin" in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "query"),
    [
        ("actieplannen.verwacht", {"verwacht": "ja"}),
        ("actieplannen.termijn_verstreken", {"stand": "overdue"}),
    ],
)
@pytest.mark.parametrize("on", ["2023-11-23", "2023-11-25", ON])
def test_a_figure_is_found_back_in_the_list(reader: Client, key: str, query: dict[str, str], on: str) -> None:
    received(signed("Aardorp"), "Plan van Aardorp")
    signed("Zuidstad")
    value = registry.get(key).value(date.fromisoformat(on))
    told = f"Actieplannen: {value} gevonden" if value else "Geen handtekeningen gevonden"
    assert told in shown(reader, "/actieplannen/", on, **query)


def test_a_plan_tells_its_versions_ambitions_and_for_whom(reader: Client) -> None:
    version = received(signed("Aardorp"), "Plan van Aardorp")
    AmbitionFactory(plan=version.plan, theme=ThemeFactory(name="Circulair"), step=4)
    PlanVersionFactory(plan=version.plan, received_on=date(2025, 3, 1), note="herzien")
    html = shown(reader, f"/actieplannen/{version.plan.slug}/")
    assert "Aardorp" in html
    assert "Circulair" in html
    assert "1 juni 2023" in html
    assert "herzien" not in html
    assert "herzien" in shown(reader, f"/actieplannen/{version.plan.slug}/", "2025-04-01")
    assert "Dit plan is nog niet geëvalueerd" in html


def test_scores_are_for_who_may_see_them() -> None:
    evaluation = scored()
    for role, sees in {
        Role.SECRETARIAT: True,
        Role.EVALUATOR: True,
        Role.OFFICER: False,
        Role.READER: False,
        Role.ADMINISTRATOR: False,
    }.items():
        html = shown(visitor(role), address(evaluation))
        assert ("Goed bedacht" in html) is sees, role
        assert ("stap 4" in html) is sees, role
        assert "Goed bedacht" not in shown(visitor(role, "b"), "/evaluaties/")


def test_a_contact_sees_the_own_plan_and_its_published_scores_only() -> None:
    mine, other = scored(), scored()
    signatory = signed("Aardorp")
    mine.plan.signatures.set([signatory.signature])
    client = visitor(Role.CONTACT)
    Representative.objects.create(
        user=User.objects.get(name="a"), organisation=signatory.organisation, valid_from=date(2020, 1, 1)
    )
    assert "Goed bedacht" in shown(client, address(mine))
    assert client.get(address(other)).status_code == 404
    assert client.get(f"/actieplannen/{other.plan.slug}/").status_code == 404
    assert client.get(f"/actieplannen/{mine.plan.slug}/").status_code == 200


def test_what_is_not_published_is_for_who_works_on_it(reader: Client) -> None:
    draft = EvaluationFactory(started_on=date(2024, 3, 1))
    assert reader.get(address(draft)).status_code == 404
    html = shown(visitor(Role.EVALUATOR), "/evaluaties/")
    assert "concept</span>" in html
    assert "concept</span>" not in shown(reader, "/evaluaties/")


def test_an_evaluation_is_read_at_the_reference_date() -> None:
    evaluation = scored(started_on=date(2024, 4, 1))
    client = visitor(Role.EVALUATOR)
    assert "concept</span>" in shown(client, "/evaluaties/", "2024-05-31")
    assert "gepubliceerd</span>" in shown(client, "/evaluaties/")
    assert visitor(Role.READER).get(address(evaluation), {"peildatum": "2024-05-31"}).status_code == 404


def test_evaluations_can_be_narrowed_and_exported(reader: Client) -> None:
    found = EvaluationRoundFactory(slug="mei-2024", rubric=themed_rubric())
    inside, outside = scored(within=found), scored()
    inside.plan.title, outside.plan.title = "Plan binnen", "Plan buiten"
    inside.plan.save()
    outside.plan.save()
    html = shown(reader, "/evaluaties/", ronde="mei-2024")
    assert "Plan binnen" in html
    assert "Plan buiten" not in html
    answer = reader.get("/evaluaties/export.csv", {"peildatum": ON, "zoek": "búiten plna"})
    text = answer.content.decode("utf-8-sig")
    assert "Plan buiten" in text
    assert "Plan binnen" not in text
    assert "Goed bedacht" not in text


@pytest.mark.parametrize(
    ("plans", "closed_on", "sees"),
    [(5, date(2024, 7, 1), True), (4, date(2024, 7, 1), False), (5, None, False)],
)
def test_a_spread_over_few_plans_or_in_an_open_round_stays_closed(
    reader: Client, plans: int, closed_on: date | None, sees: bool
) -> None:
    found = EvaluationRoundFactory(slug="mei-2024", rubric=themed_rubric(), closed_on=closed_on)
    for _ in range(plans):
        scored(within=found)
    page = "/evaluaties/rondes/mei-2024/"
    assert ("Aantal plannen per stap en thema" in shown(reader, page)) is sees
    assert "Aantal plannen per stap en thema" in shown(visitor(Role.EVALUATOR), page)


def test_the_dossier_tells_the_plan(reader: Client) -> None:
    signatory = signed("Aardorp")
    received(signatory, "Plan van Aardorp")
    assert "Plan van Aardorp" in shown(reader, f"/organisaties/{signatory.organisation.key}/")


def test_the_dossier_tells_versions_and_the_evaluations_that_may_be_seen_as_they_were(reader: Client) -> None:
    signatory, rubric = signed("Aardorp"), themed_rubric()
    first = received(signatory, "Plan van Aardorp")
    PlanVersionFactory(
        plan=first.plan,
        number=2,
        received_on=date(2024, 2, 1),
        url="https://a.example/2",
        retrieved_on=date(2024, 2, 1),
    )
    round_ = EvaluationRoundFactory(name="Ronde van mei", rubric=rubric)
    EvaluationFactory(version=first, round=round_, rubric=rubric, started_on=date(2024, 5, 1))
    page = f"/organisaties/{signatory.organisation.key}/"
    html = shown(reader, page)
    assert "https://a.example/2" in html
    assert "Ronde van mei" not in html
    evaluator = visitor(Role.EVALUATOR)
    assert "Ronde van mei" in shown(evaluator, page)
    before = shown(evaluator, page, "2023-12-31")
    assert "Versies van de plannen" in before
    assert "https://a.example/2" not in before
    assert "Ronde van mei" not in before


@pytest.mark.parametrize(
    ("left", "state", "shown_as"),
    [
        ({"withdrawn_on": date(2024, 6, 1)}, "withdrawn", "ingetrokken"),
        ({"manifest__ended_on": date(2024, 6, 1)}, "ended", "manifest beëindigd"),
    ],
)
def test_the_dossier_of_who_left_agrees_with_the_list(
    reader: Client, left: dict[str, date], state: str, shown_as: str
) -> None:
    signatory = signed("Aardorp", **{f"signature__{field}": value for field, value in left.items()})
    received(signatory, "Plan van Aardorp")
    page = f"/organisaties/{signatory.organisation.key}/"
    html = shown(reader, page)
    assert "hoeft de organisatie geen actieplan" not in html
    assert html.count("Plan van Aardorp") == 2  # the plan, and its version
    assert f"{shown_as}</span>" in html
    assert f"{shown_as} op 1 juni 2024 <span" in html  # beside the signature
    assert signatory.organisation.key in shown(reader, "/organisaties/export.csv", actieplan=state)
    assert "ingediend</span>" in shown(reader, page, "2024-05-31")
    assert "hoeft de organisatie geen actieplan" in shown(reader, page, "2022-11-23")


def test_the_dossier_of_a_merged_predecessor_keeps_its_plan(reader: Client) -> None:
    before = signed("Oudstad", valid_until=date(2023, 12, 31))
    after = SignatoryFactory(
        signature=before.signature, organisation__called__name="Nieuwstad", valid_from=date(2024, 1, 1)
    )
    received(before, "Plan van Oudstad")
    html = shown(reader, f"/organisaties/{before.organisation.key}/")
    assert html.count("Plan van Oudstad") == 2
    assert "tot en met 31 december 2023" in html
    assert "staat er niet meer onder</span>" in html
    page = f"/organisaties/{after.organisation.key}/"
    assert "ingediend</span>" in shown(reader, page)
    assert "Plan van Oudstad" not in shown(reader, page, "2023-12-31")


def test_the_dossier_tells_the_delay_and_what_is_known_apart_from_the_term(reader: Client) -> None:
    signatory = signed("Aardorp")
    DelayFactory(signature=signatory.signature, announced_on=date(2023, 10, 1), until=date(2026, 1, 1))
    InquiryFactory(signature=signatory.signature, asked_on=date(2023, 12, 5))
    html = shown(reader, f"/organisaties/{signatory.organisation.key}/")
    for told in ("24 november 2023", "1 januari 2026", "5 december 2023", "niet bekend</span>"):
        assert told in html


def test_a_figure_tells_which_plans_it_counts(reader: Client) -> None:
    version = received(signed("Aardorp"), "Plan van Aardorp")
    html = shown(reader, "/definities/actieplannen.ontvangen/")
    assert f'href="/actieplannen/{version.plan.slug}/?peildatum={ON}"' in html
    assert "Aardorp" in shown(reader, "/definities/actieplannen.verwacht/")


@pytest.mark.parametrize("page", ["/actieplannen/", "/evaluaties/", "/evaluaties/rondes/mei-2024/"])
def test_the_number_of_queries_does_not_grow(page: str) -> None:
    client = visitor(Role.SECRETARIAT)
    found = EvaluationRoundFactory(slug="mei-2024", rubric=themed_rubric())

    def more(count: int) -> int:
        for number in range(count):
            received(signed(f"Dorp {number}"), "Plan")
            scored(within=found)
        with CaptureQueriesContext(connection) as queries:
            shown(client, page)
        return len(queries)

    assert more(1) == more(12)


def test_organisations_are_found_by_the_state_of_their_plan(reader: Client) -> None:
    late, early = signed("Laatstad"), signed("Vroegdam")
    plan = PlanVersionFactory(received_on=date(2023, 5, 1)).plan
    plan.signatures.add(early.signature)

    def found(on: str, state: str) -> set[str]:
        page = shown(reader, "/organisaties/export.csv", on=on, actieplan=state)
        return {item.organisation.key for item in (late, early) if item.organisation.key in page}

    assert found(ON, "overdue") == {late.organisation.key}
    assert found(ON, "received") == {early.organisation.key}
    assert found("2023-04-30", "running") == {late.organisation.key, early.organisation.key}


def test_a_state_of_a_plan_that_does_not_exist_is_said(reader: Client) -> None:
    assert reader.get("/organisaties/", {"actieplan": "kwijt"}).status_code == 400
