"""The text of a block in one row of signs, each with its form and its names; and what it is written as."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mvi_portal.core.prose.writing import escape
from mvi_portal.core.word import Line, Note, Piece

END, CALL = "\u2028", "\ufffc"  # between two lines; where a footnote is called

_BARE = re.compile(r"^(https?://[^/]+)/$")  # a site: some programs write a stroke behind it
Form = tuple[bool, bool, str]  # bold, italic, and where a link leads
PLAIN: Form = (False, False, "")
Span = tuple[int, int]


class Flat:
    """`notes` tells what each call of a footnote says."""

    def __init__(self, lines: Sequence[Line], notes: Mapping[str, Note], *, is_plain: bool = False) -> None:
        self._signs: list[str] = []
        self.forms: list[Form] = []
        self.marks: list[frozenset[str]] = []
        self.notes: dict[int, Note] = {}
        for number, line in enumerate(lines):
            if number:
                self._add(END, PLAIN, frozenset())
            for piece in line.pieces:
                self._take(piece, notes, is_plain=is_plain or line.is_head)
        self.text = "".join(self._signs)

    def _take(self, piece: Piece, notes: Mapping[str, Note], *, is_plain: bool) -> None:
        if piece.note:
            self.notes[len(self._signs)] = notes.get(piece.note, Note())
            self._add(CALL, PLAIN, piece.marks)
            return
        form = PLAIN if is_plain else (piece.bold, piece.italic, piece.href)
        for sign in piece.text:
            self._add(sign if sign != END else " ", form, piece.marks)

    def _add(self, sign: str, form: Form, marks: frozenset[str]) -> None:
        self._signs.append(sign)
        self.forms.append(form)
        self.marks.append(marks)

    @property
    def read(self) -> str:
        """The words, with what the footnotes say between brackets."""
        told = (f" [{self.notes[place].text}]" if sign == CALL else sign for place, sign in self._each())
        return "".join(told).replace(END, "\n")

    @property
    def shown(self) -> tuple[str, tuple[tuple[Form, str], ...]]:
        """What differs when somebody changed something: words and notes, and the form of what is no space."""
        forms = [(bold, italic, _BARE.sub(r"\1", href)) for bold, italic, href in self.forms]
        dressed = [pair for pair in zip(forms, self.text, strict=True) if not pair[1].isspace()]
        runs = tuple(
            (form, "".join(sign for _form, sign in run))
            for form, run in groupby(dressed, key=lambda item: item[0])
        )
        return " ".join(self.read.split()), runs

    def span(self, name: str) -> Span | None:
        """From the first to behind the last sign that stands under the name."""
        places = [place for place, marks in enumerate(self.marks) if name in marks]
        return (places[0], places[-1] + 1) if places else None

    def _each(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.text)

    def lines(self, instead: Mapping[Span, str]) -> list[str]:
        """Each line as HTML; `instead` is what certain stretches are written as."""
        ends = dict(instead)
        written: list[list[tuple[Form, str]]] = [[]]
        place = 0
        while place < len(self.text):
            found = next((span for span in ends if span[0] == place), None)
            if found is not None:
                written[-1].append((self.forms[place], ends.pop(found)))
                place = max(found[1], place + 1)
                continue
            if self.text[place] == END:
                written.append([])
            else:
                sign = "<br>" if self.text[place] == "\n" else escape(self.text[place])
                written[-1].append((self.forms[place], sign))
            place += 1
        return ["".join(_dressed(line)).strip() for line in written]


def _dressed(line: Sequence[tuple[Form, str]]) -> Iterator[str]:
    for (bold, italic, href), run in groupby(line, key=lambda item: item[0]):
        text = "".join(written for _form, written in run)
        text = f"<em>{text}</em>" if italic else text
        text = f"<strong>{text}</strong>" if bold else text
        yield f'<a href="{escape(href).replace(chr(34), "&quot;")}">{text}</a>' if href else text
