"""A day for somebody's calendar, as an .ics file beside a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

PRODUCT = "-//MVI-portaal//nl"


@dataclass(frozen=True)
class File:
    """What goes along with a mail."""

    name: str
    content_type: str
    content: bytes


def day_file(name: str, *, uid: str, day: date, title: str, detail: str = "", told_on: date) -> File:
    """A whole day, that takes no time of who has it. The same `uid` later moves it instead of adding one.

    `told_on` is the day on which it is told: nothing of the clock is in the file.
    """
    from icalendar import Calendar, Event  # slow to load, and few mails have such a file

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(told_on, time(), tzinfo=UTC))
    event.add("sequence", (told_on - date(2020, 1, 1)).days)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    if detail:
        event.add("description", detail)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return File(name, "text/calendar", calendar.to_ical())
