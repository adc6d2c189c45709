"""The Dutch words of the calendar."""

from datetime import date

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
