"""What happened on line B: groups that started, their phases, and what they made."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import DateField
from django.db.models.functions import Cast
from django.urls import reverse

from buyergroups.models import BuyerGroup, Output, Participation, Phase
from buyergroups.models.phases import PhaseKind
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings, headed
from signatories.called import Called
from signatories.models.reading import beneath

LINE = "B"


def started(user: User, today: date) -> Any:
    found = BuyerGroup.objects.visible_to(user, on=today).filter(started_on__isnull=False)
    return found.annotate(happened_on=Cast("started_on", DateField()))


def phases(user: User, today: date) -> Any:
    """After the start, which is told apart."""
    groups = BuyerGroup.objects.visible_to(user, on=today)
    found = beneath(Phase.objects.exclude(kind=PhaseKind.START), "group", groups)
    return found.annotate(happened_on=Cast("valid_from", DateField()))


def outputs(user: User, today: date) -> Any:
    groups = BuyerGroup.objects.visible_to(user, on=today)
    found = beneath(Output.objects.filter(published_on__isnull=False), "group", groups)
    return found.annotate(happened_on=Cast("published_on", DateField()))


def taking_part(field: str) -> Callable[[User, date], Any]:
    """By the day on which somebody began, or the last on which somebody took part."""

    def rows(user: User, today: date) -> Any:
        groups = BuyerGroup.objects.visible_to(user, on=today)
        found = beneath(Participation.objects.filter(**{f"{field}__isnull": False}), "group", groups)
        return found.annotate(happened_on=Cast(field, DateField()))

    return rows


def tell_taking_part(field: str, words: str) -> Callable[[Collection[int]], dict[int, Happening]]:
    def tell(keys: Collection[int]) -> dict[int, Happening]:
        rows = list(Participation.objects.filter(pk__in=keys).select_related("group", "organisation"))
        called = Called(row.organisation_id for row in rows if row.organisation_id)
        return {row.pk: one(row, called) for row in rows}

    def one(row: Participation, called: Called) -> Happening:
        day, name = getattr(row, field), row.party_name
        if row.organisation:
            name = called.on(row.organisation.pk, day.last_day) or row.organisation.key
        return Happening(str(day), f"{name} {words} {row.group.name}", _href(row.group), LINE, row.is_demo)

    return tell


def tell_started(keys: Collection[int]) -> dict[int, Happening]:
    rows = BuyerGroup.objects.filter(pk__in=keys)
    return {
        row.pk: Happening(str(row.started_on), f"{row.name} is gestart", _href(row), LINE, row.is_demo)
        for row in rows
    }


def tell_phases(keys: Collection[int]) -> dict[int, Happening]:
    rows = Phase.objects.filter(pk__in=keys).select_related("group")
    return {
        row.pk: Happening(
            str(row.valid_from),
            f"{row.group.name}: {row.get_kind_display()}",
            _href(row.group),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


def tell_outputs(keys: Collection[int]) -> dict[int, Happening]:
    rows = Output.objects.filter(pk__in=keys).select_related("group")
    return {
        row.pk: Happening(
            str(row.published_on),
            f"{row.group.name} publiceert {headed(row.get_kind_display(), row.title)}",
            _href(row.group),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


def _href(group: BuyerGroup) -> str:
    return reverse("buyergroups:group-detail", args=[group.slug])


def _about(group: str) -> dict[str, str]:
    """From a row to its group, and to who takes part in it."""
    above = "" if group == "pk" else f"{group}__"
    return {"group": group, "organisation": f"{above}participations__organisation"}


SOURCES = {
    "groups": Happenings("buyer group gestart", started, tell_started, LINE, about=_about("pk")),
    "phases": Happenings("fase van een buyer group", phases, tell_phases, LINE, about=_about("group")),
    "outputs": Happenings(
        "opbrengst van een buyer group", outputs, tell_outputs, LINE, about=_about("group")
    ),
    "taking-part": Happenings(
        "deelname aan een buyer group begonnen",
        taking_part("valid_from"),
        tell_taking_part("valid_from", "doet mee aan"),
        LINE,
        about={"group": "group", "organisation": "organisation"},
    ),
    "took-part": Happenings(
        "deelname aan een buyer group geëindigd",
        taking_part("valid_until"),
        tell_taking_part("valid_until", "deed tot dan mee aan"),
        LINE,
        about={"group": "group", "organisation": "organisation"},
    ),
}
