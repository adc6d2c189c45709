"""The figure of line B: buyer groups that were started."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from buyergroups.models import BuyerGroup
from mvi_portal.core.figures import Completeness, Memo, Qualifier, Rows, Unit, figure
from mvi_portal.core.spans import daterange

LINE = "B"
FIRST_DAY = date(2020, 1, 1)  # the plan counts buyer groups from 2020


def _start_not_known(_on: date, _memo: Memo) -> Completeness:
    """About so many, as long as groups are known by name whose start is not: they are not counted."""
    count = BuyerGroup.objects.filter(started_on=None).count()
    if not count:
        return Completeness()
    said = (
        "1 buyer group is niet bekend wanneer die is gestart; die telt niet mee."
        if count == 1
        else f"{count} buyer groups is niet bekend wanneer ze zijn gestart; ze tellen niet mee."
    )
    return Completeness(Qualifier.ABOUT, f"Van {said}")


@figure(
    "buyergroups.gestart",
    label="Buyer groups die sinds 2020 zijn gestart",
    unit=Unit("buyer group", "buyer groups"),
    line=LINE,
    row_key="slug",
    completeness=_start_not_known,
)
def started() -> Rows:
    """Het aantal buyer groups dat is gestart van 1 januari 2020 tot en met de peildatum. Een groep die
    intussen is afgerond of gestopt, blijft meetellen. Is alleen bekend in welke maand, welk seizoen of
    welk jaar een groep is gestart, dan telt zij vanaf de laatste dag daarvan. Een groep waarvan niet
    bekend is wanneer zij is gestart, telt niet mee.
    """
    since = BuyerGroup.objects.filter(started_on__gte=FIRST_DAY)
    return since.annotate(key=F("pk"), span=daterange("started_on", None))
