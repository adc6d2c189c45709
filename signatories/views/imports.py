"""Bringing the register in step with the official ones, from the browser."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.core import exports
from mvi_portal.core.workbooks import Page
from signatories import importing, services, succeeding
from signatories.forms import RegistersForm
from signatories.models import RegisterImport
from signatories.tooi import RegisterError
from signatories.views.keeping import keeper

SAME = "Er verandert niets: alles staat al zo in het register."
CHANGED = (
    "Het register is intussen gewijzigd. Er is niets verwerkt. Hieronder staat wat er nu verandert: kijk het "
    "na en verwerk het dan."
)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    path = [("Organisaties", reverse("signatories:organisation-list"))]
    return [*path, ("Register bijwerken", reverse("signatories:import-list") if more else ""), *more]


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    posted = request.method == "POST"
    form = RegistersForm(request.POST, request.FILES, by=by) if posted else RegistersForm(by=by)
    if form.is_valid():
        try:
            made = services.propose_import(documents=form.documents(), by=by)
        except RegisterError as error:
            form.refuse({problem.file for problem in error.problems}, str(error).splitlines())
        else:
            form.done()
            if made is None:
                messages.info(request, SAME)
                return redirect("signatories:import-list")
            return redirect("signatories:import-detail", made.pk)
    context = {"form": form, "table": importing.earlier(), "crumbs": crumbs()}
    return render(request, "signatories/import_list.html", context, status=400 if posted else 200)


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    keeper(request)
    found = get_object_or_404(RegisterImport.objects.select_related("uploaded_by", "decided_by"), pk=pk)
    context = {
        "item": found,
        "files": found.plan["files"],
        "counts": importing.counts(found.plan),
        "tables": importing.tables(found.plan),
        "remarks": found.plan["remarks"],
        "exports": exports.links(reverse("signatories:import-export", args=[pk])),
        "crumbs": crumbs(("Wat er verandert", "")),
    }
    return render(request, "signatories/import_detail.html", context)


@require_safe
def import_export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """All of what it changes, as a file."""
    keeper(request)
    found = get_object_or_404(RegisterImport, pk=pk)
    told = "; ".join(f"{item['title']}, zichtdatum {item['view_date']}" for item in found.plan["files"])
    page = Page("Wat er verandert", importing.COLUMNS, importing.lines(found.plan), lambda _count: [told])
    return exports.file_answer(f"register-bijwerken-{pk}", exports.form_of(request), page)


@require_POST
@transaction.atomic
def import_accept(request: HttpRequest, pk: int) -> HttpResponse:
    by, found = keeper(request), get_object_or_404(RegisterImport, pk=pk)
    try:
        accepted = services.accept_import(pending=found, by=by)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
        return redirect("signatories:import-detail", pk)
    except (RegisterError, OSError) as error:
        messages.error(request, f"Er is niets verwerkt: de bestanden zijn niet meer te lezen. {error}")
        return redirect("signatories:import-detail", pk)
    if not accepted:
        messages.warning(request, CHANGED)
        return redirect("signatories:import-detail", pk)
    messages.success(request, f"Verwerkt: {importing.counts(found.plan)}.")
    return redirect("signatories:succession-list" if succeeding.proposals() else "signatories:import-list")


@require_POST
@transaction.atomic
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    by, found = keeper(request), get_object_or_404(RegisterImport, pk=pk)
    try:
        services.discard_import(pending=found, by=by)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    else:
        messages.success(request, "Weggegooid. Er is niets veranderd in het register.")
    return redirect("signatories:import-list")
