"""What is typed about a paper, who sent it, and what it says."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.forms.facts import FactForm, LineField, LinkField, Part, RowForm
from monitoring.models import Paper, PaperParty, PaperPoint, PaperSender
from mvi_portal.core.citing import CitationField
from signatories.forms.choosing import OrganisationField, SeatField


class SenderForm(RowForm):
    organisation = OrganisationField(label="Organisatie", help_text="")
    office = SeatField(label="Ambt", required=False)

    class Meta:
        model = PaperSender
        fields = ("organisation", "role", "office")


class PartyForm(RowForm):
    class Meta:
        model = PaperParty
        fields = ("name",)


class PointForm(RowForm):
    class Meta:
        model = PaperPoint
        fields = ("number", "text", "reaction")
        widgets = {"text": forms.Textarea({"rows": 3}), "reaction": forms.Textarea({"rows": 3})}
        help_texts = {"reaction": "Wat er op dit punt is geantwoord. Leeg: nog geen reactie."}


class PaperForm(FactForm):
    link = LinkField()
    citation = CitationField()
    line = LineField()
    parts = (
        Part(
            SenderForm,
            "Afzender",
            "Afzenders",
            "Wie het stuk stuurde, en mede namens wie. Typ een deel van de naam en kies, of typ de code. "
            "Is bekend welke bewindspersoon of bestuurder het was, kies dan ook het ambt.",
        ),
        Part(PartyForm, "Fractie", "Fracties", "Alleen bij een stuk dat uit de Kamer komt."),
        Part(PointForm, "Punt", "Punten", "Wat het stuk punt voor punt zegt, met de reactie daarop."),
    )

    class Meta:
        model = Paper
        fields = (
            "title",
            "kind",
            "dated",
            "citation",
            "number",
            "link",
            "summary",
            "answers",
            "line",
            "source",
        )
        widgets = {"summary": forms.Textarea({"rows": 5})}
        help_texts = {
            "dated": "Zo precies als bekend: 15 februari 2023, mei 2024 of najaar 2024.",
            "source": "Waar u dit vond.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers: Any = self.fields["answers"]
        answers.queryset = Paper.objects.exclude(pk=self.instance.pk).order_by("-dated", "title")
        answers.empty_label = "– geen –"
        answers.label_from_instance = lambda paper: f"{paper.title} ({paper.dated})"
