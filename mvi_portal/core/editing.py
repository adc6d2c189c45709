"""Forms that know which text they were opened on: who saves second is shown both, and chooses."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

if TYPE_CHECKING:  # the class cannot be subscripted while running
    Base = forms.ModelForm[models.Model]
    Mixin = forms.BaseForm
else:
    Base = forms.ModelForm
    Mixin = object

CHANGED = "Iemand anders heeft dit intussen gewijzigd. Vergelijk de teksten en bewaar daarna opnieuw."


@dataclass(frozen=True)
class Conflict:
    """One field that differs: what stands there now, and what was typed.

    `value` is what stands there as a browser would send it.
    """

    label: str
    theirs: str
    mine: str
    name: str = dataclasses.field(default="", compare=False)
    value: list[str] = dataclasses.field(default_factory=list, compare=False)


class Edited(Mixin):
    """What a form needs that knows its edition; the row or rows are locked while its view saves.

    The hidden edition tells which values the form was opened on. When there are other values by now, the
    form is not valid, `conflicts` holds both texts, and the answer carries the new edition: saving again is
    then a choice. `initial` holds the stored values, or nothing for what is new.
    """

    cleaned_data: dict[str, Any]
    is_stored = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = dict(self.initial)
        self.current = edition_of(self.stored)
        self.conflicts: list[Conflict] = []
        self.initial["edition"] = self.current

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_stored and cleaned.get("edition") != self.current:
            self.conflicts = list(self._differences())
            self.renew(self.current)
            if self.conflicts:
                self.add_error(None, CHANGED)
        return cleaned

    def _differences(self) -> Iterator[Conflict]:
        for name, field in self.fields.items():
            if name not in self.stored:  # what is asked beside the row, as why it is changed
                continue
            theirs, mine = self.stored[name], self[name].value()
            if field.has_changed(theirs, mine):
                told = text_of(field, theirs), text_of(field, mine)
                yield Conflict(str(self[name].label), *told, self.add_prefix(name), _sent(field, theirs))

    def renew(self, edition: str) -> None:
        """The answer is a form on what stands there now."""
        data: Any = copy(self.data)  # what a browser sent cannot be changed itself
        data[self.add_prefix("edition")] = edition
        self.data = data


class EditingForm(Edited, Base):
    """A form of one row that knows its edition."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def is_stored(self) -> bool:  # type: ignore[override] # of a row it shows by its key
        return self.instance.pk is not None


class EditedForm(Edited, forms.Form):
    """A form of several rows that knows their edition."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False)


def edition_of(values: dict[str, Any]) -> str:
    """The same for the same values; nothing of them can be read from it."""
    plain = {name: _plain(value) for name, value in values.items() if name != "edition"}
    told = json.dumps(plain, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, models.QuerySet)):
        return sorted(str(getattr(item, "pk", item)) for item in value)
    return value if isinstance(value, (bool, int, type(None))) else str(value)


def text_of(field: forms.Field, value: Any) -> str:
    """As the field shows it: a choice by its label, nothing as a dash."""
    choices = dict(_flat(getattr(field, "choices", ())))
    values = value if isinstance(value, (list, tuple, models.QuerySet)) else [value]
    told = [
        choices.get(str(getattr(item, "pk", item)), str(item)) for item in values if item not in (None, "")
    ]
    return ", ".join(told) or "–"


def _sent(field: forms.Field, value: Any) -> list[str]:
    """As the field's element would send it."""
    if isinstance(value, bool) and isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    shown = field.widget.format_value(field.prepare_value(value))
    values = shown if isinstance(shown, (list, tuple)) else [shown]
    return ["" if item is None else str(item) for item in values]


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), str(label)
