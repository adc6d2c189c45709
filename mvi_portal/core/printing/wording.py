"""A figure as it reads in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

from mvi_portal.core.numbers import in_words, number
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.prose import Form

# Stands before a figure until the whole text is known, and tells where a sentence may begin with one.
MARK = "\ue000"

_QUALIFIERS = {"exact": "{}", "at-least": "minstens {}", "about": "zo'n {}"}
_BLOCK_START = r"<(?:p|li|h3|h4|td|th|caption|blockquote)(?:\s[^>]*)?>\s*"
_SENTENCE_END = r"[.!?][)”\"']?\s+"
_INLINE = r"(?:<(?:strong|em|a)(?:\s[^>]*)?>|[(“\"])*"
_OPENING = re.compile(
    f"(?P<before>{_BLOCK_START}|(?P<last>\\S*){_SENTENCE_END})(?P<inline>{_INLINE}){MARK}(?P<first>\\w)"
)
_ABBREVIATION = re.compile(
    r"(?:\w\.)*\w|art|bijv|blz|ca|circa|evt|excl|incl|jl|max|min|nl|nr|nrs|o\.a|resp|vgl|zgn", re.IGNORECASE
)


class NotPrintable(ValueError):
    """The figure cannot be said in this form; the message is Dutch and names the figure."""


def phrase(figure: FrozenFigure, form: Form) -> str:
    """The figure in the form, in lower case. Raises NotPrintable.

    | form | reads | is |
    |---|---|---|
    | number | 1.234 | the value |
    | words | vijf, 13 | the value, up to twelve in words |
    | change | 6 meer, 6 minder, evenveel | the value against that on the text's `since` |
    | trend | neemt toe, neemt af, blijft gelijk | the sign of that same difference |
    | all | alle | only when the value is the whole population |
    | at-least | 53, minstens 53, zo'n 70 | the value, as complete as the register is |
    """
    return _PHRASES[form](figure)


def qualified(figure: FrozenFigure, value: int) -> str:
    """A value of the figure with how complete the register is: "minstens 53"."""
    return _QUALIFIERS[figure.qualifier].format(number(value))


def change(figure: FrozenFigure) -> int:
    """The difference since the text's `since`; raises NotPrintable when that day's value is not known."""
    if figure.previous is None:
        raise NotPrintable(
            f"Van het cijfer '{figure.key}' is geen eerdere waarde bekend om mee te vergelijken."
        )
    return figure.value - figure.previous


def capitalised(html: str) -> str:
    """The text with the marks gone, and a capital where a figure begins a block or a sentence."""
    return _OPENING.sub(_with_capital, html).replace(MARK, "")


def _with_capital(match: re.Match[str]) -> str:
    word = (match["last"] or "").rpartition(">")[2]
    abbreviated = match["last"] is not None and _ABBREVIATION.fullmatch(word)
    first = match["first"] if abbreviated else match["first"].upper()
    return f"{match['before']}{match['inline']}{first}"


def _change(figure: FrozenFigure) -> str:
    difference = change(figure)
    if difference == 0:
        return "evenveel"
    return f"{number(abs(difference))} {'meer' if difference > 0 else 'minder'}"


def _trend(figure: FrozenFigure) -> str:
    difference = change(figure)
    if difference == 0:
        return "blijft gelijk"
    return "neemt toe" if difference > 0 else "neemt af"


def _all(figure: FrozenFigure) -> str:
    if not figure.population:
        raise NotPrintable(
            f"Van het cijfer '{figure.key}' is niet bekend hoeveel alle {figure.unit.many} zijn."
        )
    if figure.value != figure.population:
        raise NotPrintable(
            f"'Alle' klopt niet voor het cijfer '{figure.key}': het zijn er {number(figure.value)} "
            f"van de {number(figure.population)}."
        )
    return "alle"


_PHRASES: dict[Form, Callable[[FrozenFigure], str]] = {
    Form.NUMBER: lambda figure: number(figure.value),
    Form.WORDS: lambda figure: in_words(figure.value),
    Form.CHANGE: _change,
    Form.TREND: _trend,
    Form.ALL: _all,
    Form.AT_LEAST: lambda figure: qualified(figure, figure.value),
}
