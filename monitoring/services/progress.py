"""Progress is written, handed in, taken back, accepted or asked again: each only while the round is open."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from monitoring.models import EntryState, PolicyLine, ProgressEntry, ProgressRound
from mvi_portal.accounts.models import User
from mvi_portal.core.editing import edition_of
from mvi_portal.history import history

CLOSED = "De ronde is niet open. Vraag het secretariaat om haar weer te openen."
NOT_WRITABLE = "Deze tekst is al ingediend. Neem hem eerst terug, dan kunt u hem wijzigen."
NOT_SUBMITTED = "Deze tekst is niet ingediend, of er is al over besloten. Bekijk hoe hij er nu voor staat."
NOT_PREPARED = "Deze voorbereide tekst is er niet meer: iemand heeft hem intussen overgenomen."
ALREADY = (
    "In deze ronde staat al een tekst. Uw voorbereide tekst blijft bewaard: neem eruit over wat u nodig hebt."
)
ALREADY_TEXT = "Er staat al een tekst. Dien die in, of maak hem eerst leeg en bewaar dat."
OTHER_TEXT = (
    "De organisatie heeft intussen een andere tekst ingediend. Er is niets besloten: lees de tekst die er nu "
    "staat, en kies opnieuw."
)
NO_ANSWER = "Schrijf een tekst, of kies ‘niets nieuws’."
NO_REMARK = "Zeg wat er nog nodig is, zodat de organisatie weet wat u vraagt."


class NotPossible(ValueError):
    """The step does not fit how the entry stands; the message is for a reader."""


class OtherText(NotPossible):
    """Another text was handed in than the one that was seen."""


def edition_of_entry(entry: ProgressEntry) -> str:
    """What somebody sees who decides: the same as long as nothing else was handed in."""
    return edition_of({name: getattr(entry, name) for name in ("text", "nothing_new", "submitted_at")})


@transaction.atomic
def save_entry(*, entry: ProgressEntry, by: User) -> None:
    """Keep what was written, as a draft; a text that was handed back stays so until it is handed in."""
    _must_be_open(entry)
    _write(entry, by)


@transaction.atomic
def prepare_entry(*, entry: ProgressEntry, by: User) -> None:
    """Keep what is written outside a round: it is offered when a round asks for it."""
    _must(entry.round is None, CLOSED)
    _write(entry, by)


@transaction.atomic
def use_prepared(*, entry: ProgressEntry, progress_round: ProgressRound, line: PolicyLine, by: User) -> None:
    """What was prepared becomes the draft of the round, with what goes along. A text that is there, stays.

    It may be written about another line, which `line` of the round continues.
    """
    _must(progress_round.is_open(timezone.localdate()), CLOSED)
    mine = ProgressEntry.objects.select_for_update().filter(organisation=entry.organisation)
    there = mine.filter(round=progress_round, line=line).first()
    ready = mine.filter(pk=entry.pk, round=None).first()
    if ready is None:
        raise NotPossible(NOT_PREPARED)
    with history(by=by, action="progress.prepared-used"):
        if there is None:
            ready.round, ready.line = progress_round, line
            ready.save(update_fields=["round", "line"])
            return
        _must(there.is_being_written and not there.text, ALREADY)
        there.text, there.nothing_new = ready.text, False
        there.save()
        _bring_along(ready, there)
        ready.delete()


def _bring_along(ready: ProgressEntry, there: ProgressEntry) -> None:
    """Files and papers; those that the answer has already, go with the text that was prepared."""
    kept = ready.files.exclude(sha256__in=there.files.values("sha256"))
    doubled = ready.files.exclude(pk__in=kept.values("pk")).values_list("file", flat=True)
    names = list(doubled)
    kept.update(entry=there)
    ready.paper_rows.exclude(paper__in=there.paper_rows.values("paper")).update(entry=there)
    transaction.on_commit(lambda: _forget(names))


def _forget(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


@transaction.atomic
def report_nothing_new(*, entry: ProgressEntry, by: User) -> None:
    """A full answer, handed in at once. A text that somebody wrote is not thrown away for it."""
    _must_be_open(entry)
    _must(entry.is_being_written, NOT_WRITABLE)
    _must(not entry.text, ALREADY_TEXT)
    entry.nothing_new = True
    _hand_in(entry, by)


def _write(entry: ProgressEntry, by: User) -> None:
    """Nothing written yet, and nothing that stood there: then there is nothing to keep."""
    _must(entry.is_being_written, NOT_WRITABLE)
    if entry._state.adding and not entry.text:
        return
    if entry.text:
        entry.nothing_new = False
    with history(by=by, action="progress.saved"):
        entry.save()


def _hand_in(entry: ProgressEntry, by: User) -> None:
    entry.state, entry.submitted_at, entry.submitted_by = EntryState.SUBMITTED, timezone.now(), by
    with history(by=by, action="progress.submitted"):
        entry.save()


@transaction.atomic
def submit_entry(*, entry: ProgressEntry, by: User) -> None:
    """Hand the text in; from here on everybody may read it."""
    _must_be_open(entry)
    _must(entry.is_being_written, NOT_WRITABLE)
    _must(bool(entry.text) or entry.nothing_new, NO_ANSWER)
    if entry.text:
        entry.nothing_new = False
    _hand_in(entry, by)


@transaction.atomic
def take_back_entry(*, entry: ProgressEntry, by: User) -> None:
    """The organisation goes on writing, as long as nobody accepted the text."""
    found = _submitted(entry)
    found.state = EntryState.DRAFT
    with history(by=by, action="progress.taken_back"):
        found.save(update_fields=["state"])


@transaction.atomic
def accept_entry(*, entry: ProgressEntry, seen: str, remark: str = "", by: User) -> None:
    """`seen`: see `edition_of_entry`; of another text than was read nothing is decided."""
    found = _seen(entry, seen)
    found.state, found.remark = EntryState.ACCEPTED, remark
    found.accepted_at, found.accepted_by = timezone.now(), by
    with history(by=by, action="progress.accepted", why=remark):
        found.save(update_fields=["state", "remark", "accepted_at", "accepted_by"])


@transaction.atomic
def return_entry(*, entry: ProgressEntry, seen: str, remark: str, by: User) -> None:
    """Ask again, and say what is still needed. `seen`: as for `accept_entry`."""
    _must(bool(remark.strip()), NO_REMARK)
    found = _seen(entry, seen)
    found.state, found.remark = EntryState.RETURNED, remark
    found.returned_at, found.returned_by = timezone.now(), by
    with history(by=by, action="progress.returned", why=remark):
        found.save(update_fields=["state", "remark", "returned_at", "returned_by"])


def _seen(entry: ProgressEntry, seen: str) -> ProgressEntry:
    found = _submitted(entry)
    if seen != edition_of_entry(found):
        raise OtherText(OTHER_TEXT)
    return found


def _submitted(entry: ProgressEntry) -> ProgressEntry:
    """The row as it stands now, locked: of two who decide, the second is told."""
    locked = ProgressEntry.objects.select_for_update(of=("self",)).select_related("round")
    found = locked.get(pk=entry.pk)
    _must_be_open(found)
    _must(found.state == EntryState.SUBMITTED, NOT_SUBMITTED)
    return found


def _must_be_open(entry: ProgressEntry) -> None:
    _must(entry.round is not None and entry.round.is_open(timezone.localdate()), CLOSED)


def _must(holds: bool, message: str) -> None:
    if not holds:
        raise NotPossible(message)
