"""Participants and results: kept, corrected, or taken out when they never were."""

from __future__ import annotations

from django.db import transaction

from buyergroups.models import Output, Participation
from mvi_portal.accounts.models import User
from mvi_portal.history import history


@transaction.atomic
def save_participation(*, participation: Participation, by: User) -> None:
    with history(by=by, action="participation.saved"):
        participation.full_clean()
        participation.save()


@transaction.atomic
def drop_participation(*, participation: Participation, by: User) -> None:
    """Somebody who never took part. Who stops, gets an end."""
    with history(by=by, action="participation.dropped"):
        participation.delete()


@transaction.atomic
def save_output(*, output: Output, by: User) -> None:
    with history(by=by, action="output.saved"):
        output.full_clean()
        output.save()


@transaction.atomic
def drop_output(*, output: Output, by: User) -> None:
    with history(by=by, action="output.dropped"):
        output.delete()
