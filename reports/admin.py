"""Letters and all that belongs to them, for looking; writing goes through the pages."""

from django.contrib import admin

from mvi_portal.core.admin import ReadOnlyAdmin
from reports import models


@admin.register(models.Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["slug", "title", "dated", "reference_date", "state", "is_demo"]
    list_filter = ["state", "is_demo"]


@admin.register(models.Passage)
class PassageAdmin(ReadOnlyAdmin):
    list_display = ["letter", "from_state", "to_state", "at", "by"]


@admin.register(models.Taken)
class TakenAdmin(ReadOnlyAdmin):
    list_display = ["section", "key", "by", "at"]


@admin.register(models.Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["section", "note_section", "text", "by", "at", "resolved_at"]


@admin.register(models.Recess)
class RecessAdmin(ReadOnlyAdmin):
    list_display = ["name", "first_day", "last_day", "is_demo"]


@admin.register(models.PlanStep)
class PlanStepAdmin(ReadOnlyAdmin):
    list_display = ["letter", "kind", "due_on", "done_on"]
    list_filter = ["letter"]


@admin.register(models.Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ["letter", "check_key", "told", "by", "at"]
    list_filter = ["check_key"]


@admin.register(models.CoSender)
class CoSenderAdmin(ReadOnlyAdmin):
    list_display = ["letter", "office", "order"]


@admin.register(models.Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ["letter", "order", "code", "title"]
    list_filter = ["letter"]


@admin.register(models.Annex)
class AnnexAdmin(ReadOnlyAdmin):
    list_display = ["letter", "number", "title", "kind", "place"]


@admin.register(models.LetterVersion)
class LetterVersionAdmin(ReadOnlyAdmin):
    list_display = ["letter", "number", "reference_date", "what_if", "pages", "file_sha256"]
    list_filter = ["letter", "what_if"]


@admin.register(models.Freeze)
class FreezeAdmin(ReadOnlyAdmin):
    list_display = ["letter", "number", "reference_date", "created_at", "sha256"]
    list_filter = ["letter"]


@admin.register(models.Parcel)
class ParcelAdmin(ReadOnlyAdmin):
    list_display = ["version", "freeze", "content_sha256"]


@admin.register(models.ParcelFile)
class ParcelFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "parcel", "kind", "edition", "size", "pages", "sha256"]
    list_filter = ["kind", "edition"]


@admin.register(models.SentFile)
class SentFileAdmin(ReadOnlyAdmin):
    list_display = ["letter", "sent_on", "citation", "sha256"]


@admin.register(models.SentDifference)
class SentDifferenceAdmin(ReadOnlyAdmin):
    list_display = ["sent_file", "number", "kind", "where", "explanation"]


@admin.register(models.FigureReason)
class FigureReasonAdmin(ReadOnlyAdmin):
    list_display = ["letter", "figure_key", "before", "after", "why"]


@admin.register(models.LineStep)
class LineStepAdmin(ReadOnlyAdmin):
    list_display = ["order", "title"]


@admin.register(models.LineRecord)
class LineRecordAdmin(ReadOnlyAdmin):
    list_display = ["letter", "step", "function", "done_on"]


@admin.register(models.Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["letter", "office", "verdict", "decided_on"]


@admin.register(models.Assent)
class AssentAdmin(ReadOnlyAdmin):
    list_display = ["letter", "organisation", "kind", "answer", "given_on"]
    list_filter = ["kind", "answer"]


@admin.register(models.Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ["letter", "sha256", "taken_at"]


@admin.register(models.Reply)
class ReplyAdmin(ReadOnlyAdmin):
    list_display = ["assent", "answer", "given_on", "is_own"]


@admin.register(models.Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ["reply", "heading", "text"]


@admin.register(models.Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["letter", "from_whom", "source", "state"]
    list_filter = ["state", "source"]


@admin.register(models.WordExport)
class WordExportAdmin(ReadOnlyAdmin):
    list_display = ["name", "letter", "note", "made_at"]
    exclude = ["html", "keys"]


@admin.register(models.WordImport)
class WordImportAdmin(ReadOnlyAdmin):
    list_display = ["filename", "letter", "state", "uploaded_at"]
    exclude = ["result"]
    list_filter = ["state"]


@admin.register(models.TextChange)
class TextChangeAdmin(ReadOnlyAdmin):
    list_display = ["letter", "section", "choice", "at"]


@admin.register(models.DecisionNote)
class DecisionNoteAdmin(ReadOnlyAdmin):
    list_display = ["letter", "office"]


@admin.register(models.NoteSection)
class NoteSectionAdmin(ReadOnlyAdmin):
    list_display = ["note", "order", "title"]


@admin.register(models.NoteTemplate)
class NoteTemplateAdmin(ReadOnlyAdmin):
    list_display = ["number", "made_on", "why"]


@admin.register(models.TemplateSection)
class TemplateSectionAdmin(ReadOnlyAdmin):
    list_display = ["template", "order", "slug", "title"]
    list_filter = ["template"]


@admin.register(models.Withholding)
class WithholdingAdmin(ReadOnlyAdmin):
    list_display = ["section", "ground", "look_again", "decided_on"]
    list_filter = ["ground", "look_again"]


@admin.register(models.Addressee)
class AddresseeAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name"]


@admin.register(models.AddresseeAddress)
class AddresseeAddressAdmin(ReadOnlyAdmin):
    list_display = ["addressee", "lines", "valid_from", "valid_until"]


@admin.register(models.SenderDetails)
class SenderDetailsAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "valid_from", "valid_until"]
