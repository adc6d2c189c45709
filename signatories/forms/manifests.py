"""What is typed about a Manifest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mvi_portal.core.dates import DayField, PartialDateFormField
from mvi_portal.core.editing import EditingForm
from signatories.forms.fields import reason
from signatories.models import Manifest, ManifestExtension

VAGUE = "Zo precies als bekend: 31 december 2025, december 2025 of 2025."


class ManifestForm(EditingForm):
    opened_on = DayField(label="Eerste ondertekening")
    runs_until = PartialDateFormField(label="Looptijd tot en met", required=False, help_text=VAGUE)
    ended_on = DayField(label="Beëindigd op", required=False)
    why = reason(required=False)

    class Meta:
        model = Manifest
        fields = (
            "name",
            "opened_on",
            "runs_until",
            "ended_on",
            "plan_term_months",
            "predecessor",
            "citation",
            "source",
        )
        help_texts = {
            "predecessor": "Handtekeningen gaan niet vanzelf mee: wie meedoet, tekent opnieuw.",
            "citation": "Bijvoorbeeld Staatscourant 2024, 806.",
            "source": "Waar u dit vond.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].help_text += " Vanaf deze dag geldt geen handtekening meer. Leeg: loopt nog."
        if self.instance.pk:
            before: Any = self.fields["predecessor"]
            before.queryset = Manifest.objects.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opened, until = cleaned.get("opened_on"), cleaned.get("runs_until")
        if opened and until and until.last_day < opened:
            self.add_error("runs_until", "De looptijd eindigt vóór de eerste ondertekening.")
        return cleaned


class NewManifestForm(ManifestForm):
    slug = forms.SlugField(
        label="Sleutel",
        max_length=60,
        help_text="Komt in het webadres: kleine letters, cijfers en streepjes, bijvoorbeeld mvoi-2026-2030.",
    )
    why = None  # type: ignore[assignment] # Django's way to take a field out: a new row is its own reason
    field_order = ("name", "slug")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug == "nieuw" or Manifest.objects.filter(slug=slug).exists():
            raise ValidationError("Deze sleutel is al in gebruik. Kies een andere.")
        return slug


class ExtensionForm(EditingForm):
    decided_on = DayField(label="Besloten op")
    runs_until = PartialDateFormField(label="Nieuwe looptijd tot en met", help_text=VAGUE)

    class Meta:
        model = ManifestExtension
        fields = ("decided_on", "runs_until", "citation", "source")
        help_texts = {"citation": "Bijvoorbeeld Staatscourant 2024, 806.", "source": "Waar u dit vond."}
