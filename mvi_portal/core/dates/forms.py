"""Typing a date as precise as it is known."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .partial import PartialDate


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
