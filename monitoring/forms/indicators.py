"""What is typed about an indicator, how it is measured, and its values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from monitoring.forms.context import PRECISE
from monitoring.forms.facts import FactForm, LineField, LinkField, Part, RowForm
from monitoring.forms.published import figure_choices
from monitoring.models import Indicator, IndicatorMethod, IndicatorTarget, Measurement
from mvi_portal.core.citing import CitationField
from mvi_portal.core.dates import DayField


class MethodForm(RowForm):
    valid_from = DayField(label="Voor perioden vanaf", required=False)

    class Meta:
        model = IndicatorMethod
        fields = ("version", "valid_from", "description", "breaks_series")
        widgets = {"description": forms.Textarea({"rows": 3})}


class TargetForm(RowForm):
    citation = CitationField()

    class Meta:
        model = IndicatorTarget
        fields = ("due_on", "value", "citation")
        help_texts = {"due_on": PRECISE}


class IndicatorForm(FactForm):
    line = LineField()
    figure_key = forms.ChoiceField(
        label="Cijfer van het register",
        required=False,
        help_text="Kies er een als het register de waarden al telt: dan typt niemand ze over.",
    )
    parts = (
        Part(MethodForm, "Methode", "Meetmethoden", "Een andere manier van meten is een nieuwe versie."),
        Part(TargetForm, "Streefwaarde", "Streefwaarden"),
    )

    class Meta:
        model = Indicator
        fields = ("name", "definition", "unit", "direction", "basis", "figure_key", "line", "source")
        widgets = {"definition": forms.Textarea({"rows": 4})}
        help_texts = {
            "basis": "Waarden over de looptijd van contracten worden nooit bij waarden per jaar opgeteld.",
            "source": "Waar de definitie vandaan komt.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["figure_key"]
        field.choices = [("", "– geen: waarden worden ingevoerd –"), *figure_choices()]


class MeasurementForm(FactForm):
    link = LinkField()
    period_from = DayField(label="Periode vanaf")
    period_until = DayField(label="Periode tot en met")

    class Meta:
        model = Measurement
        fields = (
            "method",
            "period_from",
            "period_until",
            "qualifier",
            "value",
            "population",
            "population_note",
            "source",
            "report_number",
            "published_on",
            "link",
        )
        help_texts = {
            "qualifier": "Hoe de bron het zegt.",
            "published_on": PRECISE,
            "population": "Over hoeveel waarnemingen, als dat bekend is.",
            "population_note": "Bijvoorbeeld aanbestedingen.",
            "source": "Het rapport of de publicatie.",
        }

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method: Any = self.fields["method"]
        method.queryset = indicator.methods.order_by("-version")
        method.empty_label = None
        method.label_from_instance = lambda item: f"Versie {item.version}: {item.description}"[:120]
        self.fields["value"].label = f"Waarde ({indicator.unit})"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        method, start = cleaned.get("method"), cleaned.get("period_from")
        if method and start and method.valid_from and start < method.valid_from:
            told = "Deze periode begint voordat deze versie van de methode geldt. Kies een eerdere versie."
            self.add_error("method", ValidationError(told))
        return cleaned
