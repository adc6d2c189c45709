"""Manifests, kept by the secretariat, and who of the one before signed again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.reference import on_of
from mvi_portal.core.templatetags.mvi import keep
from signatories import manifests, services
from signatories.forms import ExtensionForm, ManifestForm, NewManifestForm
from signatories.models import Manifest, ManifestExtension, Signature
from signatories.views.keeping import accepted, answer, keeper, removing, saving, typed

page = require_http_methods(["GET", "HEAD", "POST"])
Crumbs = list[tuple[str, str]]


def crumbs(request: HttpRequest, manifest: Manifest | None = None) -> Crumbs:
    path = [
        ("Ondertekenaars", keep(request, reverse("signatories:signatory-list"))),
        ("Manifesten", keep(request, reverse("signatories:manifest-list"))),
    ]
    return [*path, (manifest.name, address(request, manifest))] if manifest else path


def address(request: HttpRequest, manifest: Manifest) -> str:
    return keep(request, reverse("signatories:manifest-detail", args=[manifest.slug]))


def locked(slug: str) -> Manifest:
    return get_object_or_404(Manifest.objects.select_for_update(), slug=slug)


def facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "edition"}


@require_safe
def manifest_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on, user = on_of(request), reader(request)
    manifest = get_object_or_404(Manifest.objects.select_related("predecessor"), slug=slug)
    keeps = may(user, Action.KEEP_REGISTER)
    context = {
        "manifest": manifest,
        "on": on,
        "keeps": keeps,
        "facts": manifests.facts(manifest, on),
        "related": manifests.related(manifest, request),
        "signatures": Signature.objects.in_force(on=on).filter(manifest=manifest).count(),
        "extensions": manifests.extensions(manifest, keeps=keeps),
        "themes": list(manifest.themes.order_by("order")),
        "steps": list(manifest.steps.order_by("number")),
        "changes": change_lines(manifest) if keeps else [],
        "crumbs": [*crumbs(request), (manifest.name, "")],
    }
    return render(request, "signatories/manifest_detail.html", context)


@page
def manifest_new(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    latest = Manifest.objects.order_by("-opened_on").first()
    form = NewManifestForm(typed(request), initial={"predecessor": latest})

    def save(given: dict[str, Any]) -> None:
        form.instance = services.register_manifest(**facts(given), by=by)

    if accepted(form, save):
        made: Any = form.instance
        messages.success(request, "Het manifest staat in het register.")
        return redirect(address(request, made))
    return answer(request, form, title="Manifest vastleggen", button="Leg vast", crumbs=crumbs(request))


@page
@transaction.atomic
def manifest_edit(request: HttpRequest, slug: str) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)

    def save(given: dict[str, Any]) -> None:
        services.correct_manifest(manifest=manifest, **facts(given), by=by)

    return saving(
        request,
        ManifestForm(typed(request), instance=manifest),
        save,
        done="Het manifest is bewaard.",
        title="Manifest wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, manifest),
        row=manifest,
    )


@page
@transaction.atomic
def extension_new(request: HttpRequest, slug: str) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)

    def save(given: dict[str, Any]) -> None:
        services.extend_manifest(manifest=manifest, **facts(given), by=by)

    return saving(
        request,
        ExtensionForm(typed(request)),
        save,
        done="De verlenging is vastgelegd.",
        title="Verlenging vastleggen",
        button="Leg vast",
        crumbs=crumbs(request, manifest),
    )


def extension_of(manifest: Manifest, pk: int) -> ManifestExtension:
    rows = ManifestExtension.objects.select_for_update(of=("self",)).select_related("manifest")
    return get_object_or_404(rows, manifest=manifest, pk=pk)


@page
@transaction.atomic
def extension_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)
    extension = extension_of(manifest, pk)

    def save(given: dict[str, Any]) -> None:
        services.correct_extension(extension=extension, **facts(given), by=by)

    return saving(
        request,
        ExtensionForm(typed(request), instance=extension),
        save,
        done="De verlenging is bewaard.",
        title="Verlenging wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, manifest),
        row=extension,
    )


@page
@transaction.atomic
def extension_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)
    extension = extension_of(manifest, pk)
    return removing(
        request,
        lambda: services.remove_extension(extension=extension, by=by),
        done="De verlenging is verwijderd.",
        title="Verlenging verwijderen",
        text=f"De verlenging tot en met {extension.runs_until} gaat weg. De geschiedenis bewaart haar.",
        crumbs=crumbs(request, manifest),
    )
