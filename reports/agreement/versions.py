"""Two states of a letter beside each other: each paragraph word by word, and every figure that moved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from monitoring.models import LineMapping
from mvi_portal.core.dates import long_date
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.wording import qualified
from mvi_portal.core.prose.paragraphs import paragraphs
from reports import content, render
from reports.agreement.comparing import Change, changes
from reports.agreement.reading import ReadParagraph, ReadSection, ReadText, read_paragraph
from reports.errors import LetterError
from reports.frozen import FrozenLetter, FrozenSection, from_json
from reports.models import FigureReason, Letter, LetterVersion
from reports.render.context import heading

NOW, LAST_YEAR = "nu", "vorige-brief"
NOT_TOLD = "niet genoemd"
NOT_THERE = "Deze versie is er niet, of is niet klaar. Kies een andere."


@dataclass(frozen=True)
class Side:
    """A state of a letter that can be compared: by its word in the address, and what it is called."""

    name: str
    label: str
    letter: FrozenLetter


@dataclass(frozen=True)
class Moved:
    """A figure with another value, or that only one of the two tells; and why, as far as somebody told."""

    old: FrozenFigure | None
    new: FrozenFigure | None
    reason: FigureReason | None

    @property
    def figure(self) -> FrozenFigure:
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of the two is there
        return found

    @property
    def before(self) -> int | None:
        return self.old.value if self.old else None

    @property
    def after(self) -> int | None:
        return self.new.value if self.new else None

    @property
    def before_told(self) -> str:
        return qualified(self.old, self.old.value) if self.old else NOT_TOLD

    @property
    def after_told(self) -> str:
        return qualified(self.new, self.new.value) if self.new else NOT_TOLD

    @property
    def moved(self) -> int | None:
        """How much more; None when only one of the two tells it."""
        return self.new.value - self.old.value if self.old and self.new else None

    @property
    def difference(self) -> str:
        if self.moved is None:
            return "nieuw cijfer" if self.new else "vervallen cijfer"
        return f"+{self.moved}" if self.moved > 0 else str(self.moved).replace("-", "−")

    @property
    def name(self) -> str:
        """In a form's field."""
        return f"reden-{self.figure.key}"


@dataclass(frozen=True)
class Compared:
    old: Side
    new: Side
    changes: list[Change]
    moved: list[Moved]


def choices(letter: Letter) -> list[tuple[str, str]]:
    """What can be compared: the text of now, each version that is ready, and last year's letter."""
    found = [] if letter.is_sent else [(NOW, "de tekst van nu")]
    numbers = letter.versions.ready().order_by("-number").values_list("number", flat=True)
    found += [(str(number), f"versie {number}") for number in numbers]
    return (
        [*found, (LAST_YEAR, f"de vorige brief, van {long_date(letter.previous.dated)}")]
        if letter.previous
        else found
    )


def usual(letter: Letter) -> tuple[str, str]:
    """The last state against the one before it, else against last year's letter; ("", "") without two."""
    names = [name for name, _label in choices(letter)]
    return (names[1], names[0]) if len(names) > 1 else ("", "")


def side(letter: Letter, name: str) -> Side:
    """Raises LetterError for what is not there."""
    if name not in dict(choices(letter)):
        raise LetterError(NOT_THERE)
    label = dict(choices(letter))[name]
    if name == NOW:
        return Side(name, label, content.draft(letter.pk).letter)
    if name == LAST_YEAR and letter.previous:
        return Side(name, label, _as_it_was(letter.previous))
    return Side(name, label, from_json(letter.versions.ready().get(number=int(name)).content))


def _as_it_was(letter: Letter) -> FrozenLetter:
    """As it was frozen last; a letter that was never built, by its texts and the register."""
    rows: Any = LetterVersion.objects.ready().filter(letter=letter, what_if=False)
    last = rows.order_by("-number").first()
    return from_json(last.content) if last else content.draft(letter.pk).letter


def compare(letter: Letter, old: str, new: str) -> Compared:
    """Raises LetterError."""
    before, after = side(letter, old), side(letter, new)
    lines = _lines(letter) if LAST_YEAR in (old, new) else {}
    texts = _texts(before.letter, after.letter, lines)
    return Compared(before, after, changes(*texts), moved(letter, before.letter, after.letter))


def moved(letter: Letter, old: FrozenLetter, new: FrozenLetter) -> list[Moved]:
    """Every figure with another value, and each that one of the texts tells and the other does not know.

    With the reason that was given for it.
    """
    reasons = {(row.figure_key, row.before, row.after): row for row in letter.figure_reasons.all()}
    told = {figure.key for side in (old, new) for figure in render.figures_in(side)}
    found = []
    for key in sorted(old.figures.keys() | new.figures.keys()):
        item = Moved(old.figures.get(key), new.figures.get(key), None)
        if item.moved or (item.moved is None and key in told):
            found.append(replace(item, reason=reasons.get((key, item.before, item.after))))
    return found


def _lines(letter: Letter) -> dict[str, list[str]]:
    """By the code of a line the codes of the lines of last year that go on in it; the first takes it all."""
    if letter.previous is None or letter.previous.frame_id == letter.frame_id:
        return {}
    frames = {"from_line__frame": letter.previous.frame_id, "to_line__frame": letter.frame_id}
    rows = LineMapping.objects.filter(**frames).order_by("from_line__order", "to_line__order")
    found: dict[str, list[str]] = defaultdict(list)
    taken = set()
    for old, new in rows.values_list("from_line__code", "to_line__code"):
        if old not in taken:
            found[new].append(old)
            taken.add(old)
    return found


def _texts(old: FrozenLetter, new: FrozenLetter, lines: dict[str, list[str]]) -> tuple[ReadText, ReadText]:
    """Both texts with the same key for the parts that belong together."""
    keys = {_name(section, index): index for index, section in enumerate(new.sections)}
    goes_to = {before: code for code, codes in lines.items() for before in codes}
    before: dict[int, list[ReadParagraph]] = defaultdict(list)
    headings: dict[int, str] = {}
    for index, section in enumerate(old.sections):
        name = _name(section, index)
        if lines and section.code:
            name = ("code", goes_to.get(section.code, f"weg-{section.code}"))
        key = keys.setdefault(name, len(keys))
        headings.setdefault(key, heading(section) or "opening")
        before[key] += _read(section, old)
    return (
        ReadText(tuple(ReadSection(key, headings[key], tuple(found)) for key, found in before.items())),
        ReadText(
            tuple(
                ReadSection(index, heading(section) or "opening", tuple(_read(section, new)))
                for index, section in enumerate(new.sections)
            )
        ),
    )


def _name(section: FrozenSection, index: int) -> tuple[str, str]:
    if section.code:
        return "code", section.code
    return ("title", section.title) if section.title else ("place", "opening" if not index else str(index))


def _read(section: FrozenSection, letter: FrozenLetter) -> list[ReadParagraph]:
    return [read_paragraph(item.html, letter.figures) for item in paragraphs(section.html)]
