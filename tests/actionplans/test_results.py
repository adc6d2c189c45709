"""What a round found, and what others than its workers get to see of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from actionplans.models import CriterionKind, Evaluation, EvaluationRound, PlanCoverage, Rubric
from actionplans.results import compared, parts, per_kind, results, shown
from actionplans.results.kinds import OTHERS, merged
from actionplans.services import rounds
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.workbooks import Form, read
from signatories.models import Kind, Organisation, Signatory
from tests.factories.actionplans import (
    ActionPlanFactory,
    CriterionFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanCoverageFactory,
    PlanVersionFactory,
    RubricFactory,
    ScoreFactory,
)
from tests.factories.signatories import SignatoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 31)
CLOSED = date(2024, 7, 1)


def rubric(version: int = 1, mapped: Rubric | None = None) -> Rubric:
    made: Rubric = RubricFactory(slug="kader", version=version)
    theme = ThemeFactory.create(name="Klimaat", slug="klimaat") if version == 1 else None
    kinds = {"stap": CriterionKind.FIVE_STEP, "budget": CriterionKind.YES_NO, "punten": CriterionKind.POINTS}
    for order, (code, kind) in enumerate(kinds.items()):
        older = mapped.criteria.get(code=code) if mapped else None
        CriterionFactory(
            rubric=made,
            code=code,
            order=order,
            name=f"Vraag {code} {version}",
            kind=kind,
            max_points=10 if kind == CriterionKind.POINTS else None,
            theme=older.theme if older else theme,
            mapped_to=older if code != "punten" else None,
        )
    CriterionFactory(rubric=made, code="tekst", order=9, name="Woorden", kind=CriterionKind.TEXT)
    made.published_on = date(2023, 6, 1)
    made.save()
    return made


def judged(
    round_: EvaluationRound, *, kind: Kind = Kind.MUNICIPALITY, publish: bool = True, **values: int
) -> Evaluation:
    signatory = SignatoryFactory(organisation__kind=kind, organisation__is_tooi=False)
    plan = ActionPlanFactory.covering(signatory.signature)
    version = PlanVersionFactory(plan=plan, received_on=date(2023, 6, 1))
    made: Evaluation = EvaluationFactory(version=version, round=round_, rubric=round_.rubric)
    for code, value in values.items():
        ScoreFactory(evaluation=made, criterion=round_.rubric.criteria.get(code=code), value=value)
    if publish:
        made.evaluated_on, made.published_on = date(2024, 5, 15), date(2024, 6, 30)
        made.save()
    return made


def corrected(round_: EvaluationRound, *, on: date) -> None:
    """The first of its plans."""
    wrong = results(round_, on=ON).evaluations[0]
    again = EvaluationFactory(
        version=wrong.version, round=round_, rubric=round_.rubric, number=2, correction_reason="fout"
    )
    ScoreFactory(evaluation=again, criterion=round_.rubric.criteria.get(code="stap"), value=4)
    again.evaluated_on, again.published_on = date(2024, 5, 15), on
    again.save()


@pytest.fixture
def found() -> EvaluationRound:
    made: EvaluationRound = EvaluationRoundFactory(rubric=rubric(), closed_on=CLOSED, name="Ronde 1")
    for step in (1, 2, 2, 5):
        judged(made, stap=step, budget=step % 2, punten=step)
    judged(made, kind=Kind.PROVINCE, stap=3)
    return made


def person(role: Role) -> tuple[Client, User]:
    client, user = Client(), User.objects.create_user(f"{role}@voorbeeld.example", name="A", role=role)
    client.force_login(user)
    return client, user


def text(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, {"peildatum": ON.isoformat(), **query})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return " ".join(answer.content.decode().split())


def test_scores_are_spread_per_theme_and_per_question(found: EvaluationRound) -> None:
    overview, theme = parts(results(found, on=ON))
    assert overview.spreads[0].rows == (("Klimaat", (1, 2, 1, 0, 1)),)
    assert theme.spreads[0].rows == (("Vraag budget 1", (2, 2, 1)),)
    assert theme.tables[0].rows == (("Vraag punten 1", "1", "2,5", "5", "10", "4"),)


def test_what_is_published_later_or_corrected_counts_once(found: EvaluationRound) -> None:
    assert results(found, on=date(2024, 6, 29)).total == 0
    assert parts(results(found, on=date(2024, 6, 29))) == []
    corrected(found, on=date(2024, 8, 1))
    gathered = results(found, on=ON)
    assert gathered.total == 5
    assert sorted(gathered.of(found.rubric.criteria.get(code="stap"))) != [1, 2, 2, 3, 5]


def test_per_kind_the_small_ones_go_together_for_others(found: EvaluationRound) -> None:
    for _ in range(2):
        judged(found, stap=4, budget=1)
    gathered = results(found, on=ON)
    whole = per_kind(gathered, hide_small=False)
    assert whole.header == ("Criterium", "provincie (1)", "gemeente (6)")
    assert ("Vraag budget 1", "–", "4 van 6") in whole.rows
    assert per_kind(gathered, hide_small=True).header == ("Criterium", f"{OTHERS} (7)")


def test_a_small_group_cannot_be_found_by_subtraction() -> None:
    sizes = {"a": 1, "b": 6, "c": 9}
    groups = {label: frozenset(range(size)) for label, size in sizes.items()}
    assert set(merged(groups)) == {"c", OTHERS}
    large = {"b": groups["b"], "c": groups["c"]}
    assert merged(large) == large


@pytest.mark.parametrize(
    ("role", "closed", "plans", "sees"),
    [
        (Role.READER, True, 5, True),
        (Role.READER, True, 4, False),
        (Role.READER, False, 5, False),
        (Role.OFFICER, True, 4, False),
        (Role.EVALUATOR, False, 1, True),
        (Role.SECRETARIAT, False, 1, True),
    ],
)
def test_others_see_a_spread_only_when_it_tells_nobodys_score(
    role: Role, closed: bool, plans: int, sees: bool, found: EvaluationRound
) -> None:
    client, user = person(role)
    few: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, closed_on=CLOSED if closed else None)
    for _ in range(plans):
        judged(few, stap=2)
    assert (shown(few, user, on=ON) is not None) is sees
    html = text(client, f"/evaluaties/rondes/{few.slug}/resultaten/")
    assert ("Plannen per stap" in html) is sees
    assert ("Zet plannen naast elkaar" in html) is (role in {Role.EVALUATOR, Role.SECRETARIAT})


@pytest.mark.parametrize(
    ("for_others", "fewest", "role", "sees"),
    [
        (True, 3, Role.READER, True),
        (True, 4, Role.READER, False),
        (False, 3, Role.READER, False),
        (False, 3, Role.OFFICER, False),
        (False, 9, Role.EVALUATOR, True),
        (False, 9, Role.SECRETARIAT, True),
    ],
)
def test_whether_others_see_a_spread_and_over_how_many_is_a_setting(
    for_others: bool, fewest: int, role: Role, sees: bool, found: EvaluationRound, settings: Settings
) -> None:
    settings.SPREADS_FOR_OTHERS, settings.SPREAD_FEWEST_PLANS = for_others, fewest
    client, _ = person(role)
    made: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, closed_on=CLOSED)
    for _ in range(3):
        judged(made, stap=2)
    address = f"/evaluaties/rondes/{made.slug}/"
    assert ("Aantal plannen per stap en thema" in text(client, address)) is sees
    html = text(client, f"{address}resultaten/")
    assert ("Plannen per stap" in html) is sees
    assert ("alleen voor PIANOo en het secretariaat" in html) is (not sees and not for_others)
    assert (f"minstens {fewest} plannen" in html) is (for_others and not sees)


def later(round_: EvaluationRound, published_on: date, stap: int = 1) -> Evaluation:
    """Published when others could see the spread already."""
    made = judged(round_, publish=False, stap=stap)
    made.evaluated_on, made.published_on = date(2024, 5, 15), published_on
    made.save()
    return made


ROOMS = ("", "resultaten/", "resultaten/verdeling.csv", "resultaten/per-soort.csv")


def seen(client: Client, round_: EvaluationRound, on: date, **query: str) -> list[str]:
    """What a reader gets of the spread on that day: only the tables of the pages, and the files."""
    at, asked = f"/evaluaties/rondes/{round_.slug}/", {"peildatum": on.isoformat(), **query}
    one, page, *files = (client.get(f"{at}{room}", asked).content.decode() for room in ROOMS)
    spread = one.partition("Verdeling van de scores")[2].partition("<h2>Evaluaties</h2>")[0]
    rest = page.partition("U ziet de verdeling")[2].partition("</main>")[0]
    assert "Plannen per stap" in rest
    return [re.sub(r"peildatum=[0-9-]+", "", part) for part in (spread, rest, *files)]


def test_no_score_is_found_by_taking_one_spread_from_another(found: EvaluationRound) -> None:
    client, _ = person(Role.READER)
    first = seen(client, found, ON)
    assert "1 juli 2024 was gepubliceerd" in first[0]
    later(found, date(2024, 8, 1))
    corrected(found, on=date(2024, 9, 1))
    days = [date(2024, 7, 31), date(2024, 8, 1), date(2024, 8, 31), date(2024, 9, 1), ON]
    assert all(seen(client, found, day) == first for day in days)
    address = f"/evaluaties/rondes/{found.slug}/resultaten/"
    assert "Plannen per stap" not in text(client, address, peildatum="2024-06-30")
    worker, _ = person(Role.EVALUATOR)
    told = [sheets(worker, f"{address}verdeling.csv", peildatum=str(day)) for day in days]
    assert told[0] != told[1]  # who sees scores goes along with the day


def recorded_on(day: date) -> None:
    """As if all that stands there was recorded on that day: within a test all is of one moment."""
    for model in (Organisation, Signatory, PlanCoverage, EvaluationRound, Evaluation):
        events: Any = model._meta.get_field("events").related_model
        events.objects.update(pgh_created_at=timezone.make_aware(datetime.combine(day, time(12))))


def test_no_score_is_found_when_a_plan_comes_to_stand_for_another_kind(found: EvaluationRound) -> None:
    for kind, count in ((Kind.MUNICIPALITY, 2), (Kind.PROVINCE, 4)):
        for _ in range(count):
            judged(found, kind=kind, stap=3)
    client, _ = person(Role.READER)
    worker, _ = person(Role.EVALUATOR)
    address = f"/evaluaties/rondes/{found.slug}/resultaten/per-soort.csv"
    recorded_on(CLOSED)
    first = seen(client, found, ON)
    assert "gemeente (6)" in first[1]
    assert "provincie (5)" in first[1]
    plan = results(found, on=ON).evaluations[0].plan
    moved = results(found, on=ON).evaluations[1].plan.signatures.get().signatories.get()
    province = SignatoryFactory(organisation__kind=Kind.PROVINCE, organisation__is_tooi=False)
    PlanCoverageFactory(plan=plan, signature=province.signature)
    moved.organisation.kind = Kind.OTHER
    moved.organisation.save()
    assert seen(client, found, ON) == first
    assert "gemeente (4)" in sheets(worker, address)[0][0]


def test_what_was_recorded_after_the_closing_still_tells_whose_the_plans_are(found: EvaluationRound) -> None:
    """As of rounds from before the portal."""
    spread = shown(found, person(Role.READER)[1], on=ON)
    assert spread is not None
    assert spread.kinds == results(found, on=ON).kinds


def test_a_second_closing_shows_no_other_spread_than_the_first(found: EvaluationRound) -> None:
    client, by = person(Role.READER)
    first = seen(client, found, ON)
    rounds.reopen(round_=found, by=by, why="nog een plan")
    later(found, date(2024, 8, 1))
    assert shown(EvaluationRound.objects.get(), by, on=ON) is None
    rounds.close(round_=found, on=date(2024, 9, 1), despite_unfinished=True, by=by)
    assert seen(client, found, ON) == first


def test_a_closing_with_too_few_plans_leaves_the_spread_to_a_later_one(found: EvaluationRound) -> None:
    _client, by = person(Role.READER)
    few: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, closed_on=date(2024, 6, 1))
    for _ in range(5):
        judged(few, stap=2)
    assert shown(few, by, on=ON) is None
    rounds.reopen(round_=few, by=by, why="nog een plan")
    rounds.close(round_=few, on=CLOSED, despite_unfinished=True, by=by)
    few.refresh_from_db()
    spread = shown(few, by, on=ON)
    assert spread is not None
    assert (spread.on, spread.total) == (CLOSED, 5)


def test_on_the_day_of_closing_itself_others_see_no_spread_yet(found: EvaluationRound) -> None:
    """Something can still be published on it."""
    _client, by = person(Role.READER)
    new: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, closed_on=timezone.localdate())
    for _ in range(5):
        judged(new, stap=2)
    assert shown(new, by, on=timezone.localdate()) is None


def test_a_round_beside_another_stays_as_others_may_see_it(found: EvaluationRound) -> None:
    other: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, name="Ronde 0", closed_on=CLOSED)
    for _ in range(5):
        judged(other, stap=3)
    later(other, date(2024, 8, 1), stap=5)
    address, (client, _) = f"/evaluaties/rondes/{found.slug}/resultaten/andere-ronde.csv", person(Role.READER)
    before, after = (
        sheets(client, address, naast=other.slug, peildatum=day)[0] for day in ("2024-07-31", "2024-08-01")
    )
    assert before == after
    assert ("Vraag stap 1", 3.0, 2.6, -0.4) in after


def test_the_numbers_of_the_headline_open_their_rows(found: EvaluationRound) -> None:
    PlanVersionFactory(received_on=date(2023, 6, 1))
    client, _ = person(Role.EVALUATOR)
    html = text(client, f"/evaluaties/rondes/{found.slug}/resultaten/")
    assert "<strong>5</strong></a> van de <a" in html
    address = f"/evaluaties/?ronde={found.slug}&amp;versie=laatste&amp;peildatum={ON}"
    assert address in html
    assert "Evaluaties: 5 gevonden" in text(client, "/evaluaties/", ronde=found.slug, versie="laatste")
    EvaluationFactory(round=found, rubric=found.rubric)
    corrected(found, on=date(2024, 8, 1))
    assert "<strong>5</strong></a> van de <a" in text(client, f"/evaluaties/rondes/{found.slug}/resultaten/")
    for role in (Role.EVALUATOR, Role.READER):
        one = client if role is Role.EVALUATOR else person(role)[0]
        assert "Evaluaties: 5 gevonden" in text(one, "/evaluaties/", ronde=found.slug, versie="laatste")
    assert "Evaluaties: 6 gevonden" in text(client, "/evaluaties/", ronde=found.slug, stand="published")
    assert f"/definities/actieplannen.ontvangen/?peildatum={ON}" in html


def test_a_round_stands_beside_another_also_with_a_newer_rubric(found: EvaluationRound) -> None:
    second = rubric(2, mapped=found.rubric)
    newer: EvaluationRound = EvaluationRoundFactory(
        rubric=rubric(3, mapped=second), name="Ronde 2", closed_on=CLOSED
    )
    for _ in range(5):
        judged(newer, stap=4, budget=1)
    comparison = compared(results(newer, on=ON), results(found, on=ON))
    assert comparison.table.rows == (
        ("Vraag stap 3", "2,6", "4,0", "+1,4"),
        ("Vraag budget 3", "2 van 4 (50%)", "5 van 5 (100%)", "+50%-punt"),
    )
    assert "Niet te vergelijken: Vraag punten 3." in comparison.note
    assert "Alleen de 2 criteria" in comparison.note
    reader, _ = person(Role.READER)
    html = text(reader, f"/evaluaties/rondes/{newer.slug}/resultaten/", naast=found.slug)
    assert "Ronde 2 naast Ronde 1" in html
    assert "+1,4" in html


def test_rounds_with_the_same_rubric_compare_all(found: EvaluationRound) -> None:
    other: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, name="Ronde 0")
    judged(other, stap=3)
    comparison = compared(results(found, on=ON), results(other, on=ON))
    assert "hetzelfde beoordelingskader" in comparison.note
    assert ("Vraag stap 1", "3,0", "2,6", "−0,4") in comparison.table.rows
    assert ("Vraag budget 1", "–", "2 van 4 (50%)", "–") in comparison.table.rows
    reader, _ = person(Role.READER)
    html = text(reader, f"/evaluaties/rondes/{found.slug}/resultaten/", naast=other.slug)
    assert "Er is nog geen andere ronde" in html


def test_plans_stand_side_by_side_for_who_may_see_scores(found: EvaluationRound) -> None:
    one, two = results(found, on=ON).evaluations[:2]
    address = f"/evaluaties/rondes/{found.slug}/naast-elkaar/"
    client, _ = person(Role.SECRETARIAT)
    assert "Kruis hierboven de plannen aan" in text(client, address)
    html = text(client, address, plan=[one.plan.slug, two.plan.slug])
    assert "stap 1" in html
    many = [item.plan.slug for item in results(found, on=ON).evaluations]
    many += [judged(found, stap=1).plan.slug for _ in range(3)]
    assert "meer dan op een pagina passen" in text(client, address, plan=many)
    reader, _ = person(Role.READER)
    assert reader.get(address, {"plan": [one.plan.slug]}).status_code == 403
    empty = EvaluationRoundFactory(rubric=found.rubric)
    assert "nog geen evaluatie" in text(client, f"/evaluaties/rondes/{empty.slug}/naast-elkaar/")


def sheets(client: Client, address: str, **query: Any) -> tuple[list[tuple[Any, ...]], str]:
    """The rows of a file, and all that its explanation tells."""
    answer = client.get(address, {"peildatum": ON.isoformat(), "formaat": "xlsx", **query})
    assert answer.status_code == 200, answer.content
    rows, told = (sheet.rows for sheet in read(answer.content).sheets)
    return [tuple(row) for row in rows], " ".join(str(cell) for row in told for cell in row if cell)


def test_the_spread_comes_as_a_file_with_its_explanation(found: EvaluationRound) -> None:
    client, _ = person(Role.EVALUATOR)
    address = f"/evaluaties/rondes/{found.slug}/resultaten/verdeling.csv"
    rows, told = sheets(client, address)
    assert rows[0] == ("thema", "criterium", "schaal", "uitkomst", "waarde")
    assert ("Klimaat", "Vraag stap 1", "stap 1 tot en met 5", "stap 2", 2) in rows
    assert ("Klimaat", "Vraag budget 1", "ja of nee", "geen oordeel", 1) in rows
    assert ("Klimaat", "Vraag punten 1", "punten", "gemiddeld", 2.5) in rows
    assert "Ronde 1, stand op 31 januari 2025, 13 rijen." in told
    assert "5 plannen met een gepubliceerde evaluatie" in told
    assert "Een antwoord van de schaal" in told
    for form in Form:
        answer = client.get(address, {"formaat": form})
        assert answer["Content-Disposition"].endswith(f'.{form}"')
    html = text(client, f"/evaluaties/rondes/{found.slug}/resultaten/")
    assert f"{address}?peildatum={ON}&amp;formaat=ods" in html
    assert len(sheets(client, address, peildatum="2024-06-29")[0]) == 1
    assert client.get(address.replace("verdeling", "iets")).status_code == 404


def test_a_spread_as_a_file_is_for_who_sees_it_on_the_page(
    found: EvaluationRound, settings: Settings
) -> None:
    few: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, closed_on=CLOSED)
    running: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric)
    for _ in range(4):
        judged(few, stap=2)
    for _ in range(5):
        judged(running, stap=2)
    for role in Role:
        client, _ = person(role)
        works = role in {Role.EVALUATOR, Role.SECRETARIAT}
        for one, others in ((found, True), (few, False), (running, False)):
            for what in ("verdeling", "per-soort"):
                answer = client.get(
                    f"/evaluaties/rondes/{one.slug}/resultaten/{what}.csv", {"peildatum": ON.isoformat()}
                )
                assert answer.status_code == (200 if works or others else 403), (role, one, what)
    settings.SPREADS_FOR_OTHERS = False
    address = f"/evaluaties/rondes/{found.slug}/resultaten/verdeling.csv"
    assert person_again(Role.READER).get(address, {"peildatum": ON.isoformat()}).status_code == 403
    assert person_again(Role.EVALUATOR).get(address, {"peildatum": ON.isoformat()}).status_code == 200


def person_again(role: Role) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{role}@voorbeeld.example"))
    return client


def test_per_kind_a_file_keeps_small_kinds_together_for_others(found: EvaluationRound) -> None:
    address = f"/evaluaties/rondes/{found.slug}/resultaten/per-soort.csv"
    rows, told = sheets(person(Role.EVALUATOR)[0], address)
    assert rows[0] == ("criterium", "provincie (1)", "gemeente (4)")
    assert ("Vraag stap 1", 3.0, 2.5) in rows
    assert ("Vraag budget 1", None, "2 van 4") in rows
    assert OTHERS not in told
    rows, told = sheets(person(Role.READER)[0], address)
    assert rows[0] == ("criterium", f"{OTHERS} (5)")
    assert f"minder dan 5 plannen staan samen onder “{OTHERS}”" in told


def test_a_round_beside_another_comes_as_a_file_too(found: EvaluationRound) -> None:
    other: EvaluationRound = EvaluationRoundFactory(rubric=found.rubric, name="Ronde 0")
    judged(other, stap=3)
    address = f"/evaluaties/rondes/{found.slug}/resultaten/andere-ronde.csv"
    client, _ = person(Role.SECRETARIAT)
    rows, told = sheets(client, address, naast=other.slug)
    assert rows[0] == ("criterium", "Ronde 0", "Ronde 1", "Verschil")
    assert ("Vraag stap 1", 3.0, 2.6, -0.4) in rows
    assert "hetzelfde beoordelingskader" in told
    html = text(client, f"/evaluaties/rondes/{found.slug}/resultaten/", naast=other.slug)
    assert f"andere-ronde.csv?naast={other.slug}&amp;peildatum={ON}" in html
    assert client.get(address).status_code == 404
    reader, _ = person(Role.READER)
    assert reader.get(address, {"peildatum": ON.isoformat(), "naast": other.slug}).status_code == 404


def test_scores_side_by_side_come_as_a_file_for_who_may_see_scores(found: EvaluationRound) -> None:
    address = f"/evaluaties/rondes/{found.slug}/naast-elkaar/export.csv"
    one, two = (item.plan for item in results(found, on=ON).evaluations[:2])
    client, _ = person(Role.SECRETARIAT)
    rows, told = sheets(client, address, plan=[one.slug, two.slug])
    assert len(rows[0]) == 3
    assert rows[1][0] == "Vraag stap 1"
    assert all(str(cell).startswith("stap ") for cell in rows[1][1:])
    assert "De score van dit plan." in told
    assert len(sheets(client, address)[0][0]) == 6
    page = f"/evaluaties/rondes/{found.slug}/naast-elkaar/"
    assert f"{address}?plan={one.slug}&amp;peildatum={ON}" in text(client, page, plan=[one.slug])
    for role in set(Role) - {Role.SECRETARIAT, Role.EVALUATOR}:
        answer = person(role)[0].get(address, {"peildatum": ON.isoformat()})
        assert answer.status_code == 403
        assert b"stap" not in answer.content


@pytest.mark.parametrize("room", ["resultaten/verdeling.csv", "resultaten/", "naast-elkaar/", "stukken/", ""])
def test_a_page_of_results_asks_as_much_for_many_plans(room: str, found: EvaluationRound) -> None:
    client, _ = person(Role.EVALUATOR)
    address = f"/evaluaties/rondes/{found.slug}/{room}"
    with CaptureQueriesContext(connection) as few:
        text(client, address)
    for _ in range(6):
        judged(found, stap=4, budget=1)
    with CaptureQueriesContext(connection) as many:
        text(client, address)
    assert len(many) == len(few)
