"""The letter of 2023 as one that went: who agreed, its line, what was frozen, printed and sent.

That it went on 15 February 2023, for whom and under which number is published; the days, functions and
remarks before that are made up, and say so. What was sent is our own text, with the four provinces that the
real letter told.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import pairwise
from textwrap import wrap

import pikepdf
from django.core.files.base import ContentFile

from buyergroups.models import BuyerGroup, Participation
from buyergroups.models.participations import ParticipationRole
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.uploads import DOCUMENTS
from mvi_portal.demo.agreement import EXAMPLE, FUNCTION, STEPS, at
from mvi_portal.demo.common import DEMO, LETTER_2023, Fields, Organisations, institution
from mvi_portal.demo.documents import plan
from mvi_portal.demo.letters import OF_2023
from mvi_portal.demo.register import BZ, BZK, EZ, LNV, OCW, SZW
from mvi_portal.demo.writer import Writer
from mvi_portal.files import services as files
from reports import content, frozen, pictures, render
from reports.agreement.reading import text_of
from reports.frozen import FrozenLetter
from reports.models import (
    Answer,
    Assent,
    AssentKind,
    Decision,
    Freeze,
    Letter,
    LetterState,
    LetterVersion,
    LineRecord,
    Parcel,
    Passage,
    Reply,
    SentFile,
    Verdict,
)
from reports.parcel import snapshots
from reports.parcel.letter import identifier
from reports.render.context import heading, printer_of
from reports.services.answering import take_reading
from reports.services.parcels import pack
from reports.services.sending import list_differences, pages_of

_KINDS = {AssentKind.ASSENT: (BZK, EZ, SZW, OCW, LNV, BZ), AssentKind.ALIGNMENT: ("ipo", "uvw", "vng")}
_BEGUN, _ANSWERED, _AGREED = date(2023, 1, 16), date(2023, 1, 26), date(2023, 1, 30)
_IN_LINE, _DECIDED, _FINAL, _SENT = date(2023, 2, 6), date(2023, 2, 10), date(2023, 2, 13), date(2023, 2, 15)
_ROAD = (_BEGUN, _AGREED, _DECIDED, _FINAL, _SENT)  # when it went on to each state
_OUR_WORDS, _SENT_WORDS = "vijf provincies", "vier provincies"
_WHY = "De brief noemde vier provincies; het register volgt de Staatscourant en telt er vijf."
_NOTE = re.compile(r'<span class="footnote">.*?</span>', re.DOTALL)
_END = re.compile(r"</(?:p|h\d|li|tr|caption)>")
_TAG = re.compile(r"<[^>]+>")
_LINES, _WIDTH = 36, 88  # on a page of what was sent, and letters on a line
_LATE = ("voorbeeldgroep-22", institution(1), PartialDate.day(date(2022, 11, 1)))


def load(users: dict[str, User], known: Organisations) -> None:
    """Once, for a letter that is new: it lies fixed from then on."""
    letter = Letter.objects.get(slug=OF_2023)
    by = users["secretariaat@voorbeeld.example"]
    freeze = _freeze(letter, by)
    _agree(letter, known, by)
    _decide(letter, by)
    for (before, after), day in zip(pairwise(LetterState), _ROAD, strict=True):
        moved = {"from_state": before, "to_state": after}
        Passage.objects.create(letter=letter, **moved, at=at(day, 16), by=by)
    letter.state, letter.sent_on = LetterState.SENT, _SENT
    letter.save(update_fields=["state", "sent_on"])
    version = _print(letter, freeze, by)
    _send(letter, version, by)
    _pack(version)


def load_late(writer: Writer, known: Organisations) -> None:
    """Told after the letter of 2023 was frozen: a member of a group, from before its reference date."""
    slug, key, since = _LATE
    row = {
        "group": BuyerGroup.objects.get(slug=slug),
        "organisation": known[key],
        "party_name": "",
        "role": ParticipationRole.LEARNING,
        "valid_from": since,
        **DEMO,
    }
    writer.write(Participation, [row], key=["group", "organisation", "party_name"])


def _freeze(letter: Letter, by: User) -> Freeze:
    register = content.register_of(letter.pk)
    return Freeze.objects.create(
        letter=letter,
        number=1,
        reference_date=register.reference_date,
        content=register.to_json(),
        sha256=register.sha256(),
        created_at=at(_FINAL, 11),
        created_by=by,
    )


def _agree(letter: Letter, known: Organisations, by: User) -> None:
    text = text_of(letter)[0]
    reading = take_reading(letter, text)
    shared: Fields = {
        "answer": Answer.AGREED,
        "given_on": _ANSWERED,
        "function": FUNCTION,
        "proof": f"mail ({EXAMPLE})",
        "reading": reading,
        "recorded_by": by,
    }
    asked: Fields = {"letter": letter, "asked_on": _BEGUN, "due_on": _AGREED, "paragraphs": text.fingerprints}
    rows = [
        Assent(organisation=known[key], kind=kind, **asked, **shared)
        for kind, keys in _KINDS.items()
        for key in keys
    ]
    Reply.objects.bulk_create(
        Reply(assent=row, recorded_at=at(_ANSWERED), **shared) for row in Assent.objects.bulk_create(rows)
    )


def _decide(letter: Letter, by: User) -> None:
    shared: Fields = {
        "letter": letter,
        "proof": f"parafenlijn ({EXAMPLE})",
        "text_sha256": text_of(letter)[0].sha256,
        "recorded_by": by,
    }
    for hour, step in enumerate(STEPS, 9):
        function = f"{step} ({EXAMPLE})"
        LineRecord.objects.create(
            **shared, step=step, function=function, done_on=_IN_LINE, recorded_at=at(_IN_LINE, hour)
        )
    decided: Fields = {"office": letter.sender, "verdict": Verdict.AGREED, "decided_on": _DECIDED}
    Decision.objects.create(**shared, **decided, recorded_at=at(_DECIDED))


def _print(letter: Letter, freeze: Freeze, by: User) -> LetterVersion:
    from mvi_portal.core import pdf  # only when there is something to print

    told = content.gather(letter.pk, on=letter.reference_date)
    with pdf.identified(identifier(told)):
        made = pdf.write(render.to_html(told))
    with pikepdf.open(io.BytesIO(made)) as opened:
        pages = len(opened.pages)
    version = LetterVersion(
        letter=letter,
        number=1,
        reference_date=letter.reference_date,
        freeze=freeze,
        content=told.to_json(),
        content_sha256=told.sha256(),
        file_sha256=hashlib.sha256(made).hexdigest(),
        pages=pages,
        created_at=at(_FINAL, 12),
        created_by=by,
    )
    version.file.save(f"demo/{letter.slug}.pdf", ContentFile(made), save=False)
    version.save()
    pictures.ask(version, by=by)
    return version


def _pack(version: LetterVersion) -> None:
    """What went with it: a worker makes it of what was frozen, when there is one; nobody waits for it."""
    parcel = Parcel(version=version)
    snapshots.tell(parcel)
    parcel.save()
    pack(parcel=parcel, by=None)


def _lines(letter: FrozenLetter) -> Iterator[str]:
    """The text as printed, without its footnotes, on lines of plain paper."""
    printer = printer_of(letter)
    for section in letter.sections:
        html = _NOTE.sub("", printer.passage(section.html, where=heading(section)))
        text = unescape(_TAG.sub(" ", _END.sub("\n", html))).replace(_OUR_WORDS, _SENT_WORDS)
        for block in (heading(section), *text.split("\n")):
            yield from wrap(" ".join(block.split()), _WIDTH)


def _send(letter: Letter, version: LetterVersion, by: User) -> None:
    """Our own words on plain paper, as a house would sign them."""
    lines = list(_lines(frozen.from_json(version.content)))
    told = [lines[begin : begin + _LINES] for begin in range(0, len(lines), _LINES)]
    row = SentFile(
        letter=letter,
        version=version,
        dated=_SENT,
        reference=letter.reference,
        sent_on=_SENT,
        citation=LETTER_2023,
    )
    signed = ContentFile(plan(letter.title, told), name=f"{letter.slug}-ondertekend.pdf")
    files.attach(file=signed, row=row, by=by, kinds=DOCUMENTS)
    row.uploaded_at = at(_SENT, 17)
    row.save()
    list_differences(row, version, pages_of(row))
    for found in row.differences.filter(frozen__contains="vijf"):
        found.explanation, found.explained_at, found.explained_by = _WHY, at(_SENT, 17), by
        found.save()
