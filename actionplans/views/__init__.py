"""The pages of line C, a room for each noun."""

from actionplans.views.evaluations import EvaluationList, evaluation_detail
from actionplans.views.plans import PlanList, plan_detail
from actionplans.views.rubrics import (
    RubricList,
    criterion_edit,
    criterion_move,
    criterion_new,
    criterion_remove,
    rubric_detail,
    rubric_edit,
    rubric_new,
    rubric_publish,
    rubric_remove,
    rubric_version,
)

__all__ = [
    "EvaluationList",
    "PlanList",
    "RubricList",
    "criterion_edit",
    "criterion_move",
    "criterion_new",
    "criterion_remove",
    "evaluation_detail",
    "plan_detail",
    "rubric_detail",
    "rubric_edit",
    "rubric_new",
    "rubric_publish",
    "rubric_remove",
    "rubric_version",
]
