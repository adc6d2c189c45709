"""One evaluation: begun, filled in, submitted, checked, published, corrected."""

from actionplans.views.judging.beginning import evaluation_new
from actionplans.views.judging.filling import evaluation_draft, evaluation_edit
from actionplans.views.judging.following import (
    check_draft,
    evaluation_check,
    evaluation_correct,
    evaluation_document,
    evaluation_file,
    evaluation_publish,
    evaluation_reaction,
    evaluation_take_back,
)
from actionplans.views.judging.pages import evaluation_pages, plan_page
from actionplans.views.judging.remarks import remark_edit, remark_list, remark_remove

__all__ = [
    "check_draft",
    "evaluation_check",
    "evaluation_correct",
    "evaluation_document",
    "evaluation_draft",
    "evaluation_edit",
    "evaluation_file",
    "evaluation_new",
    "evaluation_pages",
    "evaluation_publish",
    "evaluation_reaction",
    "evaluation_take_back",
    "plan_page",
    "remark_edit",
    "remark_list",
    "remark_remove",
]
