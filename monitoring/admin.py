"""Line D, for looking; writing goes through the pages."""

from django.contrib import admin

from monitoring import models
from mvi_portal.core.admin import ReadOnlyAdmin


@admin.register(models.Frame)
class FrameAdmin(ReadOnlyAdmin):
    list_display = ["name", "plan_title", "valid_from", "valid_until", "locked_on"]


@admin.register(models.PolicyLine)
class PolicyLineAdmin(ReadOnlyAdmin):
    list_display = ["code", "title", "frame"]
    list_filter = ["frame"]


@admin.register(models.PlanRole)
class PlanRoleAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "role", "frame", "valid_from", "valid_until"]
    list_filter = ["frame", "role"]


@admin.register(models.ProgressRound)
class ProgressRoundAdmin(ReadOnlyAdmin):
    list_display = ["title", "frame", "period_from", "period_until", "asked_on", "due_on", "closed_on"]


@admin.register(models.ProgressEntry)
class ProgressEntryAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "line", "round", "state", "submitted_at", "accepted_at"]
    list_filter = ["round", "state"]


@admin.register(models.EntryFile)
class EntryFileAdmin(ReadOnlyAdmin):
    list_display = ["filename", "entry", "uploaded_at"]


@admin.register(models.EntryPaper)
class EntryPaperAdmin(ReadOnlyAdmin):
    list_display = ["paper", "entry"]


@admin.register(models.Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["title", "line", "owner", "planned_start", "planned_end", "started_on", "ended_on"]
    list_filter = ["line"]


@admin.register(models.Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ["name", "unit", "basis", "direction", "figure_key", "line"]
    list_filter = ["basis"]


@admin.register(models.Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    list_display = ["method", "period", "qualifier", "value", "published_on", "is_demo"]
    list_filter = ["method__indicator"]


@admin.register(models.Paper)
class PaperAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "dated", "citation"]
    list_filter = ["kind"]
    search_fields = ["title", "citation"]


@admin.register(models.Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ["slug", "kind", "made_on", "owner", "due_on", "citation"]
    list_filter = ["kind"]
    search_fields = ["text", "citation"]


@admin.register(models.CommitmentStep)
class CommitmentStepAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "status", "since", "evidence_citation"]
    list_filter = ["status"]


@admin.register(models.Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "held_on"]
    list_filter = ["kind"]


@admin.register(models.Position)
class PositionAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "holder_name", "kind", "dated"]
    list_filter = ["kind"]


@admin.register(models.PublishedFigure)
class PublishedFigureAdmin(ReadOnlyAdmin):
    list_display = ["figure_key", "wording", "value", "document", "dated", "refers_on"]
    list_filter = ["figure_key"]


@admin.register(models.FinanceCover)
class FinanceCoverAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "year", "covered", "amount", "frame"]
    list_filter = ["frame", "year"]


@admin.register(models.CommunicationMoment)
class CommunicationMomentAdmin(ReadOnlyAdmin):
    list_display = ["title", "channel", "dated", "line"]
    list_filter = ["channel"]


@admin.register(models.Example)
class ExampleAdmin(ReadOnlyAdmin):
    list_display = ["title", "organisation", "theme", "dated"]


@admin.register(models.Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "owner", "valid_from", "valid_until"]
    list_filter = ["kind"]


admin.site.register(
    [
        models.LineMapping,
        models.ProgressRequest,
        models.ProgressQuestion,
        models.Milestone,
        models.IndicatorMethod,
        models.IndicatorTarget,
        models.PaperSender,
        models.PaperParty,
        models.PaperPoint,
        models.CommitmentParty,
        models.Participant,
        models.ConsultationDecision,
    ],
    ReadOnlyAdmin,
)
