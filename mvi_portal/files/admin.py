"""What was uploaded and is not kept yet, and what the scanner said; for looking."""

from django.contrib import admin

from mvi_portal.core.admin import ReadOnlyAdmin
from mvi_portal.files.models import FileScan, Upload


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["filename", "purpose", "uploaded_by", "uploaded_at", "expires_at"]
    list_filter = ["purpose"]


@admin.register(FileScan)
class FileScanAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "state", "asked_at", "scanned_at"]
    list_filter = ["state"]
