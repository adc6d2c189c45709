"""The documents of evaluations: a zip beside the workbook, in which each row names its file."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mvi_portal.core.uploads import DOCUMENTS, check
from mvi_portal.core.workbooks import CellError, FileRefused, Rule
from mvi_portal.files import services as files

if TYPE_CHECKING:
    from actionplans.importing.plan import Entry
    from actionplans.models import Evaluation

MB = 1024 * 1024
MOST_BYTES, MOST_FILES = 500 * MB, 2_000  # of all documents together, unpacked
NO_ZIP = "De documenten zitten niet in een zip die wij kunnen lezen. Pak ze opnieuw in, zonder wachtwoord."
LOCKED = (
    "De zip met documenten is beveiligd met een wachtwoord, dus wij kunnen haar niet lezen. Pak de "
    "documenten opnieuw in, zonder wachtwoord, en stuur alles opnieuw."
)
BROKEN = "Het bestand “{}” in de zip is niet uit te pakken. Pak de documenten opnieuw in, als gewone zip."
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass
class Kept:
    """The files that were stored: they go again, unless what was written stays."""

    paths: list[str] = field(default_factory=list)

    def stay(self) -> None:
        self.paths.clear()


@dataclass
class Documents:
    """By the name of the file, in small letters and without its folders. Empty without a zip."""

    archive: zipfile.ZipFile | None = None
    names: dict[str, str] = field(default_factory=dict)
    stored: Kept = field(default_factory=Kept)

    @classmethod
    def read(cls, content: bytes) -> Documents:
        """Raises FileRefused for what is no zip, has a password, or is too large."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise FileRefused(Rule.FILE, NO_ZIP) from error
        entries = [item for item in archive.infolist() if not item.is_dir() and not _is_litter(item.filename)]
        if any(item.flag_bits & 1 for item in entries):
            raise FileRefused(Rule.PASSWORD, LOCKED)
        if len(entries) > MOST_FILES or sum(item.file_size for item in entries) > MOST_BYTES:
            most = MOST_BYTES // MB
            raise FileRefused(
                Rule.SIZE, f"In de zip zit meer dan {most} MB of {MOST_FILES} bestanden. Verdeel hem."
            )
        return cls(archive, _named(entries))

    def fingerprint(self, name: str) -> str | None:
        """None when the zip does not hold it."""
        content = self._content(name)
        return hashlib.sha256(content).hexdigest() if content is not None else None

    def unnamed(self, entries: Iterable[Entry]) -> list[CellError]:
        """Files that no row names would be lost without a word."""
        used = {_plain(str(entry.record.values.get("document") or "")) for entry in entries}
        message = "Geen rij noemt dit bestand. Zet de naam in de kolom “document”, of haal het uit de zip."
        left = [path for name, path in sorted(self.names.items()) if name not in used]
        return [CellError("", None, None, path, Rule.FITS, message) for path in left]

    def attach(self, entry: Entry, evaluation: Evaluation, *, by: Any, write: bool) -> None:
        """Store it beside the evaluation; in a trial only look whether it would be taken."""
        name = next((new for what, _now, new in entry.changes if what == "document"), None)
        content = self._content(str(name)) if name else None
        if content is None:
            return
        file = ContentFile(content, name=PurePosixPath(str(name)).name)
        try:
            self._store(file, evaluation, by=by, write=write)
        except ValidationError as error:
            raise ValidationError({"document": error.messages}) from error

    def _store(self, file: ContentFile[bytes], evaluation: Evaluation, *, by: Any, write: bool) -> None:
        if not write:
            check(file, kinds=DOCUMENTS)
            return
        files.attach(file=file, row=evaluation, by=by)
        self.stored.paths.append(evaluation.path)
        evaluation.save(update_fields=["file", "filename", "sha256", "pages", "uploaded_at", "uploaded_by"])

    @contextmanager
    def kept(self) -> Iterator[Kept]:
        """What is stored inside goes again when the writing is taken back."""
        try:
            yield self.stored
        finally:
            for path in self.stored.paths:
                default_storage.delete(path)

    def _content(self, name: str) -> bytes | None:
        """Raises FileRefused for what was damaged, or packed in a way that is no part of a plain zip."""
        path = self.names.get(_plain(name))
        try:
            return self.archive.read(path) if self.archive and path else None
        except UNREADABLE as error:
            raise FileRefused(Rule.FILE, BROKEN.format(path)) from error


def _named(entries: Iterable[zipfile.ZipInfo]) -> dict[str, str]:
    """Raises FileRefused for two files of the same name in different folders."""
    names: dict[str, str] = {}
    for item in entries:
        name = _plain(item.filename)
        if name in names:
            raise FileRefused(
                Rule.DOUBLE, f"In de zip zit “{name}” twee keer. Geef elk bestand een eigen naam."
            )
        names[name] = item.filename
    return names


def _plain(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def _is_litter(name: str) -> bool:
    """What a Mac puts in a zip unasked."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db"}
