"""What changed between the text that a party answered to and another one, paragraph by paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from mvi_portal.core.differences import marked
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.prose.paragraphs import Paragraph, matched
from reports.agreement.reading import ReadParagraph, ReadSection, ReadText
from reports.models import Choice, TextChange


@dataclass(frozen=True)
class Change:
    """One paragraph that is not what it was; without `old` it was added, without `new` it went."""

    section: int
    heading: str
    old: ReadParagraph | None
    new: ReadParagraph | None

    @property
    def key(self) -> tuple[int, str, str]:
        return self.section, self.old.sha256 if self.old else "", self.new.sha256 if self.new else ""

    @property
    def name(self) -> str:
        """In a form's field."""
        section, old, new = self.key
        return f"{section}-{old[:16]}-{new[:16]}"

    @property
    def kind(self) -> str:
        if self.old is None:
            return "nieuwe alinea"
        return "gewijzigd" if self.new else "vervallen alinea"

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """Figures with another value now, that went or that came: "Gemeenten …: 68, was 64"."""
        if self.old is None or self.new is None:
            return ()
        before, after = self.old.figures, self.new.figures
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return tuple(f"{_label(key)}: {_told(before.get(key), after.get(key))}" for key in keys)

    @property
    def is_figure(self) -> bool:
        """Another value, or another figure: always asked again. The same text that prints otherwise too."""
        _section, old, new = self.key
        return bool(self.moved) or old == new

    @property
    def difference(self) -> SafeString:
        return marked(self.old.words if self.old else "", self.new.words if self.new else "")


def _told(before: int | None, after: int | None) -> str:
    """A number that was typed over a figure is no figure any more."""
    now = "staat er niet meer als cijfer" if after is None else number(after)
    return f"{now}, {'stond er niet' if before is None else f'was {number(before)}'}"


def _label(key: str) -> str:
    return registry.get(key).label if key in registry else key


def changes(old: ReadText, new: ReadText) -> list[Change]:
    """In the order of the new text; sections that went come last."""
    before = {section.key: section for section in old.sections}
    later = {section.key for section in new.sections}
    gone = [section for section in old.sections if section.key not in later]
    found = [item for section in new.sections for item in _within(before.get(section.key), section)]
    return found + [item for section in gone for item in _within(section, None)]


def _within(old: ReadSection | None, new: ReadSection | None) -> Iterable[Change]:
    section = new or old
    if section is None:
        return
    before, after = _blocks(old), _blocks(new)
    reads = {id(block): read for block, read in (*before, *after)}
    for was, now in matched([block for block, _ in before], [block for block, _ in after]):
        pair = reads[id(was)] if was else None, reads[id(now)] if now else None
        if pair[0] != pair[1]:
            yield Change(section.key, section.heading, *pair)


def _blocks(section: ReadSection | None) -> list[tuple[Paragraph, ReadParagraph]]:
    return [(Paragraph(item.html), item) for item in section.paragraphs] if section else []


class Choices:
    """What the secretariat chose for changes of a letter, also when one was changed more than once."""

    def __init__(self, rows: Iterable[TextChange]) -> None:
        self._next: dict[tuple[int, str], list[tuple[str, bool]]] = defaultdict(list)
        for row in rows:
            step = row.new_sha256, row.choice == Choice.EDITORIAL
            self._next[row.section_id, row.old_sha256].append(step)

    def of(self, change: Change) -> Choice | None:
        """None: still to choose. A change of a value is always asked again."""
        if change.is_figure:
            return Choice.ASK
        section, old, new = change.key
        if self._leads(section, old, new, editorial=True):
            return Choice.EDITORIAL
        return Choice.ASK if self._leads(section, old, new, editorial=False) else None

    def _leads(self, section: int, old: str, new: str, *, editorial: bool) -> bool:
        """Whether the steps that were chosen for lead from one to the other."""
        seen, waiting = {old}, [old]
        while waiting:
            here = waiting.pop()
            for there, is_editorial in self._next.get((section, here), ()):
                if editorial and not is_editorial:
                    continue
                if there == new:
                    return True
                if there and there not in seen:
                    seen.add(there)
                    waiting.append(there)
        return False
