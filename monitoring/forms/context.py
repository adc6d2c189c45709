"""What is typed about the surroundings of the plan: positions, money, and what is told about it."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.forms.facts import FactForm, LineField, LinkField
from monitoring.models import CommunicationMoment, Example, FinanceCover, Position, Programme
from mvi_portal.core.citing import CitationField
from signatories.forms.choosing import OrganisationField

PRECISE = "Zo precies als bekend: 12 juni 2024, juni 2024 of najaar 2024."
WHERE = "Waar u dit vond."


class PositionForm(FactForm):
    organisation = OrganisationField(label="Organisatie van het register", required=False)
    citation = CitationField()
    line = LineField()

    class Meta:
        model = Position
        fields = ("kind", "organisation", "holder_name", "stance", "dated", "citation", "line", "source")
        labels = {"holder_name": "Of een andere naam", "kind": "Deel van de nota"}
        widgets = {"stance": forms.Textarea({"rows": 5})}
        help_texts = {
            "holder_name": "Bijvoorbeeld VNO-NCW. Vul één van beide in.",
            "dated": PRECISE,
            "source": WHERE,
        }


class FinanceCoverForm(FactForm):
    organisation = OrganisationField(label="Organisatie")
    citation = CitationField()
    line = LineField()

    class Meta:
        model = FinanceCover
        fields = ("frame", "organisation", "year", "covered", "amount", "citation", "line", "source")
        labels = {"covered": "De kosten van dit jaar zijn gedekt"}
        help_texts = {"amount": "Alleen als het bekend is.", "source": WHERE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].help_text = "Geen: dan gaat het om het hele plan."


class CommunicationForm(FactForm):
    link = LinkField()
    organisation = OrganisationField(label="Organisatie", required=False)
    line = LineField()

    class Meta:
        model = CommunicationMoment
        fields = ("title", "channel", "organisation", "dated", "description", "link", "line", "source")
        widgets = {"description": forms.Textarea({"rows": 4})}
        help_texts = {"dated": PRECISE, "source": WHERE}


class ThemedForm(FactForm):
    """With one of the Manifest's themes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme: Any = self.fields["theme"]
        theme.empty_label = "– geen –"


class ExampleForm(ThemedForm):
    link = LinkField()
    organisation = OrganisationField(label="Organisatie")
    citation = CitationField()
    line = LineField()

    class Meta:
        model = Example
        fields = ("title", "organisation", "theme", "result", "dated", "citation", "link", "line", "source")
        widgets = {"result": forms.Textarea({"rows": 5})}
        help_texts = {"result": "Wat het opleverde.", "dated": PRECISE, "source": WHERE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated"].required = True  # else nobody knows to which letter it is news


class ProgrammeForm(ThemedForm):
    link = LinkField()
    owner = OrganisationField(label="Eigenaar", required=False)
    citation = CitationField()
    line = LineField()

    class Meta:
        model = Programme
        fields = (
            "name",
            "kind",
            "description",
            "owner",
            "theme",
            "valid_from",
            "valid_until",
            "citation",
            "link",
            "line",
            "source",
        )
        widgets = {"description": forms.Textarea({"rows": 5})}
        help_texts = {"valid_from": PRECISE, "valid_until": PRECISE, "source": WHERE}
