"""Workbooks that came in, for looking: not what stands in them."""

from django.contrib import admin

from mvi_portal.core.admin import ReadOnlyAdmin
from mvi_portal.imports.models import Import


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    list_display = ["importer", "name", "by", "state", "created_at", "expires_at"]
    list_filter = ["importer", "state"]
    fields = ["importer", "name", "by", "state", "created_at", "expires_at", "only_good"]
