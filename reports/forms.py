"""What is typed about letters."""

from __future__ import annotations

from typing import Any

from mvi_portal.core.writing import ProseEditor, ProseForm
from reports.models import Section


class SectionForm(ProseForm):
    """The text of one section."""

    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": ProseEditor}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-label"] = f"Tekst van {self.instance}"
