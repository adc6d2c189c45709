"""What is typed about a term: the one delay, and what was asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans.forms.fields import not_later
from actionplans.models import Delay, Inquiry
from mvi_portal.core.dates import DayField, PartialDate, PartialDateFormField
from mvi_portal.core.editing import EditingForm
from signatories.forms.fields import reason
from signatories.services.signatures import FUTURE

PRECISE = "Zo precies als bekend: 30 september 2024, mei 2024 of najaar 2024."


class DelayForm(EditingForm):
    announced_on = PartialDateFormField(label="Gemeld op", help_text=PRECISE)
    until = PartialDateFormField(label="Nieuwe datum", help_text=PRECISE)
    why = reason(required=False, label="Waarom u dit wijzigt")
    mistaken = forms.BooleanField(label="Er is geen uitstel gemeld: haal dit weg", required=False)

    class Meta:
        model = Delay
        fields = ("announced_on", "until", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        if self.instance.pk is None:
            del self.fields["why"], self.fields["mistaken"]

    def clean_announced_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["announced_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        announced, until = cleaned.get("announced_on"), cleaned.get("until")
        if announced and until and until.last_day <= announced.last_day:
            self.add_error("until", "De nieuwe datum ligt niet na de melding.")
        if "why" in self.fields and not cleaned.get("why") and set(self.changed_data) - {"edition"}:
            self.add_error("why", "Schrijf kort waarom u dit wijzigt.")
        return cleaned


class InquiryForm(EditingForm):
    asked_on = DayField(label="Gevraagd op")

    class Meta:
        model = Inquiry
        fields = ("asked_on", "answer", "note")
        labels = {"answer": "Antwoord"}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"answer": "“Niet bekend” als er geen antwoord kwam."}

    def clean_asked_on(self) -> date | None:
        day: date | None = self.cleaned_data["asked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day
