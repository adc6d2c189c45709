"""Contact persons of an organisation: personal data, for the secretariat alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mvi_portal.accounts.changes import change_lines
from signatories import services
from signatories.forms import ContactForm
from signatories.models import Contact
from signatories.views.keeping import accepted, answer, keeper, typed
from signatories.views.organisation_keeping import crumbs, locked, page

GONE = "De gegevens van deze contactpersoon zijn al gewist."


def contact_of(organisation: Any, pk: int) -> Contact:
    rows = Contact.objects.select_for_update(of=("self",)).filter(organisation=organisation)
    return get_object_or_404(rows, pk=pk)


def facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("name", "email", "phone", "purpose")}


@page
@transaction.atomic
def contact_new(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation, today = keeper(request), locked(key), timezone.localdate()
    path = crumbs(request, organisation)
    form = ContactForm(typed(request))

    def save(given: dict[str, Any]) -> None:
        services.add_contact(organisation=organisation, **facts(given), on=today, by=by)

    if accepted(form, save):
        messages.success(request, "De contactpersoon is toegevoegd.")
        return redirect(path[-1][1])
    return answer(request, form, title="Contactpersoon toevoegen", button="Voeg toe", crumbs=path)


@page
@transaction.atomic
def contact_edit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation, today = keeper(request), locked(key), timezone.localdate()
    contact, path = contact_of(organisation, pk), crumbs(request, organisation)
    if contact.erased_on:
        messages.error(request, GONE)
        return redirect(path[-1][1])
    form = ContactForm(typed(request), instance=contact)

    def save(given: dict[str, Any]) -> None:
        services.change_contact(contact=contact, **facts(given), on=today, by=by)

    if accepted(form, save):
        messages.success(request, "De contactpersoon is bewaard.")
        return redirect(path[-1][1])
    title, changes = "Contactpersoon wijzigen", change_lines(contact)
    return answer(request, form, title=title, button="Bewaar", crumbs=path, changes=changes)


@require_POST
@transaction.atomic
def contact_check(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation, today = keeper(request), locked(key), timezone.localdate()
    contact = contact_of(organisation, pk)
    if contact.erased_on:
        messages.error(request, GONE)
    elif contact.checked_on != today:
        services.check_contact(contact=contact, on=today, by=by)
        messages.success(request, "De contactpersoon is vandaag nagekeken.")
    return redirect(crumbs(request, organisation)[-1][1])


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def contact_erase(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    contact, path = contact_of(organisation, pk), crumbs(request, organisation)
    if contact.erased_on:
        messages.info(request, GONE)
        return redirect(path[-1][1])
    if request.method == "POST":
        services.erase_contact(contact=contact, on=timezone.localdate(), by=by)
        messages.success(request, "De gegevens van de contactpersoon zijn gewist.")
        return redirect(path[-1][1])
    context = {"contact": contact, "crumbs": [*path, ("Contactpersoon wissen", "")], "back": path[-1][1]}
    return render(request, "signatories/contact_erase.html", context)
