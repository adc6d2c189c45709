"""Sent: what truly went is stored and compared, and the letter is locked. Its number comes afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core import citations
from mvi_portal.core.uploads.pdfs import texts_of
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.history import history
from reports.agreement.final import Final
from reports.agreement.sent import compare, says_something
from reports.errors import LetterError
from reports.frozen import from_json
from reports.models import Letter, LetterState, LetterVersion, SentDifference, SentFile
from reports.services.passing import at_hand, passed
from reports.states import obstacles

NO_VERSION = "Deze versie is niet klaar, of is van een andere brief. Kies de versie die is verzonden."
NO_CITATION = (
    "Dit is geen vindplaats die wij herkennen. Bijvoorbeeld: Kamerstukken II 2024/25, 30 196, nr. 840."
)


@transaction.atomic
def send_letter(
    *,
    letter: Letter,
    expected: LetterState,
    upload: Upload,
    version: LetterVersion,
    dated: date,
    sent_on: date,
    reference: str,
    by: User,
) -> SentFile:
    """The signed file as it went. What differs from the frozen version is listed; then nothing changes.

    A scan has no text to lay beside it; that is kept with it.

    Raises LetterError when somebody else was first, the letter is not final, or the version is not what was
    to be signed: without CONCEPT, of the last text and the last freeze. ValidationError for a date.
    """
    found = at_hand(letter, expected)
    if found.stand is not LetterState.FINAL:
        raise LetterError("Alleen een brief die definitief is, wordt verzonden.")
    if missing := obstacles(found, LetterState.SENT):
        raise LetterError(missing)
    if version.letter_id != found.pk or not version.is_ready:
        raise LetterError(NO_VERSION)
    if why := Final(found).why_not(version):
        raise LetterError(why)
    if sent_on > timezone.localdate():
        raise ValidationError({"sent_on": "Deze dag ligt in de toekomst."})
    with history(by=by, action="letter.sent"):
        row = SentFile(letter=found, version=version, dated=dated, sent_on=sent_on, reference=reference)
        files.keep(upload=upload, row=row)
        pages = pages_of(row)
        row.is_compared = says_something(pages)
        row.full_clean(exclude=["letter", "version", "uploaded_by"])
        row.save()
        if row.is_compared:
            list_differences(row, version, pages)
        found.sent_on = sent_on
        passed(found, LetterState.SENT, by=by)
    return row


def pages_of(row: SentFile) -> list[str]:
    """The text of each page of the file."""
    with row.file.open("rb") as file:
        return texts_of(file)


def list_differences(row: SentFile, version: LetterVersion, pages: Sequence[str]) -> None:
    """Where the pages say something else than the version, as rows beside the file."""
    found = compare(from_json(version.content), pages)
    SentDifference.objects.bulk_create(
        SentDifference(
            sent_file=row,
            number=number,
            kind=item.kind,
            where=item.where[:250],
            around=item.around[:500],
            frozen=item.frozen,
            sent=item.sent,
        )
        for number, item in enumerate(found, 1)
    )


@transaction.atomic
def explain_difference(*, difference: SentDifference, explanation: str, by: User) -> None:
    """Why what was sent says something else."""
    row = SentDifference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    if row.explanation == explanation:
        return
    row.explanation, row.explained_at, row.explained_by = explanation, timezone.now(), by
    with history(by=by, action="letter.difference-explained"):
        row.save(update_fields=["explanation", "explained_at", "explained_by"])


@transaction.atomic
def cite(*, sent_file: SentFile, citation: str, by: User) -> str:
    """The number that parliament gave the letter, in its one form. Raises ValidationError."""
    try:
        told = str(citations.parse(citation))
    except citations.CitationError as error:
        raise ValidationError({"citation": NO_CITATION}) from error
    row = SentFile.objects.select_for_update(of=("self",)).get(pk=sent_file.pk)
    row.citation = told
    with history(by=by, action="letter.cited"):
        row.save(update_fields=["citation"])
    return told
