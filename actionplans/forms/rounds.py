"""What is typed about a round of evaluations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from actionplans.models import Evaluation, EvaluationRound, Rubric
from actionplans.services.printed import Form
from actionplans.services.rounds import Assignment
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.dates import DayField, PartialDateFormField
from mvi_portal.core.editing import EditingForm
from mvi_portal.core.writing import ProseEditor, ProseForm

if TYPE_CHECKING:  # the class cannot be subscripted while running
    EvaluatorChoice = forms.ModelChoiceField[User]
    RoundChoice = forms.ModelChoiceField[EvaluationRound]
else:
    EvaluatorChoice = RoundChoice = forms.ModelChoiceField


class RoundForm(EditingForm):
    """The facts of a round, new or changed."""

    starts_on = PartialDateFormField(
        label="Begint op", required=False, help_text="Zo precies als bekend: 6 mei 2024 of mei 2024."
    )
    due_on = DayField(label="Klaar op", required=False)

    class Meta:
        model = EvaluationRound
        fields = ("name", "rubric", "starts_on", "due_on", "source")
        help_texts = {
            "name": "Bijvoorbeeld: Evaluatie mei 2024.",
            "rubric": "Alleen een gepubliceerd beoordelingskader kan worden gekozen.",
            "source": "Waar de opdracht voor deze ronde staat, als u dat weet.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rubric: Any = self.fields["rubric"]
        rubric.queryset = Rubric.objects.published().order_by("slug", "-version")
        rubric.empty_label = "– kies –"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on.first_day:
            self.add_error("due_on", "Deze dag ligt vóór het begin van de ronde.")
        return cleaned


class ChooseForm(forms.Form):
    """Why these plans come into the round."""

    because = forms.CharField(
        label="Waarom deze plannen",
        max_length=300,
        help_text="Bijvoorbeeld: ontvangen vóór 1 april 2024 en nog niet geëvalueerd.",
    )


class CloseForm(forms.Form):
    on = DayField(label="Afgesloten op")
    despite_unfinished = forms.BooleanField(
        label="Sluit de ronde af, ook al is niet alles gepubliceerd", required=False
    )

    def __init__(self, *args: Any, unfinished: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unfinished:
            del self.fields["despite_unfinished"]

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Deze dag ligt in de toekomst.")
        return on


class ReopenForm(forms.Form):
    why = forms.CharField(label="Waarom", max_length=300, help_text="Dit komt in de geschiedenis te staan.")


class FindingsForm(ProseForm):
    class Meta:
        model = EvaluationRound
        fields = ("findings",)
        widgets = {"findings": ProseEditor(attrs={"data-label": "Bevindingen en aanbevelingen"})}


class ReportForm(forms.Form):
    """In which form, and beside which earlier round."""

    form = forms.ChoiceField(label="Vorm", choices=Form.choices, initial=Form.PDF)
    against = RoundChoice(
        EvaluationRound.objects.none(),
        label="Naast een eerdere ronde",
        required=False,
        empty_label="– niet –",
    )

    def __init__(self, *args: Any, round_: EvaluationRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        against: Any = self.fields["against"]
        against.queryset = EvaluationRound.objects.exclude(pk=round_.pk).order_by("-starts_on", "slug")


class RepliesForm(forms.Form):
    form = forms.ChoiceField(
        label="Vorm",
        choices=Form.choices,
        initial=Form.BOTH,
        help_text="Kiest u meer dan één evaluatie, dan krijgt u altijd beide vormen in één zip.",
    )


class EvaluatorField(EvaluatorChoice):
    """An active account of an evaluator, or the one who has it already."""

    def __init__(self, users: Any, **kwargs: Any) -> None:
        super().__init__(users, required=False, empty_label="– niemand –", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name or obj.email)


class AssignmentForm(forms.Form):
    """Who evaluates each plan of a round that was not handed in yet, and by when."""

    def __init__(self, *args: Any, evaluations: Sequence[Evaluation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evaluations = evaluations
        known = {item.evaluator_id for item in evaluations if item.evaluator_id}
        users = evaluators() | User.objects.filter(pk__in=known)
        choices = [("", "– niemand –"), *((user.pk, user.name or user.email) for user in users)]
        for item in evaluations:
            who = EvaluatorField(users, label=f"Beoordelaar van {item.plan}", initial=item.evaluator_id)
            who.choices = choices  # one query for all rows
            self.fields[f"wie-{item.pk}"] = who
            self.fields[f"voor-{item.pk}"] = DayField(
                label=f"Klaar op, {item.plan}", required=False, help_text="", initial=item.due_on
            )

    def rows(self) -> Iterator[tuple[Evaluation, forms.BoundField, forms.BoundField]]:
        for item in self.evaluations:
            yield item, self[f"wie-{item.pk}"], self[f"voor-{item.pk}"]

    def wanted(self) -> dict[int, Assignment]:
        """What was asked for each evaluation, when the form is valid."""
        given = self.cleaned_data
        return {
            item.pk: Assignment(given[f"wie-{item.pk}"], given[f"voor-{item.pk}"])
            for item in self.evaluations
        }


def evaluators() -> Any:
    """Who can be asked to evaluate: the active accounts of PIANOo."""
    return User.objects.filter(role=Role.EVALUATOR, is_active=True).order_by("name", "email")
