"""What is typed about the internal line, and about what was sent."""

from __future__ import annotations

from typing import Any

from django import forms

from mvi_portal.core.dates import DayField
from mvi_portal.core.printing import house
from mvi_portal.core.uploads import PDF, PROOFS
from mvi_portal.files.fields import UploadField, UploadForm
from reports.agreement.final import Final
from reports.composing.standard import begun
from reports.forms import StandForm
from reports.models import Letter, LetterVersion, Verdict
from reports.services.line import Record

NOT_SIGNABLE = (
    f"Deze versie zegt nog {house.CONCEPT}, of is niet van de laatste tekst en de laatste bevroren cijfers. "
    "Bouw de brief nog een keer en kies die versie."
)
REFERENCE = "Zoals het op de ondertekende brief staat. Leeg: de brief heeft geen kenmerk."
BEGUN = "Aan dit kenmerk ontbreekt het nummer nog. Neem het kenmerk van de ondertekende brief over."


class StepsForm(forms.Form):
    """The line as it is set up: one step on each line."""

    steps = forms.CharField(
        label="Stappen, op volgorde",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Eén per regel, de functie en geen naam: directeur, financiën, juridische zaken.",
    )

    def clean_steps(self) -> list[str]:
        found = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if long := [title for title in found if len(title) > 100]:
            raise forms.ValidationError(f"Deze stap heeft een te lange naam: {long[0][:60]}…")
        return found


class RecordedForm(UploadForm, forms.Form):
    """Of a step and of a decision: when, what was said and where it appears from."""

    on = DayField(label="Op")
    remark = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    proof = forms.CharField(
        label="Bewijs",
        required=False,
        max_length=300,
        help_text="Bijvoorbeeld: paraaf op de nota van 5 februari.",
    )
    file = UploadField(label="Bestand als bewijs", required=False, kinds=PROOFS)

    @property
    def record(self) -> Record:
        told = self.cleaned_data
        return Record(told["on"], told["remark"], told["proof"], told["file"])


class StepForm(RecordedForm):
    function = forms.CharField(label="Functie", max_length=200, help_text="Van wie de stap zette; geen naam.")
    field_order = ("function", "on", "remark", "proof", "file")


class DecisionForm(RecordedForm):
    verdict = forms.TypedChoiceField(
        label="Besluit", choices=Verdict.choices, coerce=Verdict, widget=forms.RadioSelect
    )
    field_order = ("verdict", "on", "remark", "proof", "file")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("verdict") not in (Verdict.AGREED, None) and not cleaned.get("remark"):
            self.add_error("remark", "Zeg wat er anders moet, of wat er te bespreken is.")
        return cleaned


class SendForm(UploadForm, StandForm):
    """What truly went."""

    file = UploadField(label="Het verzonden, ondertekende bestand", kinds=(PDF,))
    version = forms.ModelChoiceField(
        LetterVersion.objects.none(),
        label="Versie die is ondertekend",
        empty_label=None,
        error_messages={"invalid_choice": NOT_SIGNABLE},
    )
    dated = DayField(label="Datum op de brief")
    reference = forms.CharField(
        label="Kenmerk op de brief", required=False, max_length=100, help_text=REFERENCE
    )
    sent_on = DayField(label="Verzonden op")

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        keys = [version.pk for version in Final(letter).signable]
        ready = LetterVersion.objects.filter(pk__in=keys).defer("content").order_by("-number")
        self.fields["version"].queryset = ready  # type: ignore[attr-defined] # of a choice field
        self.fields["version"].label_from_instance = lambda row: f"Versie {row.number}"  # type: ignore[attr-defined]
        known = {"expected": letter.state, "dated": letter.dated, "reference": letter.reference}
        self.initial = {**self.initial, **known}

    def clean_reference(self) -> str:
        given: str = self.cleaned_data["reference"]
        if begun(self.letter, given):
            raise forms.ValidationError(BEGUN)
        return given


class ExplainForm(forms.Form):
    explanation = forms.CharField(
        label="Verklaring",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: het sjabloon van het ministerie zet de naam voluit.",
    )


class CitationForm(forms.Form):
    citation = forms.CharField(
        label="Vindplaats",
        max_length=200,
        help_text="Bijvoorbeeld: Kamerstukken II 2024/25, 30 196, nr. 840.",
    )
