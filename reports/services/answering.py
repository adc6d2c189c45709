"""Answers of parties: given by themselves, or recorded on behalf of an office; one, or several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from monitoring.models import Consultation
from mvi_portal.accounts.models import User
from mvi_portal.files import services as files
from mvi_portal.files.models import StoredFile, Upload
from mvi_portal.history import history
from reports.agreement.board import names
from reports.agreement.reading import ReadParagraph, ReadSection, ReadText, from_content, text_of
from reports.errors import LetterError
from reports.models import (
    Answer,
    Assent,
    Letter,
    Proposal,
    ProposalSource,
    Reading,
    Remark,
    Reply,
)
from reports.models.agreement import ANSWERABLE
from reports.services.parties import open_letter

NOT_BEGUN = "De brief is nog een concept: er wordt pas om een antwoord gevraagd als de akkoordronde begint."
TEXT_CHANGED = (
    "De tekst is gewijzigd terwijl u las. Kijk de tekst hieronder na en geef daarna uw antwoord; "
    "wat u typte, staat er nog."
)
OTHER_LETTER = "Deze tekst is van een andere brief. Kies een tekst van deze brief."
NOT_A_PARTY = "Deze organisatie is geen partij meer bij de brief."
GONE = (
    "Wat u zei (‘{}’) hoort bij een alinea die niet meer zo in de brief staat. Er is nog niets vastgelegd: "
    "lees hoe de tekst nu luidt, en zeg het bij de alinea van nu."
)
_FILE = ("file", "filename", "sha256", "pages", "uploaded_at", "uploaded_by")


@dataclass(frozen=True)
class Said:
    """What is said of one paragraph: a remark, another text for it, or both."""

    section: int
    sha256: str
    remark: str = ""
    new: str = ""


@dataclass(frozen=True)
class Given:
    """An answer as it came in."""

    answer: Answer
    given_on: date
    function: str
    remark: str = ""
    proof: str = ""
    said: Sequence[Said] = field(default=())


@dataclass(frozen=True)
class _Read:
    """The text that was answered to."""

    reading: Reading
    text: ReadText
    is_now: bool


@transaction.atomic
def give_answer(
    *,
    assents: Iterable[Assent],
    given: Given,
    text_sha256: str = "",
    reading: Reading | None = None,
    upload: Upload | None = None,
    consultation: Consultation | None = None,
    is_own: bool = False,
    by: User,
) -> list[Reply]:
    """The answer of each party, to the text of `reading`, else of now; the same again is no second one.

    `text_sha256` is the text that the one who answers had before them. Raises LetterError when it is another
    one by now or something is said of a paragraph that is not in it, and ValidationError for an answer
    without what it needs.
    """
    rows = list(assents)
    letter = open_letter(rows[0].letter)
    if letter.stand not in ANSWERABLE:
        raise LetterError(NOT_BEGUN)
    if reading is not None and reading.letter_id != letter.pk:
        raise LetterError(OTHER_LETTER)
    now = text_of(letter)[0]
    text = from_content(reading.content) if reading else now
    if text_sha256 and text_sha256 != text.sha256:
        raise LetterError(TEXT_CHANGED)
    for item in given.said:  # before anything of it is kept
        _found(item, text)
    with history(by=by, action="letter.answered"):
        is_now = reading is None or reading.sha256 == now.sha256
        read = _Read(reading or take_reading(letter, text), text, is_now)
        proof = _Proof(upload)
        return [
            _reply(row, given, read, proof, consultation, is_own=is_own, by=by)
            for row in Assent.objects.select_for_update()
            .filter(pk__in=[row.pk for row in rows])
            .order_by("pk")
        ]


@transaction.atomic
def meet_condition(*, assent: Assent, how: str, by: User) -> None:
    """What was asked with 'akkoord, mits' was done."""
    open_letter(assent.letter)
    row = Assent.objects.select_for_update().get(pk=assent.pk)
    if row.answer != Answer.AGREED_IF:
        raise LetterError("Het laatste antwoord van deze partij heeft geen voorwaarde.")
    row.met_on, row.met_how = timezone.localdate(), how
    with history(by=by, action="letter.condition-met", why=how):
        row.save(update_fields=["met_on", "met_how"])


def take_reading(letter: Letter, text: ReadText) -> Reading:
    """The text as a row; the same text is the same row, unless parties had another one since."""
    last = letter.readings.defer("content").first()
    if last is not None and last.sha256 == text.sha256:
        return last
    return Reading.objects.create(letter=letter, sha256=text.sha256, content=text.content())


class _Proof:
    """One uploaded file beside the answers of several parties: stored once."""

    def __init__(self, upload: Upload | None) -> None:
        self._upload, self._kept = upload, None

    _kept: StoredFile | None

    def beside(self, row: Reply) -> None:
        if self._upload is None:
            return
        if self._kept is None:
            files.keep(upload=self._upload, row=row)
            self._kept = row
            return
        for name in _FILE:
            setattr(row, name, getattr(self._kept, name))


def _reply(
    row: Assent,
    given: Given,
    read: _Read,
    proof: _Proof,
    consultation: Consultation | None,
    *,
    is_own: bool,
    by: User,
) -> Reply:
    if row.left_on is not None:
        raise LetterError(NOT_A_PARTY)
    reply = Reply(
        assent=row,
        answer=given.answer,
        given_on=given.given_on,
        function=given.function,
        proof=given.proof,
        remark=given.remark or _pointing(given),
        reading=read.reading,
        consultation=consultation,
        is_own=is_own,
        recorded_by=by,
    )
    if before := _same(row, reply, given.said):
        return before
    proof.beside(reply)
    _check(reply, given)
    reply.save()
    _say(reply, given.said, read.text)
    if row.given_on is None or row.given_on <= reply.given_on:  # else a later answer stands already
        _now(row, reply, read, by)
    return reply


def _same(row: Assent, reply: Reply, said: Iterable[Said]) -> Reply | None:
    """The last reply, when this one says nothing else: somebody pressed twice."""
    last = row.replies.first()
    told = ("answer", "given_on", "function", "proof", "remark", "reading_id", "consultation_id")
    if last is None or any(getattr(last, name) != getattr(reply, name) for name in told):
        return None
    if row.is_asked and not _precedes(row, last):
        return None
    remarks = {(item.section, item.sha256, item.remark) for item in said if item.remark}
    texts = {(item.section, item.sha256, item.new) for item in said if item.new}
    is_same = remarks == set(last.remarks.values_list("section", "sha256", "text")) and texts == set(
        last.proposals.values_list("section", "sha256", "new")
    )
    return last if is_same else None


def _check(reply: Reply, given: Given) -> None:
    """What the constraints would refuse, in words."""
    if given.given_on > timezone.localdate():
        raise ValidationError({"given_on": "Deze dag ligt in de toekomst."})
    reply.full_clean(exclude=["assent", "reading", "consultation", "recorded_by", "uploaded_by"])


def _pointing(given: Given) -> str:
    """An answer with a condition has a remark: what is said of paragraphs is one as well."""
    return "Zie de opmerkingen bij de alinea's." if given.said and given.answer != Answer.AGREED else ""


def _say(reply: Reply, said: Iterable[Said], text: ReadText) -> None:
    """Anchored to the paragraph as it was read."""
    for item in said:
        section, paragraph = _found(item, text)
        if item.remark:
            Remark.objects.create(
                reply=reply,
                section_id=section.key,
                heading=section.heading,
                sha256=item.sha256,
                words=paragraph.words,
                text=item.remark,
            )
        if item.new:
            Proposal.objects.create(
                letter=reply.assent.letter,
                section_id=section.key,
                sha256=item.sha256,
                old=paragraph.words,
                new=item.new,
                comment=item.remark,
                source=ProposalSource.PARTY,
                from_whom=f"{_called(reply.assent)}, {reply.function}"[:200],
                reply=reply,
                made_by=reply.recorded_by,
            )


def _found(item: Said, text: ReadText) -> tuple[ReadSection, ReadParagraph]:
    """Raises LetterError when the paragraph is there no more: what is said is never passed over."""
    found = text.find(item.section, item.sha256)
    if found is None:
        raise LetterError(GONE.format(Truncator(item.remark or item.new).chars(120)))
    return found


def _called(row: Assent) -> str:
    return names(row.letter, [row.organisation_id])[row.organisation_id][0]


def _precedes(row: Assent, reply: Reply) -> bool:
    """Whether it was given before the party was asked what it is asked now."""
    return row.asked_on is not None and reply.given_on < row.asked_on


def _now(row: Assent, reply: Reply, read: _Read, by: User) -> None:
    """The party's row tells the latest answer; one to an earlier text is no answer to a later question."""
    row.answer, row.given_on, row.function = reply.answer, reply.given_on, reply.function
    row.proof, row.remark, row.recorded_by = reply.proof, reply.remark, by
    row.reading, row.paragraphs = reply.reading, read.text.fingerprints
    row.is_asked = row.is_asked and not read.is_now and _precedes(row, reply)
    row.met_on, row.met_how = None, ""
    row.save()
