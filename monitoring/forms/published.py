"""What is typed about a figure as a document stated it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms

from monitoring.forms.context import PRECISE, WHERE
from monitoring.forms.facts import FactForm
from monitoring.models import PublishedFigure
from mvi_portal.core.citing import CitationField
from mvi_portal.core.figures import registry


def figure_choices() -> list[tuple[str, Any]]:
    """Every figure of the register, under its line."""
    return [
        (f"Hoofdlijn {line}", [(figure.key, figure.label) for figure in found])
        for line, found in groupby(registry, key=lambda figure: figure.line)
    ]


class PublishedFigureForm(FactForm):
    figure_key = forms.ChoiceField(label="Cijfer van het register")
    citation = CitationField()

    class Meta:
        model = PublishedFigure
        fields = (
            "figure_key",
            "document",
            "dated",
            "wording",
            "value",
            "qualifier",
            "refers_on",
            "remark",
            "citation",
            "source",
        )
        labels = {"value": "Het getal zelf", "qualifier": "Hoe precies het er staat"}
        widgets = {"remark": forms.Textarea({"rows": 4})}
        help_texts = {
            "document": "Bijvoorbeeld: nieuwsbericht van de rijksoverheid, 24 november 2022.",
            "dated": PRECISE,
            "wording": "In de woorden van het document: “zo'n 50 gemeenten”.",
            "refers_on": "De dag of tijd waar het getal over gaat. Het register rekent met de laatste dag.",
            "remark": "Waarom het register iets anders zegt. Leeg als er geen verschil is.",
            "source": WHERE,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure_key"].choices = [("", "– kies –"), *figure_choices()]  # type: ignore[attr-defined]
