"""Plans and evaluations, for looking; writing goes through the pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from actionplans import models
from mvi_portal.core.admin import ReadOnlyAdmin


@admin.register(models.ActionPlan)
class ActionPlanAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "period_from", "period_until", "adopted_on", "is_demo"]
    list_filter = ["is_demo"]
    search_fields = ["title", "slug"]


@admin.register(models.PlanCoverage)
class PlanCoverageAdmin(ReadOnlyAdmin):
    list_display = ["plan", "signature"]
    list_select_related = ["plan", "signature__manifest"]


@admin.register(models.PlanVersion)
class PlanVersionAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "received_on", "pages", "searchable", "is_demo"]
    list_filter = ["is_demo"]
    search_fields = ["plan__title", "plan__slug", "sha256"]


@admin.register(models.Ambition)
class AmbitionAdmin(ReadOnlyAdmin):
    list_display = ["plan", "theme", "step"]
    list_filter = ["theme"]


@admin.register(models.Delay)
class DelayAdmin(ReadOnlyAdmin):
    list_display = ["signature", "announced_on", "until", "is_demo"]
    list_select_related = ["signature__manifest"]


@admin.register(models.Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    list_display = ["signature", "asked_on", "answer", "is_demo"]
    list_filter = ["answer"]
    list_select_related = ["signature__manifest"]


@admin.register(models.Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["signature", "kind", "due_on", "prepared_at", "released_at", "skipped_reason"]
    list_filter = ["kind"]
    list_select_related = ["signature__manifest"]


@admin.register(models.Rubric)
class RubricAdmin(ReadOnlyAdmin):
    list_display = ["name", "slug", "version", "published_on", "is_example"]


@admin.register(models.Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    list_display = ["name", "rubric", "code", "kind", "theme", "order"]
    list_filter = ["rubric", "kind"]


@admin.register(models.ReusableRemark)
class ReusableRemarkAdmin(ReadOnlyAdmin):
    list_display = ["text", "owner", "is_shared", "is_demo"]
    list_filter = ["is_shared"]


@admin.register(models.EvaluationRound)
class EvaluationRoundAdmin(ReadOnlyAdmin):
    list_display = ["name", "rubric", "starts_on", "due_on", "closed_on", "is_demo"]


@admin.register(models.Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    """Without the judgement: that is for PIANOo, the secretariat and the organisation itself."""

    judgement = frozenset({"remark", "reaction", "file", "filename"})
    list_display = ["plan", "round", "number", "state", "evaluated_on", "published_on", "is_demo"]
    list_filter = ["round", "is_demo"]
    search_fields = ["plan__title", "plan__slug"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [name for name in super().get_fields(request, obj) if name not in self.judgement]


@admin.register(models.CheckDraft)
class CheckDraftAdmin(ReadOnlyAdmin):
    """Without the letter, which holds scores."""

    list_display = ["evaluation", "number", "sent_on", "sha256", "is_demo"]
    list_select_related = ["evaluation__plan"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [name for name in super().get_fields(request, obj) if name not in {"file", "filename"}]


@admin.register(models.ReminderText)
class ReminderTextAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject"]


@admin.register(models.ReminderMail)
class ReminderMailAdmin(ReadOnlyAdmin):
    list_display = ["reminder", "mail"]
