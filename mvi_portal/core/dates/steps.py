"""The reference dates of a series."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import models


class Step(models.TextChoices):
    MONTH = "month", "maand"
    QUARTER = "quarter", "kwartaal"
    HALF_YEAR = "half_year", "halfjaar"
    YEAR = "year", "jaar"


_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.HALF_YEAR: 6, Step.YEAR: 12}


def reference_dates(start: date, end: date, step: Step = Step.MONTH) -> list[date]:
    """The last day of every calendar period from `start` on, closed by `end` itself.

    So a series always ends on the letter's own date, and its other points lie where people expect them.
    Both bounds count; `end` before `start` is a ValueError.
    """
    if end < start:
        raise ValueError("De einddatum ligt vóór de begindatum.")
    found, day = [], _period_end(start, _MONTHS[step])
    while day < end:
        found.append(day)
        day = _period_end(day + timedelta(days=1), _MONTHS[step])
    return [*found, end]


def _period_end(day: date, months: int) -> date:
    """The last day of the period of so many months in which the day falls."""
    month = -(-day.month // months) * months
    return date(day.year, month, monthrange(day.year, month)[1])
