"""The figures that a round's text can say: all of the register, and those of the round itself."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from actionplans.models import Evaluation, EvaluationRound
from mvi_portal.core.dates import long_date
from mvi_portal.core.printing import figures
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenUnit
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.writing import as_read

_PLANS = FrozenUnit("actieplan", "actieplannen")
DOCUMENT = "dit verslag"


def day_of(round_: EvaluationRound) -> date:
    """On which day the figures of a round's text hold: when it was closed, else today."""
    return round_.closed_on or timezone.localdate()


def of(round_: EvaluationRound, *, on: date) -> dict[str, FrozenFigure]:
    """By key, on the day; the round's own come first in the editor's list."""
    return _own(round_, on) | figures.frozen(on, round_.findings)


def printer(round_: EvaluationRound, *, is_dated: bool = False) -> Printer:
    """Prints the findings, on the round's own day; `is_dated` when the day need not be said again."""
    on = day_of(round_)
    return Printer(
        _own(round_, on) | figures.said(on, round_.findings), on=on, document=DOCUMENT, is_dated=is_dated
    )


def shown(round_: EvaluationRound) -> SafeString:
    """The findings on a page; what cannot be printed yet is shown by its name."""
    if not round_.findings:
        return SafeString()
    told = printer(round_)
    printed = told.passage(round_.findings, where="de bevindingen")
    return as_read(round_.findings) if told.problems else printed


def problems(round_: EvaluationRound) -> list[str]:
    """What keeps the findings from being printed."""
    told = printer(round_)
    told.passage(round_.findings, where="de bevindingen")
    return told.problems


def _own(round_: EvaluationRound, on: date) -> dict[str, FrozenFigure]:
    chosen = Evaluation.objects.filter(round=round_).values("plan").distinct().count()
    published = Evaluation.objects.filter(round=round_).current(on=on).values("plan").distinct().count()
    found = [
        _figure(
            "ronde.gekozen",
            f"Plannen in de ronde {round_.name}",
            f"Het aantal actieplannen dat is gekozen voor de ronde {round_.name}.",
            chosen,
            None,
        ),
        _figure(
            "ronde.geevalueerd",
            f"Geëvalueerd in de ronde {round_.name}",
            f"Het aantal actieplannen met een evaluatie in de ronde {round_.name} die op of vóór "
            f"{long_date(on)} is gepubliceerd.",
            published,
            chosen,
        ),
    ]
    return {item.key: item for item in found}


def _figure(key: str, label: str, definition: str, value: int, population: int | None) -> FrozenFigure:
    return FrozenFigure(key, label, definition, _PLANS, "C", value, "exact", "", None, population, ())
