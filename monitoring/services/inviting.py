"""Mails about progress: one to each officer when a round asks, and a reminder to who still has to write.

Each is made ready and released at once; the outbox keeps what became of it. The key of a mail makes that two
clicks are one mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from monitoring.asked import Asked, asked_of
from monitoring.models import ProgressEntry, ProgressRequest, ProgressRound
from mvi_portal.accounts.models import Role, User
from mvi_portal.accounts.permissions import RIGHTS, Action, Scope
from mvi_portal.core.dates import long_date
from mvi_portal.history import history
from mvi_portal.mails import services as mails
from mvi_portal.mails.models import Mail
from signatories.models import Representative

ASKED, REMINDED, RETURNED = "voortgang-gevraagd", "voortgang-herinnering", "voortgang-terug"
REWORDED, WITHDRAWN = "voortgang-vraag-anders", "voortgang-vervallen"
NOT_OPEN = "Deze ronde is niet open: er valt niemand te herinneren."
NOBODY_LEFT = "Niemand hoeft nog te schrijven: er is geen herinnering nodig."


@dataclass(frozen=True)
class Sent:
    """How many mails went, how many had gone already today, and for whom there is nobody to write to."""

    mails: int
    again: int
    nobody: tuple[str, ...]

    def __add__(self, other: Sent) -> Sent:
        nobody = tuple(sorted({*self.nobody, *other.nobody}))
        return Sent(self.mails + other.mails, self.again + other.again, nobody)


def invite(
    *, progress_round: ProgressRound, only: Collection[str] | None = None, root: str, by: User
) -> Sent:
    """One mail to each officer, with all that is asked; each line leads to its own question.

    `only`: the keys of organisations that are asked later than the others.
    """
    items = asked_in(progress_round, only)
    subject = f"Voortgang gevraagd: {progress_round.title}, uiterlijk {long_date(progress_round.due_on)}"
    later = f":{max((item.request.pk for item in items), default=0)}" if only is not None else ""
    return _send(
        ASKED, f"{progress_round.slug}{later}", items, subject, "monitoring/mail/asked.txt", root, by
    )


def tell_reworded(
    *, progress_round: ProgressRound, codes: Collection[str], only: Collection[str], root: str, by: User
) -> Sent:
    """Who was asked already hears how the questions on these lines read now."""
    items = [item for item in asked_in(progress_round, only) if item.line.code in codes]
    subject = f"Een vraag is aangepast: {progress_round.title}"
    place = f"{progress_round.slug}:{timezone.now().isoformat()}"
    return _send(REWORDED, place, items, subject, "monitoring/mail/reworded.txt", root, by)


def tell_withdrawn(*, progress_round: ProgressRound, items: Sequence[Asked], root: str, by: User) -> Sent:
    """`items`: as they were asked. Who need not answer any more, hears so."""
    subject = f"U hoeft niet meer te antwoorden: {progress_round.title}"
    place = f"{progress_round.slug}:{timezone.now().isoformat()}"
    return _send(WITHDRAWN, place, items, subject, "monitoring/mail/withdrawn.txt", root, by)


@transaction.atomic
def remind(*, progress_round: ProgressRound, only: str = "", root: str, by: User) -> Sent:
    """Who still has to write, of one organisation or of all. Once a day is enough.

    Raises ValidationError when there is nobody to remind.
    """
    found, today = ProgressRound.objects.select_for_update().get(pk=progress_round.pk), timezone.localdate()
    if not found.is_open(today):
        raise ValidationError(NOT_OPEN)
    items = [
        item for item in asked_in(found) if item.is_to_write and only in ("", item.request.organisation.key)
    ]
    if not items:
        raise ValidationError(NOBODY_LEFT)
    subject = f"Herinnering: {found.title}, uiterlijk {long_date(found.due_on)}"
    place = f"{found.slug}:{today.isoformat()}"
    sent = _send(REMINDED, place, items, subject, "monitoring/mail/reminded.txt", root, by)
    with history(by=by, action="round.reminded"):
        keys = {item.request.pk for item in items if item.called not in sent.nobody}
        ProgressRequest.objects.filter(pk__in=keys).update(reminded_on=today)
    return sent


def tell_returned(*, entry: ProgressEntry, root: str, by: User) -> None:
    """Who acts for the organisation hears what is still needed."""
    request = ProgressRequest.objects.filter(round=entry.round_id, organisation=entry.organisation_id)
    items = [item for item in asked_of(request, timezone.localdate()) if item.line.pk == entry.line_id]
    moment = entry.returned_at.isoformat() if entry.returned_at else ""
    for item in items:
        subject = f"Nog een vraag bij uw antwoord: {item.line}"
        place = f"{entry.pk}:{moment}"
        _send(RETURNED, place, [item], subject, "monitoring/mail/returned.txt", root, by)


def officers_of(
    organisations: Iterable[int], today: date, action: Action = Action.GIVE_PROGRESS
) -> dict[int, list[User]]:
    """By organisation who acts for it today and may do it for it, those who stand in for somebody too."""
    roles = [role for role in Role if RIGHTS[action].get(role) is Scope.OWN]
    rows = Representative.objects.acting(on=today).filter(
        organisation__in=set(organisations), user__is_active=True, user__role__in=roles
    )
    found: dict[int, list[User]] = {}
    for row in rows.select_related("user").order_by("user__name"):
        found.setdefault(row.organisation_id, []).append(row.user)
    return found


def asked_in(progress_round: ProgressRound, only: Collection[str] | None = None) -> list[Asked]:
    """What the round asks, of all or only of the organisations with these keys."""
    requests = ProgressRequest.objects.filter(round=progress_round)
    found = requests if only is None else requests.filter(organisation__key__in=only)
    return asked_of(found, timezone.localdate())


def _send(
    kind: str, place: str, items: Sequence[Asked], subject: str, template: str, root: str, by: User
) -> Sent:
    officers = officers_of((item.request.organisation_id for item in items), timezone.localdate())
    users = {user.pk: user for found in officers.values() for user in found}
    ready: list[Mail] = []
    for user in users.values():
        mine = [item for item in items if user in officers.get(item.request.organisation_id, ())]
        ready.append(_made(kind, f"{kind}:{place}:{user.pk}", user, mine, subject, template, root, by))
    gone = mails.release(mails=ready, by=by)
    nobody = {item.called for item in items if item.request.organisation_id not in officers}
    return Sent(len(gone), len(ready) - len(gone), tuple(sorted(nobody)))


def _made(
    kind: str, key: str, user: User, items: Sequence[Asked], subject: str, template: str, root: str, by: User
) -> Mail:
    context = {"user": user, "items": items, "round": items[0].round, "root": root.rstrip("/")}
    body = render_to_string(template, context)
    return mails.prepare(kind=kind, key=key, to=user.email, name=user.name, subject=subject, body=body, by=by)
