"""The admin shows the plans, and keeps judgements to those who may see them."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory

from actionplans.models import Evaluation, Score
from mvi_portal.core.admin import ReadOnlyAdmin


def test_everything_but_scores_can_be_looked_at() -> None:
    models = {
        model
        for model in apps.get_app_config("actionplans").get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    assert {model for model in models if not admin.site.is_registered(model)} == {Score}
    assert all(isinstance(admin.site.get_model_admin(model), ReadOnlyAdmin) for model in models - {Score})


def test_an_evaluation_is_shown_without_its_judgement() -> None:
    shown = admin.site.get_model_admin(Evaluation).get_fields(RequestFactory().get("/"))
    assert "evaluated_on" in shown
    assert not {"remark", "reaction", "file", "filename"} & set(shown)
