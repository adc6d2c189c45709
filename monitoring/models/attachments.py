"""What goes along with an answer: files, and parliamentary papers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from monitoring.models.papers import Paper
from monitoring.models.progress import ProgressEntry
from mvi_portal.core.constraints import once, rule
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked


@tracked()
class EntryFile(StoredFile):
    """A file that an organisation sent with its answer."""

    entry = models.ForeignKey(
        ProgressEntry, verbose_name="voortgangstekst", on_delete=models.CASCADE, related_name="files"
    )

    class Meta:
        verbose_name = "bijlage bij een voortgangstekst"
        verbose_name_plural = "bijlagen bij voortgangsteksten"
        ordering = ["entry", "filename", "pk"]
        constraints = [
            *file_constraints("entryfile"),
            rule("entryfile", "has_file", ~Q(file=""), "Kies een bestand."),
            once("entryfile", "entry", "sha256", message="Dit bestand staat al bij het antwoord."),
        ]

    def __str__(self) -> str:
        return self.filename


@tracked()
class EntryPaper(models.Model):
    """A paper to or from parliament that an answer leans on."""

    entry = models.ForeignKey(
        ProgressEntry, verbose_name="voortgangstekst", on_delete=models.CASCADE, related_name="paper_rows"
    )
    paper = models.ForeignKey(Paper, verbose_name="stuk", on_delete=models.PROTECT, related_name="entry_rows")

    class Meta:
        verbose_name = "stuk bij een voortgangstekst"
        verbose_name_plural = "stukken bij voortgangsteksten"
        ordering = ["entry", "-paper__dated", "paper__slug"]
        constraints = [once("entrypaper", "entry", "paper", message="Dit stuk staat al bij het antwoord.")]

    def __str__(self) -> str:
        return str(self.paper)
