"""The text of a letter as a party has it before it: paragraph by paragraph, with the figures as printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.html import escape

from mvi_portal.core import prose
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.wording import phrase
from mvi_portal.core.prose.paragraphs import Paragraph, paragraphs
from reports import content
from reports.frozen import FrozenLetter
from reports.models import Letter, NoteSection, Reading, Section

WRITTEN = ("<p", "<h", "<ul", "<ol", "<blockquote")  # what a party can propose other words for


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph: as it is stored, in the words that are printed, and the value of each figure in it."""

    html: str
    words: str
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return Paragraph(self.html).sha256

    @property
    def is_written(self) -> bool:
        """Words, and no table or chart."""
        return self.html.startswith(WRITTEN)


@dataclass(frozen=True)
class ReadSection:
    """A section by its key in the database."""

    key: int
    heading: str
    paragraphs: tuple[ReadParagraph, ...]


@dataclass(frozen=True)
class ReadText:
    """The whole text at one moment."""

    sections: tuple[ReadSection, ...]

    def content(self) -> list[dict[str, Any]]:
        """As it is stored."""
        return [
            {
                "section": section.key,
                "heading": section.heading,
                "paragraphs": [
                    {"html": item.html, "words": item.words, "figures": dict(item.figures)}
                    for item in section.paragraphs
                ],
            }
            for section in self.sections
        ]

    @property
    def sha256(self) -> str:
        told = json.dumps(self.content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def fingerprints(self) -> list[str]:
        return [paragraph.sha256 for _section, paragraph in self]

    def __iter__(self) -> Iterator[tuple[ReadSection, ReadParagraph]]:
        return ((section, item) for section in self.sections for item in section.paragraphs)

    def find(self, section: int, sha256: str) -> tuple[ReadSection, ReadParagraph] | None:
        """The paragraph with this fingerprint; None when it is not in this text."""
        found = (item for item in self if item[0].key == section and item[1].sha256 == sha256)
        return next(found, None)


def from_content(stored: list[dict[str, Any]]) -> ReadText:
    """The text of a stored reading."""
    return ReadText(
        tuple(
            ReadSection(
                item["section"],
                item["heading"],
                tuple(ReadParagraph(**paragraph) for paragraph in item["paragraphs"]),
            )
            for item in stored
        )
    )


def read_on(letter: Letter, day: date) -> Reading | None:
    """The text that was last put before parties on this day or earlier."""
    return letter.readings.filter(taken_at__date__lte=day).first()


def text_of(letter: Letter) -> tuple[ReadText, FrozenLetter]:
    """The text of now, with the figures on the letter's reference date; and the letter that prints it."""
    drawn = content.draft(letter.pk).letter
    rows = letter.sections.select_related("line").order_by("order")
    return ReadText(read_sections(rows, drawn.figures)), drawn


def read_sections(
    rows: Iterable[Section | NoteSection], figures: Mapping[str, FrozenFigure]
) -> tuple[ReadSection, ...]:
    return tuple(ReadSection(row.pk, str(row), _read(row.text, figures)) for row in rows)


def _read(html: str, figures: Mapping[str, FrozenFigure]) -> tuple[ReadParagraph, ...]:
    return tuple(read_paragraph(item.html, figures) for item in paragraphs(html))


def read_paragraph(html: str, figures: Mapping[str, FrozenFigure]) -> ReadParagraph:
    """The paragraph in words, with each figure as it is printed; one that cannot be printed is "…"."""
    try:
        found = prose.nodes(html)
        words = prose.plain_text(prose.render(html, lambda node: _said(node, figures)))
    except prose.ProseError:
        return ReadParagraph(html, prose.plain_text(html))
    keys = sorted({key for node in found for key in _keys(node) if key in figures})
    return ReadParagraph(html, words, {key: figures[key].value for key in keys})


def _keys(node: prose.Node) -> tuple[str, ...]:
    match node:
        case prose.FigureNode() | prose.ChartNode():
            return (node.key,)
        case prose.TableNode():
            return node.keys
        case _:
            return ()


def _said(node: prose.Node, figures: Mapping[str, FrozenFigure]) -> str:
    match node:
        case prose.FigureNode():
            return escape(_figure(node, figures))
        case prose.FootnoteNode():
            return f" ({node.html})"
        case prose.CitationNode():
            return escape(node.ref) if node.in_footnote else ""
        case _:
            return f"<p>{escape(node.title)}</p>"


class Saying:
    """How a node of a letter reads in words; its figures are asked when the first one is met."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter

    @cached_property
    def _figures(self) -> Mapping[str, FrozenFigure]:
        return content.draft(self._letter.pk).letter.figures

    def __call__(self, node: prose.Node) -> str:
        match node:
            case prose.FigureNode():
                return _figure(node, self._figures)
            case prose.TableNode() | prose.ChartNode():
                return node.title
            case _:
                return ""


def _figure(node: prose.FigureNode, figures: Mapping[str, FrozenFigure]) -> str:
    try:
        return phrase(figures[node.key], node.form)
    except (KeyError, ValueError):
        return "…"
