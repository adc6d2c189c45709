"""What an administrator keeps: accounts and their roles. No content."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.accounts import rights, services
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.filters import AccountFilter
from mvi_portal.accounts.forms import AccountForm, InvitationForm
from mvi_portal.accounts.models import State, User
from mvi_portal.accounts.panels import panels_of
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.contributions import invitation_parts, management_pages
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row

TONES = {State.ON: "good", State.INVITED: "info", State.OFF: "neutral"}
HOME = ("Beheer", "accounts:management")
NOT_SENT = "De mail kon niet worden verstuurd. Probeer het later opnieuw met de knop hieronder."


def crumbs(*names: tuple[str, str]) -> list[tuple[str, str]]:
    """The path to a page of the administrator's; the last one is the page itself."""
    return [(label, reverse(name) if name else "") for label, name in (HOME, *names)]


@require_safe
def management(request: HttpRequest) -> HttpResponse:
    allowed(request, Action.MANAGE_ACCOUNTS)
    entries = [(entry, reverse(entry.url_name)) for entry in management_pages]
    return render(request, "accounts/management.html", {"entries": entries})


@require_safe
def rights_table(request: HttpRequest) -> HttpResponse:
    allowed(request, Action.MANAGE_ACCOUNTS)
    context = {"table": rights.as_table(), "crumbs": crumbs(("Rechten", ""))}
    return render(request, "accounts/rights.html", context)


class AccountList(ListPage):
    """Without an export: names, addresses and rights of people have no purpose in a file that goes around."""

    noun = "Accounts"
    template = "accounts/account_list.html"
    columns = (
        Column("name", "Naam", sort="naam"),
        Column("email", "E-mailadres", sort="mail"),
        Column("role", "Rol", sort="rol"),
        Column("state", "Toegang"),
        Column("seen", "Laatst ingelogd", sort="gezien"),
    )
    sorts = {"naam": "name", "mail": "email", "rol": "role", "gezien": "last_login"}
    default_sort = "naam"
    then = ("email",)
    empty = "Geen accounts gevonden. Zoek op een ander woord, of wis de filters."
    dated = False

    def rows(self) -> QuerySet[User]:
        allowed(self.request, Action.MANAGE_ACCOUNTS)
        return User.objects.all()

    def narrowed(self, rows: QuerySet[User]) -> AccountFilter:
        return AccountFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        return {"crumbs": crumbs(("Accounts", ""))}

    def row(self, item: Any) -> Row:
        seen = long_date(timezone.localdate(item.last_login)) if item.last_login else "nog nooit"
        return Row(
            [
                Cell(item, reverse("accounts:account-detail", args=[item.pk])),
                Cell(item.email),
                Cell(item.get_role_display()),
                Cell("", tag=item.state.label, tone=TONES[item.state]),
                Cell(seen),
            ]
        )


@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    """Make an account and invite its owner; apps above add what they ask."""
    by = allowed(request, Action.MANAGE_ACCOUNTS)
    form = InvitationForm(request.POST or None)
    parts = [(part, part.form(request.POST or None)) for part in invitation_parts]
    if all([form.is_valid(), *(fields.is_valid() for _part, fields in parts)]):
        with transaction.atomic():
            account = services.make_account(**form.cleaned_data, by=by)
            for part, fields in parts:
                part.save(fields, account, by)
        _send(request, account, by)
        return redirect("accounts:account-detail", account.pk)
    names = (("Accounts", "accounts:account-list"), ("Iemand uitnodigen", ""))
    context = {"form": form, "parts": [fields for _part, fields in parts], "crumbs": crumbs(*names)}
    return render(request, "accounts/account_new.html", context, status=_status(request))


@require_POST
def account_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation again."""
    by = allowed(request, Action.MANAGE_ACCOUNTS)
    account = get_object_or_404(User, pk=pk)
    try:
        _send(request, account, by)
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("accounts:account-detail", account.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    by = allowed(request, Action.MANAGE_ACCOUNTS)
    with transaction.atomic():
        account = _opened(pk, by) if request.method == "POST" else get_object_or_404(User, pk=pk)
        form = AccountForm(request.POST or None, instance=account)
        if form.is_valid() and _changed(form, account, by):
            messages.success(request, f"Het account van {account} is bewaard.")
            return redirect("accounts:account-detail", pk)
    return render(request, "accounts/account_detail.html", _told(account, form), status=_status(request))


def _opened(pk: int, by: User) -> User:
    try:
        return services.opened(pk=pk, by=by)
    except User.DoesNotExist:
        raise Http404 from None


def _changed(form: AccountForm, account: User, by: User) -> bool:
    given = {name: form.cleaned_data[name] for name in ("name", "role", "is_active")}
    try:
        services.change_account(account=account, **given, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _told(account: User, form: AccountForm) -> dict[str, Any]:
    stored = User.objects.get(pk=account.pk)  # what was typed is in the form, not on the rest of the page
    return {
        "account": stored,
        "form": form,
        "facts": _facts(stored),
        "is_invited": stored.state is State.INVITED,
        "panels": panels_of(stored, keeps=True),
        "changes": change_lines(stored),
        "crumbs": crumbs(("Accounts", "accounts:account-list"), (str(stored), "")),
    }


def _facts(account: User) -> list[tuple[str, str]]:
    login = account.last_login
    return [
        ("E-mailadres", account.email),
        ("Toegang", str(account.state.label)),
        ("Gemaakt op", long_date(timezone.localdate(account.joined_at))),
        ("Laatst ingelogd", long_date(timezone.localdate(login)) if login else "nog nooit"),
    ]


def _send(request: HttpRequest, account: User, by: User) -> None:
    if services.invite(account=account, by=by, at=request.build_absolute_uri):
        messages.success(request, f"De uitnodiging is verstuurd naar {account.email}.")
    else:
        messages.error(request, f"Het account van {account} is er. {NOT_SENT}")


def _status(request: HttpRequest) -> int:
    """A form that was sent and is shown again, was wrong."""
    return 400 if request.method == "POST" else 200
