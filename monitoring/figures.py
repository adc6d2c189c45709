"""The figure of line D: what was promised and still stands."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When

from monitoring.models import Commitment, CommitmentStep
from monitoring.models.commitments import CLOSED
from mvi_portal.core.figures import Rows, Unit, figure
from mvi_portal.core.spans import daterange_before, multirange

LINE = "D"
OPEN = "toezeggingen.openstaand"


@figure(
    OPEN,
    label="Openstaande toezeggingen, moties en afspraken",
    unit=Unit("toezegging, motie of afspraak", "toezeggingen, moties en afspraken"),
    line=LINE,
    row_key="slug",
)
def open_commitments() -> Rows:
    """Het aantal toezeggingen aan de Kamer, moties en afspraken tussen overheden dat op of vóór de peildatum
    is gedaan en waaraan op die dag niet is voldaan, en dat niet is afgedaan, ingetrokken of verworpen. Een
    stand geldt tot de volgende die is vastgelegd; zonder stand staat een toezegging open.
    """
    first = Subquery(_since(CommitmentStep.objects.filter(commitment=OuterRef("pk"))))
    then = CommitmentStep.objects.filter(commitment=OuterRef("pk"), since__gt=OuterRef("steps__since"))
    # A row for each stand: until the first one it is open, and during this one when it does not close it
    during = Case(
        When(steps__isnull=True, then=_NEVER),
        When(steps__status__in=CLOSED, then=_NEVER),
        default=daterange_before("steps__since", Subquery(_since(then))),
    )
    span = multirange(daterange_before("made_on", first), during)
    return Commitment.objects.annotate(key=F("pk"), span=span)


_NEVER = Value("empty", DateRangeField())


def _since(steps: QuerySet[CommitmentStep]) -> QuerySet[CommitmentStep, object]:
    """The first of them."""
    return steps.order_by("since").values("since")[:1]
