"""Sending a workbook, and saying whom a doubtful row means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mvi_portal.core.uploads import Scan
from mvi_portal.core.workbooks import Form, limits
from mvi_portal.files import services as files
from mvi_portal.files.fields import UploadField, UploadForm
from mvi_portal.files.models import Upload

NONE = ""
WAITS = (
    "De virusscanner antwoordt nu niet. Uw bestand is bewaard en wordt gescand zodra dat kan. Druk over een "
    "paar minuten opnieuw op de knop."
)


class SendForm(UploadForm, forms.Form):
    """What is in the files is looked at by a worker, which tells more than a form can."""

    file = UploadField(
        label="Bestand",
        help_text=f"CSV (UTF-8), Excel (.xlsx) of ODS, hoogstens {limits.FILE_BYTES // limits.MB} MB.",
        kinds=(),
        endings=tuple(Form),
        limit=limits.FILE_BYTES,
    )
    beside = UploadField(
        help_text=f"Mag leeg blijven. Anders één zip, hoogstens {limits.BESIDE_BYTES // limits.MB} MB.",
        kinds=(),
        endings=("zip",),
        limit=limits.BESIDE_BYTES,
        required=False,
    )

    def __init__(self, *args: Any, beside: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beside:
            self.fields["beside"].label = beside
        else:
            del self.fields["beside"]

    def clean_file(self) -> Upload | None:
        return self._scanned("file")

    def clean_beside(self) -> Upload | None:
        return self._scanned("beside")

    def _scanned(self, name: str) -> Upload | None:
        """Raises ValidationError for what the scanner has not seen yet, or has seen to be bad."""
        upload: Upload | None = self.cleaned_data[name]
        verdict = files.scan_of(upload) if upload else Scan.NONE
        if upload and verdict is Scan.INFECTED:
            files.drop(upload=upload)
            self.fields[name].parked = None  # type: ignore[attr-defined] # an UploadField
            raise ValidationError(files.VIRUS, code="virus")
        if verdict is Scan.WAITING:
            raise ValidationError(WAITS, code="waits")
        return upload


class AnswersForm(forms.Form):
    """A choice for each question; one that is left open stays open."""

    def __init__(self, questions: Sequence[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"row-{question['row']}"] = forms.ChoiceField(
                label=f"Rij {question['row']}: wie bedoelt u met “{question['text']}”?",
                choices=[*question["options"], (NONE, "Geen van deze: ik pas het bestand aan")],
                widget=forms.RadioSelect,
                required=False,
                initial=NONE,
            )

    @property
    def answers(self) -> dict[int, str]:
        given = self.cleaned_data.items()
        return {int(name.removeprefix("row-")): key for name, key in given if key}
