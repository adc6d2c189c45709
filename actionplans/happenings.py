"""What happened on line C: plans that came, delays that were announced, evaluations that were published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import DateField, F
from django.db.models.functions import Cast
from django.urls import reverse

from actionplans import reading
from actionplans.models import Delay, Evaluation, PlanVersion
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings
from mvi_portal.core.dates import long_date
from signatories.called import names_under, under
from signatories.models.reading import beneath
from signatories.together import several

LINE = "C"


def received(user: User, today: date) -> Any:
    found = beneath(PlanVersion.objects.all(), "plan", reading.plans(user, today=today))
    return found.annotate(happened_on=Cast("received_on", DateField()))


def delayed(user: User, today: date) -> Any:
    found = beneath(Delay.objects.all(), "signature", reading.signatures(user, today=today))
    return found.annotate(happened_on=Cast("announced_on", DateField()))


def published(user: User, today: date) -> Any:
    """That a plan was evaluated; how, is not in it."""
    found = reading.evaluations(user, today=today, on=today).filter(published_on__isnull=False)
    return found.annotate(happened_on=F("published_on"))


def tell_received(keys: Collection[int]) -> dict[int, Happening]:
    rows = PlanVersion.objects.filter(pk__in=keys).select_related("plan")
    return {
        row.pk: Happening(
            str(row.received_on),
            f"{'Ontvangen' if row.number == 1 else f'Versie {row.number} ontvangen'}: {row.plan.title}",
            reverse("actionplans:plan-detail", args=[row.plan.slug]),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


def tell_delayed(keys: Collection[int]) -> dict[int, Happening]:
    rows = list(Delay.objects.filter(pk__in=keys).select_related("signature__manifest"))
    names = names_under(
        under(row.signature_id for row in rows),
        {row.signature_id: row.announced_on.last_day for row in rows},
    )
    return {
        row.pk: Happening(
            str(row.announced_on),
            f"{several(names[row.signature_id]) or row.signature.slug} meldt uitstel: {row.until}",
            reverse("signatories:signature-detail", args=[row.signature.manifest.slug, row.signature.slug]),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


def tell_published(keys: Collection[int]) -> dict[int, Happening]:
    rows = Evaluation.objects.filter(pk__in=keys).select_related("plan", "round")
    return {
        row.pk: Happening(
            long_date(row.published_on) if row.published_on else "",
            f"Evaluatie gepubliceerd: {row.plan.title}",
            reverse("actionplans:plan-detail", args=[row.plan.slug]),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


OF_SIGNATURE = {"organisation": "signature__signatories__organisation"}
OF_PLAN = {"organisation": "plan__coverages__signature__signatories__organisation"}
SOURCES = {
    "plans": Happenings("actieplan ontvangen", received, tell_received, LINE, about=OF_PLAN),
    "delays": Happenings("uitstel gemeld", delayed, tell_delayed, LINE, about=OF_SIGNATURE),
    "evaluations": Happenings("evaluatie gepubliceerd", published, tell_published, LINE, about=OF_PLAN),
}
