"""Values that may not simply be added up: nothing adds them but the queryset that asks which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Avg, Q, Subquery, Sum
from django.db.models.lookups import Lookup

FROM_ELSEWHERE = "Tel waarden alleen op vanuit de metingen zelf: alleen daar is te zien of dat mag."


class NotSummable(ValueError):
    """These values may not be added up; the message is for a reader."""


if TYPE_CHECKING:  # the class cannot be subscripted while running
    Number = models.DecimalField[Any, Any]
else:
    Number = models.DecimalField


class MeasuredField(Number):
    """A number of which a sum is refused, from wherever it is reached: an indicator, a line, a plan.

    The queryset of the measurements asks first whether they may be added, and then takes `plain` sums. What
    no field can see is a sum in raw SQL, in Python, or with an `output_field` of its own, as a mean has.
    """

    def from_db_value(self, value: Any, expression: Any, _connection: Any) -> Any:
        if adds(expression):
            raise NotSummable(FROM_ELSEWHERE)
        return value

    def deconstruct(self) -> Any:
        """As a column it is Django's own."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs


def adds(expression: Any) -> bool:
    """Whether a sum or a mean is in it, at whatever depth."""
    if isinstance(expression, Subquery):
        return any(adds(part) for part in expression.query.annotation_select.values())
    parts = expression.get_source_expressions() if hasattr(expression, "get_source_expressions") else ()
    return isinstance(expression, (Sum, Avg)) or any(adds(part) for part in parts)


def plain(expression: Any) -> Any:
    """The same sum, with a number like any other as its outcome; for who asked whether it may be taken."""
    says_no_number = isinstance(expression, (Q, Lookup)) or "output_field" in vars(expression)
    if says_no_number or not adds(expression):
        return expression
    made = expression.copy()
    made.output_field = models.DecimalField(max_digits=30, decimal_places=4)
    return made
