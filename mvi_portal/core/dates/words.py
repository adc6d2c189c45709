"""The Dutch words of the calendar."""

from datetime import date, datetime

from django.utils import timezone

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def month_name(month: int) -> str:
    """The name of month 1–12."""
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"Maand {month} bestaat niet.")
    return MONTHS[month - 1]


def long_date(day: date) -> str:
    """The date as a letter writes it: "15 februari 2023"."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def long_moment(at: datetime) -> str:
    """A moment as the clock here showed it: "27 november 2026, 02:47 uur"."""
    here = timezone.localtime(at)
    return f"{long_date(here.date())}, {here:%H:%M} uur"
