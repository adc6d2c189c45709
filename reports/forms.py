"""What is typed about letters."""

from __future__ import annotations

from django import forms

from mvi_portal.core.editing import EditingForm
from reports.models import Section


class SectionForm(EditingForm):
    """The text of one section."""

    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 24})}
