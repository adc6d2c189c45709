"""Rich text as it is written: the editor, how each figure reads in it, and how a text reads without HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString
from django_prose_editor.widgets import importmap as editor_map
from js_asset import ImportMap, Media

from mvi_portal.core import prose
from mvi_portal.core.editing import Conflict, EditingForm
from mvi_portal.core.figures import registry
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.wording import NotPrintable, phrase
from mvi_portal.core.prose import Form
from mvi_portal.core.reference import PARAMETER


class ProseEditor(forms.Textarea):
    """The stored HTML, which our script turns into an editor that shows values and footnotes.

    One on a page; `_components/prose_field.html` prints it and `_components/editor_dialogs.html` its dialogs.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "data-prose-editor": True, **(attrs or {})})

    @property
    def media(self) -> Media:
        """The scripts by their plain names, so that also a hashed file finds the others."""
        parts = ("prose-naming", "prose-nodes", "prose-paste")
        ours = ImportMap({f"mvi/{part}": f"js/{part}.js" for part in parts})
        return Media(
            importmap=editor_map | ours,
            css={"all": ["css/editor.css"]},
            js=[Script("js/prose-editor.js", type="module")],
        )


class ProseForm(EditingForm):
    """A form with rich text: two texts that differ are shown as they read, not as HTML."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rich = {str(self[name].label): name for name in self.fields if self._is_rich(name)}
        self.conflicts = [self._read(item, rich.get(item.label)) for item in self.conflicts]
        return cleaned

    def _is_rich(self, name: str) -> bool:
        return isinstance(self.fields[name].widget, ProseEditor)

    def _read(self, item: Conflict, name: str | None) -> Conflict:
        if name is None:
            return item
        theirs, mine = as_read(self.stored[name]), as_read(self[name].value() or "")
        return replace(item, theirs=theirs, mine=mine)


def editor_context(
    form: forms.BaseForm,
    figures: Mapping[str, FrozenFigure],
    nonce: str,
    *,
    on: date | None = None,
    series: Mapping[str, str] | None = None,
    forms: Sequence[Form] = tuple(Form),
) -> dict[str, object]:
    """What a page with a ProseEditor tells its template: `media`, `figures`, `forms` and `series`.

    `on` is the day of the figures, when it is not the one that the page is read on; `series` names what can
    be drawn beside figures; `forms` are those that the text can have.
    """
    return {
        "media": form.media.with_nonce(nonce),  # type: ignore[attr-defined] # js_asset's Media, for the CSP
        "figures": figures_told(figures, on),
        "forms": [(form.value, form.label) for form in forms],
        "series": series or {},
    }


def figures_told(figures: Mapping[str, FrozenFigure], on: date | None = None) -> dict[str, dict[str, Any]]:
    """Per key of a figure what it is, where its rows are, and the words of each form that it can have."""
    return {
        key: {
            "label": figure.label,
            "unit": figure.unit.many,
            "definition": figure.definition,
            "href": _rows_at(key, on),
            "forms": _forms(figure),
        }
        for key, figure in figures.items()
    }


def _rows_at(key: str, on: date | None) -> str:
    """The figure's own page; a figure of one page alone, as of a round, has none."""
    if key not in registry:
        return ""
    asked = f"?{urlencode({PARAMETER: on.isoformat()})}" if on else ""
    return f"{reverse('core:definition-detail', args=[key])}{asked}"


def as_read(html: str) -> SafeString:
    """The text without its HTML showing; each of our nodes in brackets, by what it names."""
    try:
        # Safe: prose.render lets nothing through but its grammar, and what we add is escaped.
        return SafeString(prose.render(html, lambda node: escape(f"[{named(node)}]")).replace("\n", " "))
    except prose.ProseError:
        return escape(html)


def named(node: prose.Node) -> str:
    """What a node names, in words."""
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
