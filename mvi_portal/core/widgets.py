"""How fields of a form are printed."""

from __future__ import annotations

from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mvi_portal.core.tables import escaped

SELECT = "django/forms/widgets/select.html"
NOTHING = "– kies –"


class Renderer(DjangoTemplates):
    """As Django does; choices are printed here and not by a template for each: a filter has many."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        return str(super().render(template_name, context, request))


def _select(widget: dict[str, Any]) -> SafeString:
    groups = format_html_join(
        "", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"])
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    lines = SafeString("".join(map(_option, options)))
    return format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines


def _option(option: dict[str, Any]) -> str:
    value, label = escaped(option["value"]), escaped(_said(option["label"]))
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{value}"{attributes}>{label}</option>'


def _said(label: object) -> object:
    """A screen reader says nothing, or nine dashes, of what Django prints for no choice."""
    return NOTHING if label == BLANK_CHOICE_DASH[0][1] else label
