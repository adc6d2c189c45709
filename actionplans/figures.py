"""The figures of line C: plans that are owed, received and evaluated."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Min, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Greatest

from actionplans.models import Evaluation, Inquiry, PlanVersion
from actionplans.models.clock import by_clock, first_due_on, owing_a_plan
from mvi_portal.core.figures import Completeness, Measure, Memo, Qualifier, Rows, Unit, figure
from mvi_portal.core.prepared import Prepared
from mvi_portal.core.spans import Period, day_after, in_all, multirange
from signatories.figures import CATEGORIES, ORGANISATION
from signatories.models import Signatory, Signature
from signatories.models.signatures import signatory_periods, signature_periods

LINE = "C"
OVERDUE = "actieplannen.termijn_verstreken"
PLANS = Unit("actieplan", "actieplannen")
NATURAL = Concat("manifest__slug", Value(":"), "slug", output_field=CharField())


def _not_known(on: date, _memo: Memo) -> int:
    """Signatures whose term has passed without a plan, and of which nobody knows how it stands.

    By the clock, which tells of one day what `overdue` tells of all, at less cost.
    """
    return sum(count for (count,) in _LATE.all(on))


def _late(on: date) -> QuerySet[Any, Any]:
    known = Inquiry.objects.known(on=on).values("signature")
    owing = owing_a_plan(Signature.objects.exclude(pk__in=known), on=on)
    late = by_clock(owing, "term_ends_on", on=on).filter(term_ends_on__lt=on).order_by()
    counted: QuerySet[Any, Any] = late.values(one=Value(1)).annotate(count=Count("pk")).values_list("count")
    return counted


_LATE = Prepared(lambda _those, on: _late(on))


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
    measure=Measure.ROWS,
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
    "actieplannen.ondertekenaars_met_plan",
    label="Ondertekenaars met een actieplan",
    unit=Unit("ondertekenaar", "ondertekenaars"),
    line=LINE,
    row_key=ORGANISATION,
    completeness=lambda on, memo: _qualified(on, memo, Qualifier.AT_LEAST),
)
def signatories_with_plan() -> Rows:
    """Het aantal departementen, provincies, gemeenten, waterschappen en overige organisaties dat op de
    peildatum ondertekenaar van het Manifest is en onder een handtekening valt waarvoor op of vóór de
    peildatum een actieplan is ontvangen. Geldt een plan voor meer organisaties, dan telt elk van hen.
    Of het plan op de peildatum nog loopt, maakt niet uit.
    """
    rows = Signatory.objects.of_kind(*CATEGORIES)
    received = rows.annotate(received_on=F("signature__coverages__plan__versions__received_on"))
    span = in_all([*signatory_periods(), Period("received_on", None)])
    return received.filter(received_on__isnull=False).annotate(key=F("organisation_id"), span=span)


def _end_not_known(on: date, memo: Memo) -> Completeness:
    """About so many while plans count of which nobody knows until when they run."""
    open_ended = {"plan__period_until__isnull": True, "span__contains": on}
    count = in_force().filter(**open_ended).values("plan").distinct().count()
    if not count:
        return _qualified(on, memo, Qualifier.AT_LEAST)
    said = (
        "1 actieplan is niet bekend tot wanneer het loopt; het telt mee."
        if count == 1
        else f"{count} actieplannen is niet bekend tot wanneer ze lopen; ze tellen mee."
    )
    missing = _qualified(on, memo, Qualifier.AT_LEAST).note
    return Completeness(Qualifier.ABOUT, " ".join(filter(None, (f"Van {said}", missing))))


@figure(
    "actieplannen.van_kracht",
    label="Actieplannen die van kracht zijn",
    unit=PLANS,
    line=LINE,
    row_key="plan__slug",
    completeness=_end_not_known,
)
def in_force() -> Rows:
    """Het aantal actieplannen waarvan op of vóór de peildatum een versie is ontvangen en dat op de
    peildatum loopt. Is niet bekend vanaf wanneer een plan loopt, dan telt het vanaf de ontvangst. Is niet
    bekend tot wanneer het loopt, dan blijft het meetellen. Is alleen een jaar of maand bekend, dan geldt
    de laatste dag daarvan.
    """
    running = in_all([Period("received_on", None), Period("plan__period_from", "plan__period_until")])
    return PlanVersion.objects.annotate(key=F("plan_id"), span=running)


@figure(
    OVERDUE,
    label="Actieplannen waarvan de termijn is verstreken",
    unit=PLANS,
    line=LINE,
    row_key="natural_key",
    measure=Measure.ROWS,
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
