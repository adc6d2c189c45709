"""What is typed about reusable remarks."""

from __future__ import annotations

from django import forms

from actionplans.models import ReusableRemark
from mvi_portal.core.editing import EditingForm


class RemarkForm(EditingForm):
    class Meta:
        model = ReusableRemark
        fields = ("text", "is_shared")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": "Zonder namen van personen of organisaties, zodat de opmerking overal past.",
            "is_shared": "Anders ziet alleen u deze opmerking.",
        }
