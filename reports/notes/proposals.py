"""What a new note says to begin with: proposals from the letter, which its writer rewrites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.html import escape

from monitoring import overview
from monitoring.models import PositionKind, ProgrammeKind
from mvi_portal.core import prose
from mvi_portal.core.dates import long_date
from mvi_portal.core.prose.paragraphs import paragraphs
from reports.models import Letter, Section
from reports.models.notes import (
    ADVICE,
    BUSINESS,
    COMMUNICATION,
    FORCES,
    KEY_POINTS,
    MONEY,
    OCCASION,
    POLITICS,
    ROLES,
)
from reports.surroundings import Offer, Scope, covers, moments, positions, programmes
from signatories.models import Office

MOST = 3  # sentences of one section
MOST_PARAGRAPHS = 12  # of one section, the latest
_NOTES = re.compile(r"<mvi-footnote>.*?</mvi-footnote>|<mvi-citation\b[^>]*></mvi-citation>", re.DOTALL)
_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[A-Z<])")
_FIGURE = "<mvi-figure"


def proposed(letter: Letter, office: Office) -> dict[str, str]:
    """By the slug of the section, as prose."""
    is_sender = office.pk == letter.sender_id
    return {
        OCCASION: _occasion(letter, is_sender=is_sender),
        ADVICE: _advice(is_sender=is_sender),
        KEY_POINTS: "".join(_key_points(letter)),
        **_surroundings(letter),
    }


def _surroundings(letter: Letter) -> dict[str, str]:
    """What the register holds of the other sections, since the letter before."""
    scope = Scope(letter.reference_date, letter.counts_from, of_all_lines=True)
    roles = overview.roles(letter.frame, scope.on)
    return {
        FORCES: _told(positions(scope, kind=PositionKind.GOVERNMENTS)),
        POLITICS: _told(positions(scope, kind=PositionKind.POLITICS))
        + _told(programmes(scope, kind=ProgrammeKind.PROGRAMME)),
        BUSINESS: _told(positions(scope, kind=PositionKind.BUSINESS))
        + _told(programmes(scope, kind=ProgrammeKind.INSTRUMENT)),
        MONEY: _told(covers(scope, letter.frame)),
        ROLES: "".join(f"<p>{escape(label)}: {escape(who)}.</p>" for label, who in roles),
        COMMUNICATION: _told(moments(scope)),
    }


def _told(offers: Iterable[Offer]) -> str:
    return "".join(offer.html for offer in islice(offers, MOST_PARAGRAPHS))


def _occasion(letter: Letter, *, is_sender: bool) -> str:
    who = (
        "laat u de Tweede Kamer weten"
        if is_sender
        else f"laat {_within(letter.sender.title)} de Tweede Kamer, mede namens u, weten"
    )
    since = letter.counts_from
    compared = f" De brief laat zien wat er sinds {long_date(since)} is veranderd." if since else ""
    return (
        f"<p>Met bijgaande brief {escape(who)} hoe het staat met het {escape(letter.frame.plan_title)}. "
        f"De cijfers gelden op {long_date(letter.reference_date)}.{compared}</p>"
    )


def _advice(*, is_sender: bool) -> str:
    if is_sender:
        return (
            "<p>Wij vragen u om in te stemmen met bijgaande brief en die naar de Tweede Kamer te sturen.</p>"
        )
    return (
        "<p>Wij vragen u om ermee in te stemmen dat deze brief mede namens u naar de Tweede Kamer gaat.</p>"
    )


def _key_points(letter: Letter) -> Iterator[str]:
    """For each line of the letter its heading, and the sentences that tell its figures."""
    for section in letter.sections.select_related("line").order_by("order"):
        if section.line_id and (told := list(_sentences(section))):
            items = "".join(f"<li>{sentence}</li>" for sentence in told[:MOST])
            yield f"<h3>{escape(section.heading)}</h3><ul>{items}</ul>"


def _sentences(section: Section) -> list[str]:
    """Those with a figure; when there is none, the first that the section says."""
    found = [sentence for block in _blocks(section.text) for sentence in _BETWEEN.split(block)]
    whole = [sentence for sentence in found if _is_whole(sentence)]
    return [sentence for sentence in whole if _FIGURE in sentence] or whole[:1]


def _blocks(text: str) -> Iterator[str]:
    """The words of each paragraph, without its notes."""
    for paragraph in paragraphs(text):
        if paragraph.html.startswith("<p>"):
            yield _NOTES.sub("", paragraph.html.removeprefix("<p>").removesuffix("</p>")).strip()


def _is_whole(sentence: str) -> bool:
    """Not cut within a link or words in bold."""
    block = f"<p>{sentence}</p>"
    return bool(sentence) and prose.clean(block) == block


def _within(title: str) -> str:
    return title[:1].lower() + title[1:]
