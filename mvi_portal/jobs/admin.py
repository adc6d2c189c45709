"""Jobs, for looking."""

from django.contrib import admin

from mvi_portal.core.admin import ReadOnlyAdmin
from mvi_portal.jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["kind", "state", "by", "created_at", "tries", "done", "total"]
    list_filter = ["kind", "state"]
