"""What is typed about decision notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mvi_portal.core.editing import EditingForm
from mvi_portal.core.writing import ProseEditor, ProseForm
from reports.models import DecisionNote, NoteSection, NoteTemplate, Withholding
from reports.models.notes import WITHHELD
from reports.notes.standard import STANDARD, Heading

MOST = 30  # sections of a template
NEW = 2  # empty lines to add a section in


class NoteForm(EditingForm):
    """What stands in the head of the note."""

    class Meta:
        model = DecisionNote
        fields = ["addressee", "reference", "author"]


class NoteSectionForm(ProseForm):
    """The text of one section."""

    class Meta:
        model = NoteSection
        fields = ["text"]
        widgets = {"text": ProseEditor}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-label"] = f"Tekst van {self.instance}"


class WithholdForm(EditingForm):
    """On which ground a passage stays inside."""

    class Meta:
        model = Withholding
        fields = ["ground", "why"]


class WhyForm(forms.Form):
    """Why there is a new version, and which version it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = forms.CharField(label="Waarom deze versie", max_length=300)


class HeadingForm(forms.Form):
    """A section of the template; an empty title leaves it out."""

    slug = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    title = forms.CharField(label="Titel", required=False, max_length=200)
    help = forms.CharField(
        label="Hulp voor de schrijver",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    order = forms.IntegerField(label="Plaats", required=False, min_value=1, max_value=999)


class Headings(forms.BaseFormSet):  # type: ignore[type-arg] # the class cannot be subscripted while running
    """All sections of the next version."""

    def clean(self) -> None:
        if any(self.errors):
            return
        titles = [item.title.casefold() for item in self.told()]
        if not titles:
            raise ValidationError("Geef het sjabloon minstens één sectie.")
        if twice := next((title for title in titles if titles.count(title) > 1), ""):
            raise ValidationError(f"Twee secties heten ‘{twice}’. Geef elke sectie een eigen titel.")
        if WITHHELD not in {item.slug for item in self.told()}:
            raise ValidationError(
                "De sectie over informatie die niet openbaar wordt, moet blijven: daarin staan de gronden "
                "van de Wet open overheid. Geef haar weer een titel."
            )

    def told(self) -> list[Heading]:
        """In the order that was typed; those with the same place in the order of the page."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]
        rows.sort(key=lambda row: row.get("order") or MOST * 100)
        return [Heading(row.get("slug", ""), row["title"], row.get("help", "")) for row in rows]


HeadingFormSet = forms.formset_factory(
    HeadingForm, formset=Headings, extra=NEW, max_num=MOST, validate_max=True
)


def headings_of(template: NoteTemplate | None) -> list[Heading]:
    """Of the version, or the usual ones while there is none."""
    if template is None:
        return list(STANDARD)
    return [Heading(row.slug, row.title, row.help) for row in template.sections.all()]


def initial(headings: list[Heading]) -> list[dict[str, Any]]:
    return [
        {"slug": item.slug, "title": item.title, "help": item.help, "order": place * 10}
        for place, item in enumerate(headings, 1)
    ]
