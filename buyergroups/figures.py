"""The figures of line B: groups that started and that are at work, who takes part, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from buyergroups.models import BuyerGroup, Output, Participation, Phase, Sector
from buyergroups.models.groups import BuyerGroupQuerySet
from mvi_portal.core.figures import Completeness, Measure, Memo, Qualifier, Rows, Unit, figure
from mvi_portal.core.spans import Period, daterange, in_all

LINE = "B"
FIRST_DAY = date(2020, 1, 1)  # the plan counts buyer groups from 2020
GROUPS = Unit("buyer group", "buyer groups")
SECTORS = {
    "bouw": Sector.BUILDING,
    "gww": Sector.INFRASTRUCTURE,
    "mobiliteit": Sector.MOBILITY,
    "bedrijfsvoering": Sector.OPERATIONS,
}


def _start_not_known(sector: Sector | None = None) -> Callable[[date, Memo], Completeness]:
    """About so many, as long as groups are known by name whose start is not: they are not counted."""

    def found(_on: date, _memo: Memo) -> Completeness:
        groups = _of(sector).filter(started_on=None)
        count = groups.count()
        if not count:
            return Completeness()
        said = (
            "1 buyer group is niet bekend wanneer die is gestart; die telt niet mee."
            if count == 1
            else f"{count} buyer groups is niet bekend wanneer ze zijn gestart; ze tellen niet mee."
        )
        return Completeness(Qualifier.ABOUT, f"Van {said}")

    return found


def _of(sector: Sector | None) -> BuyerGroupQuerySet:
    groups = BuyerGroup.objects.all()
    return groups.filter(sector=sector) if sector else groups


def _started(sector: Sector | None = None) -> Rows:
    since = _of(sector).filter(started_on__gte=FIRST_DAY)
    return since.annotate(key=F("pk"), span=daterange("started_on", None))


@figure(
    "buyergroups.gestart",
    label="Buyer groups die sinds 2020 zijn gestart",
    unit=GROUPS,
    line=LINE,
    row_key="slug",
    measure=Measure.ROWS,
    completeness=_start_not_known(),
)
def started() -> Rows:
    """Het aantal buyer groups dat is gestart van 1 januari 2020 tot en met de peildatum. Een groep die
    intussen is afgerond of gestopt, blijft meetellen. Is alleen bekend in welke maand, welk seizoen of
    welk jaar een groep is gestart, dan telt zij vanaf de laatste dag daarvan. Een groep waarvan niet
    bekend is wanneer zij is gestart, telt niet mee.
    """
    return _started()


def _in_sector(word: str, sector: Sector) -> None:
    """One figure for each sector; together they are `buyergroups.gestart`."""

    def source() -> Rows:
        return _started(sector)

    source.__doc__ = (
        f"Het aantal buyer groups in de sector {sector.label} dat is gestart van 1 januari 2020 tot en met "
        "de peildatum. De vier sectoren zijn samen alle buyer groups die zijn gestart; zie daar hoe er "
        "wordt geteld."
    )
    figure(
        f"buyergroups.gestart_{word}",
        label=f"Buyer groups die sinds 2020 zijn gestart: {sector.label}",
        unit=GROUPS,
        line=LINE,
        row_key="slug",
        completeness=_start_not_known(sector),
    )(source)


for _word, _sector in SECTORS.items():
    _in_sector(_word, _sector)


@figure(
    "buyergroups.actief",
    label="Buyer groups die bezig zijn",
    unit=GROUPS,
    line=LINE,
    row_key="slug",
    completeness=_start_not_known(),
)
def active() -> Rows:
    """Het aantal buyer groups dat op de peildatum bezig is: gestart op of voor die dag, en dan nog niet
    afgerond of gestopt. Op de dag waarop een groep is afgerond of gestopt, telt zij niet meer mee. Een
    groep waarvan niet bekend is wanneer zij is gestart, telt niet mee.
    """
    return BuyerGroup.objects.with_span().annotate(key=F("pk"))


@figure(
    "buyergroups.deelnemers",
    label="Organisaties die aan een buyer group meedoen",
    unit=Unit("organisatie", "organisaties"),
    line=LINE,
    row_key="party",
)
def participants() -> Rows:
    """Het aantal verschillende organisaties dat op de peildatum meedoet aan een buyer group die dan bezig
    is, in de kerngroep, in het lerend netwerk of als marktpartij. Een organisatie die aan meer groepen
    meedoet, telt één keer. Een marktpartij die niet in het register staat, telt onder haar naam. Is niet
    bekend vanaf wanneer zij meedoet, dan telt zij vanaf de start van de groep.
    """
    final = Phase.objects.filter(group=OuterRef("group")).final().order_by("valid_from")
    rows = Participation.objects.filter(group__started_on__isnull=False)
    return rows.annotate(
        party=Coalesce("organisation__key", "party_name"),
        key=F("party"),
        group_ended=Subquery(final.values("valid_from")[:1]),
    ).annotate(
        span=in_all(
            [
                Period("valid_from", "valid_until"),
                Period("group__started_on", "group_ended", before=True),
            ]
        )
    )


@figure(
    "buyergroups.resultaten",
    label="Resultaten die buyer groups hebben gepubliceerd",
    unit=Unit("resultaat", "resultaten"),
    line=LINE,
    row_key="called",
)
def outputs() -> Rows:
    """Het aantal resultaten van buyer groups dat op of voor de peildatum is gepubliceerd: marktvisies,
    inkoopstrategieën, routekaarten, bestekteksten, hulpmiddelen en geleerde lessen. Een resultaat zonder
    datum van publicatie telt niet mee.
    """
    rows = Output.objects.with_span()
    return rows.annotate(key=F("pk"), called=Concat("group__slug", Value(":"), "title"))
