"""What is typed about letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Script
from django_prose_editor.widgets import importmap as editor_map
from js_asset import ImportMap, Media

from mvi_portal.core.editing import Conflict, EditingForm
from reports.models import Section
from reports.writing import as_read


class SectionEditor(forms.Textarea):
    """The stored HTML, which our script turns into an editor that shows values and footnotes."""

    @property
    def media(self) -> Media:
        """The scripts by their plain names, so that also a hashed file finds the others."""
        ours = ImportMap({"mvi/section-nodes": "js/section-nodes.js"})
        return Media(
            importmap=editor_map | ours,
            css={"all": ["css/editor.css"]},
            js=[Script("js/section-editor.js", type="module")],
        )


class SectionForm(EditingForm):
    """The text of one section."""

    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": SectionEditor(attrs={"rows": 24, "data-section-editor": True})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-label"] = f"Tekst van {self.instance}"

    def clean(self) -> dict[str, Any]:
        """Two texts that differ are shown as they read, not as HTML."""
        cleaned = super().clean()
        self.conflicts = [
            Conflict(item.label, as_read(self.stored["text"]), as_read(self["text"].value() or ""))
            for item in self.conflicts
        ]
        return cleaned
