"""What a writer of a section is told: how each figure reads, and what keeps the text from being printed."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString

from mvi_portal.core import prose
from mvi_portal.core.figures import registry
from mvi_portal.core.prose import Form
from reports import render
from reports.content import Draft
from reports.frozen import FrozenFigure
from reports.render.wording import NotPrintable, phrase


def figures_told(draft: Draft) -> dict[str, dict[str, Any]]:
    """Per key of a figure its label, unit and the words of each form that it can be said in."""
    return {
        key: {"label": figure.label, "unit": figure.unit.many, "forms": _forms(figure)}
        for key, figure in draft.letter.figures.items()
    }


def problems(draft: Draft) -> list[str]:
    """What the build would complain of; what cannot be printed only once the register can tell all."""
    return draft.problems or render.check(draft.letter)


def as_read(html: str) -> SafeString:
    """The text without its HTML showing; each of our nodes in brackets, by what it names."""
    try:
        # Safe: prose.render lets nothing through but its grammar, and what we add is escaped.
        return SafeString(prose.render(html, lambda node: escape(f"[{_named(node)}]")).replace("\n", " "))
    except prose.ProseError:
        return escape(html)


def _named(node: prose.Node) -> str:
    match node:
        case prose.FigureNode():
            return f"{_label(node.key)}: {node.form.label}"
        case prose.CitationNode():
            return node.ref
        case prose.FootnoteNode():
            return f"voetnoot: {strip_tags(node.html)}"
        case prose.TableNode():
            return f"tabel: {node.title or ', '.join(map(_label, node.keys))}"
        case prose.ChartNode():
            return f"grafiek: {node.title or _label(node.key)}"


def _label(key: str) -> str:
    return registry.get(key).label if key in registry else key


def _forms(figure: FrozenFigure) -> dict[str, str]:
    return {form.value: words for form in Form if (words := _words(figure, form))}


def _words(figure: FrozenFigure, form: Form) -> str:
    try:
        return phrase(figure, form)
    except NotPrintable:
        return ""
