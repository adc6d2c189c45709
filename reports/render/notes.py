"""The decision note as HTML, from what was frozen: no query, no clock. A public edition names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mvi_portal.core.dates import long_date
from mvi_portal.core.printing import house, tables
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenTable
from mvi_portal.core.printing.nodes import Printer
from reports.errors import LetterError
from reports.frozen import FrozenAnnex, FrozenLetter, FrozenSender
from reports.models.notes import ANNEXES, WITHHELD, Ground
from reports.parcel.plan import Edition, FrozenNote, FrozenNoteSection

DOCUMENT = "deze nota"
INTERNAL = "INTERN"
NOTHING_YET = "Deze sectie is nog niet geschreven."
NOTHING_LEFT = "De tekst van deze sectie is niet openbaar."
ALL_PUBLIC = "Niet van toepassing: deze nota wordt in haar geheel openbaar."
_LETTER = "De brief waarover u beslist"
_SEPARATE, _INCLUDED = "Gaat als los document met de brief mee", "Staat achter in de brief"


@dataclass(frozen=True)
class About:
    """What a note tells of its letter."""

    title: str
    annexes: Sequence[FrozenAnnex] = ()


@dataclass(frozen=True)
class Part:
    """A section as it is printed."""

    title: str
    html: SafeString


class NoteParts:
    """The sections of one edition as they are printed, with what keeps them from that."""

    def __init__(
        self, sections: Sequence[FrozenNoteSection], about: About, edition: Edition, printer: Printer
    ) -> None:
        self.sections, self.about, self.edition, self.printer = sections, about, edition, printer
        together = groupby(sections, key=lambda part: (part.slug, part.title))
        self.parts = [self._part(slug, title, list(runs)) for (slug, title), runs in together]
        self.problems = list(dict.fromkeys(printer.problems))

    @property
    def is_internal(self) -> bool:
        return self.edition is Edition.INTERNAL

    def _part(self, slug: str, title: str, runs: list[FrozenNoteSection]) -> Part:
        shown = [run for run in runs if self.is_internal or not run.withheld]
        html = format_html_join("", "{}", ((self._run(run, title),) for run in shown if run.html))
        return Part(title, format_html("{}{}", html, self._added(slug, runs, shown)))

    def _run(self, run: FrozenNoteSection, title: str) -> SafeString:
        printed = self.printer.passage(run.html, where=title)
        if not run.withheld:
            return printed
        return format_html(
            '<div class="withheld"><p class="ground">Niet openbaar: {}</p>{}</div>',
            Ground(run.withheld).label,
            printed,
        )

    def _added(self, slug: str, runs: list[FrozenNoteSection], shown: list[FrozenNoteSection]) -> SafeString:
        """What the portal itself says in the section."""
        if slug == WITHHELD:
            return self._account()
        if slug == ANNEXES:
            return tables.of_rows([self._annexes()])
        if any(run.html for run in shown):
            return SafeString()
        return format_html("<p>{}</p>", NOTHING_LEFT if any(run.html for run in runs) else NOTHING_YET)

    def _account(self) -> SafeString:
        """Which sections miss a passage, and on which ground: what they say is not told."""
        found = Counter((run.title, run.withheld) for run in self.sections if run.withheld)
        if not found:
            return format_html("<p>{}</p>", ALL_PUBLIC)
        rows = tuple((title, Ground(ground).label, str(count)) for (title, ground), count in found.items())
        table = FrozenTable(
            "Passages die niet openbaar zijn",
            ("Sectie", "Grond in de Wet open overheid", "Passages"),
            rows,
            (2,),
        )
        told = "Van deze nota zijn enkele passages niet openbaar. De tabel noemt de sectie en de grond."
        return format_html("<p>{}</p>{}", told, tables.of_rows([table]))

    def _annexes(self) -> FrozenTable:
        rows = [("1", f"Brief: {self.about.title}", _LETTER)]
        rows += [
            (
                str(number),
                f"Bijlage {annex.number} bij de brief: {annex.title}",
                _INCLUDED if annex.is_inside else _SEPARATE,
            )
            for number, annex in enumerate(self.about.annexes, 2)
        ]
        return FrozenTable("Bijlagen bij deze nota", ("Nr.", "Naam", "Informatie"), tuple(rows))


class NoteContext(NoteParts):
    """All that the template asks for of one edition, with what keeps it from being printed."""

    def __init__(
        self,
        note: FrozenNote,
        letter: FrozenLetter,
        edition: Edition,
        *,
        printer: Printer | None = None,
        link: Callable[[str], str] | None = None,
    ) -> None:
        self.note, self.letter = note, letter
        printer = printer or Printer(
            figures_with(note, letter),
            on=letter.reference_date,
            since=letter.since,
            document=DOCUMENT,
            link=link,
            series=note.series,
        )
        super().__init__(note.sections, About(letter.title, letter.annexes), edition, printer)

    @property
    def figures(self) -> list[FrozenFigure]:
        return list(self.printer.used.values())

    @property
    def is_demo(self) -> bool:
        return self.letter.is_demo or any(item.is_demo for item in self.note.series.values())

    @property
    def sender(self) -> FrozenSender:
        """Of the ministry whose office decides; it is one of those that send the letter."""
        every = (self.letter.sender, *self.letter.co_senders)
        return next((item for item in every if item.office == self.note.office), self.letter.sender)

    @property
    def ministry(self) -> str:
        name = self.sender.organisation.name_with_kind
        return name[:1].upper() + name[1:]

    @property
    def addressee(self) -> str:
        holder = f" ({self.note.holder})" if self.is_internal and self.note.holder else ""
        return f"{self.note.addressee}{holder}"

    @property
    def head(self) -> house.Head:
        told = {
            house.CONCEPT: self.letter.is_concept,
            INTERNAL: self.is_internal,
            house.DEMO: self.is_demo,
        }
        notice = f"{house.DEMO}: deze nota is een voorbeeld; een deel van de gegevens is verzonnen."
        return house.Head(
            sender=self.ministry,
            title=self.letter.title,
            dated=self.letter.dated,
            addressee=(self.addressee,),
            reference=self.note.reference,
            aside=tuple(self._aside()),
            marks=tuple(mark for mark, holds in told.items() if holds),
            notices=(notice,) * self.is_demo,
            logo=house.logo(),
            marking=self.letter.marking,
        )

    def _aside(self) -> Iterator[tuple[str, str]]:
        if self.is_internal and self.note.author:
            yield "Auteur", self.note.author
        if self.figures:
            yield "Peildatum", long_date(self.letter.reference_date)
        yield "Bijlagen", str(1 + len(self.letter.annexes))

    @property
    def line(self) -> SafeString:
        """Who looked at the note, in the internal edition only; a column of names when one is known."""
        line = self.note.line if self.is_internal else ()
        if not line:
            return SafeString()
        is_named = any(step.name for step in line)
        head = ("Functie", *("Naam",) * is_named, "Datum", "Opmerking")
        rows = tuple(
            (step.function, *(step.name,) * is_named, long_date(step.day) if step.day else "", step.remark)
            for step in line
        )
        return tables.of_rows([FrozenTable("Wie keek mee", head, rows)])


class ScreenContext(NoteContext):
    """The same on a page of the portal, where a logo from elsewhere has no address."""

    @property
    def logo(self) -> str:
        return static(house.PLACEHOLDER)


def figures_with(note: FrozenNote, letter: FrozenLetter) -> dict[str, FrozenFigure]:
    """The figures of the letter, each with the course that the note itself draws of it."""
    return {key: replace(item, series=note.charts.get(key, ())) for key, item in letter.figures.items()}


def to_html(
    note: FrozenNote,
    letter: FrozenLetter,
    edition: Edition,
    *,
    plain: bool = False,
    printer: Printer | None = None,
) -> str:
    """The edition as a whole page; `plain` is for a text document. Raises LetterError.

    With a printer of one's own, what that cannot print is left open.
    """
    page = NoteContext(note, letter, edition, printer=printer)
    page = page if printer else _printable(page)
    template = "reports/note_plain.html" if plain else "reports/note.html"
    return render_to_string(template, {"page": page, "note": note, "dated": letter.dated})


def to_screen(
    note: FrozenNote, letter: FrozenLetter, edition: Edition, *, link: Callable[[str], str] | None = None
) -> SafeString:
    """The same as a part of a page. Raises LetterError.

    `link` tells, by a figure's key, where a reader is told what a number is made of.
    """
    page = _printable(ScreenContext(note, letter, edition, link=link))
    return render_to_string("reports/note_screen.html", {"page": page, "note": note})


def to_part(sections: Sequence[FrozenNoteSection], about: About, printer: Printer) -> tuple[Part, list[str]]:
    """The first of the sections as the internal edition prints it, and what keeps it from that."""
    page = NoteParts(sections, about, Edition.INTERNAL, printer)
    return page.parts[0], page.problems


def figures_of(note: FrozenNote, letter: FrozenLetter, edition: Edition) -> dict[str, int]:
    """The value that the edition prints of each figure."""
    return {figure.key: figure.value for figure in NoteContext(note, letter, edition).figures}


def check(note: FrozenNote, letter: FrozenLetter) -> list[str]:
    """What would keep the note from being printed."""
    return NoteContext(note, letter, Edition.INTERNAL).problems


def _printable(context: NoteContext) -> NoteContext:
    if context.problems:
        raise LetterError(context.problems)
    return context
