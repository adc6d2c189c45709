"""Recording signatures, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mvi_portal.core.templatetags.mvi import keep
from signatories import services
from signatories.forms import JoinForm, LeaveForm, NewSignatureForm, SignatureForm, WithdrawForm
from signatories.models import Manifest, OrganisationName, Signatory, Signature
from signatories.together import headed
from signatories.views.keeping import NOTHING, accepted, answer, is_same, keeper, saving, typed

Crumbs = list[tuple[str, str]]
page = require_http_methods(["GET", "HEAD", "POST"])


def locked(manifest: str, slug: str) -> Signature:
    rows = Signature.objects.select_related("manifest").select_for_update(of=("self",))
    return get_object_or_404(rows, manifest__slug=manifest, slug=slug)


def address(request: HttpRequest, signature: Signature) -> str:
    return keep(
        request,
        reverse("signatories:signature-detail", args=[signature.manifest.slug, signature.slug]),
    )


def crumbs(request: HttpRequest, signature: Signature | None = None) -> Crumbs:
    path = [("Ondertekenaars", keep(request, reverse("signatories:signatory-list")))]
    return [*path, (whose(signature), address(request, signature))] if signature else path


def whose(signature: Signature) -> str:
    rows: QuerySet[Any] = Signatory.objects.filter(signature=signature).with_name(on=timezone.localdate())
    names = [row.name_on_day for row in rows.order_by("sort_name_on_day", "valid_from", "pk")]
    return f"Handtekening van {headed(names)}" if names else "Handtekening"


@page
def signature_new(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    manifest = Manifest.objects.order_by("-opened_on").first()
    form = NewSignatureForm(typed(request), initial={"manifest": manifest})

    def save(given: dict[str, Any]) -> None:
        facts = {name: value for name, value in given.items() if name != "edition"}
        form.instance = services.record_signature(**facts, by=by)

    if accepted(form, save):
        made: Any = form.instance
        messages.success(request, "De handtekening staat in het register.")
        return redirect(address(request, made))
    title = "Handtekening vastleggen"
    return answer(request, form, title=title, button="Leg vast", crumbs=crumbs(request))


@page
@transaction.atomic
def signature_edit(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    by, signature = keeper(request), locked(manifest, slug)

    def save(given: dict[str, Any]) -> None:
        facts = {name: value for name, value in given.items() if name != "edition"}
        services.correct_signature(signature=signature, **facts, by=by)

    return saving(
        request,
        SignatureForm(typed(request), instance=signature),
        save,
        done="De gegevens van de handtekening zijn bewaard.",
        title="Gegevens wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, signature),
        row=signature,
    )


@page
@transaction.atomic
def signature_withdraw(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    by, signature = keeper(request), locked(manifest, slug)
    path = crumbs(request, signature)
    form = WithdrawForm(typed(request), instance=signature)

    def save(given: dict[str, Any]) -> None:
        services.withdraw(signature=signature, on=given["withdrawn_on"], by=by, why=given["why"])

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        taken_back = signature.withdrawn_on is None
        told = "De intrekking is ongedaan gemaakt." if taken_back else "De handtekening is ingetrokken."
        messages.success(request, told)
        return redirect(path[-1][1])
    intro = "Vanaf deze dag telt de handtekening niet meer mee, voor geen van de organisaties eronder."
    title = "Handtekening intrekken"
    return answer(request, form, title=title, button="Trek in", crumbs=path, intro=intro)


@page
@transaction.atomic
def signature_join(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    by, signature = keeper(request), locked(manifest, slug)
    return saving(
        request,
        JoinForm(typed(request)),
        lambda given: services.join(signature=signature, **given, by=by),
        done="Toegevoegd aan de handtekening.",
        title="Organisatie toevoegen",
        button="Voeg toe",
        crumbs=crumbs(request, signature),
    )


@page
@transaction.atomic
def signatory_end(request: HttpRequest, manifest: str, slug: str, pk: int) -> HttpResponse:
    by, signature = keeper(request), locked(manifest, slug)
    names = OrganisationName.objects.filter(organisation=OuterRef("organisation"))
    rows: QuerySet[Any] = Signatory.objects.filter(signature=signature).annotate(
        called=Subquery(names.nearest(on=timezone.localdate()).values("name")[:1])
    )
    row = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)

    def save(given: dict[str, Any]) -> None:
        services.leave(signatory=row, until=given["valid_until"], by=by, why=given["why"])

    return saving(
        request,
        LeaveForm(typed(request), instance=row),
        save,
        done=f"Bewaard: tot wanneer {row.called} onder deze handtekening staat.",
        title=f"Deelname van {row.called} beëindigen",
        button="Bewaar",
        crumbs=crumbs(request, signature),
        row=row,
    )
