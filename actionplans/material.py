"""What line C has to say in a letter: sentences with live figures, as a proposal to edit."""

from __future__ import annotations

import re
from datetime import date

from django.utils.html import escape, strip_tags

from actionplans import livefigures
from actionplans.models import EvaluationRound
from mvi_portal.core.contributions import Material
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.prose import FigureNode, Form

LINE = "C"
OWN_FIGURE = re.compile(r'<mvi-figure\b[^>]*\bdata-key="ronde\.[^>]*></mvi-figure>')
RECEIVED, EVALUATED, OVERDUE = (
    "actieplannen.ontvangen",
    "actieplannen.geevalueerd",
    "actieplannen.termijn_verstreken",
)


def proposal(on: date, since: date | None) -> list[Material]:
    """The state of plans and evaluations on the day, and each round that was closed after `since`."""
    found = [Material("action-plans", LINE, "Stand van de actieplannen", f"<p>{_state(on)}</p>")]
    rounds = EvaluationRound.objects.filter(closed_on__lte=on).order_by("closed_on", "slug")
    if since is not None:
        rounds = rounds.filter(closed_on__gt=since)
    return [*found, *(_of(round_) for round_ in rounds)]


def _state(on: date) -> str:
    received, evaluated = (registry.get(key).value(on) for key in (RECEIVED, EVALUATED))
    first = f"Er {_are(received)} {_said(RECEIVED, Form.AT_LEAST)} {_plans(received)} ontvangen"
    second = f"daarvan {_are(evaluated)} er {_said(EVALUATED)} geëvalueerd"
    return f"{first}; {second}. {_late(on)}"


def _late(on: date) -> str:
    late = registry.get(OVERDUE).value(on)
    if not late:
        return "Er is geen actieplan waarvan de termijn is verstreken."
    return f"Van {_said(OVERDUE, Form.AT_LEAST)} {_plans(late)} is de termijn verstreken."


def _of(round_: EvaluationRound) -> Material:
    closed = long_date(round_.closed_on) if round_.closed_on else ""
    on = livefigures.day_of(round_)  # as the findings below it
    plans = round_.evaluations.current(on=on).values("plan").distinct().count()
    told = f"De ronde “{round_.name}” is op {closed} afgesloten, met {plans} {_plans(plans)}."
    title = f"Bevindingen van {round_.name}"
    return Material(f"round-{round_.slug}", LINE, title, f"<p>{escape(told)}</p>{_portable(round_)}")


def _portable(round_: EvaluationRound) -> str:
    """A letter knows no figures of one round: they come as the words of its day."""
    printer = livefigures.printer(round_, is_dated=True)

    def said(found: re.Match[str]) -> str:
        return strip_tags(printer.passage(f"<p>{found[0]}</p>", where=""))

    return OWN_FIGURE.sub(said, round_.findings)


def _said(key: str, form: Form = Form.NUMBER) -> str:
    return str(FigureNode(key, form))


def _are(value: int) -> str:
    return "is" if value == 1 else "zijn"


def _plans(value: int) -> str:
    return "actieplan" if value == 1 else "actieplannen"
