"""The paper that was signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mvi_portal.core.constraints import once, rule
from mvi_portal.core.models import Fact
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked
from signatories.models.signatures import Signature


@tracked()
class SignatureDocument(Fact, StoredFile):
    """Of a signature: the signed page, a letter of accession. Read by who may read the signature."""

    signature = models.ForeignKey(
        Signature, verbose_name="handtekening", on_delete=models.CASCADE, related_name="documents"
    )

    class Meta:
        verbose_name = "document bij een handtekening"
        verbose_name_plural = "documenten bij handtekeningen"
        ordering = ["signature", "uploaded_at", "pk"]
        constraints = [
            *file_constraints("signaturedocument"),
            rule("signaturedocument", "has_file", ~Q(file=""), "Kies een bestand."),
            once(
                "signaturedocument",
                "signature",
                "sha256",
                message="Dit bestand staat al bij deze handtekening.",
            ),
        ]

    def __str__(self) -> str:
        return self.filename
