"""Sending a workbook, and saying whom a doubtful row means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mvi_portal.core.uploads import Scan, scan
from mvi_portal.core.workbooks import Form, limits

NONE = ""
_NOT_TAKEN = {
    Scan.INFECTED: "In dit bestand is een virus gevonden. Het is niet bewaard. Waarschuw uw beheerder.",
    Scan.WAITING: "De virusscanner antwoordt nu niet. Stuur het bestand over een paar minuten opnieuw.",
}


class SendForm(forms.Form):
    file = forms.FileField(
        label="Bestand",
        help_text=f"CSV (UTF-8), Excel (.xlsx) of ODS, hoogstens {limits.FILE_BYTES // limits.MB} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{form}" for form in Form)}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kijk of u het goede bestand koos.",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            most = limits.FILE_BYTES // limits.MB
            raise ValidationError(f"Dit bestand is groter dan {most} MB. Verdeel het over meer bestanden.")
        verdict = scan(file)
        file.seek(0)
        if verdict in _NOT_TAKEN:
            raise ValidationError(_NOT_TAKEN[verdict])
        return file


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
