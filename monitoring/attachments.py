"""What goes along with an answer, as its page tells it: files and papers, and the forms that add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from monitoring.asked import Asked
from monitoring.forms import FileForm, PaperChoiceForm
from monitoring.models import EntryFile, EntryPaper
from mvi_portal.accounts.models import User
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.uploads import Scan
from mvi_portal.files.services import scans_of


@dataclass(frozen=True)
class Attached:
    """A file or a paper; `name` and `value` are what a button sends to take it away."""

    name: str
    value: str
    file: File | None = None
    text: str = ""
    href: str = ""
    note: str = ""


def attached(item: Asked, *, writes: bool, by: User, own: bool) -> dict[str, Any]:
    """Who may not read the answer yet, does not see what goes with it."""
    shown = item.entry is not None and (own or not item.is_to_write)
    files = list(EntryFile.objects.filter(entry=item.entry)) if shown else []
    papers = EntryPaper.objects.filter(entry=item.entry).select_related("paper") if shown else []
    return {
        "attachments": [*_files(item, files), *(_paper(row) for row in papers)],
        "file_form": FileForm(by=by) if writes else None,
        "paper_form": PaperChoiceForm() if writes else None,
    }


def _files(item: Asked, rows: Sequence[EntryFile]) -> list[Attached]:
    scans = scans_of(rows)
    return [_file(item, row, scans.get(row.sha256, Scan.NONE)) for row in rows]


def _file(item: Asked, row: EntryFile, scan: Scan) -> Attached:
    href = reverse("monitoring:entry-file", args=[*item.place, row.pk]) if scan.is_open else ""
    file = File(row.filename, href, kind_of(row.filename), size_of(row.file), row.pages)
    return Attached("bestand", str(row.pk), file, note="" if scan is Scan.CLEAN else str(scan.label))


def _paper(row: EntryPaper) -> Attached:
    href = reverse("monitoring:paper-detail", args=[row.paper.slug])
    return Attached("stuk", row.paper.slug, text=f"{row.paper.title} ({row.paper.dated})", href=href)
