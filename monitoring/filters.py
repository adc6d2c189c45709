"""What the lists of line D can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, ClassVar, cast

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from monitoring import searched
from monitoring.models import (
    ActivityStatus,
    Channel,
    CommitmentKind,
    CommitmentStatus,
    ConsultationKind,
    Frame,
    PaperKind,
    PolicyLine,
    PositionKind,
    ProgrammeKind,
)
from monitoring.models.commitments import AHEAD, CommitmentQuerySet
from monitoring.models.frame import line_called, line_key
from monitoring.naming import Named, named
from monitoring.searched import Searched
from mvi_portal.core.figures import registry
from signatories.models import Organisation

Choices = list[tuple[str, Any]]


def line_choices() -> Choices:
    """Every line under its frame, the newest frame first."""
    lines = PolicyLine.objects.order_by("-frame__valid_from", "frame", "order")
    told = lines.values_list("frame__slug", "frame__name", "code", "title")
    return [
        (name, [(line_key(slug, code), line_called(code, title)) for _, _, code, title in found])
        for (slug, name), found in groupby(told, key=lambda row: row[:2])
    ]


def owners_of(rows: QuerySet[Any], on: date) -> list[Named]:
    """Who owns one of the rows, under the name of the day."""
    owners = Organisation.objects.filter(pk__in=rows.order_by().values("owner"))
    return list(map(Named._make, named(owners, on)))


def by_name(owners: Iterable[Named]) -> Choices:
    told = ((body.key, body.name_on_day or body.key) for body in owners)
    return sorted(told, key=lambda choice: choice[1].casefold())


class LineFilter(django_filters.FilterSet):
    """What all of these lists share: words, and a line of the plan."""

    searched: ClassVar[Searched]

    zoek = django_filters.CharFilter(label="Zoek", method="search")
    lijn = django_filters.ChoiceFilter(label="Lijn", empty_label="alle", method="on_line")

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on
        self.filters["lijn"].extra["choices"] = line_choices()
        if "eigenaar" in self.filters:
            self.owners = owners_of(queryset, on)
            self.filters["eigenaar"].extra["choices"] = by_name(self.owners)

    def search(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return self.searched.narrow(rows, text)

    def on_line(self, rows: QuerySet[Any], _name: str, natural: str) -> QuerySet[Any]:
        frame, _, code = natural.partition(":")
        line = PolicyLine.objects.filter(frame__slug=frame, code=code).first()
        return rows.filter(line__in=PolicyLine.objects.continuing(line)) if line else rows.none()


class ActivityFilter(LineFilter):
    searched = searched.ACTIVITY

    stand = django_filters.ChoiceFilter(
        label="Stand", choices=ActivityStatus.choices, empty_label="alle", method="standing"
    )
    eigenaar = django_filters.ChoiceFilter(label="Eigenaar", field_name="owner__key", empty_label="alle")

    def standing(self, rows: QuerySet[Any], _name: str, status: str) -> QuerySet[Any]:
        """The dates tell how an activity stands, so each is asked."""
        return rows.filter(pk__in=[row.pk for row in rows if row.status_on(self.on) == status])


class IndicatorFilter(LineFilter):
    searched = searched.INDICATOR


class CommitmentFilter(LineFilter):
    searched = searched.COMMITMENT

    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=CommitmentKind.choices, empty_label="alle"
    )
    stand = django_filters.ChoiceFilter(
        label="Stand", field_name="status", choices=CommitmentStatus.choices, empty_label="alle"
    )
    eigenaar = django_filters.ChoiceFilter(label="Eigenaar", field_name="owner__key", empty_label="alle")
    te_laat = django_filters.ChoiceFilter(
        label="Termijn",
        choices=[("binnenkort", "binnen acht weken"), ("ja", "verstreken")],
        empty_label="alle",
        method="by_term",
    )

    def by_term(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        found = cast("CommitmentQuerySet", rows)
        if word == "ja":
            return found.overdue(on=self.on)
        return found.due(on=self.on, ahead=AHEAD).filter(due_on__gte=self.on)


class PaperFilter(LineFilter):
    searched = searched.PAPER

    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=PaperKind.choices, empty_label="alle"
    )


class ConsultationFilter(LineFilter):
    """Those that were held on the reference date, unless what is to come is asked."""

    searched = searched.CONSULTATION

    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ConsultationKind.choices, empty_label="alle"
    )
    wanneer = django_filters.ChoiceFilter(
        label="Wanneer", choices=[("komend", "komende")], empty_label="gehouden", method="to_come"
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        is_to_come = bool(self.form.cleaned_data.get("wanneer"))
        return found if is_to_come else found.filter(held_on__lte=self.on)

    def to_come(self, rows: QuerySet[Any], _name: str, _word: str) -> QuerySet[Any]:
        return rows.filter(held_on__gt=self.on)


class PositionFilter(LineFilter):
    searched = searched.POSITION

    soort = django_filters.ChoiceFilter(
        label="Deel van de nota", field_name="kind", choices=PositionKind.choices, empty_label="alle"
    )


class CoverFilter(LineFilter):
    """By plan and year too."""

    searched = searched.COVER

    kader = django_filters.ChoiceFilter(label="Kader", field_name="frame__slug", empty_label="alle")
    jaar = django_filters.NumberFilter(label="Jaar", field_name="year")

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset, on=on)
        self.filters["kader"].extra["choices"] = list(Frame.objects.values_list("slug", "name"))


class CommunicationFilter(LineFilter):
    searched = searched.COMMUNICATION

    kanaal = django_filters.ChoiceFilter(
        label="Kanaal", field_name="channel", choices=Channel.choices, empty_label="alle"
    )


class ExampleFilter(LineFilter):
    searched = searched.EXAMPLE


class ProgrammeFilter(LineFilter):
    searched = searched.PROGRAMME

    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ProgrammeKind.choices, empty_label="alle"
    )


class PublishedFigureFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text="Woorden of document", method="search")
    cijfer = django_filters.ChoiceFilter(label="Cijfer", field_name="figure_key", empty_label="alle")
    document = django_filters.ChoiceFilter(label="Document", empty_label="alle")

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on
        stated = list(queryset.order_by().values_list("figure_key", "document"))
        labels = {figure.key: figure.label for figure in registry}
        keys = sorted({key for key, _document in stated})
        self.filters["cijfer"].extra["choices"] = [(key, labels.get(key, key)) for key in keys]
        documents = sorted({document for _key, document in stated})
        self.filters["document"].extra["choices"] = [(name, name) for name in documents]

    def search(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return searched.PUBLISHED.narrow(rows, text)
