"""What the checks look at: a letter with its notes, their texts and figures, each read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from monitoring import compared
from monitoring.models import PublishedFigure
from monitoring.naming import shortened
from mvi_portal.core import prose
from mvi_portal.core.figures import registry
from mvi_portal.core.prose import Paragraph
from reports.content.demands import Demand, demands_of
from reports.content.figures import Figures, live_figures
from reports.frozen import FrozenLetter, from_json
from reports.models import DecisionNote, Letter, LetterVersion, NoteSection, Section, Written

GAP = "\ufffc"  # where a live figure stands


@dataclass(frozen=True)
class Passage:
    """One paragraph of a section: its words with a gap for each live figure, footnotes apart."""

    section: Written
    paragraph: Paragraph
    words: str
    notes: tuple[str, ...]

    @property
    def place(self) -> str:
        """Its beginning, to find it by."""
        return shortened(self.paragraph.text, 80)


class Subject:
    """A letter and its decision notes as they are now; `texts` narrows it to what somebody is writing."""

    def __init__(self, letter: Letter, texts: Sequence[Written] | None = None) -> None:
        self.letter = letter
        self.is_whole = texts is None
        self.texts: list[Written] = _all(letter) if texts is None else list(texts)

    @property
    def sections(self) -> list[Section]:
        """The parts of the letter itself."""
        return [text for text in self.texts if isinstance(text, Section)]

    @property
    def notes(self) -> list[DecisionNote]:
        return list(
            {text.note_id: text.note for text in self.texts if isinstance(text, NoteSection)}.values()
        )

    @property
    def on(self) -> date:
        return self.letter.reference_date

    @cached_property
    def passages(self) -> list[Passage]:
        return [passage for text in self.texts for passage in _passages(text)]

    @cached_property
    def demands(self) -> dict[int, list[Demand]]:
        """Per text, by its place; a node that says too little is told by another check."""
        return {index: demands_of([text])[0] for index, text in enumerate(self.texts)}

    @cached_property
    def figures(self) -> Figures:
        """All of the register: a number that was typed may be any of them."""
        return self._read()

    @cached_property
    def asked(self) -> Figures:
        """Of the lines that the texts ask of, which is all that a figure in them needs."""
        if "figures" in self.__dict__:
            return self.figures
        return self._read({registry.get(item.key).line for item in self._known})

    @property
    def _known(self) -> list[Demand]:
        return [item for asked in self.demands.values() for item in asked if item.key in registry]

    def _read(self, lines: Set[str] | None = None) -> Figures:
        charts = {item.key: item.chart_from for item in self._known if item.is_chart}
        return live_figures(on=self.on, since=self.letter.counts_from, charts=charts, lines=lines)

    @cached_property
    def published(self) -> list[PublishedFigure]:
        """What documents stated, the latest first."""
        return list(PublishedFigure.objects.order_by("-dated", "pk"))

    @cached_property
    def published_before(self) -> list[PublishedFigure]:
        return [row for row in self.published if row.dated.last_day <= self.letter.dated]

    @cached_property
    def compared(self) -> dict[int, compared.Compared]:
        return compared.compare(self.published)

    @cached_property
    def sent(self) -> list[FrozenLetter]:
        """Letters that the portal sent before this one, of the days that its figures are of."""
        days = [day for day in (self.on, self.letter.counts_from) if day]
        rows = LetterVersion.objects.filter(
            sent_files__isnull=False, reference_date__in=days, letter__dated__lte=self.letter.dated
        )
        rows = rows.exclude(letter=self.letter).exclude(content="").order_by("-letter__dated", "letter")
        return [from_json(content) for content in rows.values_list("content", flat=True)]

    @cached_property
    def text(self) -> str:
        """All words of the letter itself, and what it cites."""
        cited = [node.ref for node in self.nodes if isinstance(node, prose.CitationNode)]
        own = [item for item in self.passages if isinstance(item.section, Section)]
        return "\n".join([*(item.paragraph.text for item in own), *cited])

    @cached_property
    def nodes(self) -> list[prose.Node]:
        return [node for section in self.sections for node in nodes_of(section)]


def _all(letter: Letter) -> list[Written]:
    return [*letter.sections.select_related("line").order_by("order"), *note_texts(letter)]


def note_texts(letter: Letter) -> list[NoteSection]:
    """The sections of all notes of the letter; two queries, or one when it has none."""
    rows = NoteSection.objects.filter(note__letter=letter).select_related("note__office")
    found = list(rows.prefetch_related("withholdings").order_by("note", "order"))
    for row in found:
        row.note.letter = letter
    return found


def nodes_of(section: Written) -> list[prose.Node]:
    try:
        return prose.nodes(section.text)
    except prose.ProseError:
        return []


def _passages(section: Written) -> Iterator[Passage]:
    for paragraph in prose.paragraphs(section.text):
        notes: list[str] = []
        yield Passage(section, paragraph, _words(paragraph, notes), tuple(notes))


def _words(paragraph: Paragraph, notes: list[str]) -> str:
    """Its words; what a footnote says goes to `notes`."""

    def shown(node: prose.Node) -> str:
        if isinstance(node, prose.FootnoteNode):
            notes.append(prose.plain_text(node.html).replace("…", GAP))
        return GAP if isinstance(node, prose.FigureNode) else ""

    try:
        return prose.plain_text(prose.render(paragraph.html, shown))
    except prose.ProseError:
        return paragraph.text
