"""What is typed about a frame: its lines, who does what for the plan, and how it goes on from another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from monitoring.forms.facts import FactForm, Part, RowForm
from monitoring.locking import locked_because
from monitoring.models import Frame, LineMapping, Paper, PlanRole, PolicyLine
from monitoring.models.frame import OPEN
from mvi_portal.core.dates import DayField
from mvi_portal.core.editing import edition_of
from signatories.forms.choosing import OrganisationField
from signatories.forms.fields import reason

if TYPE_CHECKING:  # the class cannot be subscripted while running
    LinesChoice = forms.ModelMultipleChoiceField[PolicyLine]
else:
    LinesChoice = forms.ModelMultipleChoiceField


class PolicyLineForm(RowForm):
    class Meta:
        model = PolicyLine
        fields = ("code", "title", "aim", "order")
        widgets = {"aim": forms.Textarea({"rows": 2})}


class PlanRoleForm(RowForm):
    organisation = OrganisationField(label="Organisatie")
    valid_from = DayField(label="Vanaf", required=False)
    valid_until = DayField(label="Tot en met", required=False)

    class Meta:
        model = PlanRole
        fields = ("organisation", "role", "valid_from", "valid_until", "source")


CHANGED = "Iemand anders heeft deze koppelingen intussen gewijzigd. Open de pagina opnieuw en pas ze dan aan."
LINES = Part(
    PolicyLineForm,
    "Lijn",
    "Lijnen",
    "De lijnen waarin het kader het plan verdeelt. De volgorde is een getal; de laagste staat eerst.",
)
ROLES = Part(
    PlanRoleForm,
    "Rol",
    "Rollen",
    "Wie wat doet voor het plan, van een dag tot en met een andere. Houdt een rol op? Vul de laatste dag in.",
)


class FrameForm(FactForm):
    """A frame that a sent letter uses stays as it is: then only its last day is asked."""

    valid_from = DayField(label="Geldt vanaf", required=False)
    valid_until = DayField(label="Geldt tot en met", required=False)

    class Meta:
        model = Frame
        fields = ("name", "plan_title", "aim", "paper", "valid_from", "valid_until", "source")
        widgets = {"aim": forms.Textarea({"rows": 3})}
        help_texts = {
            "name": "Bijvoorbeeld Hoofdlijnen A tot en met D (2025).",
            "paper": "De brief waarmee het plan is aangeboden.",
            "source": "Waar u dit vond.",
        }

    def __init__(self, data: Any = None, *, instance: Any, **kwargs: Any) -> None:
        self.locked = locked_because(instance)
        self.parts = () if self.locked else (LINES,)  # type: ignore[misc] # of this frame
        super().__init__(data, instance=instance, **kwargs)
        if self.locked:
            self._ask_last_day()
            return
        paper: Any = self.fields["paper"]
        paper.queryset = Paper.objects.order_by("-dated", "title")
        paper.empty_label = "– niet bekend –"
        paper.label_from_instance = lambda item: f"{item.title} ({item.dated})"

    def _ask_last_day(self) -> None:
        self.fields["valid_until"].help_text = (
            f"{self.locked} Daarom blijft het kader zoals het is. De laatste dag kunt u nog wijzigen, "
            "zodat een volgend kader kan ingaan."
        )
        for name in [name for name in self.Meta.fields if name not in OPEN]:
            del self.fields[name]


class FrameRolesForm(FactForm):
    """Who does what for the plan; also of a frame that stays as it is."""

    parts = (ROLES,)

    class Meta:
        model = Frame
        fields = ()


class CopyFrameForm(forms.Form):
    name = forms.CharField(label="Naam van het nieuwe kader", max_length=200)
    plan_title = forms.CharField(label="Titel van het plan", max_length=250)
    valid_from = DayField(label="Geldt vanaf")
    ends = forms.BooleanField(
        label="Het oude kader geldt tot en met de dag ervoor", required=False, initial=True
    )
    roles = forms.BooleanField(label="Neem over wie wat doet voor het plan", required=False, initial=True)
    source = forms.CharField(label="Bron", max_length=300, required=False, help_text="Waar u dit vond.")


class EarlierLines(LinesChoice):
    """Lines of other frames, under the name of their frame."""

    def label_from_instance(self, obj: PolicyLine) -> str:
        return f"{obj} ({obj.frame.name})"


class MappingForm(forms.Form):
    """For each line of the frame, the lines of other frames that go on as it."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False)  # who saves second, is told

    def __init__(self, data: Any = None, *, frame: Frame) -> None:
        super().__init__(data)
        self.lines = list(frame.lines.order_by("order"))
        others = PolicyLine.objects.exclude(frame=frame).select_related("frame")
        before: dict[int, list[int]] = defaultdict(list)
        pairs = LineMapping.objects.filter(to_line__frame=frame).values_list("from_line", "to_line")
        for earlier, later in pairs:
            before[later].append(earlier)
        self.current = edition_of({str(key): sorted(value) for key, value in before.items()})
        self.fields["edition"].initial = self.current
        for line in self.lines:
            self.fields[f"line-{line.pk}"] = EarlierLines(
                others.order_by("frame__valid_from", "frame", "order"),
                label=f"{line}: gaat verder op",
                required=False,
                initial=before.get(line.pk, []),
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["why"] = reason(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("edition") != self.current:
            raise ValidationError(CHANGED)
        return cleaned

    def chosen(self) -> dict[PolicyLine, list[PolicyLine]]:
        return {line: list(self.cleaned_data[f"line-{line.pk}"]) for line in self.lines}
