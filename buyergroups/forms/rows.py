"""The dated rows of a group: a phase, a participant, a result."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from buyergroups.models import Output, Participation, Phase
from mvi_portal.core.citing import CitationField
from mvi_portal.core.editing import EditingForm
from mvi_portal.files.fields import UploadField, UploadForm
from signatories.forms.choosing import Directory, OrganisationField, share

PRECISE = "Zo precies als bekend: 24 november 2022, november 2022, najaar 2022 of 2022."


class PhaseForm(EditingForm):
    class Meta:
        model = Phase
        fields = ["kind", "valid_from", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].help_text = f"{PRECISE} De fase ervoor eindigt op de dag daarvoor."


class ParticipationForm(EditingForm):
    """An organisation of the register, or a party known by its name alone."""

    organisation = OrganisationField(label="Organisatie uit het register", required=False)

    class Meta:
        model = Participation
        fields = ["organisation", "party_name", "role", "project", "valid_from", "valid_until", "source"]
        widgets = {"project": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory = Directory()
        share(self.fields, self.directory)
        self.fields["party_name"].label = "Of een andere naam"
        self.fields["valid_from"].help_text = f"{PRECISE} Leeg: niet bekend."
        self.fields["valid_until"].help_text = f"{PRECISE} Leeg: niet bekend, of doet nog mee."


class OutputForm(UploadForm, EditingForm):
    """A document, a link, or no more than the title. A new document comes instead of the one there is."""

    document = UploadField(label="Document", required=False)
    link = forms.URLField(
        label="Link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Het adres waar het te lezen is; begint met https://.",
    )

    citation = CitationField()

    instance: Output

    class Meta:
        model = Output
        fields = ["kind", "title", "published_on", "link", "citation", "source"]
        help_texts = {
            "published_on": f"{PRECISE} Leeg: nog niet gepubliceerd; het telt dan niet mee.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.path:
            document = self.fields["document"]
            kept = f"Er is al een document: {self.instance.filename}. Een nieuw komt ervoor in de plaats."
            document.help_text = f"{kept} {document.help_text}"
        self.order_fields(["kind", "title", "published_on", "document"])

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError("Een link begint met https:// of http://.")
        return link
