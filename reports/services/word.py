"""The letter and its notes in Word: taken out, brought back, and taken over as proposals and remarks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.history import history
from mvi_portal.jobs.services import enqueue
from reports.errors import LetterError
from reports.models import (
    Assent,
    Comment,
    DecisionNote,
    ImportState,
    Letter,
    NoteSection,
    Proposal,
    ProposalSource,
    Reply,
    WordExport,
    WordImport,
    Written,
)
from reports.models.written import leading
from reports.services.locks import texts_locked
from reports.services.notes import note_locked
from reports.services.parties import open_letter
from reports.word.drawing import drawn
from reports.word.finding import found_in
from reports.word.found import Change, Found
from reports.word.found import Comment as Said

KIND = "letter.word"
FROM = "uit Word"
OF_PARTY = "Een partij heeft dit bestand bij haar eigen antwoord gebracht: wat erin staat, komt daarmee mee."
OF_LETTER = "Dit is de brief, en geen beslisnota. Een partij brengt de brief terug bij haar eigen antwoord."
TAKEN = "Dit bestand is al overgenomen. Het staat hieronder met wat ermee is gebeurd."


@dataclass(frozen=True)
class Counted:
    """What was written, and what was there already."""

    changes: int = 0
    comments: int = 0
    doubles: int = 0


@transaction.atomic
def request_word(*, letter: Letter, note: DecisionNote | None = None, by: User | None) -> WordExport:
    """The Word file of the texts of now; the same texts again are the same file."""
    Letter.objects.select_for_update().get(pk=letter.pk)
    made = drawn(letter, note)
    told = {"html": made.html, "keys": made.keys, "properties": made.properties, "mark": made.mark}
    given = {**told, "letter": letter, "note": note, "name": made.name, "made_by": by}
    with history(by=by, action="word.requested"):
        row, _is_new = WordExport.objects.get_or_create(sha256=made.sha256, defaults=given)
        if not row.is_ready and not row.is_under_way:
            row.job = enqueue(
                kind=KIND,
                payload={"export": row.pk},
                by=by,
                title=f"Word-bestand {row.name}",
                address=reverse("reports:letter-word", args=[letter.slug]),
            )
        row.made_at = timezone.now()
        row.save(update_fields=["job", "made_at"])
    return row


@transaction.atomic
def bring_word(
    *, letter: Letter, upload: Upload, assent: Assent | None = None, by: User
) -> tuple[WordImport, bool]:
    """Keep the file that came back, and whether it is new: the same file is looked at once.

    With `assent` a party brings it, for its own answer.
    """
    Letter.objects.select_for_update().get(pk=letter.pk)
    if earlier := letter.word_imports.filter(sha256=upload.sha256, assent=assent).first():
        files.drop(upload=upload)
        return earlier, False
    row = WordImport(letter=letter, assent=assent)
    files.keep(upload=upload, row=row)
    with history(by=by, action="word.brought"):
        row.save()
    return row, True


@transaction.atomic
def take_word(*, row: WordImport, by: User) -> Counted:
    """Each change a proposal, each comment a remark; what was there already is not made again.

    Who only comments on the letter does so with a note. Raises LetterError when it was taken over before,
    when nothing can be, or when the texts are fixed.
    """
    letter = open_letter(row.letter)
    stored = WordImport.objects.select_for_update().get(pk=row.pk)
    if stored.is_taken:
        raise LetterError(TAKEN)
    if stored.assent_id is not None:
        raise LetterError(OF_PARTY)
    found = found_in(stored)
    if found.problem:
        raise LetterError(found.problem)
    if closed := closed_for(letter, found.note, by=by):
        raise LetterError(closed)
    with history(by=by, action="word.taken"):
        known = Known(letter)
        changes = [not known.has(change) and _propose(change, stored, by) for change in found.changes]
        comments = [not known.has_said(said) and _say(said, by) for said in found.comments]
        counted = Counted(sum(changes), sum(comments), [*changes, *comments].count(False))
        stored.state, stored.taken_at, stored.taken_by = ImportState.TAKEN, timezone.now(), by
        stored.result = _result(counted, found)
        stored.save(update_fields=["state", "taken_at", "taken_by", "result"])
    return counted


@transaction.atomic
def answered_with_word(*, row: WordImport, reply: Reply, by: User) -> None:
    """What the file of a party said, stands with its answer by now; said twice it is kept as it was."""
    stored = WordImport.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if stored.is_taken:
        return
    counted = Counted(reply.proposals.count(), reply.remarks.count())
    stored.state, stored.taken_at, stored.taken_by = ImportState.TAKEN, timezone.now(), by
    stored.result = _result(counted, Found())
    with history(by=by, action="word.answered"):
        stored.save(update_fields=["state", "taken_at", "taken_by", "result"])


def closed_for(letter: Letter, note: DecisionNote | None, *, by: User) -> str:
    """Why nothing can be proposed now by this user; empty when it can."""
    if note is not None:
        return "" if note.may_change else note_locked(note)
    if not may(by, Action.COMPOSE_LETTER):
        return OF_LETTER
    return "" if letter.may_change_texts else texts_locked(letter)


class Known:
    """What was proposed or said before, whatever became of it; asked once for a whole file."""

    def __init__(self, letter: Letter) -> None:
        rows = letter.proposals.filter(source=ProposalSource.WORD)
        self._proposed = set(
            rows.values_list("section", "note_section", "sha256", "is_after", "new", "typed")
        )
        said = Comment.objects.of_letter(letter).exclude(said_by="")
        self._said = set(said.values_list("section", "note_section", "text", "said_by"))
        of_notes = rows.filter(note_section__isnull=False, old=F("new"))  # before notes had remarks
        self._said_of_notes = set(of_notes.values_list("note_section", "comment", "said_by"))

    def has(self, change: Change) -> bool:
        return (
            *_place(change.target),
            change.sha256,
            change.is_after,
            change.new,
            change.typed,
        ) in self._proposed

    def has_said(self, said: Said) -> bool:
        if (*_place(said.target), said.text, _by(said)) in self._said:
            return True
        return (said.target.pk, said.text, said.who[:300]) in self._said_of_notes and isinstance(
            said.target, NoteSection
        )


def _place(target: Written) -> tuple[int | None, int | None]:
    """The keys of a part of the letter and of a section of a note: of which it is one."""
    return (None, target.pk) if isinstance(target, NoteSection) else (target.pk, None)


def _propose(change: Change, row: WordImport, by: User) -> bool:
    Proposal.objects.create(
        letter_id=row.letter_id,
        **leading(change.target),
        sha256=change.sha256,
        old=change.old,
        new=change.new,
        typed=change.typed,
        is_html=True,
        is_after=change.is_after,
        comment="\n".join(change.flags),
        source=ProposalSource.WORD,
        from_whom=FROM,
        said_by=change.who[:300],
        word_import=row,
        made_by=by,
    )
    return True


def _say(said: Said, by: User) -> bool:
    """A remark at its paragraph."""
    told = {"anchor": said.sha256, "words": said.words, "text": said.text, "said_by": _by(said)}
    Comment.objects.create(**leading(said.target), **told, by=by)
    return True


def _by(said: Said) -> str:
    return f"uit Word, van {said.who}"[:300]


def _result(counted: Counted, found: Found) -> dict[str, object]:
    return {
        "changes": counted.changes,
        "comments": counted.comments,
        "doubles": counted.doubles,
        "notices": found.notices,
        "unplaced": [
            {"what": item.what, "words": item.words, "why": item.why, "who": item.who}
            for item in found.unplaced
        ],
    }
