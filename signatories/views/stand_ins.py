"""A colleague acts in somebody's place during absence: arranged by oneself, with a first and a last day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.dates import DayField, long_date
from signatories.models import Representative
from signatories.services import arrange_stand_in, end_stand_in
from signatories.views.keeping import accepted, answer, typed

INTRO = (
    "Uw collega krijgt in deze periode dezelfde rechten voor de organisaties waarvoor u handelt. U houdt ze "
    "zelf ook. De mails van het portaal gaan naar u beiden."
)


class StandInForm(forms.Form):
    colleague = forms.ModelChoiceField(
        User.objects.none(),
        label="Collega",
        empty_label="– kies –",
        help_text="Staat uw collega er niet bij? Vraag de beheerder om een account.",
    )
    valid_from = DayField(label="Vanaf")
    valid_until = DayField(label="Tot en met")

    def __init__(self, data: Any, *, absent: User) -> None:
        super().__init__(data)
        colleagues = User.objects.filter(is_active=True, role=absent.role).exclude(pk=absent.pk)
        self.fields["colleague"].queryset = colleagues.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "De laatste dag ligt vóór de eerste.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def stand_in_new(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    form = StandInForm(typed(request), absent=by)
    if accepted(form, lambda given: arrange_stand_in(**given, by=by)):
        given = form.cleaned_data
        told = f"{given['colleague']} vervangt u tot en met {long_date(given['valid_until'])}."
        messages.success(request, told)
        return redirect("accounts:me")
    path = [("Mijn account", reverse("accounts:me"))]
    return answer(request, form, title="Vervanging regelen", button="Leg vast", crumbs=path, intro=INTRO)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def stand_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Only who is replaced says so, and is asked whether it is meant."""
    by = reader(request)
    rows = Representative.objects.select_for_update(of=("self",)).select_related("user")
    row = get_object_or_404(rows, pk=pk, stands_in_for=by)
    form = forms.Form(typed(request))
    if accepted(form, lambda _given: end_stand_in(representative=row, by=by)):
        messages.success(request, "De vervanging is beëindigd.")
        return redirect("accounts:me")
    path = [("Mijn account", reverse("accounts:me"))]
    intro = f"Na vandaag handelt {row.user} niet meer in uw plaats."
    return answer(request, form, title="Vervanging stoppen", button="Stop", crumbs=path, intro=intro)
