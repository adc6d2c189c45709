"""Must show: of a workbook of evaluations each planted error comes back, and nothing is written."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from actionplans.models import ActionPlan, Evaluation, PlanVersion, Score
from actionplans.services import rounds
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.workbooks import Form, read
from tests.actionplans.test_importing import example_round, taken, told, verdicts, workbook
from tests.factories.actionplans import RECEIVED_ON

pytestmark = pytest.mark.django_db
HEADINGS = (
    *("actieplan", "ronde", "geëvalueerd op", "ingediend op", "opmerking", "beoordelaar", "document"),
    *("Budget", "Stap", "bladzijde: Stap", "Punten"),
)
Change = dict[str, Any]
# each is planted in a row of its own: what is typed, the heading that is told, and the rule
PLANTED: list[tuple[Change, str, str]] = [
    ({"actieplan": "bestaat-niet"}, "actieplan", "KNOWN"),
    ({"actieplan": None}, "actieplan", "REQUIRED"),
    ({"ronde": "ronde-9"}, "ronde", "KNOWN"),
    ({"geëvalueerd op": "31 februari 2024"}, "geëvalueerd op", "DATE"),
    ({"geëvalueerd op": "ooit"}, "geëvalueerd op", "DATE"),
    ({"ingediend op": "31-2-2024"}, "ingediend op", "DATE"),
    ({"beoordelaar": "niemand@voorbeeld.example"}, "beoordelaar", "KNOWN"),
    ({"document": "ontbreekt.pdf"}, "document", "KNOWN"),
    ({"Budget": "misschien"}, "Budget", "YES_NO"),
    ({"Stap": "drie"}, "Stap", "CHOICE"),
    ({"Stap": 6}, "Stap", "CHOICE"),
    ({"Stap": 0}, "Stap", "CHOICE"),
    ({"bladzijde: Stap": "twaalf"}, "bladzijde: Stap", "NUMBER"),
    ({"Punten": "tien"}, "Punten", "NUMBER"),
    ({"Punten": 11}, "Punten", "NUMBER"),
    ({"Punten": -1}, "Punten", "NUMBER"),
]
SPARE = 4  # good rows after them, for what more is planted


@pytest.fixture(autouse=True)
def anna() -> User:
    """Who evaluates a plan for each row."""
    user = User.objects.create_user("anna@voorbeeld.example", name="Anna", role=Role.EVALUATOR)
    round_ = example_round()
    slugs = [f"p{number}" for number in range(len(PLANTED) + SPARE)]
    plans = ActionPlan.objects.bulk_create(ActionPlan(slug=slug, title=slug) for slug in slugs)
    PlanVersion.objects.bulk_create(PlanVersion(plan=item, received_on=RECEIVED_ON) for item in plans)
    rounds.choose(round_=round_, plans=plans, because="x", by=user)
    return user


def good(number: int) -> Change:
    return {"actieplan": f"p{number}", "ronde": "ronde-1", "geëvalueerd op": "mei 2024", "Budget": "ja"}


def rows(changes: list[Change]) -> list[list[Any]]:
    whole = [{**good(number), **change} for number, change in enumerate(changes)]
    return [[row.get(heading) for heading in HEADINGS] for row in whole]


def changed() -> list[Change]:
    return [*(change for change, _heading, _rule in PLANTED), *({} for _spare in range(SPARE))]


def expected() -> set[tuple[int | None, str | None, str]]:
    return {(row, heading, rule) for row, (_change, heading, rule) in enumerate(PLANTED, 2)}


def planted() -> bytes:
    """With a formula, a double row, merged cells, an unknown criterion and a hidden sheet beside them."""
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Evaluaties"
    for row in ([*HEADINGS, "Duurzaam"], *rows(changed())):
        sheet.append(row)
    last = sheet.max_row
    sheet.cell(last, HEADINGS.index("opmerking") + 1).value = "=1+1"
    sheet.cell(last - 1, 1).value = f"p{len(PLANTED)}"
    at = HEADINGS.index("Punten") + 1
    sheet.merge_cells(start_row=last - 3, end_row=last - 2, start_column=at, end_column=at)
    made.create_sheet("Oud").append(["actieplan"])
    made["Oud"].sheet_state = "hidden"
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def test_planted_errors_come_back_each_marked_and_nothing_is_written(anna: User) -> None:
    found = taken(planted(), by=anna)
    assert not Score.objects.exists()
    last = len(PLANTED) + SPARE + 1
    beside = {(None, None, "HIDDEN"), (1, "Duurzaam", "HEADING"), (last, "opmerking", "FORMULA")}
    merged = {(row, "Punten", "MERGED") for row in (last - 3, last - 2)}
    assert set(told(found)) == expected() | beside | merged | {(last - 1, "actieplan", "DOUBLE")}
    assert found.returned is not None
    sheet: Any = load_workbook(BytesIO(found.returned.content))["Evaluaties"]
    marked = {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.comment}
    places = {heading: place for place, heading in enumerate([*HEADINGS, "Duurzaam"], 1)}
    wrong = {(row, places[heading]) for row, heading, _rule in told(found) if row and heading}
    assert marked == wrong - {(last - 2, places["Punten"])}  # of merged cells the first bears the comment


@pytest.mark.parametrize("form", [Form.CSV, Form.ODS])
def test_planted_errors_come_back_in_the_form_that_they_came_in(anna: User, form: Form) -> None:
    found = taken(workbook(*rows(changed()), headings=HEADINGS, form=form), by=anna)
    assert set(told(found)) == expected()
    assert not Score.objects.exists()
    assert found.returned is not None
    sheets = read(found.returned.content).sheets
    if form is Form.ODS:
        listed = [(row[1], row[2]) for row in sheets[-1].rows[1:]]
        assert listed == [(error.place, error.column) for error in found.outcome.errors]
        return
    faults = {row: cells[len(HEADINGS) :] for row, cells in enumerate(sheets[0].rows, 1)}
    assert faults[1] == ["fouten"]
    for error in found.outcome.errors:
        assert error.row is not None
        assert error.message in str(faults[error.row])


def test_mended_everything_goes_in(anna: User) -> None:
    content = workbook(*rows([{} for _row in range(len(PLANTED) + SPARE)]), headings=HEADINGS)
    assert verdicts(taken(content, by=anna)) == ["toegevoegd"] * (len(PLANTED) + SPARE)
    assert Evaluation.objects.filter(scores__isnull=False).count() == len(PLANTED) + SPARE
