"""A trial of a workbook with 500 new evaluations, against django-import-export doing the same work.

The library gets the same XLSX and writes the same evaluations and scores in a transaction that it takes back.
It checks less: no documents, no rounds that are closed, no merged cells, formulas or hidden sheets.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import tablib
from import_export import fields, resources, widgets

from actionplans.importing.columns import columns
from actionplans.models import (
    ActionPlan,
    Criterion,
    CriterionKind,
    Evaluation,
    EvaluationRound,
    PlanVersion,
    Rubric,
    Score,
)
from bench.scratch import effort, fastest, promise
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.core.workbooks.importing import Order, Outcome, Verdict, importers
from mvi_portal.core.workbooks.trials import take

ROWS, LONGEST = 500, 3.0
SAMPLE = EvaluationRound.objects.filter(slug="evaluatie-mei-2024")
RECEIVED = date(2024, 1, 31)


def measure() -> bool:
    """True when ours takes the processor little enough: as long as it lasts where nothing else is going on.

    The ratio is told, not promised.
    """
    round_ = _round()
    content = _book(round_)
    importer = importers.get("evaluations")
    if importer is None:
        return promise("evaluations can come in", holds=False)
    told: list[Outcome] = []

    def ours() -> None:
        told.append(take(importer, content, lambda book: Order(book, None)).outcome)

    took, spent = fastest(ours, times=5), effort(ours)
    if told[-1].errors or told[-1].count(Verdict.ADDED) != ROWS:
        return promise(f"a trial of {ROWS} new evaluations finds them good", holds=False)
    library = effort(lambda: _theirs(content, round_), times=1)
    scores = ROWS * len(_scored(round_.rubric))
    text = f"a trial of {ROWS} new evaluations, {scores} scores: {took:.2f} s; of a processor {spent:.2f} s"
    ratio = f"{spent / library:.2f} of django-import-export ({library:.2f} s)"
    return promise(f"{text}, {ratio}", holds=spent < LONGEST)


def _scored(rubric: Rubric) -> list[Criterion]:
    return list(rubric.criteria.exclude(kind=CriterionKind.TEXT))


def _round() -> EvaluationRound:
    """With a rubric that is published, and as many plans with a version."""
    plans = ActionPlan.objects.bulk_create(
        ActionPlan(slug=f"actieplan-bench-{number}", title=f"Plan {number}") for number in range(ROWS)
    )
    PlanVersion.objects.bulk_create(
        PlanVersion(plan=plan, number=1, received_on=RECEIVED, received_on_precision="day", note="bench")
        for plan in plans
    )
    return EvaluationRound.objects.create(slug="bench", name="Bench", rubric=SAMPLE.get().rubric)


def _book(round_: EvaluationRound) -> bytes:
    """Each plan with its round, a day, a remark, and a score on every criterion."""
    made = [column for column in columns(round_.rubric) if _is_asked(column)]
    rows = [[_value(column, number, round_) for column in made] for number in range(ROWS)]
    file = BytesIO()
    write(file, Form.XLSX, Page("Evaluaties", made, rows, lambda _count: []))
    return file.getvalue()


def _is_asked(column: Column) -> bool:
    return column.key in {"plan", "round", "evaluated_on", "remark"} or column.key.startswith("score:")


def _value(column: Column, number: int, round_: EvaluationRound) -> Any:
    fixed = {
        "plan": f"actieplan-bench-{number}",
        "round": round_.slug,
        "evaluated_on": date(2024, 5, 1),
        "remark": "Een helder plan, met ruimte voor meer budget.",
    }
    return fixed.get(column.key, "1")


class EvaluationResource(resources.ModelResource):  # type: ignore[misc]
    """As the manual of the library does it."""

    plan = fields.Field("plan", "actieplan", widgets.ForeignKeyWidget(ActionPlan, "slug"))
    round = fields.Field("round", "ronde", widgets.ForeignKeyWidget(EvaluationRound, "slug"))
    remark = fields.Field("remark", "opmerking")

    class Meta:
        model = Evaluation
        import_id_fields = ("plan", "round")
        fields = ("plan", "round", "remark")
        use_transactions = True
        clean_model_instances = True

    def __init__(self, round_: EvaluationRound) -> None:
        super().__init__()
        self.rubric = round_.rubric
        made = {column.key: column.heading for column in columns(self.rubric)}
        self.criteria = {made[f"score:{item.code}"]: item for item in _scored(self.rubric)}

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        instance.version, instance.rubric = instance.plan.version_on(date(2024, 6, 1)), self.rubric
        instance.started_on, instance.chosen_because = date(2024, 5, 1), "ingelezen"

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        Score.objects.bulk_create(
            Score(evaluation=instance, criterion=criterion, value=_number(row[heading]))
            for heading, criterion in self.criteria.items()
        )


def _number(cell: Any) -> int:
    return {"ja": 1, "nee": 0}[cell] if cell in {"ja", "nee"} else int(cell)


def _theirs(content: bytes, round_: EvaluationRound) -> None:
    data = tablib.Dataset().load(content, format="xlsx")
    result = EvaluationResource(round_).import_data(data, dry_run=True, raise_errors=True)
    if result.has_errors() or result.has_validation_errors() or result.totals["new"] != ROWS:
        raise SystemExit("django-import-export did not do the work")
