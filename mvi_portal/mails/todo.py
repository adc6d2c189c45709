"""What the outbox asks of the secretariat."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Task
from mvi_portal.mails.models import Mail, State

RECENT = timedelta(days=14)  # what was refused longer ago asks nothing any more
STUCK = timedelta(hours=1)


def tasks_of(user: User, _today: date) -> list[Task]:
    """One query."""
    if not may(user, Action.KEEP_REGISTER):
        return []
    now = timezone.now()
    found = Mail.objects.aggregate(
        doubtful=Count("pk", filter=Q(state=State.DOUBTFUL)),
        refused=Count("pk", filter=Q(state=State.REFUSED, settled_at__gt=now - RECENT)),
        waiting=Count("pk", filter=Q(state=State.RELEASED, released_at__lt=now - STUCK)),
    )
    told = [
        (found["doubtful"], "Kijk na of dit bericht is aangekomen", State.DOUBTFUL, _DOUBT),
        (found["refused"], "Kijk waarom een bericht is geweigerd", State.REFUSED, _REFUSED),
        (found["waiting"], "Berichten wachten op de mailserver", State.RELEASED, _WAITING),
    ]
    return [
        Task(f"{title}: {count}", f"{reverse('mails:mail-list')}?stand={state.value}", detail=detail)
        for count, title, state, detail in told
        if count
    ]


_DOUBT = "De verbinding brak af tijdens het versturen. Het portaal stuurt het niet vanzelf nog een keer."
_REFUSED = "Verbeter het adres en verstuur het opnieuw. Daarna of na twee weken verdwijnt deze taak."
_WAITING = "Het portaal blijft het proberen. Duurt het lang, vraag dan de beheerder om hulp."
