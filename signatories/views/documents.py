"""The document of a signature: brought by the secretariat, given to who may read the signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from mvi_portal.accounts.permissions import reader
from mvi_portal.files.answers import answer_stored
from signatories import services
from signatories.forms import DocumentForm
from signatories.models import Signature, SignatureDocument
from signatories.views.keeping import accepted, answer, confirm, keeper
from signatories.views.signature_keeping import crumbs, locked, page


@require_safe
def document_download(request: HttpRequest, manifest: str, slug: str, pk: int) -> HttpResponseBase:
    visible = Signature.objects.visible_to(reader(request), on=timezone.localdate())
    signature = get_object_or_404(visible, manifest__slug=manifest, slug=slug)
    row = get_object_or_404(SignatureDocument, signature=signature, pk=pk)
    return answer_stored(request, row)


@page
def document_new(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    """Not in one transaction: a file that came with another fault stays parked."""
    by = keeper(request)
    signature = get_object_or_404(
        Signature.objects.select_related("manifest"), manifest__slug=manifest, slug=slug
    )
    path = crumbs(request, signature)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*posted, by=by)

    def save(given: dict[str, Any]) -> None:
        services.add_document(signature=signature, upload=given["file"], source=given["source"], by=by)

    if accepted(form, save):
        messages.success(request, "Het document staat bij de handtekening.")
        return redirect(path[-1][1])
    intro = "Bijvoorbeeld de ondertekende bladzijde, of de brief waarmee de organisatie zich aansloot."
    return answer(request, form, title="Document toevoegen", button="Voeg toe", crumbs=path, intro=intro)


@page
@transaction.atomic
def document_remove(request: HttpRequest, manifest: str, slug: str, pk: int) -> HttpResponse:
    by, signature = keeper(request), locked(manifest, slug)
    rows = SignatureDocument.objects.select_for_update(of=("self",))
    row, path = get_object_or_404(rows, signature=signature, pk=pk), crumbs(request, signature)
    if request.method == "POST":
        services.remove_document(document=row, by=by)
        messages.success(request, f"{row.filename} staat niet meer bij de handtekening.")
        return redirect(path[-1][1])
    text = f"{row.filename} gaat weg bij deze handtekening. De geschiedenis bewaart dat het er stond."
    return confirm(request, title="Document verwijderen", text=text, button="Verwijder", crumbs=path)
