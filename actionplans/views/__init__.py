"""The pages of line C, a room for each noun."""

from actionplans.views.evaluations import EvaluationList, evaluation_detail, round_detail
from actionplans.views.plans import PlanList, plan_detail

__all__ = ["EvaluationList", "PlanList", "evaluation_detail", "plan_detail", "round_detail"]
