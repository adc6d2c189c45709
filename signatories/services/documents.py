"""The document of a signature is kept beside it, and taken away when it does not belong there."""

from __future__ import annotations

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.history import history
from signatories.models import Signature, SignatureDocument


@transaction.atomic
def add_document(*, signature: Signature, upload: Upload, source: str, by: User) -> SignatureDocument:
    """Keep what was uploaded beside the signature.

    Raises ValidationError when the same file is there already, or the upload was handled meanwhile.
    """
    document = SignatureDocument(signature=signature, source=source, is_demo=signature.is_demo)
    with history(by=by, action="signature.document_added"):
        files.keep(upload=upload, row=document)
        document.full_clean()
        document.save()
    return document


@transaction.atomic
def remove_document(*, document: SignatureDocument, by: User) -> None:
    """It does not belong to the signature; history keeps that it was there, and where the bytes are."""
    with history(by=by, action="signature.document_removed"):
        document.delete()
