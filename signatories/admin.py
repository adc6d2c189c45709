"""The register, for looking; writing goes through the pages."""

from django.contrib import admin

from mvi_portal.core.admin import ReadOnlyAdmin
from signatories import models


@admin.register(models.Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["key", "kind", "province", "valid_from", "valid_until", "is_demo"]
    list_filter = ["kind", "is_demo"]
    search_fields = ["key", "names__name"]


@admin.register(models.OrganisationName)
class OrganisationNameAdmin(ReadOnlyAdmin):
    list_display = ["name", "organisation", "valid_from", "valid_until"]
    search_fields = ["name", "organisation__key"]


@admin.register(models.Alias)
class AliasAdmin(ReadOnlyAdmin):
    list_display = ["name", "organisation", "source"]
    search_fields = ["name", "organisation__key"]


@admin.register(models.Succession)
class SuccessionAdmin(ReadOnlyAdmin):
    list_display = ["predecessor", "successor", "event", "on", "confirmed_on"]
    list_filter = ["event"]


@admin.register(models.Office)
class OfficeAdmin(ReadOnlyAdmin):
    list_display = ["title", "organisation", "valid_from", "valid_until"]


@admin.register(models.OfficeHolder)
class OfficeHolderAdmin(ReadOnlyAdmin):
    list_display = ["name", "office", "valid_from", "valid_until"]


@admin.register(models.Manifest)
class ManifestAdmin(ReadOnlyAdmin):
    list_display = ["name", "opened_on", "ended_on", "plan_term_months"]


@admin.register(models.Theme)
class ThemeAdmin(ReadOnlyAdmin):
    list_display = ["name", "manifest", "domain", "order"]


@admin.register(models.Step)
class StepAdmin(ReadOnlyAdmin):
    list_display = ["number", "name", "manifest"]


@admin.register(models.Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ["slug", "manifest", "signed_on", "withdrawn_on", "office", "is_demo"]
    list_filter = ["manifest", "is_demo"]


@admin.register(models.Signatory)
class SignatoryAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "signature", "valid_from", "valid_until", "is_demo"]
    list_filter = ["organisation__kind", "is_demo"]
    search_fields = ["organisation__key"]


@admin.register(models.Contact)
class ContactAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "purpose", "checked_on", "erased_on"]


@admin.register(models.Representative)
class RepresentativeAdmin(ReadOnlyAdmin):
    list_display = ["user", "organisation", "valid_from", "valid_until"]


@admin.register(models.RegisterImport)
class RegisterImportAdmin(ReadOnlyAdmin):
    list_display = ["uploaded_at", "uploaded_by", "state", "decided_at"]
    list_filter = ["state"]


@admin.register(models.RegisterFile)
class RegisterFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "register_import", "sha256"]


@admin.register(models.ManifestExtension)
class ManifestExtensionAdmin(ReadOnlyAdmin):
    list_display = ["manifest", "decided_on", "runs_until"]


@admin.register(models.SignatureDocument)
class SignatureDocumentAdmin(ReadOnlyAdmin):
    list_display = ["filename", "signature", "uploaded_at", "uploaded_by"]
