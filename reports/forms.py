"""What is typed about letters."""

from __future__ import annotations

from typing import Any

from django import forms

from mvi_portal.core.writing import ProseEditor, ProseForm
from reports.models import Letter, LetterState, Section
from signatories.forms.fields import reason


class SectionForm(ProseForm):
    """The text of one section."""

    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": ProseEditor}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-label"] = f"Tekst van {self.instance}"


class StandForm(forms.Form):
    """Where the one who asks saw the letter stand: a second click finds it elsewhere."""

    expected = forms.TypedChoiceField(
        choices=LetterState.choices, coerce=LetterState, widget=forms.HiddenInput
    )

    @property
    def stand(self) -> LetterState:
        return LetterState(self.cleaned_data["expected"])


class BackForm(StandForm):
    """To which earlier state, and why."""

    to = forms.TypedChoiceField(label="Terug naar", coerce=LetterState, widget=forms.RadioSelect)
    why = reason()

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = letter.stand.earlier
        self.fields["to"].choices = [(state.value, state.label) for state in earlier]  # type: ignore[attr-defined] # of a choice field
        self.initial = {"expected": letter.state, "to": earlier[0]}
