"""What is typed about a consultation: who came, and what was decided."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.forms.facts import FactForm, LineField, Part, RowForm
from monitoring.forms.progress import ParagraphsField, paragraphs, typed
from monitoring.models import Consultation, ConsultationDecision, Participant
from mvi_portal.core.citing import CitationField
from signatories.forms.choosing import OrganisationField, SeatField


class ParticipantForm(RowForm):
    organisation = OrganisationField(label="Organisatie", help_text="")
    office = SeatField(label="Ambt", required=False)

    class Meta:
        model = Participant
        fields = ("organisation", "office", "capacity")


class DecisionForm(RowForm):
    owner = OrganisationField(label="Eigenaar", required=False, help_text="")

    class Meta:
        model = ConsultationDecision
        fields = ("number", "text", "owner", "due_on")
        widgets = {"text": forms.Textarea({"rows": 3})}


class ConsultationForm(FactForm):
    agenda = ParagraphsField(
        label="Agenda", required=False, help_text="Eén punt per regel.", widget=forms.Textarea({"rows": 6})
    )
    citation = CitationField()
    line = LineField()
    parts = (
        Part(
            ParticipantForm,
            "Deelnemer",
            "Deelnemers",
            "Typ een deel van de naam en kies. De hoedanigheid is bijvoorbeeld "
            "minister of bestuurder; kwam iemand als ambtsdrager, kies dan ook het ambt.",
        ),
        Part(DecisionForm, "Besluit", "Besluiten", "Met wie ervoor zorgt, en wanneer het klaar moet zijn."),
    )

    class Meta:
        model = Consultation
        fields = ("title", "kind", "held_on", "agenda", "citation", "line", "source")
        help_texts = {
            "held_on": "Zo precies als bekend: 12 juni 2024, juni 2024 of eind 2023.",
            "source": "Waar u dit vond.",
        }

    def __init__(self, data: Any = None, *, instance: Consultation, **kwargs: Any) -> None:
        initial = {"agenda": typed(instance.agenda)}
        super().__init__(data, instance=instance, initial=initial, **kwargs)

    def clean_agenda(self) -> str:
        text: str = self.cleaned_data["agenda"]
        stored: str = self.instance.agenda  # type: ignore[attr-defined] # of a consultation
        return stored if text == typed(stored) else paragraphs(text)
