"""Line C, less free of obligation: the action plans that are owed, received and evaluated."""

from actionplans.models.clock import Clock, PlanState, by_clock, clock_of, clocks, owing_a_plan, with_clock
from actionplans.models.drafts import CheckDraft
from actionplans.models.evaluations import Evaluation, EvaluationState
from actionplans.models.plans import ActionPlan, Ambition, PlanCoverage, PlanVersion
from actionplans.models.remarks import ReusableRemark
from actionplans.models.reminders import ReminderMail, ReminderStand, ReminderText, reminders
from actionplans.models.rounds import EvaluationRound
from actionplans.models.rubrics import Criterion, CriterionKind, Rubric
from actionplans.models.scores import Score
from actionplans.models.terms import Answer, Delay, Inquiry, Reminder, ReminderKind

__all__ = [
    "ActionPlan",
    "Ambition",
    "Answer",
    "CheckDraft",
    "Clock",
    "Criterion",
    "CriterionKind",
    "Delay",
    "Evaluation",
    "EvaluationRound",
    "EvaluationState",
    "Inquiry",
    "PlanCoverage",
    "PlanState",
    "PlanVersion",
    "Reminder",
    "ReminderKind",
    "ReminderMail",
    "ReminderStand",
    "ReminderText",
    "ReusableRemark",
    "Rubric",
    "Score",
    "by_clock",
    "clock_of",
    "clocks",
    "owing_a_plan",
    "reminders",
    "with_clock",
]
