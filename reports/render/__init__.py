"""The whole letter as HTML, from what it froze: no query, no clock.

The same HTML is printed (core.pdf) and, with another style sheet, shown. Addresses in it are relative to the
project's static folder, except that of a logo from elsewhere.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.errors import LetterError
from reports.frozen import FrozenFigure, FrozenLetter

from .context import Context, ScreenContext, printer_of

__all__ = ["RenderError", "check", "figures_in", "to_html", "to_screen"]


class RenderError(LetterError):
    """What the letter says cannot be printed from what it froze; one Dutch sentence a problem."""


def to_html(letter: FrozenLetter) -> str:
    """The letter. Raises RenderError with every problem that `check` finds."""
    context = Context(letter)
    if context.problems:
        raise RenderError(context.problems)
    return render_to_string("reports/letter.html", {"page": context, "letter": letter, "dated": letter.dated})


def to_screen(letter: FrozenLetter) -> SafeString:
    """The same letter as a part of a page, without the margins of paper. Raises RenderError."""
    context = ScreenContext(letter)
    if context.problems:
        raise RenderError(context.problems)
    return render_to_string("reports/letter_text.html", {"page": context, "letter": letter})


def figures_in(letter: FrozenLetter) -> list[FrozenFigure]:
    """The figures that the texts say, show in a table or draw, in the order of the texts."""
    printer = printer_of(letter)
    for section in letter.sections:
        printer.passage(section.html, where="")
    return list(printer.used.values())


def check(letter: FrozenLetter) -> list[str]:
    """What would keep the letter from being printed: Dutch sentences that name section and figure."""
    return Context(letter).problems
