"""The same print, with a name on each paragraph, figure and note: to know them again in another program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from mvi_portal.core import prose
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.prose.paragraphs import paragraphs

PARAGRAPH, NODE, DATING = (
    "mvi_p",
    "mvi_n",
    "mvi_auto",
)  # a letter first, forty signs at most: a bookmark's name
GAP = "[cijfer]"  # for a figure that has no value yet
_NUMBER = re.compile(rf'<a class="mvi-number" href="#({NODE}\d+)">(.*?)</a>')
_NOTE = re.compile(r'<span class="footnote">(.*?)</span>', re.DOTALL)  # a note holds no span yet


@dataclass(frozen=True)
class Keyed:
    """A paragraph under its name: as it is stored, and its nodes under theirs."""

    name: str
    html: str
    nodes: Mapping[str, str]


class KeyedPrinter(Printer):
    """`passages` holds what was printed, passage by passage. A figure without a value is left open."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.passages: list[tuple[Keyed, ...]] = []
        self._count = {PARAGRAPH: 0, NODE: 0, DATING: 0}
        self._begin("")

    def passage(self, html: str, *, where: str) -> SafeString:
        """Each paragraph in an element with its name as id."""
        rows, printed = [], []
        for block in paragraphs(html):
            self._begin(block.html)
            name = self._name(PARAGRAPH)
            text = _NOTE.sub(self._note, super().passage(block.html, where=where))
            text = _NUMBER.sub(r'<span id="\1">\2</span>', text)
            rows.append(Keyed(name, block.html, dict(self._nodes)))
            printed.append(format_html('<div id="{}">{}</div>', name, SafeString(text)))
        self.passages.append(tuple(rows))
        return SafeString("".join(printed))

    def _begin(self, html: str) -> None:
        try:
            self._left = prose.nodes(html)[::-1]
        except prose.ProseError:
            self._left = []  # nothing of it is printed, and the printer says why
        self._node = ""
        self._nodes: dict[str, str] = {}
        self._notes: list[str] = []

    def _name(self, kind: str) -> str:
        self._count[kind] += 1
        return f"{kind}{self._count[kind]}"

    def _print(self, node: prose.Node) -> str:
        self._node = str(self._left.pop())
        told = super()._print(node)
        match node:
            case prose.FigureNode():
                return told or self._opened(node.key, GAP)
            case prose.CitationNode(in_footnote=False) | prose.FootnoteNode() if told:
                self._notes.append(self._node)
        return told

    def _opened(self, key: str, said: str) -> str:
        """A way to itself: what stands for a link becomes its name."""
        name = self._name(NODE)
        self._nodes[name] = self._node
        return format_html('<data value="#{}">{}</data>', name, SafeString(said))

    def _note(self, match: re.Match[str]) -> str:
        if match[1] == self.dating:
            name = self._name(DATING)
        else:
            name = self._name(NODE)
            self._nodes[name] = self._notes.pop(0)
        return f'<span class="footnote" id="{name}">{match[1]}</span>'
