"""What goes along with an answer, as its page tells it: files and papers, and the forms that add to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from monitoring.asked import Asked
from monitoring.forms import FileForm, PaperChoiceForm
from monitoring.models import EntryFile, EntryPaper, EntryState, ProgressEntry
from mvi_portal.accounts.models import User
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.uploads import Scan
from mvi_portal.files.services import scans_of

Address = Callable[[int], str]  # of a file, by its key


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
    """Who may not read the answer yet, does not see what goes with it; see `readable`."""
    files, papers = (readable(model.objects.all(), item, own=own) for model in (EntryFile, EntryPaper))
    return _beside(files, papers, item.href, _address(item.place), writes=writes, by=by)


def readable(rows: QuerySet[Any], item: Asked, *, own: bool) -> QuerySet[Any]:
    """Of files or papers: to others those of what was handed in; of what was handed back those of then."""
    if item.entry is None:
        return rows.none()
    mine = rows.filter(entry=item.entry)
    if own or not item.is_to_write:
        return mine
    if item.entry.state != EntryState.RETURNED:
        return rows.none()
    then = {"events__entry": item.entry.pk, "events__pgh_created_at__lte": item.entry.returned_at}
    return mine.filter(pk__in=mine.order_by().filter(**then).values("pk"))


def beside(
    entry: ProgressEntry | None, href: str, address: Address, *, writes: bool, by: User
) -> dict[str, Any]:
    """What goes with the entry; `href` is its page, below which it is added and taken away."""
    key = entry.pk if entry is not None else None
    files, papers = (model.objects.filter(entry=key) for model in (EntryFile, EntryPaper))
    return _beside(files, papers, href, address, writes=writes, by=by)


def _beside(
    files: QuerySet[Any], papers: QuerySet[Any], href: str, address: Address, *, writes: bool, by: User
) -> dict[str, Any]:
    told = [*_files(list(files), address), *(_paper(row) for row in papers.select_related("paper"))]
    return {
        "attach_url": f"{href}bijlagen/",
        "attachments": told,
        "file_form": FileForm(by=by) if writes else None,
        "paper_form": PaperChoiceForm() if writes else None,
    }


def names_of(entry: ProgressEntry | None) -> list[str]:
    """What goes with a text that was prepared."""
    if entry is None:
        return []
    papers = EntryPaper.objects.filter(entry=entry).select_related("paper")
    files = EntryFile.objects.filter(entry=entry).values_list("filename", flat=True)
    return [*files, *(row.paper.title for row in papers)]


def of_several(items: Iterable[Asked]) -> dict[int, list[Attached]]:
    """What goes with each of the answers, to read, by the key of the entry; three queries."""
    return of_places({item.entry.pk: item.place for item in items if item.entry is not None})


def of_places(places: Mapping[int, tuple[str, str, str]]) -> dict[int, list[Attached]]:
    """The same, by where each answer is: its round, organisation and line."""
    files = list(EntryFile.objects.filter(entry__in=places))
    scans, found = scans_of(files), defaultdict[int, list[Attached]](list)
    for row in files:
        found[row.entry_id].append(
            _file(row, scans.get(row.sha256, Scan.NONE), _address(places[row.entry_id]))
        )
    for paper in EntryPaper.objects.filter(entry__in=places).select_related("paper"):
        found[paper.entry_id].append(_paper(paper))
    return found


def _address(place: tuple[str, str, str]) -> Address:
    return lambda pk: reverse("monitoring:entry-file", args=[*place, pk])


def _files(rows: Sequence[EntryFile], address: Address) -> list[Attached]:
    scans = scans_of(rows)
    return [_file(row, scans.get(row.sha256, Scan.NONE), address) for row in rows]


def _file(row: EntryFile, scan: Scan, address: Address) -> Attached:
    href = address(row.pk) if scan.is_open else ""
    file = File(row.filename, href, kind_of(row.filename), size_of(row.file), row.pages)
    return Attached("bestand", str(row.pk), file, note="" if scan is Scan.CLEAN else str(scan.label))


def _paper(row: EntryPaper) -> Attached:
    href = reverse("monitoring:paper-detail", args=[row.paper.slug])
    return Attached("stuk", row.paper.slug, text=f"{row.paper.title} ({row.paper.dated})", href=href)
