"""Where something is written: citations with their address, and prose as it stands on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mvi_portal.core import charts, prose
from mvi_portal.core.citing import address, doubts, printed
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import made_up, registry
from mvi_portal.core.printing.figures import one, said
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.tables import of_figures
from mvi_portal.core.printing.wording import MARK, NotPrintable, capitalised, phrase
from mvi_portal.core.tables import status
from mvi_portal.core.writing import named

Fact = tuple[str, object, str]
_CHART = (
    '<div class="mvi-chart"><div class="mvi-chart__picture"><p><strong>{}</strong> {}</p>{}</div>'
    '<div class="mvi-chart__twin">{}</div></div>'
)


def cited(label: str, text: str) -> Fact:
    """For a list of facts, with the link; one in doubt says so."""
    doubt = doubts(text) if text else ""
    return label, f"{text} ({doubt})" if doubt else text, address(text)


def known(*facts: Fact) -> list[Fact]:
    """Only those that say something."""
    return [fact for fact in facts if fact[1] not in ("", None)]


class Values:
    """Figures on a day, as the texts of a page say them: each is asked once, however often it is said."""

    def __init__(self, on: date, known: Mapping[str, FrozenFigure] | None = None) -> None:
        self.on = on
        self._known = dict(known or {})
        self._drawn = 0

    def shown(self, node: prose.FigureNode) -> str:
        """The value with its definition behind it. Raises NotPrintable."""
        figure = self._figure(node.key)
        words = MARK + phrase(figure, node.form)
        told = f"{figure.label}, op {long_date(self.on)}"
        address = reverse("core:definition-detail", args=[node.key])
        return format_html('<a class="mvi-value" href="{}" title="{}">{}</a>', address, told, words)

    def table(self, node: prose.TableNode) -> str:
        """As a letter has it. Raises NotPrintable."""
        return of_figures([self._figure(key) for key in node.keys], on=self.on, since=None, title=node.title)

    def chart(self, node: prose.ChartNode) -> str:
        """As a letter draws it, with its table. Raises NotPrintable."""
        figure = self._figure(node.key)
        series = figure.series or said(self.on, str(node))[node.key].series
        points = tuple(point for point in series if node.since is None or point[0] >= node.since)
        if len(points) < charts.FEWEST:
            raise NotPrintable("Er zijn te weinig peildata bekend voor een grafiek.")
        drawn = charts.Chart(node.title or figure.label, figure.unit.many, charts.thinned(points))
        self._drawn += 1
        picture = charts.svg(drawn, name=f"tekstgrafiek-{self._drawn}")
        mark = status("demo", "warn") if figure.key in registry and self._is_made_up(figure.key) else ""
        return format_html(_CHART, drawn.title, mark, picture, charts.table(drawn))

    def _is_made_up(self, key: str) -> bool:
        return bool(made_up([registry.get(key)], self.on))

    def _figure(self, key: str) -> FrozenFigure:
        if key not in registry:
            raise NotPrintable("Dit cijfer is hier niet bekend.")
        return self._known.setdefault(key, self._known.get(key) or one(key, self.on))


def on_page(html: str, values: Values | None = None) -> SafeString:
    """Prose as a page shows it; without values its figures stand there by their names."""
    return mark_safe(capitalised(prose.render(html, partial(_words, values))))  # noqa: S308 - cleaned by `render`


def _words(values: Values | None, node: prose.Node) -> str:
    """What cannot be filled in, is told by its name: nothing of a text disappears."""
    try:
        match node:
            case prose.FootnoteNode():
                return f" ({node.html})"
            case prose.CitationNode():
                return _reference(node)
            case prose.FigureNode() if values is not None:
                return values.shown(node)
            case prose.TableNode() if values is not None:
                return values.table(node)
            case prose.ChartNode() if values is not None:
                return values.chart(node)
    except NotPrintable:
        pass
    told = escape(f"[{named(node)}]")
    return told if isinstance(node, prose.FigureNode) else format_html("<p>{}</p>", told)


def _reference(node: prose.CitationNode) -> str:
    """Linked, with what is in doubt; in brackets where a letter makes it a footnote."""
    href, doubt = address(node.ref), doubts(node.ref)
    link = format_html('<a href="{}">{}</a>', href, printed(node.ref)) if href else escape(node.ref)
    told = format_html('{} <em class="mvi-quiet">({})</em>', link, doubt) if doubt else link
    return told if node.in_footnote else f" ({told})"
