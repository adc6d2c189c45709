"""Writing progress: plain paragraphs, within two minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import escape

from monitoring.models import ProgressEntry
from monitoring.services import NO_ANSWER, NO_REMARK
from mvi_portal.core.editing import EditingForm
from mvi_portal.core.prose import plain_text

BOTH = "Kies ‘niets nieuws’, of schrijf een tekst. Allebei kan niet."


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
    """What was typed, as prose."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n") if line)


class EntryForm(EditingForm):
    """What an organisation reports on a line. Text that nobody touched stays as it is stored."""

    text = ParagraphsField(
        label="Wat is er gebeurd?",
        required=False,
        help_text="Schrijf kort wat er is gedaan, wat dat opleverde en wat er nog komt.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    instance: ProgressEntry

    class Meta:
        model = ProgressEntry
        fields = ["text", "nothing_new"]
        labels = {"nothing_new": "Er is niets nieuws te melden"}

    def __init__(self, *args: Any, submit: bool = False, instance: ProgressEntry, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"text": typed(instance.text)}, **kwargs)
        self.submit = submit

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        stored: str = self.instance.text
        return stored if text == typed(stored) else paragraphs(text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        text, nothing_new = cleaned.get("text"), cleaned.get("nothing_new")
        if text and nothing_new:
            self.add_error("nothing_new", BOTH)
        if self.submit and not text and not nothing_new:
            self.add_error("text", NO_ANSWER)
        return cleaned


class RemarkForm(forms.Form):
    """What the secretariat says when it accepts or asks again."""

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
