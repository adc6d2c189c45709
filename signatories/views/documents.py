"""The document of a signature: brought by the secretariat, given to who may read the signature."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from mvi_portal.accounts.permissions import reader
from mvi_portal.files.answers import answer_stored
from signatories import services
from signatories.forms import DocumentForm
from signatories.models import Signature, SignatureDocument
from signatories.views.keeping import keeper, removing, saving
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
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*posted, by=by)

    def save(given: dict[str, Any]) -> None:
        services.add_document(signature=signature, upload=given["file"], source=given["source"], by=by)

    return saving(
        request,
        form,
        save,
        done="Het document staat bij de handtekening.",
        title="Document toevoegen",
        button="Voeg toe",
        crumbs=crumbs(request, signature),
        intro="Bijvoorbeeld de ondertekende bladzijde, of de brief waarmee de organisatie zich aansloot.",
    )


@page
@transaction.atomic
def document_remove(request: HttpRequest, manifest: str, slug: str, pk: int) -> HttpResponse:
    by, signature = keeper(request), locked(manifest, slug)
    rows = SignatureDocument.objects.select_for_update(of=("self",))
    row = get_object_or_404(rows, signature=signature, pk=pk)
    return removing(
        request,
        lambda: services.remove_document(document=row, by=by),
        done=f"{row.filename} staat niet meer bij de handtekening.",
        title="Document verwijderen",
        text=f"{row.filename} gaat weg bij deze handtekening. De geschiedenis bewaart dat het er stond.",
        crumbs=crumbs(request, signature),
    )
