"""django-allauth's pages for coming in and going out, with our answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.adapter import TOO_MANY
from mvi_portal.accounts.permissions import reader


class AnswerMixin:
    """Wrong input is answered as such."""

    def form_invalid(self, form: Form) -> HttpResponse:
        too_many = form.has_error(NON_FIELD_ERRORS, code=TOO_MANY)
        view: Any = self
        answer: HttpResponse = view.render_to_response(view.get_context_data(form=form))
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS if too_many else HTTPStatus.BAD_REQUEST
        return answer


class Login(AnswerMixin, allauth.LoginView):
    pass


class Logout(allauth.LogoutView):
    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who is out already, by time or in another window, need not come back here after logging in."""
        if not request.user.is_authenticated:
            return redirect("account_login")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class ForgottenPassword(AnswerMixin, allauth.PasswordResetView):
    pass


class ChoosePassword(AnswerMixin, allauth.PasswordResetFromKeyView):
    pass


class ChangePassword(AnswerMixin, allauth.PasswordChangeView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has no password yet gets one by mail, as who forgot it."""
        if not reader(request).has_usable_password():
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


only = require_http_methods(["GET", "HEAD", "POST"])
login = only(Login.as_view())
logout = Logout.as_view(http_method_names=["get", "head", "post"])
forgotten_password = only(ForgottenPassword.as_view())
choose_password = only(ChoosePassword.as_view())
change_password = only(ChangePassword.as_view())


@login_not_required
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up by themselves."""
    return render(request, "account/signup_closed.html")
