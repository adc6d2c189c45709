"""The open remarks beside a text that is written, and what is done with them there.

Their buttons belong to the form of the text: whoever presses one, sends the text along, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mvi_portal.accounts.models import User
from mvi_portal.core.prose import Paragraph, paragraphs
from reports import services
from reports.errors import LetterError
from reports.models import Comment, Written

NO_REMARK = "Die opmerking is niet gevonden. Kies de knop op deze pagina opnieuw."
ACT, PLACE, WORDS = "doe", "alinea", "opmerking"
NEW, SETTLE, REPLY = "opmerking", "klaar", "antwoord"
_SHORT = 90


@dataclass(frozen=True)
class OpenRemark:
    """A remark that is not settled, with its answers and what was typed as the next one."""

    comment: Comment
    replies: list[Comment]
    typed: str


@dataclass(frozen=True)
class Spoken:
    """A paragraph with its open remarks; `is_gone` when it is not in the text any more."""

    words: str
    is_gone: bool
    remarks: list[OpenRemark]


def beside(section: Written, typed: Mapping[str, str]) -> dict[str, object]:
    """For the page: remarks in the order of the text, then those on what is gone; and what was typed."""
    blocks = list({item.sha256: item for item in paragraphs(section.text)}.values())
    rows = section.comments.open().select_related("by").prefetch_related("replies__by")
    found = [OpenRemark(row, list(row.replies.all()), typed.get(f"{REPLY}-{row.pk}", "")) for row in rows]
    return {
        "spoken": [*_here(blocks, found), *_gone(blocks, found)],
        "open_count": len(found),
        "places": [(block.sha256, _short(block)) for block in blocks],
        "chosen": typed.get(PLACE, ""),
        "typed": typed.get(WORDS, ""),
    }


def act(section: Written, data: Mapping[str, str], by: User) -> str:
    """What the button asks, and what is told of it. Raises LetterError."""
    verb, _dash, key = data.get(ACT, "").partition("-")
    if verb == NEW:
        place, words = data.get(PLACE, ""), data.get(WORDS, "")
        services.comment(section=section, anchor=place, text=words, follows=True, by=by)
        return "De tekst is bewaard en uw opmerking staat erbij."
    if verb not in (SETTLE, REPLY) or not key.isdecimal():
        raise LetterError(NO_REMARK)
    remark = section.comments.filter(parent__isnull=True, pk=key).first()
    if remark is None:
        raise LetterError(NO_REMARK)
    if verb == SETTLE:
        services.settle(remark=remark, by=by)
        return "De tekst is bewaard en de opmerking is afgehandeld."
    services.reply(to=remark, text=data.get(f"{REPLY}-{key}", ""), by=by)
    return "De tekst is bewaard en uw antwoord staat erbij."


def _here(blocks: list[Paragraph], found: list[OpenRemark]) -> list[Spoken]:
    told = ((block, [item for item in found if item.comment.anchor == block.sha256]) for block in blocks)
    return [Spoken(_short(block), is_gone=False, remarks=remarks) for block, remarks in told if remarks]


def _gone(blocks: list[Paragraph], found: list[OpenRemark]) -> list[Spoken]:
    here = {block.sha256 for block in blocks}
    return [
        Spoken(item.comment.words, is_gone=True, remarks=[item])
        for item in found
        if item.comment.anchor not in here
    ]


def _short(block: Paragraph) -> str:
    text = block.text or "tabel of grafiek"
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]} …"
