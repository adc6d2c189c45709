"""Rubrics: looking at them, and building them."""

from actionplans.views.rubrics.criteria import (
    criterion_edit,
    criterion_move,
    criterion_new,
    criterion_remove,
)
from actionplans.views.rubrics.keeping import (
    rubric_edit,
    rubric_new,
    rubric_publish,
    rubric_remove,
    rubric_version,
)
from actionplans.views.rubrics.reading import RubricList, rubric_detail

__all__ = [
    "RubricList",
    "criterion_edit",
    "criterion_move",
    "criterion_new",
    "criterion_remove",
    "rubric_detail",
    "rubric_edit",
    "rubric_new",
    "rubric_publish",
    "rubric_remove",
    "rubric_version",
]
