"""What the figures of line C count: signatures that owe a plan, signatories with one, or plans."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from actionplans import reading
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Counted
from mvi_portal.core.figures import Figure
from signatories import counted as of_signatories
from signatories.figures import ORGANISATION
from signatories.models import Signature


def counted(figure: Figure, on: date, user: User) -> list[Counted]:
    if figure.row_key == ORGANISATION:
        return of_signatories.counted(figure, on, user)
    keys = figure.keys(on)
    if figure.row_key != "plan__slug":
        return of_signatories.signatures(Signature.objects.filter(pk__in=keys), on, user)
    return [
        Counted(item.slug, item.title, reverse("actionplans:plan-detail", args=[item.slug]), item.is_demo)
        for item in reading.plans(user, today=timezone.localdate()).filter(pk__in=keys)
    ]
