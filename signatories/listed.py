"""What the list of signatories tells of each, for a page of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from mvi_portal.core.dates import PartialDate, Precision
from mvi_portal.core.prepared import Prepared, Those
from signatories.models import Kind, Signatory


class Listed(NamedTuple):
    """A signatory, under the names of the day."""

    pk: int
    signature_id: int
    organisation_id: int
    is_demo: bool
    key: str
    kind: str
    is_demo_organisation: bool
    manifest: str
    slug: str
    signed: date
    precision: str
    office: str | None
    name: str | None
    via: str | None
    under: list[dict[str, Any]]  # all under its signature in force: key, name and sort name

    @property
    def kind_label(self) -> str:
        return Kind(self.kind).label

    @property
    def signed_on(self) -> PartialDate:
        return PartialDate(self.signed, Precision(self.precision or Precision.DAY))

    @property
    def others(self) -> list[str]:
        """As `together` tells who sees the whole register."""
        others = (row for row in self.under if row["organisation"] != self.organisation_id)
        return [row["name"] for row in sorted(others, key=lambda row: row["sort_name"] or "")]

    @property
    def tag(self) -> str:
        return "demo" if self.is_demo or self.is_demo_organisation else ""


def listed(keys: Iterable[int], *, on: date) -> dict[int, Listed]:
    """By the keys of the signatories; one query."""
    return {row.pk: row for row in map(Listed._make, _LISTED.rows(keys, on))}


def _asked(those: Those, on: date) -> QuerySet[Any, Any]:
    under: Any = Signatory.objects.filter(signature=OuterRef("signature")).present(on=on).with_name(on=on)
    told = under.order_by().values_list(
        JSONObject(organisation="organisation", name="name_on_day", sort_name="sort_name_on_day")
    )
    rows: Any = Signatory.objects.filter(those("pk")).order_by().with_name(on=on, fields=["name"])
    found: QuerySet[Any, Any] = rows.with_via(on=on).values_list(
        *("pk", "signature", "organisation", "is_demo"),
        *("organisation__key", "organisation__kind", "organisation__is_demo"),
        *("signature__manifest__slug", "signature__slug"),
        *("signature__signed_on", "signature__signed_on_precision", "signature__office__title"),
        *(F("name_on_day"), F("via_on_day"), ArraySubquery(told)),
    )
    return found


_LISTED = Prepared(_asked)
