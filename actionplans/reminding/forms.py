"""What is typed about reminders: their words."""

from __future__ import annotations

from django import forms

from actionplans.models import ReminderText
from actionplans.reminding.texts import PLACES
from mvi_portal.core.editing import EditingForm
from mvi_portal.mails.placeholders import check


class ReminderTextForm(EditingForm):
    class Meta:
        model = ReminderText
        fields = ("subject", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 18})}

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        check(text, PLACES)
        return text
