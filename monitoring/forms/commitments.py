"""What is typed about a commitment, a motion or an agreement."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.forms.context import PRECISE
from monitoring.forms.facts import FactForm, LineField, Part, RowForm
from monitoring.models import Commitment, CommitmentParty, CommitmentStep, Paper
from mvi_portal.core.citing import CitationField
from signatories.forms.choosing import OrganisationField


class PartyForm(RowForm):
    organisation = OrganisationField(label="Organisatie van het register", required=False, help_text="")

    class Meta:
        model = CommitmentParty
        fields = ("side", "organisation", "name")
        labels = {"name": "Of een andere naam"}
        help_texts = {"name": "Bijvoorbeeld Tweede Kamer, of het lid dat de motie indiende."}


class StepForm(RowForm):
    evidence_citation = CitationField(label="Vindplaats van het bewijs")

    class Meta:
        model = CommitmentStep
        fields = ("status", "since", "evidence", "evidence_citation")
        help_texts = {"since": PRECISE}


class CommitmentForm(FactForm):
    citation = CitationField()
    line = LineField()
    owner = OrganisationField(label="Eigenaar", required=False)
    parts = (
        Part(
            PartyForm,
            "Partij",
            "Gevers en ontvangers",
            "Wie het toezegt of vraagt, en aan wie. Kies een organisatie, of typ een andere naam.",
        ),
        Part(
            StepForm,
            "Stand",
            "Hoe het liep",
            "Zonder stand is een toezegging of afspraak openstaand, en een motie ingediend.",
        ),
    )

    class Meta:
        model = Commitment
        fields = (
            "kind",
            "text",
            "made_on",
            "citation",
            "paper",
            "owner",
            "due_on",
            "line",
            "remark",
            "source",
        )
        widgets = {"text": forms.Textarea({"rows": 4}), "remark": forms.Textarea({"rows": 3})}
        help_texts = {
            "made_on": "Zo precies als bekend: 12 juni 2024, juni 2024 of eind 2023.",
            "due_on": "Leeg als er geen datum bij is gezegd.",
            "source": "Waar u dit vond.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper: Any = self.fields["paper"]
        paper.queryset = Paper.objects.order_by("-dated", "title")
        paper.empty_label = "– geen –"
        paper.label_from_instance = lambda found: f"{found.title} ({found.dated})"
