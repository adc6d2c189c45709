"""What came back in Word as our own text again: figures live, citations and notes whole, the rest as written.

A figure whose number somebody changed stays live; that it was changed is told, and how the text would be as
it was typed is there beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from mvi_portal.core.differences import tokens
from mvi_portal.core.printing.keyed import DATING
from mvi_portal.core.word import Line, Note
from reports.word.flat import CALL, Flat, Span

_FIGURE, _FOOTNOTE, _CITATION = "<mvi-figure", "<mvi-footnote", "<mvi-citation"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MOST = 120  # signs of a note that is told
CHANGED = (
    "Het getal {} is in Word {} geworden. Het cijfer uit het register blijft staan, tenzij u kiest voor "
    "de tekst zoals die is getypt."
)
FIGURE_GONE = "Het cijfer {} staat niet meer in de alinea."
NOTE_GONE = "De voetnoot ‘{}’ staat niet meer in de alinea."
CITED_INSIDE = "De verwijzing in de voetnoot ‘{}’ is nu gewone tekst, omdat de voetnoot in Word is gewijzigd."
CITED = (
    "De verwijzing ‘{}’ is in Word ‘{}’ geworden. De verwijzing blijft staan, tenzij u kiest voor de tekst "
    "zoals die is getypt."
)


@dataclass(frozen=True)
class Resolved:
    """The lines with live figures, the lines as they were typed, and what is to be told about them."""

    lines: list[str]
    typed: list[str]
    flags: list[str] = field(default_factory=list)
    is_shuffled: bool = False  # the notes were: no person does that, and they stay as they were


class _Resolver:
    def __init__(self, base: Flat, new: Flat, nodes: Mapping[str, str], known: Collection[str] = ()) -> None:
        self.base, self.new, self.nodes, self.known = base, new, nodes, known
        self.live: dict[Span, str] = {}
        self.typed: dict[Span, str] = {}
        self.flags: list[str] = []

    def resolved(self) -> Resolved:
        is_shuffled = self._are_shuffled()
        self._notes_in_order() if is_shuffled else self._notes()
        lost = [name for name in self._figures() if not self._is_kept(name)]
        self._find(lost)
        return Resolved(self.new.lines(self.live), self.new.lines(self.typed), self.flags, is_shuffled)

    def _put(self, span: Span, live: str, typed: str | None = None) -> None:
        self.live[span] = live
        self.typed[span] = live if typed is None else typed

    # --- figures ---

    def _figures(self) -> list[str]:
        return [
            name for name, markup in self.nodes.items() if markup.startswith(_FIGURE) and self.base.span(name)
        ]

    def _shown(self, name: str) -> str:
        start, end = self.base.span(name) or (0, 0)
        return self.base.text[start:end]

    def _is_kept(self, name: str) -> bool:
        span = self.new.span(name)
        if span is None or self.new.text[span[0] : span[1]] != self._shown(name):
            return False
        if self._is_longer(span):
            return False
        self._put(span, self.nodes[name])
        return True

    def _is_longer(self, span: Span) -> bool:
        """Whether somebody typed on: "143" became "1430"."""
        before, behind = self.new.text[: span[0]][-1:], self.new.text[span[1] :][:1]
        return self.new.text[span[0] : span[1]].isdigit() and (before.isdigit() or behind.isdigit())

    def _find(self, lost: Sequence[str]) -> None:
        """By the words around it where each stood, and what stands there now."""
        if not lost:
            return
        before, after = _tokens(self.base.text), _tokens(self.new.text)
        matcher = SequenceMatcher(None, [text for text, _s in before], [text for text, _s in after], False)
        codes = matcher.get_opcodes()
        for name in lost:
            self._find_one(name, before, after, codes)

    def _find_one(
        self,
        name: str,
        before: Sequence[tuple[str, int]],
        after: Sequence[tuple[str, int]],
        codes: Sequence[tuple[str, int, int, int, int]],
    ) -> None:
        start, end = self.base.span(name) or (0, 0)
        own = [place for place, (text, at) in enumerate(before) if at < end and at + len(text) > start]
        shown = self._shown(name)
        for kind, a, b, c, d in codes:
            if own and a <= own[0] and own[-1] < b and kind in ("equal", "replace"):
                c, d = (c + own[0] - a, c + own[-1] + 1 - a) if kind == "equal" else (c, d)
                stretch = after[c][1], after[d - 1][1] + len(after[d - 1][0])
                whole = kind == "equal" or (a == own[0] and b == own[-1] + 1)
                if found := self._instead(stretch, shown, whole=whole):
                    self._restore(name, found, shown)
                    return
        self.flags.append(FIGURE_GONE.format(shown))

    def _instead(self, stretch: Span, shown: str, *, whole: bool) -> Span | None:
        """What took the place of the figure: a number, or all of it when nothing else was replaced."""
        text = self.new.text[stretch[0] : stretch[1]]
        numbers = [(stretch[0] + m.start(), stretch[0] + m.end()) for m in _NUMBER.finditer(text)]
        free = [span for span in numbers if not self._is_taken(span)]
        if free and (_NUMBER.search(shown) or not whole):
            return free[0]
        is_one = whole and CALL not in text and not self._is_taken(stretch)
        return stretch if is_one and text.strip() else None

    def _is_taken(self, span: Span) -> bool:
        return any(start < span[1] and span[0] < end for start, end in self.live)

    def _restore(self, name: str, span: Span, shown: str) -> None:
        now = self.new.text[span[0] : span[1]]
        if now == shown:
            self._put(span, self.nodes[name])
            return
        self.live[span] = self.nodes[name]
        self.flags.append(CHANGED.format(shown, now))

    # --- footnotes and citations ---

    def _are_shuffled(self) -> bool:
        """As many notes as there were, all of them ours, but others: some programs let them slide."""
        old, new = ([note.text for note in flat.notes.values()] for flat in (self.base, self.new))
        return len(old) == len(new) and set(new) <= set(self.known) and sorted(old) != sorted(new)

    def _notes_in_order(self) -> None:
        for place, base in zip(sorted(self.new.notes), sorted(self.base.notes), strict=True):
            names = [name for name in self.nodes if name in self.base.marks[base]]
            self._put((place, place + 1), self.nodes[names[0]] if names else "")

    def _notes(self) -> None:
        ours = {self.base.span(name): name for name, row in self.nodes.items() if not row.startswith(_FIGURE)}
        left = {name: span[0] for span, name in ours.items() if span is not None}
        dating = {
            self.base.notes[place].text for place in self.base.notes if _is_dating(self.base.marks[place])
        }
        unknown: list[int] = []
        for place in self.new.notes:
            name = next((mark for mark in self.new.marks[place] if mark in left), None)
            if name is not None:
                self._note(place, name, left.pop(name))
            elif _is_dating(self.new.marks[place]):
                self._put((place, place + 1), "")
            else:
                unknown.append(place)
        for place in unknown:
            self._unknown(place, left, dating)
        self.flags += [NOTE_GONE.format(_short(self.base.notes[place].text)) for place in left.values()]

    def _note(self, place: int, name: str, base: int) -> None:
        old, new, markup = self.base.notes[base], self.new.notes[place], self.nodes[name]
        if old.text == new.text:
            self._put((place, place + 1), markup)
        elif markup.startswith(_FOOTNOTE):
            inner = _words(old, new, self.nodes)
            self.flags += inner.flags
            if _CITATION in markup:
                self.flags.append(CITED_INSIDE.format(_short(old.text)))
            self._put((place, place + 1), _footnote(inner.lines), _footnote(inner.typed))
        else:
            self.flags.append(CITED.format(_short(old.text), _short(new.text)))
            inner = _words(Note(), new, {})
            self._put((place, place + 1), markup, _footnote(inner.lines))

    def _unknown(self, place: int, left: dict[str, int], dating: set[str]) -> None:
        """A note without its name: one of ours by what it says, or a new one."""
        text = self.new.notes[place].text
        if text in dating:
            self._put((place, place + 1), "")
            return
        name = next((name for name, base in left.items() if self.base.notes[base].text == text), None)
        if name is not None:
            self._note(place, name, left.pop(name))
            return
        inner = _words(Note(), self.new.notes[place], {})
        self._put((place, place + 1), _footnote(inner.lines))


def _words(old: Note, new: Note, nodes: Mapping[str, str]) -> Resolved:
    """The same for what a footnote says, in which no other is called."""
    return _Resolver(Flat([Line(old.pieces)], {}), Flat([Line(new.pieces)], {}), nodes).resolved()


def resolve(base: Flat, new: Flat, nodes: Mapping[str, str], known: Collection[str] = ()) -> Resolved:
    """`nodes` are those of the paragraph, by the names that they have in `base`.

    `known` is what all footnotes of the document said that went out.
    """
    return _Resolver(base, new, nodes, known).resolved()


def _tokens(text: str) -> list[tuple[str, int]]:
    """Words, whole numbers and signs, each with its place."""
    found, place = [], 0
    for text_token in _whole(tokens(text)):
        found.append((text_token, place))
        place += len(text_token)
    return found


def _whole(found: Sequence[str]) -> Iterator[str]:
    """Of "1", "." and "234" one number."""
    written = ""
    for place, word in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else ""
        if word.isdigit() or (written and word in ".," and following.isdigit()):
            written += word
            continue
        if written:
            yield written
            written = ""
        yield word
    if written:
        yield written


def _footnote(lines: Sequence[str]) -> str:
    text = " ".join(line for line in lines if line)
    return f"<mvi-footnote>{text}</mvi-footnote>" if text else ""


def _is_dating(marks: frozenset[str]) -> bool:
    return any(mark.startswith(DATING) for mark in marks)


def _short(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"
