"""What is filled in about one plan: an answer at every criterion; and what follows after the submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from actionplans.models import Criterion, CriterionKind, Evaluation, PlanVersion, Rubric, Score
from actionplans.models.scores import LAST_PAGE
from actionplans.services.judging import is_answered, why_not_on
from mvi_portal.core.dates import DayField, PartialDate, PartialDateFormField
from mvi_portal.core.editing import EditedForm
from mvi_portal.files.fields import UploadField, UploadForm
from signatories.models import Step

PARTS = ("value", "remark", "page", "quote")
SCALES = {CriterionKind.FIVE_STEP, CriterionKind.YES_NO}
NO_SCORE = ("", "nog geen oordeel")
YES_NO = [("1", "ja"), ("0", "nee"), NO_SCORE]


@dataclass(frozen=True)
class Question:
    """One criterion as the page asks it."""

    criterion: Criterion
    number: int
    value: BoundField | None  # None for a text: its words are the answer
    remark: BoundField
    page: BoundField
    quote: BoundField
    is_answered: bool

    @property
    def has_source(self) -> bool:
        """Whether page or quote hold something, so that they are shown at once."""
        return bool(self.page.value() or self.quote.value() or self.page.errors or self.quote.errors)

    @property
    def is_scale(self) -> bool:
        return self.criterion.kind in SCALES


class JudgingForm(EditedForm):
    """The whole evaluation, every field of which may still be empty. The names: `value-12`, `remark-12`."""

    evaluated_on = PartialDateFormField(
        label="Geëvalueerd op",
        required=False,
        help_text="Zo precies als bekend: 6 mei 2024 of mei 2024. Leeg: de dag waarop u indient.",
    )
    remark = forms.CharField(
        label="Opmerking over het hele plan", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, evaluation: Evaluation) -> None:
        self.version = evaluation.version
        self.criteria = list(evaluation.rubric.criteria.select_related("theme").order_by("order", "code"))
        self.given = {score.criterion_id: score for score in evaluation.scores.all()}
        initial = {"remark": evaluation.remark, "evaluated_on": evaluation.evaluated_on}
        super().__init__(data, initial=initial | dict(_initial(self.criteria, self.given)))
        steps = _steps(self.criteria)
        for criterion in self.criteria:
            self.fields.update(_fields(criterion, steps))

    def clean_evaluated_on(self) -> PartialDate | None:
        """Told at the field, so that the rest of a draft can be saved without it."""
        given: PartialDate | None = self.cleaned_data["evaluated_on"]
        if given and (refusal := why_not_on(self.version, given)):
            raise ValidationError(refusal, code="day")
        return given

    def reopened(self, evaluation: Evaluation) -> None:
        """What was typed stays, on what is stored by now."""
        now = JudgingForm(evaluation=evaluation)
        self.given = now.given
        self.renew(now.current)

    def questions(self) -> Iterator[Question]:
        for number, criterion in enumerate(self.criteria, 1):
            parts = {part: self[name] for part in PARTS if (name := f"{part}-{criterion.pk}") in self.fields}
            answered = is_answered(criterion, self.given.get(criterion.pk))
            value = parts.pop("value", None)
            yield Question(criterion, number, value, is_answered=answered, **parts)

    @property
    def answered(self) -> int:
        """How many criteria have an answer that is stored."""
        return sum(is_answered(criterion, self.given.get(criterion.pk)) for criterion in self.criteria)


def scores(given: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """By criterion what the valid fields say."""
    found: dict[int, dict[str, Any]] = {}
    for name, value in given.items():
        part, _, key = name.partition("-")
        if part in PARTS and key:
            found.setdefault(int(key), {})[part] = value
    return found


def facts(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("remark", "evaluated_on") if name in given}


def _steps(criteria: Sequence[Criterion]) -> list[tuple[str, str]]:
    """The steps by the names of the Manifest whose themes are asked about; without one by number."""
    manifests = {criterion.theme.manifest_id for criterion in criteria if criterion.theme}
    names = dict(Step.objects.filter(manifest__in=manifests).values_list("number", "name"))
    return [*((str(step), f"{step} {names.get(step, '')}".strip()) for step in range(1, 6)), NO_SCORE]


def _fields(criterion: Criterion, steps: list[tuple[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    key, name = criterion.pk, criterion.name
    if criterion.kind in SCALES:
        choices = steps if criterion.kind == CriterionKind.FIVE_STEP else YES_NO
        yield f"value-{key}", _scale(name, choices)
    elif criterion.kind == CriterionKind.POINTS:
        yield (
            f"value-{key}",
            forms.IntegerField(
                label=f"{name}: punten", min_value=0, max_value=criterion.max_points, required=False
            ),
        )
    yield (
        f"remark-{key}",
        forms.CharField(
            label="Antwoord" if criterion.kind == CriterionKind.TEXT else "Opmerking",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
    )
    yield (
        f"page-{key}",
        forms.IntegerField(label="Bladzijde van het plan", min_value=1, max_value=LAST_PAGE, required=False),
    )
    yield (
        f"quote-{key}",
        forms.CharField(
            label="Citaat uit het plan", required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
    )


def _initial(criteria: Sequence[Criterion], given: Mapping[int, Score]) -> Iterator[tuple[str, Any]]:
    for criterion in criteria:
        score = given.get(criterion.pk)
        if criterion.kind != CriterionKind.TEXT:
            yield f"value-{criterion.pk}", score.value if score else None
        yield f"remark-{criterion.pk}", score.remark if score else ""
        yield f"page-{criterion.pk}", score.page if score else None
        yield f"quote-{criterion.pk}", score.quote if score else ""


def _scale(label: str, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class VersionChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # cannot be subscripted while running
    def label_from_instance(self, obj: Any) -> str:
        return f"versie {obj.number}, ontvangen op {obj.received_on}"


class BeginForm(forms.Form):
    """Which version of a plan is judged, with which rubric."""

    version = VersionChoice(
        label="Versie van het plan", queryset=PlanVersion.objects.none(), empty_label=None
    )
    rubric = forms.ModelChoiceField(
        label="Beoordelingskader",
        queryset=Rubric.objects.none(),
        empty_label="– kies –",
        error_messages={"required": "Kies het beoordelingskader waarmee u beoordeelt."},
    )

    def __init__(self, data: Any = None, *, versions: Any) -> None:
        super().__init__(data)
        version: Any = self.fields["version"]
        rubric: Any = self.fields["rubric"]
        version.queryset = versions.order_by("-number")
        rubric.queryset = Rubric.objects.newest().order_by("is_example", "name")


class TakeBackForm(forms.Form):
    why = forms.CharField(
        label="Waarom",
        max_length=300,
        required=False,
        help_text="Nodig als u niet zelf de beoordelaar bent. Dit komt in de geschiedenis te staan.",
    )


class CheckForm(EditedForm):
    sent_on = DayField(label="Verstuurd op")
    until = DayField(label="Reactie gevraagd tot en met")


class ReactionForm(EditedForm):
    reacted_on = DayField(label="Reactie ontvangen op")
    reaction = forms.CharField(
        label="Reactie van de ondertekenaar",
        help_text="Neem de tekst over uit de mail. Was er niets op te merken, schrijf dat dan op.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class PublishForm(forms.Form):
    evaluated_on = PartialDateFormField(
        label="Geëvalueerd op", help_text="Zo precies als bekend: 6 mei 2024 of mei 2024."
    )


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label="Reden van de correctie",
        max_length=300,
        help_text="Dit staat straks bij de nieuwe versie. De gepubliceerde versie blijft bestaan.",
    )


class DocumentForm(UploadForm, forms.Form):
    document = UploadField(label="Document bij de evaluatie")
