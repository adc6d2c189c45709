"""A round as the secretariat makes it: over which period, of whom, by when, and per line a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet

from monitoring.models import PlanRole, PolicyLine, ProgressRound
from mvi_portal.core.dates import DayField
from mvi_portal.core.editing import EditingForm
from signatories.models import Kind, Organisation

QUESTION = "question_"


class WhomField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False)


class RoundForm(EditingForm):
    """Needs a round with its frame. `asked`: keys of organisations; `questions`: texts by code of line."""

    period_from = DayField(label="Periode vanaf")
    period_until = DayField(label="Periode tot en met")
    due_on = DayField(label="Uiterlijk op")
    departments = WhomField("Departementen")
    others = WhomField("Koepels en andere partijen", "Alleen als u ook hen iets wilt vragen.")

    instance: ProgressRound
    keeps_questions = False  # no question comes or goes, only its words change

    class Meta:
        model = ProgressRound
        fields = ["title", "period_from", "period_until", "due_on"]

    def __init__(
        self,
        *args: Any,
        instance: ProgressRound,
        asked: Iterable[str],
        questions: Mapping[str, str],
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.lines = self.lines_of(instance, questions)
        whom, keys = askable(instance, asked, today), set(asked)
        given = {name: [key for key, _label in found if key in keys] for name, found in whom.items()}
        texts = {name_of(line): questions.get(line.code, "") for line in self.lines}
        super().__init__(*args, instance=instance, initial={**(initial or {}), **given, **texts})
        for name, found in whom.items():
            self.fields[name].choices = found  # type: ignore[attr-defined] # both are a WhomField
        for line in self.lines:
            self.fields[name_of(line)] = question_field(line, required=self.keeps_questions)
        self.order_fields(["title", "period_from", "period_until", "due_on", *texts, *whom])

    def lines_of(self, made: ProgressRound, questions: Mapping[str, str]) -> list[PolicyLine]:
        """Those to ask about."""
        lines = sorted(made.frame.lines.all(), key=lambda line: line.order)
        return [line for line in lines if line.code in questions] if self.keeps_questions else lines

    def given(self) -> dict[str, Any]:
        """What the services take."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in self.Meta.fields},
            "organisations": [*data["departments"], *data["others"]],
            "questions": {line.code: data[name_of(line)] for line in self.lines if data[name_of(line)]},
        }


class RepairForm(RoundForm):
    """Of a round that is open: by when, whom it asks, and how its questions read."""

    period_from = None  # type: ignore[assignment] # Django's way to leave a field out
    period_until = None  # type: ignore[assignment]
    keeps_questions = True

    class Meta:
        model = ProgressRound
        fields = ["due_on"]


class DueForm(EditingForm):
    """A round that is not open gets another last day; nothing else of it changes."""

    due_on = DayField(label="Uiterlijk op")

    class Meta:
        model = ProgressRound
        fields = ["due_on"]


def name_of(line: PolicyLine) -> str:
    return f"{QUESTION}{line.code}"


def question_field(line: PolicyLine, *, required: bool = False) -> forms.CharField:
    help_text = f"Over: {line.aim}" if line.aim else ""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=f"Vraag bij {line}", required=required, max_length=2000, help_text=help_text, widget=area
    )


def askable(made: ProgressRound, asked: Iterable[str], today: date) -> dict[str, list[tuple[str, str]]]:
    """By field: ministries of today; and umbrella organisations, and who else has a part in the plan."""
    roles = PlanRole.objects.filter(frame=made.frame_id).values("organisation")
    current = Organisation.objects.existing(on=today).filter(
        Q(kind__in=(Kind.MINISTRY, Kind.UMBRELLA)) | Q(pk__in=roles)
    )
    wanted = Organisation.objects.filter(Q(pk__in=current.values("pk")) | Q(key__in=list(asked)))
    named: QuerySet[Any] = wanted.with_name(on=today).order_by(F("sort_name_on_day"), "key")
    found: dict[str, list[tuple[str, str]]] = {"departments": [], "others": []}
    for item in named:
        field = "departments" if item.kind == Kind.MINISTRY else "others"
        found[field].append((item.key, item.name_on_day or item.key))
    return found


def usually_asked(made: ProgressRound, before: ProgressRound | None, today: date) -> Sequence[str]:
    """Whom the round before asked; else the ministries that have a part in the plan today."""
    if before is not None:
        return list(before.requests.values_list("organisation__key", flat=True))
    roles = PlanRole.objects.at(on=today).filter(frame=made.frame_id, organisation__kind=Kind.MINISTRY)
    return list(roles.values_list("organisation__key", flat=True).distinct())
