"""The whole letter as HTML, from what it froze: no query, no clock.

The same HTML is printed (core.pdf) and, with another style sheet, shown. Addresses in it are relative to the
project's static folder, except that of a logo from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mvi_portal.core.printing.endnotes import with_endnotes
from mvi_portal.core.printing.nodes import Printer
from reports.errors import LetterError
from reports.frozen import FrozenAnnex, FrozenFigure, FrozenLetter, FrozenSection, FrozenSeries

from .context import (
    Context,
    PageContext,
    Part,
    ScreenContext,
    annex_head,
    annex_html,
    heading,
    part,
    printer_of,
)

__all__ = [
    "RenderError",
    "annex_to_html",
    "check",
    "figures_in",
    "to_html",
    "to_page",
    "to_plain",
    "to_screen",
    "to_section",
]


class RenderError(LetterError):
    """What the letter says cannot be printed from what it froze; one Dutch sentence a problem."""


def to_html(letter: FrozenLetter) -> str:
    """The letter. Raises RenderError with every problem that `check` finds."""
    context = Context(letter)
    if context.problems:
        raise RenderError(context.problems)
    return render_to_string("reports/letter.html", {"page": context, "letter": letter, "dated": letter.dated})


def to_screen(letter: FrozenLetter, *, link: Callable[[str], str] | None = None) -> SafeString:
    """The same letter as a part of a page, without the margins of paper. Raises RenderError.

    `link` tells, by a figure's key, where a reader is told what a number is made of.
    """
    context = ScreenContext(letter, link=link)
    if context.problems:
        raise RenderError(context.problems)
    return render_to_string("reports/letter_screen.html", {"page": context, "letter": letter})


def to_page(letter: FrozenLetter, *, identifier: str = "") -> str:
    """The letter as one web page that asks for no other file, its notes at the end. Raises RenderError."""
    context = PageContext(letter)
    if context.problems:
        raise RenderError(context.problems)
    told = {"page": context, "letter": letter}
    text = with_endnotes(render_to_string("reports/letter_text.html", told))
    styles = SafeString((Path(settings.BASE_DIR) / "static/print/page.css").read_text())
    told |= {"text": text, "styles": styles, "identifier": identifier}
    return render_to_string("reports/letter_page.html", told)


def to_plain(letter: FrozenLetter, *, printer: Printer | None = None) -> str:
    """The letter without places on paper, for a text document. Raises RenderError.

    With a printer of one's own, what that cannot print is left open.
    """
    context = Context(letter, printer=printer)
    if context.problems and printer is None:
        raise RenderError(context.problems)
    return render_to_string("reports/letter_plain.html", {"page": context, "letter": letter})


def annex_to_html(letter: FrozenLetter, annex: FrozenAnnex) -> str:
    """An annex as a document of its own."""
    told = {"letter": letter, "head": annex_head(letter, annex), "html": annex_html(annex)}
    return render_to_string("reports/annex.html", {**told, "dated": letter.dated})


def to_section(
    section: FrozenSection,
    figures: Mapping[str, FrozenFigure],
    *,
    on: date,
    since: date | None,
    is_dated: bool,
    series: Mapping[str, FrozenSeries] | None = None,
) -> tuple[Part, list[str]]:
    """One section as the letter prints it, and what keeps it from that."""
    printer = Printer(figures, on=on, since=since, is_dated=is_dated, series=series)
    printed = part(printer, section, where=heading(section) or "dit deel")
    return printed, list(dict.fromkeys(printer.problems))


def figures_in(letter: FrozenLetter) -> list[FrozenFigure]:
    """The figures that the texts say, show in a table or draw, in the order of the texts."""
    printer = printer_of(letter)
    for section in letter.sections:
        printer.passage(section.html, where="")
    return list(printer.used.values())


def check(letter: FrozenLetter) -> list[str]:
    """What would keep the letter from being printed: Dutch sentences that name section and figure."""
    return Context(letter).problems
