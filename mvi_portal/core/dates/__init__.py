"""Dates as they are known: a day, or no more than a month, a season, "eind 2023"; and Dutch long dates."""

from .fields import PartialDateField, PrecisionField
from .forms import DayField, PartialDateFormField
from .partial import PartialDate, Precision, parse_day
from .steps import Step, reference_dates
from .words import MONTHS, long_date, long_moment, month_name

__all__ = [
    "MONTHS",
    "DayField",
    "PartialDate",
    "PartialDateField",
    "PartialDateFormField",
    "Precision",
    "PrecisionField",
    "Step",
    "long_date",
    "long_moment",
    "month_name",
    "parse_day",
    "reference_dates",
]
