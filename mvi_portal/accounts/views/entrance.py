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
from django.views.decorators.http import require_safe

from mvi_portal.accounts.adapter import TOO_MANY


class AnswerMixin:
    """Wrong input is answered as such, and nothing but asking and sending is answered at all."""

    http_method_names = ["get", "head", "post", "options"]

    def form_invalid(self, form: Form) -> HttpResponse:
        too_many = form.has_error(NON_FIELD_ERRORS, code=TOO_MANY)
        view: Any = self
        answer: HttpResponse = view.render_to_response(view.get_context_data(form=form))
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS if too_many else HTTPStatus.BAD_REQUEST
        return answer


class Login(AnswerMixin, allauth.LoginView):
    pass


class Logout(AnswerMixin, allauth.LogoutView):
    pass


class ForgottenPassword(AnswerMixin, allauth.PasswordResetView):
    pass


class ChoosePassword(AnswerMixin, allauth.PasswordResetFromKeyView):
    pass


class ChangePassword(AnswerMixin, allauth.PasswordChangeView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has no password yet gets one by mail, as who forgot it."""
        if not request.user.has_usable_password():
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


@login_not_required
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up by themselves."""
    return render(request, "account/signup_closed.html")
