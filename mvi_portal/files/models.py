"""A file beside a row, a file that waits for one, and what the virus scanner said of a file."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import known, rule
from mvi_portal.core.uploads import Scan

SHA256 = r"^[0-9a-f]{64}$"


def place_of(row: models.Model, filename: str) -> str:
    """A path that is never used again and tells nothing; the name that it came with stands in the row."""
    ending = PurePath(filename).suffix.lower()
    return f"{row._meta.app_label}/{timezone.localdate().year}/{uuid.uuid4().hex}{ending}"


class StoredFile(models.Model):
    """The file, kept outside the web's reach, with its fingerprint and who brought it when.

    All empty when only the fact is known and not the file.
    """

    file = models.FileField("bestand", upload_to=place_of, max_length=255, blank=True)
    filename = models.CharField("oorspronkelijke bestandsnaam", max_length=255, blank=True)
    sha256 = models.CharField("controlegetal (SHA-256)", max_length=64, blank=True)
    pages = models.PositiveIntegerField("aantal pagina's", null=True, blank=True)
    uploaded_at = models.DateTimeField("geüpload op", null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="geüpload door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uploaded_%(class)ss",
    )

    class Meta:
        abstract = True

    @property
    def path(self) -> str:
        """Where the storage has it; empty without a file."""
        return self.file.name or ""


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
            Q(sha256="") | Q(sha256__regex=SHA256),
            "Een controlegetal heeft 64 tekens: cijfers en de letters a tot en met f.",
        ),
        rule(
            model,
            "pages_positive",
            Q(pages__isnull=True) | Q(pages__gte=1),
            "Een bestand heeft minstens één pagina.",
        ),
    ]


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, user: models.Model) -> Self:
        """Only who brought a file may use it."""
        return self.filter(uploaded_by=user)

    def waiting(self, purpose: str) -> Self:
        """Until somebody says where it belongs; the oldest first."""
        return self.filter(purpose=purpose).order_by("uploaded_at", "pk")


class Upload(StoredFile):
    """A file that came in and belongs to no row yet: its form had another fault, or a person must confirm."""

    token = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField("waarvoor", max_length=40)
    size = models.PositiveBigIntegerField("grootte in bytes")
    searchable = models.BooleanField("doorzoekbaar", null=True, blank=True)
    expires_at = models.DateTimeField(
        "vervalt op", null=True, blank=True, help_text="Leeg: blijft tot iemand het afhandelt."
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "upload die wacht"
        verbose_name_plural = "uploads die wachten"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            *file_constraints("upload"),
            rule(
                "upload",
                "has_file_and_owner",
                ~Q(file="") & Q(uploaded_by__isnull=False),
                "Een upload heeft een bestand en iemand die het bracht.",
            ),
        ]
        indexes = [models.Index(fields=["purpose", "uploaded_by"], name="upload_purpose_owner")]

    def __str__(self) -> str:
        return self.filename


class FileScan(models.Model):
    """What the scanner said of the bytes with this fingerprint, wherever they are kept.

    Apart from the row that keeps the file, which may be frozen by then.
    """

    sha256 = models.CharField("controlegetal (SHA-256)", max_length=64, unique=True)
    path = models.CharField("plaats", max_length=255)
    state = models.CharField("uitkomst", max_length=10, choices=Scan.choices)
    asked_at = models.DateTimeField("aangeboden op", default=timezone.now)
    scanned_at = models.DateTimeField("gescand op", null=True, blank=True)

    class Meta:
        verbose_name = "virusscan"
        verbose_name_plural = "virusscans"
        ordering = ["-asked_at"]
        constraints = [
            known("filescan", "state", Scan),
            rule("filescan", "sha256_form", Q(sha256__regex=SHA256), "Een controlegetal heeft 64 tekens."),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="filescan_state")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.get_state_display()}"
