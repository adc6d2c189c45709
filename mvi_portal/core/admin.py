"""The admin is for looking: what is written, is written through the pages and their services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

if TYPE_CHECKING:  # the class cannot be subscripted while running
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class PortalAdmin(admin.AdminSite):
    """Has no door of its own: one comes in, and keeps a password, on the portal's pages."""

    site_header = site_title = "MVI-portaal: alle rijen"
    index_title = "Om in te kijken"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", request.path))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method != "POST":
            return redirect("account_logout")
        auth.logout(request)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")


class ReadOnlyAdmin(Base):
    """Shows every field of a row to administrators, and changes none."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

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
