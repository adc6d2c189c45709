"""A file as a page offers it; templates/_components/file.html prints it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mvi_portal.core.numbers import number


@dataclass(frozen=True)
class File:
    """Its name, and what is known of it: the kind ("PDF"), the size in bytes and the number of pages.

    Without `href` there is nothing to download; the name and the rest are still told.
    """

    name: str
    href: str = ""
    kind: str = ""
    size: int | None = None
    pages: int | None = None

    @property
    def told(self) -> str:
        """As in "PDF, 312 kB, 14 pagina's"."""
        size = filesizeformat(self.size) if self.size is not None else ""
        return ", ".join(part for part in (self.kind, size, self._length) if part)

    @property
    def html(self) -> SafeString:
        """For a cell of a table."""
        return render_to_string("_components/file.html", {"file": self})

    @property
    def _length(self) -> str:
        if not self.pages:
            return ""
        return "1 pagina" if self.pages == 1 else f"{number(self.pages)} pagina's"


def kind_of(name: str) -> str:
    """What a name ends with: "PDF" of "brief.pdf"."""
    return PurePath(name).suffix.removeprefix(".").upper()


def size_of(stored: FieldFile) -> int | None:
    """In bytes; None when there is no file, or when the storage does not have it."""
    try:
        return stored.size if stored else None
    except OSError:
        return None
