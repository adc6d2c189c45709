"""The admin is for looking: what is written, is written through the pages and their services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:  # the class cannot be subscripted while running
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class ReadOnlyAdmin(Base):
    """Shows every field of a row, and changes none."""

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """All columns, also those that no form would show, and the many-to-many relations."""
        return [field.name for field in (*self.opts.concrete_fields, *self.opts.many_to_many)]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
