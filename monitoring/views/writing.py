"""What a page needs on which somebody writes about a line: the editor, and the figures of that line now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from monitoring import overview
from monitoring.forms import FORMS, EntryForm
from monitoring.models import PolicyLine
from mvi_portal.core.printing.figures import frozen
from mvi_portal.core.printing.wording import qualified
from mvi_portal.core.writing import editor_context


@dataclass(frozen=True)
class Present:
    """A figure of the line as it is today, with its definition."""

    value: str
    label: str
    href: str


def writing_context(request: HttpRequest, form: EntryForm, line: PolicyLine, today: date) -> dict[str, Any]:
    figures = frozen(today, form.instance.text)
    codes = overview.Plan(request, today).codes(line)
    present = [
        Present(qualified(item, item.value), item.label, reverse("core:definition-detail", args=[key]))
        for key, item in figures.items()
        if item.line in codes
    ]
    nonce: str = request.csp_nonce  # type: ignore[attr-defined] # set by CSPMiddleware
    return {"present": present, **editor_context(form, figures, nonce, forms=FORMS)}
