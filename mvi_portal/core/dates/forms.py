"""Typing a date as precise as it is known, or a day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .partial import PartialDate, parse_day
from .words import long_date


class PartialDateFormField(forms.Field):
    """Free text, such as "24-11-2022" or "najaar 2024"; cleans to a PartialDate, or None when empty."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> PartialDate | None:
        """The date that the text tells, or a Dutch error."""
        if value is None or isinstance(value, PartialDate):
            return value
        text = str(value).strip()
        try:
            return PartialDate.parse(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: the date as it is printed."""
        return str(value) if isinstance(value, PartialDate) else value


class DayField(forms.DateField):
    """Free text, such as "31-1-2025" or "31 januari 2025"; cleans to a day."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "Bijvoorbeeld 31 januari 2025 of 31-1-2025.", **kwargs})

    def to_python(self, value: Any) -> date | None:
        """The day that the text tells, or a Dutch error."""
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        try:
            return parse_day(str(value).strip())
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return long_date(value) if isinstance(value, date) else value
