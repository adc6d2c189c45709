"""What goes along with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from monitoring.models import Paper
from mvi_portal.files.fields import UploadField, UploadForm

if TYPE_CHECKING:  # the class cannot be subscripted while running
    Choice = forms.ModelChoiceField[Paper]
else:
    Choice = forms.ModelChoiceField


class PaperField(Choice):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.dated})"


class FileForm(UploadForm, forms.Form):
    file = UploadField(label="Bestand")


class PaperChoiceForm(forms.Form):
    paper = PaperField(
        Paper.objects.order_by("-dated", "slug"),
        to_field_name="slug",
        label="Stuk van of aan de Kamer",
        empty_label="– kies –",
    )
