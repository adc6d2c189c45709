"""The parcel: all that goes with one version of a letter, made from one snapshot."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.history import tracked
from mvi_portal.jobs.models import Job
from reports.models.freezes import SHA256, Freeze
from reports.models.versions import JOB_STATES, LetterVersion, VersionState


class Edition(models.TextChoices):
    """Who may read a document: everybody, or only who works on the letter."""

    PUBLIC = "public", "openbaar"
    INTERNAL = "internal", "intern"


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def visible_to(self, user: User) -> Self:
        """As the version of the letter that it goes with."""
        return self.filter(version__in=LetterVersion.objects.visible_to(user))

    def under_way(self) -> Self:
        """Asked for or being made."""
        return self.filter(version__job__in=Job.objects.open(), manifest="")

    def for_pages(self) -> Self:
        """With the version, its job and who asked, without what was frozen."""
        found = self.select_related("version__letter", "version__job", "version__created_by", "freeze")
        return found.defer("content", "version__content", "freeze__content")


@tracked(exclude=["content"])  # its fingerprint is recorded; the text itself never changes once it is there
class Parcel(models.Model):
    """Everything of a version in one: asked for once, made by a worker, ready when it has a manifest.

    The texts of the moment are in `content`, the figures in the freeze: what is made of the two is the same,
    byte by byte, whenever it is made.
    """

    version = models.OneToOneField(
        LetterVersion, verbose_name="versie", on_delete=models.PROTECT, related_name="parcel"
    )
    freeze = models.ForeignKey(
        Freeze,
        verbose_name="bevriezing",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parcels",
    )
    content = models.TextField("vastgelegde teksten", blank=True)
    content_sha256 = models.CharField("SHA-256 van de teksten", max_length=64, blank=True)
    manifest = models.TextField("paklijst", blank=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = "pakket"
        verbose_name_plural = "pakketten"
        ordering = ["-version"]
        constraints = [
            rule(
                "parcel",
                "content_with_freeze",
                Q(content="", content_sha256="", freeze__isnull=True, manifest="")
                | (~Q(content="") & Q(content_sha256__regex=SHA256, freeze__isnull=False)),
                "De teksten van een pakket worden vastgelegd met de bevroren cijfers erbij.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="parcel_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.content <> '' AND ROW(OLD.version_id, OLD.freeze_id, OLD.content) "
                    "IS DISTINCT FROM ROW(NEW.version_id, NEW.freeze_id, NEW.content)) "
                    "OR (OLD.manifest <> '' AND OLD.manifest <> NEW.manifest))"
                ),
            ),
            pgtrigger.Protect(
                name="parcel_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.content <> ''"),
            ),
        ]

    def __str__(self) -> str:
        return f"Pakket bij {self.version}"

    @property
    def is_ready(self) -> bool:
        return bool(self.manifest)

    @property
    def state(self) -> VersionState:
        """Reads the job; a parcel of which nothing is known any more has failed."""
        if self.is_ready:
            return VersionState.READY
        job = self.version.job
        return JOB_STATES.get(job.state, VersionState.FAILED) if job else VersionState.FAILED

    @property
    def is_under_way(self) -> bool:
        return self.state in {VersionState.ASKED, VersionState.BUILDING}


class ParcelFileQuerySet(models.QuerySet["ParcelFile"]):
    def visible_to(self, user: User) -> Self:
        """Of parcels that the user sees; the internal edition for who works on letters."""
        found = self.filter(parcel__in=Parcel.objects.visible_to(user))
        return found if may(user, Action.COMMENT_LETTER) else found.filter(edition=Edition.PUBLIC)


@tracked()
class ParcelFile(models.Model):
    """One file of a parcel, with what it prints of the figures."""

    parcel = models.ForeignKey(Parcel, verbose_name="pakket", on_delete=models.PROTECT, related_name="files")
    order = models.PositiveSmallIntegerField("volgorde")
    name = models.CharField("naam", max_length=200)
    kind = models.CharField("soort", max_length=40)
    title = models.CharField("titel", max_length=300)
    edition = models.CharField("uitgave", max_length=10, choices=Edition.choices)
    file = models.FileField("bestand", upload_to="parcels/", max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("grootte in bytes")
    pages = models.PositiveIntegerField("pagina's", null=True, blank=True)
    figures = models.JSONField("cijfers die erin staan", default=dict, blank=True)

    objects = ParcelFileQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand van een pakket"
        verbose_name_plural = "bestanden van pakketten"
        ordering = ["parcel", "order", "name"]
        constraints = [
            once("parcelfile", "parcel", "name", message="Dit bestand zit al in het pakket."),
            known("parcelfile", "edition", Edition),
            rule("parcelfile", "sha256_form", Q(sha256__regex=SHA256), "Dit is geen SHA-256."),
        ]
        triggers = [
            pgtrigger.Protect(name="parcelfile_fixed", operation=pgtrigger.Update),
            pgtrigger.Protect(name="parcelfile_is_kept", operation=pgtrigger.Delete),
        ]
        indexes = [models.Index(fields=["sha256"], name="parcelfile_sha256")]

    def __str__(self) -> str:
        return self.name
