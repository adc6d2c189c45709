"""What templates ask of the floor: Dutch dates and numbers, and links that keep the reference date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from mvi_portal.core import dates, figures, numbers, reference, tables
from mvi_portal.core.contributions import follow_buttons

register = template.Library()

WORDS = {
    figures.Qualifier.EXACT: "",
    figures.Qualifier.AT_LEAST: "minstens ",
    figures.Qualifier.ABOUT: "zo'n ",
}


@register.filter
def long_date(day: date | None) -> str:
    """As in "15 februari 2023"; nothing for no day."""
    return dates.long_date(day) if day else ""


@register.filter
def number(value: int) -> str:
    """As in "1.234"."""
    return numbers.number(value)


UNDONE = {
    "Verwijder": "verwijderen",
    "Begin": "beginnen",
    "Lees het bestand": "inlezen",
    "Haal weg": "weghalen",
    "Trek in": "intrekken",
    "Zet opzij": "opzijzetten",
    "Verstuur de vraag": "versturen",
}


@register.filter
def undone(button: str) -> str:
    """What is left undone by who goes back, as in "Terug zonder verwijderen"."""
    return UNDONE.get(button, "bewaren")


@register.filter
def qualified(value: figures.FigureValue) -> str:
    """As in "minstens 53"."""
    return WORDS[value.completeness.qualifier] + numbers.number(value.value)


@register.filter
def qualifier(value: figures.FigureValue) -> str:
    """The word before the value, as in "minstens"; nothing for an exact one."""
    return WORDS[value.completeness.qualifier].strip()


@register.filter
def counted(value: figures.FigureValue) -> str:
    """The unit that goes with the value."""
    return value.figure.unit.of(value.value)


@register.simple_tag
def status(text: object, tone: str = "") -> SafeString:
    return tables.status(text, tone)


@register.inclusion_tag("_components/follow.html", takes_context=True)
def follow_button(context: dict[str, Any], subject: object) -> dict[str, Any]:
    """For who is logged in: to follow the subject of the page, or to stop."""
    button = next(iter(follow_buttons), None)
    found = button(context["request"], subject) if button else None
    return {**(found or {}), "csrf_token": context.get("csrf_token", "")}


@register.simple_tag(takes_context=True)
def on_url(context: dict[str, Any], name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, at the reference date that this page was asked for."""
    return keep(context["request"], reverse(name, args=args, kwargs=kwargs))


@register.simple_tag
def page_query(query: QueryDict, page: int) -> str:
    """The same list, another page."""
    changed = query.copy()
    changed["pagina"] = str(page)
    return f"?{changed.urlencode()}"


def keep(request: HttpRequest, address: str) -> str:
    """The address with the reference date of the request, when it asked for one."""
    current = reference.of(request)
    if not current.asked:
        return address
    query = QueryDict(mutable=True)
    query[reference.PARAMETER] = current.day.isoformat()
    return f"{address}{'&' if '?' in address else '?'}{query.urlencode()}"
