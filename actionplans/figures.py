"""The figures of line C: plans that are owed, received and evaluated."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, F, Min, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Greatest

from actionplans.models import Evaluation, Inquiry, PlanVersion
from actionplans.models.clock import first_due_on
from mvi_portal.core.figures import Completeness, Memo, Qualifier, Rows, Unit, figure
from mvi_portal.core.spans import Period, day_after, in_all, multirange
from signatories.models import Signature
from signatories.models.signatures import signature_periods

LINE = "C"
OVERDUE = "actieplannen.termijn_verstreken"
PLANS = Unit("actieplan", "actieplannen")
NATURAL = Concat("manifest__slug", Value(":"), "slug", output_field=CharField())


def _not_known(on: date, memo: Memo) -> int:
    """Signatures whose term has passed without a plan, and of which nobody knows how it stands."""
    known = list(Inquiry.objects.known(on=on).values_list("signature", flat=True))
    late = memo.value(OVERDUE, on)
    return late - overdue().filter(pk__in=known, span__contains=on).count() if known else late


def _qualified(on: date, memo: Memo, qualifier: Qualifier) -> Completeness:
    """Exact while every plan that is not there is known not to be there."""
    count = memo.ask(_not_known, on)
    if not count:
        return Completeness()
    subject = "1 handtekening" if count == 1 else f"{count} handtekeningen"
    return Completeness(
        qualifier, f"Bij {subject} is de termijn verstreken en is niet bekend of er een actieplan is."
    )


@figure(
    "actieplannen.verwacht",
    label="Actieplannen die er zouden moeten zijn",
    unit=PLANS,
    line=LINE,
    row_key="natural_key",
)
def expected() -> Rows:
    """Het aantal handtekeningen onder het Manifest dat op de peildatum niet is ingetrokken en waarvan de
    eerste termijn voor het actieplan op of vóór de peildatum afloopt. De termijn loopt vanaf de eigen
    ondertekening en duurt zo lang als het Manifest bepaalt; uitstel telt niet mee. Elke handtekening
    telt één keer, ook als zij voor meer organisaties geldt.
    """
    owed = in_all([*signature_periods(), Period(first_due_on(), None)])
    return Signature.objects.annotate(key=F("pk"), natural_key=NATURAL, span=owed)


@figure(
    "actieplannen.ontvangen",
    label="Ontvangen actieplannen",
    unit=PLANS,
    line=LINE,
    row_key="plan__slug",
    completeness=lambda on, memo: _qualified(on, memo, Qualifier.AT_LEAST),
)
def received() -> Rows:
    """Het aantal actieplannen waarvan op of vóór de peildatum een versie is ontvangen. Een plan met meer
    versies telt één keer, en een plan dat voor meer handtekeningen geldt ook.
    """
    return PlanVersion.objects.with_span().annotate(key=F("plan_id"))


@figure(
    OVERDUE,
    label="Actieplannen waarvan de termijn is verstreken",
    unit=PLANS,
    line=LINE,
    row_key="natural_key",
    completeness=lambda on, memo: _qualified(on, memo, Qualifier.ABOUT),
)
def overdue() -> Rows:
    """Het aantal handtekeningen onder het Manifest dat op de peildatum niet is ingetrokken, waarvan de
    termijn voor het actieplan vóór de peildatum is afgelopen en waarvoor op de peildatum geen plan is
    ontvangen. Is er op of vóór de peildatum uitstel gemeld, dan geldt de nieuwe datum als die later
    is.
    """
    received = Signature.objects.annotate(first_receipt=Min("coverages__plan__versions__received_on"))
    return received.annotate(key=F("pk"), natural_key=NATURAL, span=_overdue_span())


def _overdue_span() -> Combinable:
    """After the due date, interrupted by the delay from its announcement up to and including its date.

    Asks for the annotation `first_receipt`. Without a delay both parts are the same; PostgreSQL's
    greatest() passes over what is empty.
    """
    owed = [*signature_periods(), Period(None, "first_receipt", before=True)]
    before_delay = Period(day_after(first_due_on()), "delay__announced_on", before=True)
    after_delay = Period(day_after(Greatest(first_due_on(), F("delay__until"))), None)
    return multirange(in_all([*owed, before_delay]), in_all([*owed, after_delay]))


@figure(
    "actieplannen.geevalueerd",
    label="Geëvalueerde actieplannen",
    unit=PLANS,
    line=LINE,
    row_key="plan__slug",
)
def evaluated() -> Rows:
    """Het aantal actieplannen met een gepubliceerde evaluatie waarvan de evaluatiedatum op of vóór de
    peildatum ligt. Een plan dat vaker is geëvalueerd telt één keer. Een evaluatie die nog niet is
    gepubliceerd telt niet mee.
    """
    return Evaluation.objects.published().with_span().annotate(key=F("plan_id"))
