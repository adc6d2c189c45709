"""What the letter's template shows, said in words: addresses, marks, sections, annexes, definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mvi_portal.core.dates import long_date
from mvi_portal.core.enumerating import enumerated
from mvi_portal.core.printing import house
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.printing.tables import of_rows
from reports.frozen import FrozenAnnex, FrozenFigure, FrozenLetter, FrozenSection, FrozenSender

_HEADING = re.compile(r"<(/?)h([34])\b")


@dataclass(frozen=True)
class Part:
    """A section as it is printed."""

    heading: str
    html: SafeString


@dataclass(frozen=True)
class Annex:
    """An annex as it is printed; a separate one is only listed."""

    number: int
    title: str
    separate: bool
    html: SafeString


class Context:
    """All that the template asks for, with the problems that keep it from being printed."""

    def __init__(
        self,
        letter: FrozenLetter,
        *,
        link: Callable[[str], str] | None = None,
        printer: Printer | None = None,
    ) -> None:
        self.letter = letter
        printer = printer or printer_of(letter, link=link)
        last = len(letter.sections) - 1
        self.parts = [
            part(printer, section, where=_name(section, first=not index, last=index == last))
            for index, section in enumerate(letter.sections)
        ]
        self.figures: list[FrozenFigure] = list(printer.used.values())
        self.problems = list(dict.fromkeys(printer.problems))
        self.annexes = [_annex(annex) for annex in letter.annexes]

    @property
    def logo(self) -> str:
        return house.logo()

    @property
    def head(self) -> house.Head:
        """What the head and the margins say."""
        letter = self.letter
        return house.Head(
            sender=self.ministry,
            title=letter.title,
            dated=letter.dated,
            addressee=letter.addressee,
            reference=letter.reference,
            your_reference=letter.your_reference,
            return_address=self.return_address,
            addresses=tuple(self.addresses),
            aside=tuple(self._aside()),
            marks=tuple(self.marks),
            notices=tuple(self.notices),
            logo=self.logo,
            marking=letter.marking,
        )

    def _aside(self) -> Iterator[tuple[str, str]]:
        if self.figures:
            yield "Peildatum", self.reference_date
        if self.annexes:
            yield "Bijlage" if len(self.annexes) == 1 else "Bijlagen", str(len(self.annexes))

    @property
    def ministry(self) -> str:
        return _begin(self.letter.sender.organisation.name_with_kind)

    @property
    def return_address(self) -> str:
        return " ".join(self.letter.sender.postal or self.letter.sender.visiting)

    @property
    def addresses(self) -> list[tuple[str, ...]]:
        """The blocks of lines under the ministry's name."""
        sender = self.letter.sender
        phone = f"T {sender.phone}" if sender.phone else ""
        reach = tuple(line for line in (phone, sender.website) if line)
        return [lines for lines in (sender.visiting, sender.postal, reach) if lines]

    @property
    def on_behalf(self) -> str:
        """The co-senders in one phrase: "de minister van … en de minister van …"."""
        return enumerated(_within(sender) for sender in self.letter.co_senders)

    @property
    def reference_date(self) -> str:
        return long_date(self.letter.reference_date)

    @property
    def basis(self) -> str:
        """Where the figures come from, on which day, and with which day they are compared."""
        basis = f"Alle aantallen komen uit het register en gelden op de peildatum {self.reference_date}."
        if self.letter.since is None:
            return basis
        title = self.letter.since_title
        of_letter = f", de peildatum van de brief “{title}”" if title else ""
        return f"{basis} De verschillen zijn die met {long_date(self.letter.since)}{of_letter}."

    @property
    def marks(self) -> list[str]:
        """What each page says in its margin about a letter that is not an ordinary one."""
        what_if = f"WAT ALS — peildatum {self.reference_date}"
        told = {
            house.CONCEPT: self.letter.is_concept,
            what_if: self.letter.what_if,
            house.DEMO: self.letter.is_demo,
        }
        return [mark for mark, holds in told.items() if holds]

    @property
    def notices(self) -> list[str]:
        """What the first page explains about those marks."""
        found = []
        if self.letter.what_if:
            found.append(
                "Wat als: deze versie is berekend op een andere peildatum dan die van de brief, namelijk "
                f"{self.reference_date}. Zij is niet bedoeld om te verzenden."
            )
        if self.letter.is_demo:
            found.append(
                f"{house.DEMO}: een deel van de organisaties en de aantallen in deze brief is verzonnen. "
                "De brief is een voorbeeld en wordt niet verzonden."
            )
        return found

    @property
    def fingerprint(self) -> str:
        return self.letter.sha256()


class ScreenContext(Context):
    """The same on a page of the portal, where a logo from elsewhere has no address."""

    @property
    def logo(self) -> str:
        return static(house.PLACEHOLDER)


class PageContext(Context):
    """The same in a file of its own, with the logo in it."""

    @property
    def logo(self) -> str:
        return house.logo_inside()


def printer_of(letter: FrozenLetter, *, link: Callable[[str], str] | None = None) -> Printer:
    """Prints the letter's texts from what it froze."""
    return Printer(
        letter.figures, on=letter.reference_date, since=letter.since, link=link, series=letter.series
    )


def part(printer: Printer, section: FrozenSection, *, where: str) -> Part:
    """A section as it is printed; what keeps it from that, the printer knows."""
    html = printer.passage(section.html, where=where)
    levels = [int(level) for slash, level in _HEADING.findall(html) if not slash]
    if levels and levels[0] == 4:
        printer.problems.append(
            f"In '{where}': Een tussenkop van het tweede niveau staat voor die van het eerste."
        )
    return Part(heading(section), html if heading(section) else _raised(html))


def heading(section: FrozenSection) -> str:
    """Code and title as a reader knows the section; "" for an opening without a title."""
    return f"{section.code}. {section.title}" if section.code else section.title


def _raised(html: SafeString) -> SafeString:
    """Headings one level up, where no section heading stands above them: no level may be skipped."""
    return SafeString(_HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) - 1}", html))


def _name(section: FrozenSection, *, first: bool, last: bool) -> str:
    if heading(section):
        return heading(section)
    return "de opening" if first else "het slot" if last else "een deel zonder titel"


def _annex(annex: FrozenAnnex) -> Annex:
    html = annex_html(annex) if annex.is_inside else SafeString()
    return Annex(annex.number, annex.title, not annex.is_inside, html)


def annex_head(letter: FrozenLetter, annex: FrozenAnnex) -> house.Head:
    """That of an annex which is a document of its own."""
    page = Context(replace(letter, sections=(), annexes=()))
    return house.Head(
        sender=page.ministry,
        title=f"Bijlage {annex.number}. {annex.title}",
        dated=letter.dated,
        addressee=(),
        marks=tuple(page.marks),
        logo=page.logo,
        marking=letter.marking,
    )


def annex_html(annex: FrozenAnnex) -> SafeString:
    """What stands under the title of an annex."""
    intro = format_html("<p>{}</p>", annex.intro) if annex.intro else ""
    return format_html("{}{}", intro, of_rows(annex.tables))


def _within(sender: FrozenSender) -> str:
    """An office within a sentence: "De minister van X" as "de minister van X"."""
    return sender.office[:1].lower() + sender.office[1:]


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
