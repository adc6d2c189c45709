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

    def __init__(self, *args: Any, beside: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beside:
            self.fields["beside"] = _zip(beside)

    def clean_file(self) -> Any:
        return _taken(self.cleaned_data["file"], limits.FILE_BYTES)

    def clean_beside(self) -> Any:
        file = self.cleaned_data["beside"]
        return _taken(file, limits.BESIDE_BYTES) if file else None


def _zip(label: str) -> forms.FileField:
    most = limits.BESIDE_BYTES // limits.MB
    return forms.FileField(
        label=label,
        required=False,
        help_text=f"Mag leeg blijven. Anders één zip, hoogstens {most} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )


def _taken(file: Any, most: int) -> Any:
    """Not too large, and without a virus. Raises ValidationError."""
    if file.size > most:
        told = most // limits.MB
        raise ValidationError(f"Dit bestand is groter dan {told} MB. Verdeel het over meer bestanden.")
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
