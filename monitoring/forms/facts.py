"""A fact of line D on one page, with the rows that belong to it: a paper with its senders and points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import BaseInlineFormSet, inlineformset_factory

from monitoring.models import PolicyLine
from mvi_portal.core.editing import Conflict, EditingForm, edition_of
from signatories.forms.choosing import Directory, share
from signatories.forms.fields import reason

if TYPE_CHECKING:  # the classes cannot be subscripted while running
    LineChoice = forms.ModelChoiceField[PolicyLine]
    RowForm = forms.ModelForm[Any]
    Rows = BaseInlineFormSet[Any, Any, Any]
else:
    LineChoice = forms.ModelChoiceField
    RowForm = forms.ModelForm
    Rows = BaseInlineFormSet

BLANK = 2  # empty rows to fill in; who needs more, saves and goes on


class LineField(LineChoice):
    """A line of the plan, under the name of its frame."""

    def __init__(self) -> None:
        lines = PolicyLine.objects.select_related("frame").order_by("-frame__valid_from", "frame", "order")
        super().__init__(lines, label="Lijn van het plan", required=False, empty_label="– geen –")

    def label_from_instance(self, obj: PolicyLine) -> str:
        return f"{obj} ({obj.frame.name})"


class LinkField(forms.URLField):
    """A web address; typed without its first part, it is a safe one."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"label": "Link", "required": False, "max_length": 500, "assume_scheme": "https"}
        super().__init__(**{**given, **kwargs})


@dataclass(frozen=True)
class Part:
    """Rows under a fact: what they are called, one and many, and what to know before typing."""

    form: type[RowForm]
    one: str
    many: str
    note: str = ""


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row, and the id of the field in which it is."""

    place: str
    label: str
    text: str


class PartRows:
    """The rows of one part as they are typed, beside how they are stored."""

    def __init__(self, part: Part, data: Any, instance: models.Model, directory: Directory) -> None:
        self.part = part
        model = part.form._meta.model
        made = inlineformset_factory(type(instance), model, form=part.form, extra=BLANK, can_delete=True)
        self.formset: Rows = made(data, instance=instance, prefix=model._meta.model_name)
        for form in self.formset.forms:
            share(form.fields, directory)
            form.fields["DELETE"].label = "Haal deze regel weg"
        for place, form in enumerate(self.formset.forms, start=1):
            for name in {"number", "version"} & form.fields.keys() if form.empty_permitted else ():
                form.initial[name] = place  # the next one, so that nobody has to count
        self.stored = [_told(form, form.initial) for form in self._as_stored(made, instance, directory)]

    def _as_stored(self, made: type[Rows], instance: models.Model, directory: Directory) -> list[Any]:
        """Whatever was sent: the rows that are there now."""
        found: list[Any] = made(instance=instance, prefix=self.formset.prefix).initial_forms
        for form in found:
            share(form.fields, directory)
        return found

    @property
    def name(self) -> str:
        return f"rows:{self.formset.prefix}"

    def typed(self) -> list[str]:
        """What would stand there after saving."""
        kept = [form for form in self.formset.forms if not self._is_dropped(form)]
        return [told for form in kept if (told := _told(form, _given(form)))]

    def errors(self) -> Iterator[RowError]:
        """Of all rows, for the list at the top of the page."""
        for number, form in enumerate(self.formset.forms, start=1):
            where = f"{self.part.one} {number}"
            for text in form.non_field_errors():
                yield RowError(form[next(iter(form.fields))].id_for_label, where, text)
            for field in form:
                yield from (
                    RowError(field.id_for_label, f"{where}, {field.label}", text) for text in field.errors
                )

    def saved(self) -> tuple[list[models.Model], list[models.Model]]:
        """The rows to keep and those to drop; asked of a valid form only."""
        kept = self.formset.save(commit=False)
        return list(kept), list(self.formset.deleted_objects)

    def _is_dropped(self, form: Any) -> bool:
        return bool(form["DELETE"].value()) or (form.empty_permitted and not form.has_changed())


def _given(form: Any) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


def _told(form: Any, values: Mapping[str, Any]) -> str:
    """A row in a line, as "Organisatie: IenW (mnre1130), Rol: afzender"."""
    labels = ((name, field) for name, field in form.fields.items() if name not in _HIDDEN and name in values)
    told = ((field.label, _shown(field, values[name])) for name, field in labels)
    return ", ".join(f"{label}: {value}" for label, value in told if value)


_HIDDEN = {"DELETE", "id"}


def _bare(value: Decimal) -> Decimal:
    """As somebody would type it: without the zeros that the column adds."""
    return Decimal(f"{value.normalize():f}")


def _shown(field: forms.Field, value: Any) -> str:
    prepared = field.prepare_value(value)
    choices = {str(key): label for key, label in getattr(field, "choices", ()) if not isinstance(label, list)}
    return str(choices.get(str(prepared), prepared if prepared is not None else ""))


class FactForm(EditingForm):
    """The fact itself; `parts` names the rows that go with it, and `rows` holds them as typed.

    Two people in one fact: the edition covers its rows too, so that the second is shown both.
    """

    parts: ClassVar[tuple[Part, ...]] = ()
    why = reason(required=False)

    def __init__(self, data: Any = None, *, instance: models.Model, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.directory = Directory()
        share(self.fields, self.directory)
        self.rows = [PartRows(part, data, instance, self.directory) for part in self.parts]
        self.stored |= {rows.name: rows.stored for rows in self.rows}
        self.current = edition_of(self.stored)
        self.initial["edition"] = self.current
        numbers = {name: value for name, value in self.initial.items() if isinstance(value, Decimal)}
        self.initial.update({name: _bare(value) for name, value in numbers.items()})

    def is_valid(self) -> bool:
        """The rows too; each is asked, so that all that is wrong is told at once."""
        parts = [rows.formset.is_valid() for rows in self.rows]
        return super().is_valid() and all(parts)

    def has_changed(self) -> bool:
        """Whether anything of the fact or its rows differs."""
        own = set(self.changed_data) - {"edition", "why"}
        return bool(own) or any(rows.formset.has_changed() for rows in self.rows)

    @property
    def row_errors(self) -> list[RowError]:
        """Empty as long as nothing was sent."""
        return [error for rows in self.rows if self.is_bound for error in rows.errors()]

    def _differences(self) -> Iterator[Conflict]:
        yield from super()._differences()
        for rows in self.rows:
            mine = rows.typed()
            if mine != rows.stored:
                yield Conflict(rows.part.many, "\n".join(rows.stored) or "–", "\n".join(mine) or "–")

    def saved_rows(self) -> tuple[list[models.Model], list[models.Model]]:
        """Of all parts, what to keep and what to drop."""
        kept, dropped = [], []
        for rows in self.rows:
            to_keep, to_drop = rows.saved()
            kept += to_keep
            dropped += to_drop
        return kept, dropped
