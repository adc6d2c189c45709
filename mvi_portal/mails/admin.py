"""Mails, for looking; without what is personal in them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from mvi_portal.core.admin import ReadOnlyAdmin
from mvi_portal.mails.models import Attachment, Mail

PERSONAL = {"recipient", "recipient_name", "body", "answer"}


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject", "state", "prepared_at", "settled_at"]
    list_filter = ["kind", "state"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [name for name in super().get_fields(request, obj) if name not in PERSONAL]


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ["name", "content_type"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [name for name in super().get_fields(request, obj) if name != "content"]
