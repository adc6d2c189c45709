"""What is typed about rubrics and their criteria."""

from __future__ import annotations

from typing import Any

from django import forms

from actionplans.models import Criterion, CriterionKind, Rubric
from actionplans.services.rubrics import comparable
from mvi_portal.core.editing import EditingForm
from signatories.models import Theme

KINDS = "Stap 1 tot en met 5 volgt het Manifest. Bij een tekst vult de beoordelaar alleen woorden in."


class RubricForm(EditingForm):
    class Meta:
        model = Rubric
        fields = ("name", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": "Bijvoorbeeld: Beoordeling actieplannen MVOI.",
            "description": "Waarvoor het kader is en hoe u het gebruikt.",
        }


class ThemeChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # cannot be subscripted while running
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class EarlierChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"versie {obj.rubric.version}: {obj.name}"


class CriterionForm(EditingForm):
    theme = ThemeChoice(
        label="Thema",
        queryset=Theme.objects.select_related("manifest"),
        required=False,
        empty_label="geen thema: gaat over het hele plan",
    )
    mapped_to = EarlierChoice(
        label="Te vergelijken met",
        queryset=Criterion.objects.none(),
        required=False,
        empty_label="met geen eerder criterium",
        help_text="Zo zijn de scores van twee versies naast elkaar te zetten.",
    )

    class Meta:
        model = Criterion
        fields = ("name", "kind", "max_points", "theme", "help", "mapped_to")
        widgets = {
            "name": forms.TextInput,
            "kind": forms.Select,
            "help": forms.Textarea(attrs={"rows": 3}),
            "max_points": forms.NumberInput(attrs={"min": 1}),
        }
        help_texts = {
            "kind": KINDS,
            "max_points": "Alleen bij punten.",
            "help": "Dit ziet de beoordelaar onder het criterium.",
        }

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier: Any = self.fields["mapped_to"]
        earlier.queryset = comparable(rubric)
        if not earlier.queryset.exists():
            del self.fields["mapped_to"]
        elif rubric.published_on:
            for name in set(self.fields) - {"mapped_to", "edition"}:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_points = cleaned.get("kind") == CriterionKind.POINTS
        if "kind" in cleaned and "max_points" in self.fields:
            if is_points and not cleaned.get("max_points") and "max_points" not in self.errors:
                self.add_error("max_points", "Vul in hoeveel punten er hooguit te halen zijn.")
            if not is_points:
                cleaned["max_points"] = None
        return cleaned
