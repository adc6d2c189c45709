"""The official registers, one or several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mvi_portal.core.numbers import number
from signatories.tooi import Document

LARGEST, MOST = 10_000_000, 10  # bytes of a file, and files at once; the command takes more


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class RegistersField(forms.FileField):
    """Gives the documents."""

    widget = SeveralFiles(attrs={"accept": ".json,application/json"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        files = [super(RegistersField, self).clean(item, initial) for item in given if item] or [
            super().clean(None, initial)
        ]
        if len(files) > MOST:
            raise ValidationError(f"Kies hooguit {MOST} bestanden tegelijk.")
        large = [file for file in files if file.size > LARGEST]
        if large:
            told = f"is groter dan {number(LARGEST // 1_000_000)} MB. Kies het registerbestand in JSON."
            raise ValidationError([f"{file.name} {told}" for file in large])
        return [Document(file.name, file.read()) for file in files]


class RegistersForm(forms.Form):
    registers = RegistersField(
        label="Registerbestanden",
        help_text=(
            "Een of meer waardelijsten ‘compleet’ in JSON, van repository.officiele-overheidspublicaties.nl: "
            "gemeenten, provincies, waterschappen, ministeries of andere organisaties."
        ),
    )
