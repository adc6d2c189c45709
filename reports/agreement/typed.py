"""What was typed at the paragraphs of a text, also when the text changed meanwhile: nothing of it goes.

The boxes of a paragraph are named after it: `opm-` its remark, `nieuw-` its words as they are wished, and
`was-` a fingerprint of the words that stood there when the page was opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.prose.paragraphs import Paragraph, paragraphs
from reports.agreement.comparing import Change, changes
from reports.agreement.reading import ReadParagraph, ReadSection, ReadText, read_paragraph
from reports.composing.earlier import states
from reports.models import Letter, Section

_TOLD = {"opm": "Bij een alinea die intussen is gewijzigd", "nieuw": "Uw tekst voor een alinea van toen"}


def box(section: int, sha256: str) -> str:
    """What the boxes of a paragraph are called."""
    return f"{section}-{sha256[:16]}"


def print_of(words: str) -> str:
    """Of words, however a browser ends its lines."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def lines(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()


def is_left(data: Any, name: str) -> bool:
    """Whether the words of a paragraph still stand as the page showed them."""
    now = data.get(f"nieuw-{name}")
    return now is None or print_of(str(now)) == data.get(f"was-{name}")


def lost(data: Any, text: ReadText) -> Iterator[str]:
    """What was typed at a paragraph that is not there any more."""
    known = {box(section.key, item.sha256) for section, item in text}
    for name in data:
        kind, _, where = name.partition("-")
        value = lines(data.get(name, ""))
        if kind not in _TOLD or where in known or not value or (kind == "nieuw" and is_left(data, where)):
            continue
        yield f"{_TOLD[kind]}: {value}"


def with_lost(data: Any, found: Sequence[str]) -> Any:
    """Nothing that was typed goes: it stands in the remark."""
    if not found:
        return data
    changed = data.copy()
    changed["remark"] = "\n\n".join([str(data.get("remark", "")).strip(), *found]).strip()
    return changed


class Meanwhile:
    """What changed between the page that was sent and the text of now; what was typed goes along with it."""

    def __init__(
        self, data: Any, *, letter: Letter, text: ReadText, figures: Mapping[str, FrozenFigure]
    ) -> None:
        shown = _sections(data)
        self._found = changes(_page(letter, text, shown, figures), text) if shown else []
        self._values = [
            (section.key, item.sha256) for section, item in text if _is_other(data, section, item)
        ]
        self.data = data.copy()
        for change in self._found:
            self._take_along(change)

    @property
    def gone(self) -> list[Change]:
        """Paragraphs that are not there any more."""
        return [change for change in self._found if change.new is None]

    @property
    def changed(self) -> dict[tuple[int, str], Change | None]:
        """By section and fingerprint of now; None when only a value is another one."""
        told: dict[tuple[int, str], Change | None] = dict.fromkeys(self._values)
        return told | {(item.section, item.new.sha256): item for item in self._found if item.new}

    def _take_along(self, change: Change) -> None:
        """To the boxes of what the paragraph is now; what has no box any more is told with what is lost."""
        if change.old is None or change.new is None:
            return
        old, new = (box(change.section, item.sha256) for item in (change.old, change.new))
        if remark := self.data.pop(f"opm-{old}", [""])[-1]:
            self.data[f"opm-{new}"] = remark
        if change.new.is_written and not is_left(self.data, old):
            self.data[f"nieuw-{new}"] = self.data.pop(f"nieuw-{old}")[-1]


def _is_other(data: Any, section: ReadSection, item: ReadParagraph) -> bool:
    """The same paragraph with another value in it."""
    shown = data.get(f"was-{box(section.key, item.sha256)}")
    return shown is not None and shown != print_of(item.words)


def _sections(data: Any) -> dict[int, list[str]]:
    """By section the fingerprints of its paragraphs, as they were on the page."""
    found: dict[int, list[str]] = {}
    for name in data:
        kind, _, where = name.partition("-")
        section, _, sha256 = where.partition("-")
        if kind == "was" and section.isdecimal():
            found.setdefault(int(section), []).append(sha256)
    return found


def _page(
    letter: Letter,
    text: ReadText,
    shown: Mapping[int, Sequence[str]],
    figures: Mapping[str, FrozenFigure],
) -> ReadText:
    """The text as it was on the page, as far as the history tells, with the figures of now."""
    now = {section.key: section for section in text.sections}
    rows = letter.sections.filter(pk__in=[key for key in shown if key < 2**31]).order_by("order")
    found = (_as_shown(row, now[row.pk], shown[row.pk], figures) for row in rows)
    return ReadText(tuple(section for section in found if section))


def _as_shown(
    row: Section, now: ReadSection, shown: Sequence[str], figures: Mapping[str, FrozenFigure]
) -> ReadSection | None:
    if _prints(now.paragraphs) == shown:
        return now
    for state in states(row):
        blocks = paragraphs(state.text)
        if _prints(blocks) == shown:
            return ReadSection(row.pk, str(row), tuple(read_paragraph(item.html, figures) for item in blocks))
    return None


def _prints(blocks: Iterable[Paragraph | ReadParagraph]) -> list[str]:
    return [item.sha256[:16] for item in blocks]
