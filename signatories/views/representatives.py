"""Who acts for which organisation: an administrator's work, and no content."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from signatories.filters import RepresentativeFilter
from signatories.models import Representative
from signatories.representing import EndForm, RepresentativeForm, change, period, with_names
from signatories.services import appoint, end_representation


def crumbs(*names: tuple[str, str]) -> list[tuple[str, str]]:
    path = (("Beheer", "accounts:management"), ("Vertegenwoordigers", "signatories:representative-list"))
    return [*((label, reverse(name)) for label, name in path), *names]


class RepresentativeList(ListPage):
    """Without an export: names of people and what they may do have no purpose in a file that goes around."""

    noun = "Vertegenwoordigers"
    template = "signatories/representative_list.html"
    columns = (
        Column("user", "Account", sort="naam"),
        Column("organisation", "Organisatie", sort="organisatie"),
        Column("from", "Vanaf", sort="vanaf"),
        Column("until", "Tot en met", sort="tot"),
        Column("change", "Wijzigen"),
    )
    sorts = {"naam": "user__name", "organisatie": "name_on_day", "vanaf": "valid_from", "tot": "valid_until"}
    default_sort = "naam"
    then = ("user__name", "name_on_day", "pk")
    empty = "Geen vertegenwoordigers gevonden. Zoek op een ander woord, of wis de filters."
    dated = False

    def rows(self) -> QuerySet[Representative]:
        allowed(self.request, Action.MANAGE_ACCOUNTS)
        return with_names(Representative.objects.all(), timezone.localdate())

    def narrowed(self, rows: QuerySet[Representative]) -> RepresentativeFilter:
        return RepresentativeFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        return {"crumbs": [("Beheer", reverse("accounts:management")), ("Vertegenwoordigers", "")]}

    def row(self, item: Any) -> Row:
        whose = reverse("accounts:account-detail", args=[item.user.pk])
        which = reverse("signatories:organisation-detail", args=[item.organisation.key])
        return Row(
            [
                Cell(item.user, whose, "demo" if item.is_demo else "", "warn"),
                Cell(item.name_on_day or item.organisation.key, which),
                *period(item),
                change(item),
            ]
        )


@require_http_methods(["GET", "HEAD", "POST"])
def representative_new(request: HttpRequest) -> HttpResponse:
    by = allowed(request, Action.MANAGE_ACCOUNTS)
    opening = {"user": request.GET.get("account"), "valid_from": timezone.localdate()}
    form = RepresentativeForm(request.POST or None, initial=opening)
    if form.is_valid() and _appointed(form, by):
        return redirect("accounts:account-detail", form.cleaned_data["user"].pk)
    context = {"form": form, "title": "Iemand laten handelen namens een organisatie"}
    return _answer(request, context, "Toevoegen")


@require_http_methods(["GET", "HEAD", "POST"])
def representative_end(request: HttpRequest, pk: int) -> HttpResponse:
    by = allowed(request, Action.MANAGE_ACCOUNTS)
    with transaction.atomic():
        rows = with_names(Representative.objects.all(), timezone.localdate())
        row: Any = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
        title = f"{row.user} handelt namens {row.name_on_day or row.organisation.key}"
        form = EndForm(request.POST or None, instance=row)
        if form.is_valid() and _ended(form, row, by):
            messages.success(request, f"Bewaard: tot wanneer {row.user} namens deze organisatie handelt.")
            return redirect("accounts:account-detail", row.user.pk)
    context = {"form": form, "title": title, "since": row.valid_from}
    return _answer(request, context, "Einde wijzigen")


def _appointed(form: Form, by: User) -> bool:
    given = form.cleaned_data
    try:
        appoint(**given, by=by)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _ended(form: EndForm, row: Representative, by: User) -> bool:
    try:
        end_representation(representative=row, valid_until=form.cleaned_data["valid_until"], by=by)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _answer(request: HttpRequest, context: dict[str, Any], crumb: str) -> HttpResponse:
    told = {**context, "crumbs": crumbs((crumb, ""))}
    status = 400 if request.method == "POST" else 200
    return render(request, "signatories/representative_form.html", told, status=status)
