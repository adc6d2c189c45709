"""Accounts, for looking; writing goes through the pages."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest

from mvi_portal.accounts.models import User
from mvi_portal.core.admin import ReadOnlyAdmin

# An address is told once, by the account; and rights come from a role, never from a group
admin.site.unregister([EmailAddress, Group])


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    ordering = ["email"]
    list_display = ["email", "name", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [name for name in super().get_fields(request, obj) if name != "password"]
