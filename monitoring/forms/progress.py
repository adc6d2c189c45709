"""Writing progress: rich text with figures as values, within ten minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import escape

from monitoring.models import ProgressEntry
from monitoring.services import NO_ANSWER, NO_REMARK
from mvi_portal.core.prose import FigureNode, Form, ProseError, nodes, plain_text
from mvi_portal.core.writing import ProseEditor, ProseForm, named

# A text about a line stands beside no earlier letter: nothing tells what a difference would be with.
FORMS = tuple(form for form in Form if form not in (Form.CHANGE, Form.TREND))
COMPARES = (
    "Dit cijfer vergelijkt met een vorige brief, en die is er hier niet: {}. Kies er met de knop Cijfer een "
    "andere vorm voor, of schrijf zelf met welk cijfer u vergelijkt."
)


class ParagraphsField(forms.CharField):
    """Paragraphs, with an empty line between them however they were typed."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        lines = (line.strip() for line in str(value or "").splitlines())
        return "\n\n".join(line for line in lines if line)


def typed(html: str) -> str:
    """Prose as somebody would type it."""
    return plain_text(html).replace("\n", "\n\n")


def paragraphs(text: str) -> str:
    """Lines that somebody typed where no editor was, as prose."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _comparing(text: str) -> list[str]:
    """The figures in the text that need an earlier value."""
    try:
        found = nodes(text)
    except ProseError:  # the field itself tells what is wrong
        return []
    return [named(node) for node in found if isinstance(node, FigureNode) and node.form not in FORMS]


class EntryForm(ProseForm):
    """What an organisation reports on a line."""

    instance: ProgressEntry

    class Meta:
        model = ProgressEntry
        fields = ["text"]
        labels = {"text": "Wat is er gebeurd?"}
        widgets = {"text": ProseEditor({"rows": 14})}

    def __init__(self, *args: Any, submit: bool = False, instance: ProgressEntry, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["text"].widget.attrs["data-label"] = f"Tekst over {instance.line}"
        self.submit = submit

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if compares := _comparing(text):
            raise forms.ValidationError([COMPARES.format(told) for told in compares])
        return text if "<" in text else paragraphs(text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.submit and not cleaned.get("text") and not self.errors:
            self.add_error("text", NO_ANSWER)
        return cleaned


class RemarkForm(forms.Form):
    """What the secretariat says when it accepts or asks again; `edition` is that of the text it read."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False)
    remark = ParagraphsField(
        label="Opmerking",
        required=False,
        help_text="Nodig als u opnieuw vraagt: zeg wat er nog ontbreekt.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed

    def clean_remark(self) -> str:
        remark: str = self.cleaned_data["remark"]
        if self.needed and not remark:
            raise forms.ValidationError(NO_REMARK)
        return remark
