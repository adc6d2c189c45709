"""A form's field for a file that is never lost: what was sent is parked at once.

A form that comes back because of another field still has the file, by a hidden token that only the person
who sent it can use.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mvi_portal.accounts.models import User
from mvi_portal.core.files import File
from mvi_portal.core.uploads import DOCUMENTS, FileKind, limit_of, limit_told, listed
from mvi_portal.files import services
from mvi_portal.files.models import Upload

GONE = "Het bestand dat u eerder koos, is niet meer bewaard. Kies het opnieuw."


class Given(NamedTuple):
    """What came with the form: a new file, the token of one that was sent before, or that it may go."""

    file: UploadedFile[Any] | None
    token: str
    removed: bool


class UploadInput(forms.FileInput):
    """The file input, and beside it what is kept already."""

    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Given:
        return Given(files.get(name), data.get(f"{name}-token", ""), f"{name}-weg" in data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-token" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        kept = value if isinstance(value, Upload) else None
        own = {**(attrs or {}), **({"required": False} if kept else {})}
        plain = super().render(name, None, own, renderer)
        context = {"input": plain, "name": name, "kept": kept, "file": kept and told(kept)}
        return render_to_string("files/upload_input.html", {**context, "may_go": not self.is_required})


class UploadField(forms.FileField):
    """Gives the parked `Upload`, or None. `kinds` and `limit` (bytes) say what is taken.

    Without any `kinds` all are, and `endings` are what a browser offers first.

    Its form is an `UploadForm`, which tells who sends.
    """

    widget = UploadInput

    def __init__(
        self,
        *,
        kinds: Sequence[FileKind] = DOCUMENTS,
        limit: int | None = None,
        endings: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.kinds, self.limit = kinds, limit
        self.by: User | None = None
        self.parked: Upload | None = None
        super().__init__(**{"label": "Bestand", **kwargs})
        self.help_text = self.help_text or self.terms
        self.widget.attrs["accept"] = ",".join(
            f".{ending}" for ending in (*(kind.ending for kind in kinds), *endings)
        )

    @property
    def terms(self) -> str:
        """Like "PDF, ODT of DOCX, hooguit 50 MB."."""
        return f"{listed(self.kinds)}, hooguit {limit_told(self.limit or limit_of())}."

    def clean(self, data: Any, initial: Any = None) -> Any:
        self.parked = self._earlier(data.token)
        if data.file is not None:
            self._take(data.file)
        elif data.removed and self.parked:
            services.drop(upload=self.parked)
            self.parked = None
        elif data.token and not self.parked:
            raise ValidationError(GONE, code="gone")
        if self.required and not self.parked:
            raise ValidationError("Kies een bestand.", code="required")
        return self.parked

    def _take(self, file: UploadedFile[Any]) -> None:
        """A new file comes instead of the one that was kept; when it is not taken, that one stays."""
        if self.by is None:
            raise TypeError("an UploadField stands in an UploadForm")
        before = self.parked
        self.parked = services.park(file=file, by=self.by, kinds=self.kinds, limit=self.limit)
        if before:
            services.drop(upload=before)

    def _earlier(self, token: str) -> Upload | None:
        try:
            key = UUID(token)
        except ValueError:
            return None
        return Upload.objects.of(self.by).filter(token=key).first() if self.by else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self.parked

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and (data.file or data.token))


class UploadForm(forms.BaseForm):
    """Mixed into a form, first: its upload fields know who sends."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UploadField):
                field.by = by


def told(upload: Upload) -> File:
    """A parked file as a page offers it."""
    kind = upload.filename.rpartition(".")[2].upper()
    return File(upload.filename, "", kind, upload.size, upload.pages)
