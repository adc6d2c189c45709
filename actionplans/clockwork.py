"""The clock of a signature as pages tell it, in the same words everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from actionplans.models import Answer, Clock, clock_of
from actionplans.tables import plans_for, state_cell
from mvi_portal.core.contributions import Panel
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Signature

INQUIRIES = (
    Column("asked", "Gevraagd op"),
    Column("answer", "Antwoord"),
    Column("note", "Toelichting"),
)
ANSWER_TONES = {Answer.PROMISED: "info", Answer.NOTHING: "neutral", Answer.UNKNOWN: "warn"}


def left(ends_on: date, on: date) -> str:
    """Like "nog 12 dagen", or "3 dagen te laat"."""
    days = (ends_on - on).days
    told = "1 dag" if abs(days) == 1 else f"{number(abs(days))} dagen"
    if not days:
        return "vandaag"
    return f"nog {told}" if days > 0 else f"{told} te laat"


def answer_cell(clock: Clock) -> Cell:
    """What is known of a plan that is not there: another question than the state of its term."""
    return Cell("", tag=clock.answer.label, tone=ANSWER_TONES[clock.answer])


def told(signature: Signature, on: date, request: HttpRequest) -> dict[str, Any]:
    """The clock with its facts, for a page of the signature."""
    clock = clock_of(signature, on=on)
    plan = plans_for([signature], on).get(signature.pk)
    address = keep(request, reverse("actionplans:plan-detail", args=[plan.slug])) if plan else ""
    return {
        "clock": clock,
        "state": state_cell(clock.state),
        "facts": facts(clock),
        "plan": plan,
        "plan_href": address,
    }


def facts(clock: Clock) -> list[tuple[str, str]]:
    """Only what is known; and what nobody knows is said."""
    rows = [
        ("Plan verwacht uiterlijk op", long_date(clock.ends_on)),
        ("Eerste termijn", long_date(clock.due_on) if clock.ends_on != clock.due_on else ""),
        ("Uitstel tot", str(clock.delayed_until or "")),
        ("Plan ontvangen", str(clock.received_on or "")),
        ("Plan geëvalueerd", str(clock.evaluated_on or "")),
        ("Laatst gevraagd op", long_date(clock.asked_on) if clock.asked_on else ""),
        ("Laatste bericht", "" if clock.received_on else clock.answer.label),
    ]
    return [(label, value) for label, value in rows if value]


def inquiries(signature: Signature, on: date, request: HttpRequest, *, keeps: bool) -> Table:
    """What was asked up to the day, the newest first."""
    rows = [
        Row([_asked(item, request, keeps=keeps), Cell("", tag=item.get_answer_display()), Cell(item.note)])
        for item in signature.inquiries.filter(asked_on__lte=on).order_by("-asked_on")
    ]
    return Table("Navraag", INQUIRIES, rows, "Er is nog niet naar dit plan gevraagd.")


def _asked(inquiry: Any, request: HttpRequest, *, keeps: bool) -> Cell:
    of = inquiry.signature
    address = reverse("actionplans:inquiry-edit", args=[of.manifest.slug, of.slug, inquiry.pk])
    return Cell(long_date(inquiry.asked_on), keep(request, address) if keeps else "")


def panel(signature: Signature, on: date, request: HttpRequest) -> Panel | None:
    """On the page of a signature, which comes with its manifest."""
    context = told(signature, on, request)
    place = [signature.manifest.slug, signature.slug]
    context["href"] = keep(request, reverse("actionplans:term-detail", args=place))
    return Panel("Actieplan", "actionplans/_clock.html", context)
