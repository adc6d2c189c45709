"""Official registers that were handed in: what they would change waits until somebody accepts it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.history import tracked


class ImportState(models.TextChoices):
    WAITING = "waiting", "wacht op akkoord"
    ACCEPTED = "accepted", "verwerkt"
    DISCARDED = "discarded", "weggegooid"


@tracked(exclude=["plan"])
class RegisterImport(models.Model):
    """Files of the TOOI register with what they change; accepted as a whole, or thrown away.

    `plan` is what was shown, `fingerprint` its checksum: when the register changed meanwhile they differ.
    """

    state = models.CharField("stand", max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    plan = models.JSONField("wat er verandert")
    fingerprint = models.CharField("controlegetal van wat er verandert", max_length=64)
    uploaded_at = models.DateTimeField("geüpload op")
    uploaded_by = models.ForeignKey(
        User, verbose_name="geüpload door", on_delete=models.PROTECT, related_name="register_imports"
    )
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name="besloten door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_register_imports",
    )

    class Meta:
        verbose_name = "bijwerking van het register"
        verbose_name_plural = "bijwerkingen van het register"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            known("registerimport", "state", ImportState),
            rule(
                "registerimport",
                "decided_once",
                Q(state=ImportState.WAITING, decided_at__isnull=True)
                | ~Q(state=ImportState.WAITING) & Q(decided_at__isnull=False),
                "Leg bij een besluit vast wanneer het is genomen.",
            ),
        ]

    def __str__(self) -> str:
        return f"registers van {timezone.localtime(self.uploaded_at):%d-%m-%Y}: {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ImportState.WAITING


@tracked()
class RegisterFile(models.Model):
    """One of the files, as it was handed in."""

    register_import = models.ForeignKey(
        RegisterImport, verbose_name="bijwerking", on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField("bestandsnaam", max_length=255)
    sha256 = models.CharField("controlegetal (SHA-256)", max_length=64)
    file = models.FileField("bestand", upload_to="tooi/%Y/", max_length=255)

    class Meta:
        verbose_name = "registerbestand"
        verbose_name_plural = "registerbestanden"
        ordering = ["register_import", "pk"]
        constraints = [
            once("registerfile", "register_import", "sha256", message="Dit bestand staat er al bij."),
        ]

    def __str__(self) -> str:
        return self.name
