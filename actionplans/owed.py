"""What lists of signatures tell of each: its clock on a day, who stand under it, and its plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from actionplans.models import ActionPlan, Clock, PlanCoverage, with_clock
from actionplans.models.clock import CLOCK, first_of
from actionplans.tables import called
from mvi_portal.core.dates import PartialDate, Precision
from mvi_portal.core.prepared import Prepared, Those
from signatories.models import Signatory, Signature

OWN = ("manifest__slug", "slug", "signed_on", "signed_on_precision", "is_demo")
UNDER = ("is_in_force", "sort_name_on_day", "organisation__key", "name_on_day")


class Owed(NamedTuple):
    """One signature, which owes one plan."""

    manifest: str
    slug: str
    signed_on: PartialDate
    is_demo: bool
    clock: Clock
    names: list[str]
    plan: dict[str, str] | None  # its slug and title, once it was received

    @property
    def natural(self) -> str:
        return f"{self.manifest}:{self.slug}"


def owed(keys: Iterable[int], *, on: date) -> dict[int, Owed]:
    """By the keys of the signatures: as `clocks`, `names_under` and `plans_for` tell; one query."""
    return {key: _owed(*told) for key, *told in _OWED.rows(keys, on)}


def _owed(
    manifest: str,
    slug: str,
    signed_on: date,
    precision: str,
    is_demo: bool,
    under: list[dict[str, Any]],
    plan: dict[str, str] | None,
    *clock: Any,
) -> Owed:
    signed = PartialDate(signed_on, Precision(precision or Precision.DAY))
    names = called([row[name] for name in UNDER] for row in under)
    return Owed(manifest, slug, signed, is_demo, Clock.told(clock), names, plan)


def _asked(those: Those, on: date) -> QuerySet[Any, Any]:
    under: Any = Signatory.objects.filter(signature=OuterRef("pk")).with_name(on=on).with_state(on=on)
    received = ActionPlan.objects.received(on=on).values("pk")
    covered = PlanCoverage.objects.filter(signature=OuterRef("pk"), plan__in=received)
    plan = first_of(covered.order_by("plan__slug"), slug="plan__slug", title="plan__title")
    signatures = Signature.objects.filter(those("pk")).order_by()
    names = ArraySubquery(under.order_by().values_list(JSONObject(**{name: name for name in UNDER})))
    told = with_clock(signatures, on=on).annotate(under=names, plan=plan)
    found: QuerySet[Any, Any] = told.values_list("pk", *OWN, "under", "plan", *CLOCK)
    return found


_OWED = Prepared(_asked)
