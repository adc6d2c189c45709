"""What is typed about the agreement on a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString

from mvi_portal.core.dates import DayField
from reports.agreement.board import Party
from reports.agreement.comparing import Change
from reports.agreement.from_word import Filled
from reports.agreement.reading import ReadParagraph, ReadSection, ReadText
from reports.agreement.typed import Meanwhile, box, is_left, lines, lost, print_of, with_lost
from reports.frozen import FrozenLetter
from reports.models import Answer, AssentKind, Choice, Letter
from reports.services.agreeing import Given, Said
from signatories.forms.fields import reason
from signatories.representing import OrganisationField

SAY_WHAT = "Zeg wat er anders moet, hier of bij een alinea."


class PartyForm(forms.Form):
    """One more party."""

    organisation = OrganisationField()
    kind = forms.ChoiceField(
        label="Wat wordt gevraagd",
        choices=AssentKind.choices,
        widget=forms.RadioSelect,
        help_text="Zonder instemming gaat de brief niet weg; afstemming adviseert.",
    )
    why = reason(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", AssentKind.ALIGNMENT)

    def clean_organisation(self) -> Any:
        found = self.cleaned_data["organisation"]
        if found is None:
            raise forms.ValidationError("Kies een organisatie.", code="required")
        return found


class LeaveForm(forms.Form):
    """A party goes, and perhaps another takes its place."""

    why = reason()
    instead = OrganisationField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].label = "Vervangen door"
        self.fields["instead"].help_text = "Laat leeg als er niemand voor in de plaats komt."


class AskForm(forms.Form):
    due_on = DayField(label="Antwoord uiterlijk op")


class ConditionForm(forms.Form):
    how = forms.CharField(
        label="Hoe is aan de voorwaarde voldaan",
        max_length=300,
        help_text="Bijvoorbeeld: de zin over de planning is aangepast en op 4 februari per mail bevestigd.",
    )


class AnswerFields(forms.Form):
    """Of every answer."""

    answer = forms.TypedChoiceField(
        label="Antwoord", choices=Answer.choices, coerce=Answer, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label="Opmerking",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bij 'akkoord, mits' en 'niet akkoord': wat er anders moet.",
    )
    function = forms.CharField(
        label="Functie van wie antwoordt",
        max_length=200,
        help_text="Geen naam: bijvoorbeeld 'directeur Inkoop' of 'minister van Economische Zaken'.",
    )


@dataclass(frozen=True)
class Passage:
    """A paragraph on the page of an answer, with its boxes; `change` when it is other than what was read."""

    section: ReadSection
    paragraph: ReadParagraph
    html: SafeString
    name: str
    remark: str
    new: str
    change: Change | None
    is_first: bool
    is_other: bool = False  # than it was on the page that was sent
    meanwhile: Change | None = None  # how, when more than a value changed

    @property
    def was(self) -> str:
        """A fingerprint of the words that stand in the box when the page is opened."""
        return print_of(self.paragraph.words)

    @property
    def is_open(self) -> bool:
        """Whether its boxes hold something."""
        return bool(self.remark or self.new != self.paragraph.words)


class SaidFields(AnswerFields):
    """What is said of the paragraphs of a text, beside the answer."""

    text_sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
    text: ReadText
    changed: Mapping[tuple[int, str], Change | None] = MappingProxyType({})  # while somebody read
    first: Mapping[str, str] = MappingProxyType({})  # what the boxes hold when the page is opened

    @property
    def was_changed(self) -> bool:
        """Whether the one who answers read another text than that of now."""
        return self.is_bound and self.data.get("text_sha256") != self.text.sha256

    def renewed(self) -> Self:
        """The same on the text of now, so that sending again is a choice."""
        data: Any = self.data.copy()  # type: ignore[attr-defined] # what a browser sent is a QueryDict
        data["text_sha256"] = self.text.sha256
        self.data = data
        return self

    def typed(self, section: ReadSection, paragraph: ReadParagraph) -> tuple[str, str]:
        """The remark and the words as they stand in the boxes."""
        name = box(section.key, paragraph.sha256)
        data = self.data if self.is_bound else self.first
        remark = str(data.get(f"opm-{name}", "")).strip()
        return remark, paragraph.words if is_left(data, name) else lines(data[f"nieuw-{name}"])

    def said(self) -> list[Said]:
        found = []
        for section, paragraph in self.text:
            remark, new = self.typed(section, paragraph)
            is_other = paragraph.is_written and new.split() != paragraph.words.split()
            if remark or is_other:
                found.append(Said(section.key, paragraph.sha256, remark, new if is_other else ""))
        return found


class AnswerForm(SaidFields):
    """The answer of a party to a text; `word` is the file that it brought, `first` what that says."""

    word = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("answer", "remark", "function")

    def __init__(
        self,
        data: Any,
        *,
        letter: Letter,
        text: ReadText,
        drawn: FrozenLetter,
        first: Filled | None = None,
        **initial: object,
    ) -> None:
        self.text, self.gone = text, list[Change]()
        if first is not None:
            self.first, initial["remark"] = first.boxes, "\n\n".join(first.rest)
        if data is not None and data.get("text_sha256") != text.sha256:
            meanwhile = Meanwhile(data, letter=letter, text=text, figures=drawn.figures)
            data, self.changed, self.gone = meanwhile.data, meanwhile.changed, meanwhile.gone
        found = list(lost(data, text)) if data is not None else []
        super().__init__(with_lost(data, found), initial=initial)
        self.initial["text_sha256"] = text.sha256

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_plain = cleaned.get("answer") in (Answer.AGREED, None)
        if not is_plain and not cleaned.get("remark") and not self.said():
            self.add_error("remark", SAY_WHAT)
        return cleaned

    def given(self) -> Given:
        told = self.cleaned_data
        return Given(
            told["answer"], timezone.localdate(), told["function"], told["remark"], said=tuple(self.said())
        )


class ChangesForm(forms.Form):
    """For each change since an answer: what it means; later is a choice too."""

    why = forms.CharField(
        label="Waarom redactioneel",
        required=False,
        max_length=300,
        help_text="Alleen bij 'redactioneel'. Wie akkoord gaf, leest dit in de mail.",
    )

    def __init__(self, data: Any, *, to_choose: Sequence[tuple[Change, Sequence[Party]]]) -> None:
        super().__init__(data)
        self.to_choose = to_choose
        for change, _parties in to_choose:
            self.fields[f"keuze-{change.name}"] = forms.ChoiceField(
                label=f"Wat betekent deze wijziging in '{change.heading}'?",
                choices=[*Choice.choices, ("", "later kiezen")],
                widget=forms.RadioSelect,
                required=False,
            )

    def rows(self) -> list[tuple[Change, Sequence[Party], Any]]:
        """Each change, who answered before it, and its field."""
        return [(change, parties, self[f"keuze-{change.name}"]) for change, parties in self.to_choose]

    @property
    def choices(self) -> dict[str, Choice]:
        """By the name of the change, what was chosen."""
        told = {name.removeprefix("keuze-"): value for name, value in self.cleaned_data.items()}
        return {name: Choice(value) for name, value in told.items() if name != "why" and value}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.choices:
            raise forms.ValidationError("Kies bij minstens één wijziging wat zij betekent.")
        if Choice.EDITORIAL in self.choices.values() and not cleaned.get("why"):
            self.add_error("why", "Zeg waarom het redactioneel is.")
        return cleaned


class DeclineForm(forms.Form):
    why = reason(label="Waarom niet", help_text="Wie het voorstelde, kan dit lezen.")
