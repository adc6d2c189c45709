"""What was typed as a citation: where it can be read, and every fact that is written there or rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from buyergroups.models import BuyerGroup, Output
from monitoring.models import (
    Activity,
    Commitment,
    CommitmentStep,
    CommunicationMoment,
    Consultation,
    Example,
    FinanceCover,
    Frame,
    Indicator,
    IndicatorTarget,
    Measurement,
    Paper,
    PlanRole,
    Position,
    Programme,
    ProgressEntry,
    PublishedFigure,
)
from monitoring.naming import Names, shortened
from mvi_portal.accounts.models import User
from mvi_portal.core import prose
from mvi_portal.core.citations import Citation, CitationError, parse
from mvi_portal.core.contributions import Hit
from signatories.models import Manifest, ManifestExtension
from signatories.models.reading import readable


def citations(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
    try:
        asked = parse(text)
    except CitationError:
        return []
    elsewhere = Hit(str(asked), asked.url, "Lees het stuk zelf, buiten het portaal.", is_elsewhere=True)
    return [elsewhere, *islice(_citing(asked, user, today), limit - 1)]


def cites(text: str, asked: Citation) -> bool:
    """Whether one of the citations in the rich text is this one."""
    try:
        named = [node.ref for node in prose.nodes(text) if isinstance(node, prose.CitationNode)]
    except prose.ProseError:
        return False
    return any(_names(ref, asked) for ref in named)


def number_of(asked: Citation) -> str:
    """The last part, which stands in every form of it."""
    return asked.key.rpartition("-")[2]


@dataclass(frozen=True)
class Place:
    """Rows that can name a citation: in which fields, on whose page, and how they are called."""

    model: Any
    fields: tuple[str, ...]
    page: str
    key: str
    title: Callable[[Any], str]
    above: str = ""  # the row that has the page, when this one has none
    readers: Callable[[User, date], QuerySet[Any]] | None = None  # the rows with a page; None: by `readable`

    def rows(self, number: str, user: User, today: date) -> QuerySet[Any]:
        named = Q()
        for field in self.fields:
            named |= Q(**{f"{field}__contains": number})
        found: QuerySet[Any] = self.model.objects.filter(named)
        if self.readers is None:
            found = readable(found, user, on=today)
        else:
            seen = self.readers(user, today).order_by().values("pk")
            found = found.filter(**{f"{self.above or 'pk'}__in": seen})
        beside = [name for name in (self.above.partition("__")[0],) if name]
        return found.select_related(*beside, *_deeper(self.above)).order_by("pk")

    def hit(self, row: Any) -> Hit:
        shown = row
        for name in filter(None, self.above.split("__")):
            shown = getattr(shown, name)
        key = shown
        for name in self.key.split("__"):
            key = getattr(key, name)
        called = capfirst(str(row._meta.verbose_name))
        return Hit(shortened(self.title(row)), reverse(self.page, args=[key]), called, row.is_demo)


def _deeper(above: str) -> list[str]:
    return [above] if "__" in above else []


def _visible(model: Any) -> Callable[[User, date], QuerySet[Any]]:
    def rows(user: User, today: date) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.visible_to(user, on=today)
        return found

    return rows


def _called(field: str) -> Callable[[Any], str]:
    return lambda row: str(getattr(row, field))


def _all_manifests(_user: User, _today: date) -> QuerySet[Any]:
    return Manifest.objects.all()  # as on their pages


def _cover(row: FinanceCover) -> str:
    name = Names([row.organisation_id], date(row.year, 12, 31)).of(row.organisation_id)
    return f"Dekking van {row.occasion} door {name}"


OWN, SOURCED = ("citation", "source"), ("source",)
COMMITMENTS, GROUPS = _visible(Commitment), _visible(BuyerGroup)
INDICATORS = _visible(Indicator)
PLACES: tuple[Place, ...] = (
    Place(Paper, OWN, "monitoring:paper-detail", "slug", _called("title"), readers=_visible(Paper)),
    Place(Commitment, OWN, "monitoring:commitment-detail", "slug", _called("text"), readers=COMMITMENTS),
    Place(
        CommitmentStep,
        ("evidence_citation", "source"),
        "monitoring:commitment-detail",
        "slug",
        lambda row: f"{row.get_status_display()}: {row.commitment.text}",
        above="commitment",
        readers=COMMITMENTS,
    ),
    Place(
        Consultation,
        OWN,
        "monitoring:consultation-detail",
        "slug",
        _called("title"),
        readers=_visible(Consultation),
    ),
    Place(Position, OWN, "monitoring:position-detail", "pk", _called("stance")),
    Place(FinanceCover, OWN, "monitoring:cover-detail", "pk", _cover),
    Place(Example, OWN, "monitoring:example-detail", "slug", _called("title")),
    Place(Programme, OWN, "monitoring:programme-detail", "slug", _called("name")),
    Place(CommunicationMoment, SOURCED, "monitoring:communication-detail", "slug", _called("title")),
    Place(PublishedFigure, OWN, "monitoring:published-detail", "pk", _called("wording")),
    Place(
        Activity, SOURCED, "monitoring:activity-detail", "slug", _called("title"), readers=_visible(Activity)
    ),
    Place(
        Indicator,
        SOURCED,
        "monitoring:indicator-detail",
        "slug",
        _called("name"),
        readers=INDICATORS,
    ),
    Place(
        IndicatorTarget,
        OWN,
        "monitoring:indicator-detail",
        "slug",
        lambda row: row.indicator.name,
        above="indicator",
        readers=INDICATORS,
    ),
    Place(
        Measurement,
        SOURCED,
        "monitoring:indicator-detail",
        "slug",
        lambda row: f"{row.method.indicator.name}, {row.period}",
        above="method__indicator",
        readers=INDICATORS,
    ),
    Place(Frame, SOURCED, "monitoring:frame-detail", "slug", _called("name"), readers=_visible(Frame)),
    Place(
        PlanRole,
        SOURCED,
        "monitoring:frame-detail",
        "slug",
        lambda row: f"{row.get_role_display()}: {row.frame.name}",
        above="frame",
        readers=_visible(Frame),
    ),
    Place(BuyerGroup, SOURCED, "buyergroups:group-detail", "slug", _called("name"), readers=GROUPS),
    Place(
        Output,
        OWN,
        "buyergroups:group-detail",
        "slug",
        lambda row: f"{row.title} ({row.group.name})",
        above="group",
        readers=GROUPS,
    ),
    Place(Manifest, OWN, "signatories:manifest-detail", "slug", _called("name"), readers=_all_manifests),
    Place(
        ManifestExtension,
        OWN,
        "signatories:manifest-detail",
        "slug",
        lambda row: row.manifest.name,
        above="manifest",
        readers=_all_manifests,
    ),
)


def _citing(asked: Citation, user: User, today: date) -> Iterator[Hit]:
    """Each is written by hand, so compared by what it names; a row that names it twice is there once."""
    number = number_of(asked)
    for place in PLACES:
        for row in place.rows(number, user, today):
            if any(_names(getattr(row, field), asked) for field in place.fields):
                yield place.hit(row)
    yield from _texts(asked, number, user, today)


def _texts(asked: Citation, number: str, user: User, today: date) -> Iterator[Hit]:
    """Accepted progress that cites it."""
    rows = ProgressEntry.objects.visible_to(user, on=today).accepted(on=today)
    named = rows.filter(round__isnull=False, text__contains=number)
    for row in named.select_related("round", "line", "organisation").order_by("pk"):
        if cites(row.text, asked):
            address = (row.round.slug, row.organisation.key, row.line.code) if row.round else ()
            href = reverse("monitoring:entry-detail", args=address)
            yield Hit(f"Voortgang over {row.line}", href, str(row.round), row.is_demo)


def _names(text: str, asked: Citation) -> bool:
    try:
        return parse(text).key == asked.key
    except CitationError:
        return False
