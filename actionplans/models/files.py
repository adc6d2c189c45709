"""A file that was handed in: a version of a plan, the report of an evaluation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import rule


class StoredFile(models.Model):
    """The file, kept outside the web's reach, with its fingerprint and who brought it when.

    All empty when only the fact is known and not the file.
    """

    file = models.FileField("bestand", upload_to="actionplans/%Y/", max_length=255, blank=True)
    filename = models.CharField("oorspronkelijke bestandsnaam", max_length=255, blank=True)
    sha256 = models.CharField("controlegetal (SHA-256)", max_length=64, blank=True)
    pages = models.PositiveIntegerField("aantal pagina's", null=True, blank=True)
    uploaded_at = models.DateTimeField("geüpload op", null=True, blank=True)
    uploaded_by = models.ForeignKey(
        User,
        verbose_name="geüpload door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uploaded_%(class)ss",
    )

    class Meta:
        abstract = True


def file_constraints(model: str) -> list[models.BaseConstraint]:
    """For the Meta of a model with a StoredFile."""
    return [
        rule(
            model,
            "file_has_fingerprint",
            Q(file="") | ~Q(sha256="") & Q(uploaded_at__isnull=False),
            "Leg bij een bestand het controlegetal en het moment van uploaden vast.",
        ),
        rule(
            model,
            "sha256_form",
            Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
            "Een controlegetal heeft 64 tekens: cijfers en de letters a tot en met f.",
        ),
        rule(
            model,
            "pages_positive",
            Q(pages__isnull=True) | Q(pages__gte=1),
            "Een bestand heeft minstens één pagina.",
        ),
    ]
