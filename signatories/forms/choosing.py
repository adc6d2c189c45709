"""Choosing one organisation, by typing a part of its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from signatories.forms.fields import plain
from signatories.models import Office, Organisation

LIST = "organisaties"  # the id of the suggestions on the page
WITH_CODE = re.compile(r"\((?P<code>[^()\s]+)\)\s*$")


class Directory:
    """All organisations under the name of today, asked once for a page, whatever number of fields it has."""

    @cached_property
    def rows(self) -> dict[int, Any]:
        today = timezone.localdate()
        found: Any = Organisation.objects.with_name(on=today).order_by("kind", "key")
        return {body.pk: body for body in found}

    @cached_property
    def labels(self) -> dict[int, str]:
        return {key: f"{body.name_on_day or body.key} ({body.key})" for key, body in self.rows.items()}

    @cached_property
    def suggestions(self) -> list[str]:
        """Of those that exist today."""
        today = timezone.localdate()
        gone = {key for key, body in self.rows.items() if body.valid_until and body.valid_until < today}
        return [label for key, label in self.labels.items() if key not in gone]

    @cached_property
    def offices(self) -> dict[int, tuple[Office, str]]:
        """With the name of its organisation, in the order of both."""
        found = [(item, self._called(item.organisation_id)) for item in Office.objects.all()]
        found.sort(key=lambda item: (item[1].casefold(), item[0].title))
        return {item.pk: (item, whose) for item, whose in found}

    def _called(self, key: int) -> str:
        body = self.rows.get(key)
        return str(body.name_on_day or body.key) if body else ""

    def of(self, text: str) -> list[Any]:
        """Whose code or name it is."""
        code = found["code"] if (found := WITH_CODE.search(text)) else text
        by_code = self._by_code.get(code.casefold())
        return [by_code] if by_code else self._by_name.get(plain(text), [])

    @cached_property
    def _by_code(self) -> dict[str, Any]:
        return {body.key.casefold(): body for body in self.rows.values()}

    @cached_property
    def _by_name(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for body in self.rows.values():
            found[plain(body.name_on_day or "")].append(body)
        return found


class OrganisationField(forms.Field):
    """Free text with suggestions: a name, or a code; cleans to the organisation, or None when empty."""

    widget = forms.TextInput
    directory: Directory  # given by the form, which shares one among its fields

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "Typ een deel van de naam en kies, of typ de code.", **kwargs})
        self.widget.attrs.update(list=LIST, autocomplete="off")

    @property
    def choices(self) -> Iterable[tuple[int, str]]:
        """How each is called, by its key."""
        return self.directory.labels.items()

    def prepare_value(self, value: Any) -> Any:
        return self.directory.labels.get(_key(value), value)

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        found = self.directory.of(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                f"“{text}” staat niet in het register. Kies een naam uit de lijst, of typ de code."
            )
        told = "; ".join(self.directory.labels[body.pk] for body in found)
        raise ValidationError(f"“{text}”: welke bedoelt u? {told}.")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            given = self.to_python(data)
        except ValidationError:
            return True
        return bool(_key(initial) != _key(given))


class SeatField(forms.Field):
    """An office, from a list; cleans to the office, or None when empty."""

    widget = forms.Select
    _directory: Directory

    @property
    def directory(self) -> Directory:
        return self._directory

    @directory.setter
    def directory(self, given: Directory) -> None:
        self._directory = given
        self.widget.choices = lambda: [("", "– geen –"), *self.choices]  # type: ignore[assignment] # Django takes a callable

    @property
    def choices(self) -> Iterable[tuple[int, str]]:
        return ((key, f"{office.title} ({whose})") for key, (office, whose) in self.directory.offices.items())

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        found = self.directory.offices.get(int(text)) if text.isdecimal() else None
        if found is None:
            raise ValidationError("Dit ambt staat niet in de lijst. Kies er een dat er wel in staat.")
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(_key(initial) or "") != str(data or "")


def _key(value: Any) -> Any:
    return getattr(value, "pk", value)


def share(fields: Mapping[str, forms.Field], directory: Directory) -> None:
    """One directory for all fields in which an organisation or an office is chosen."""
    for field in fields.values():
        if isinstance(field, (OrganisationField, SeatField)):
            field.directory = directory
