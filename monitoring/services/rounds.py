"""A round is made, changed as long as nobody was asked, asked, repaired while open, closed and reopened.

What is refused raises ValidationError with a Dutch message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from monitoring.asked import Asked
from monitoring.models import (
    Frame,
    PolicyLine,
    ProgressEntry,
    ProgressQuestion,
    ProgressRequest,
    ProgressRound,
)
from monitoring.services.inviting import Sent, asked_in, invite, tell_reworded, tell_withdrawn
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Organisation

ASKED = "Deze ronde is al uitgevraagd. Open de pagina opnieuw: u ziet dan wat u nog kunt wijzigen."
NOT_ASKED = "Deze ronde is nog niet uitgevraagd."
NOT_OPEN = "Deze ronde is niet open."
NOT_CLOSED = "Deze ronde is niet gesloten."
WRITTEN = (
    "{} schreef al in deze ronde. Vink die organisatie weer aan: zo blijft bewaard wat er geschreven is."
)
NOBODY = "Kies eerst wie u iets vraagt."
NOTHING = "Schrijf eerst bij minstens één lijn een vraag."
PAST = "De datum ‘uiterlijk op’ is al voorbij. Kies een latere dag."
REPAIRED = "round.repaired"  # under this name the history holds who was added to an open round, or left out
ADDRESSES = frozenset({"nieuw"})  # words that stand where the key of a round does


@transaction.atomic
def make_round(
    *,
    frame: Frame,
    title: str,
    period_from: date,
    period_until: date,
    due_on: date,
    organisations: Sequence[str],
    questions: Mapping[str, str],
    by: User,
) -> ProgressRound:
    """Prepared, and seen by the secretariat alone. Organisations by key, questions by code of line."""
    made = ProgressRound(frame=frame, title=title, slug=_free(title))
    made.period_from, made.period_until, made.due_on = period_from, period_until, due_on
    with history(by=by, action="round.made"):
        made.full_clean()
        made.save()
        _ask_of(made, organisations)
        _ask_about(made, questions)
    return made


@transaction.atomic
def change_round(
    *,
    progress_round: ProgressRound,
    title: str,
    period_from: date,
    period_until: date,
    due_on: date,
    organisations: Sequence[str],
    questions: Mapping[str, str],
    by: User,
) -> None:
    """Anything of it but the frame, as long as nobody was asked."""
    found = _locked(progress_round)
    _must(found.asked_on is None, ASKED)
    found.title, found.due_on = title, due_on
    found.period_from, found.period_until = period_from, period_until
    with history(by=by, action="round.changed"):
        found.full_clean()
        found.save()
        _ask_of(found, organisations)
        _ask_about(found, questions)


@transaction.atomic
def drop_round(*, progress_round: ProgressRound, by: User) -> None:
    """What was prepared and never asked, goes; the history keeps it."""
    found = _locked(progress_round)
    _must(found.asked_on is None, ASKED)
    with history(by=by, action="round.dropped"):
        found.delete()


@transaction.atomic
def ask_round(*, progress_round: ProgressRound, root: str, by: User) -> Sent:
    """From here on each organisation sees what is asked of it; who acts for it gets one mail.

    `root` is the address of the portal, which the mails lead to.
    """
    found, today = _locked(progress_round), timezone.localdate()
    _must(found.asked_on is None, ASKED)
    _must(found.requests.exists(), NOBODY)
    _must(found.questions.exists(), NOTHING)
    _must(found.due_on >= today, PAST)
    with history(by=by, action="round.asked"):
        found.asked_on = today
        found.full_clean()
        found.save(update_fields=["asked_on"])
    return invite(progress_round=found, root=root, by=by)


@transaction.atomic
def move_due(*, progress_round: ProgressRound, due_on: date, by: User) -> None:
    """More time, or less, for a round that was asked."""
    found = _locked(progress_round)
    _must(found.asked_on is not None, NOT_ASKED)
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": PAST})
    with history(by=by, action="round.due-moved"):
        found.due_on = due_on
        found.full_clean()
        found.save(update_fields=["due_on"])


@transaction.atomic
def repair_round(
    *,
    progress_round: ProgressRound,
    due_on: date,
    organisations: Sequence[str],
    questions: Mapping[str, str],
    root: str,
    by: User,
) -> Sent:
    """Of a round that is open: by when, whom it asks, and how its questions read; no question comes or goes.

    Who is added gets the mail of the round; who was asked hears of a question that reads otherwise, and who
    is asked no longer of that. An organisation that wrote, stays.
    """
    found, today = _locked(progress_round), timezone.localdate()
    _must(found.is_open(today), NOT_OPEN)
    _must(bool(organisations), NOBODY)
    if due_on != found.due_on and due_on < today:
        raise ValidationError({"due_on": PAST})
    there = set(found.requests.values_list("organisation__key", flat=True))
    added, gone = set(organisations) - there, asked_in(found, there - set(organisations))
    now = dict(found.questions.values_list("line__code", "text"))
    reworded = {code: text for code, text in questions.items() if text and now.get(code, text) != text}
    with history(by=by, action=REPAIRED):
        found.due_on = due_on
        found.full_clean()
        found.save(update_fields=["due_on"])
        _must_be_unwritten(found, gone)
        _ask_of(found, organisations)
        _ask_about(found, now | reworded)
    kept = there & set(organisations)
    sent = invite(progress_round=found, only=added, root=root, by=by)
    sent += tell_reworded(progress_round=found, codes=reworded, only=kept, root=root, by=by)
    return sent + tell_withdrawn(progress_round=found, items=gone, root=root, by=by)


def _must_be_unwritten(made: ProgressRound, gone: Sequence[Asked]) -> None:
    """Locked as `locked_here` of the pages does, so that nobody begins to write meanwhile."""
    called = {item.request.organisation_id: item.called for item in gone}
    list(made.requests.select_for_update(of=("self",)).filter(organisation__in=called))
    entries = ProgressEntry.objects.filter(round=made, organisation__in=called).order_by()
    if wrote := sorted({called[pk] for pk in entries.values_list("organisation", flat=True)}):
        raise ValidationError(WRITTEN.format(" en ".join(wrote)))


@transaction.atomic
def close_round(*, progress_round: ProgressRound, by: User) -> None:
    """Nobody writes in it any more."""
    found, today = _locked(progress_round), timezone.localdate()
    _must(found.is_open(today), NOT_OPEN)
    with history(by=by, action="round.closed"):
        found.closed_on = today
        found.save(update_fields=["closed_on"])


@transaction.atomic
def reopen_round(*, progress_round: ProgressRound, by: User) -> None:
    found = _locked(progress_round)
    _must(found.closed_on is not None, NOT_CLOSED)
    with history(by=by, action="round.reopened"):
        found.closed_on = None
        found.save(update_fields=["closed_on"])


def _locked(progress_round: ProgressRound) -> ProgressRound:
    """As it stands now: of two who press, the second is told."""
    return ProgressRound.objects.select_for_update().get(pk=progress_round.pk)


def _ask_of(made: ProgressRound, keys: Sequence[str]) -> None:
    made.requests.exclude(organisation__key__in=keys).delete()
    there = set(made.requests.values_list("organisation__key", flat=True))
    new = Organisation.objects.filter(key__in=set(keys) - there)
    ProgressRequest.objects.bulk_create(ProgressRequest(round=made, organisation=item) for item in new)


def _ask_about(made: ProgressRound, questions: Mapping[str, str]) -> None:
    """A question that stays the same is not written again."""
    made.questions.exclude(line__code__in=questions).delete()
    there: dict[str, ProgressQuestion] = {
        item.line.code: item for item in made.questions.select_related("line")
    }
    for line in PolicyLine.objects.filter(frame=made.frame_id, code__in=questions):
        item = there.get(line.code) or ProgressQuestion(round=made, line=line)
        if item.text != questions[line.code]:
            item.text = questions[line.code]
            item.save()


def _free(title: str) -> str:
    """A key of the title that no round has yet."""
    base = slugify(title)[:50] or "ronde"
    taken: set[Any] = set(ProgressRound.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= ADDRESSES
    return next(slug for number in range(1, len(taken) + 2) if (slug := _numbered(base, number)) not in taken)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def _must(holds: bool, message: str) -> None:
    if not holds:
        raise ValidationError(message)
