"""The official registers, one or several at once; of these, only a bad one is chosen again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mvi_portal.accounts.models import User
from mvi_portal.core.numbers import number
from mvi_portal.files import services as files
from mvi_portal.files.fields import GONE, told
from mvi_portal.files.models import Upload
from signatories.tooi import Document

LARGEST, MOST = 10_000_000, 10  # bytes of a file, and files at once; the command takes more


class Chosen(NamedTuple):
    """New files, the tokens of what is kept, and of what of that may go."""

    files: list[UploadedFile[Any]]
    tokens: list[str]
    removed: list[str]


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True
    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        given = [file for file in files.getlist(name) if file]
        return Chosen(given, data.getlist(f"{name}-token"), data.getlist(f"{name}-weg"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-token" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        kept = [(upload.token, told(upload)) for upload in value or []]
        own = {**(attrs or {}), **({"required": False} if kept else {})}
        context = {"input": super().render(name, None, own, renderer), "name": name, "kept": kept}
        return render_to_string("signatories/registers_input.html", context)


class RegistersField(forms.FileField):
    """Gives the parked uploads."""

    widget = SeveralFiles(attrs={"accept": ".json,application/json"})
    by: User
    parked: tuple[Upload, ...] = ()

    def clean(self, data: Any, initial: Any = None) -> Any:
        self.parked = self._earlier(data)
        _check(data.files, len(self.parked))
        before, errors = self.parked, []
        for file in data.files:
            try:
                self._take(file, before)
            except ValidationError as error:
                errors += [f"{file.name}: {message}" for message in error.messages]
        if errors:
            raise ValidationError(errors)
        if not self.parked:
            lost = bool(data.tokens) and not data.removed
            raise ValidationError(GONE if lost else self.error_messages["required"])
        return self.parked

    def _take(self, file: UploadedFile[Any], before: Collection[Upload]) -> None:
        """One of the same name that was kept makes way for it. Raises ValidationError."""
        taken = files.park(file=file, by=self.by, kinds=(), limit=LARGEST)
        self.let_go(upload for upload in before if upload.filename == taken.filename)
        self.parked = (*self.parked, taken)

    def _earlier(self, data: Chosen) -> tuple[Upload, ...]:
        found = Upload.objects.of(self.by).filter(token__in=_keys(data.tokens)).order_by("pk")
        self.parked = tuple(found)
        self.let_go(upload for upload in found if str(upload.token) in data.removed)
        return self.parked

    def let_go(self, uploads: Any) -> None:
        gone = set()
        for upload in uploads:
            gone.add(upload.token)
            files.drop(upload=upload)
        self.parked = tuple(upload for upload in self.parked if upload.token not in gone)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self.parked

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data.files or data.tokens)


def _keys(tokens: list[str]) -> list[UUID]:
    found = []
    for token in tokens:
        try:
            found.append(UUID(token))
        except ValueError:
            continue
    return found


def _check(given: list[UploadedFile[Any]], kept: int) -> None:
    """Raises ValidationError."""
    if len(given) + kept > MOST:
        raise ValidationError(f"Kies hooguit {MOST} bestanden tegelijk.")
    large = [file for file in given if (file.size or 0) > LARGEST]
    if large:
        why = f"is groter dan {number(LARGEST // 1_000_000)} MB. Kies het registerbestand in JSON."
        raise ValidationError([f"{file.name} {why}" for file in large])


class RegistersForm(forms.Form):
    registers = RegistersField(
        label="Registerbestanden",
        help_text=(
            "Een of meer waardelijsten ‘compleet’ in JSON, van repository.officiele-overheidspublicaties.nl: "
            "gemeenten, provincies, waterschappen, ministeries of andere organisaties."
        ),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field: RegistersField = self.fields["registers"]  # type: ignore[assignment] # as declared
        self.field.by = by

    def documents(self) -> list[Document]:
        return [Document(upload.filename, upload.file.read()) for upload in self.field.parked]

    def refuse(self, names: Collection[str], lines: list[str]) -> None:
        """What is wrong goes; the other files stay for a next time."""
        self.field.let_go([upload for upload in self.field.parked if upload.filename in names])
        self.add_error("registers", lines)

    def done(self) -> None:
        self.field.let_go(self.field.parked)
