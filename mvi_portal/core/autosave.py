"""Saving a draft while somebody types: what static/js/autosave.js sends, and what it is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import JsonResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from mvi_portal.core.editing import CHANGED, Edited

_BLOCK_END = re.compile(r"</(?:p|h\d|li|tr|blockquote)>")


def saved(
    form: Edited,
    save: Callable[[dict[str, Any]], object],
    reopen: Callable[[], Edited],
    told: Callable[[], dict[str, Any]] | None = None,
) -> JsonResponse:
    """Save what is valid of the form, and answer with the new edition.

    `save` gets the valid values without the edition; what is not valid keeps its place on the page, and is
    told. `reopen` makes the form on what is stored after saving. `told` adds to the answer for the page's
    own script. 409: somebody else wrote meanwhile, and nothing is saved. 422: the service refuses.
    """
    form.is_valid()
    if form.conflicts:
        return JsonResponse({"edition": form.current, "conflicts": _both(form)}, status=409)
    given = {name: value for name, value in form.cleaned_data.items() if name != "edition"}
    try:
        save(given)
    except ValidationError as error:
        lines = [{"name": "", "label": "Niet bewaard", "message": line} for line in error.messages]
        return JsonResponse({"errors": lines}, status=422)
    answer = {"edition": reopen().current, "errors": list(_errors(form)), **(told() if told else {})}
    return JsonResponse(answer)


def _both(form: Edited) -> list[dict[str, Any]]:
    return [
        {
            "name": conflict.name,
            "label": conflict.label,
            "theirs": _as_words(conflict.theirs),
            "mine": _as_words(conflict.mine),
            "value": conflict.value,
        }
        for conflict in form.conflicts
    ]


def _as_words(text: str) -> str:
    """The page's script shows it as text: a rich one by its words, each paragraph on a line of its own."""
    if not isinstance(text, SafeString):
        return text
    return unescape(strip_tags(_BLOCK_END.sub("\n", text))).strip()


def _errors(form: BaseForm) -> Iterator[dict[str, str]]:
    for name, lines in form.errors.items():
        in_field = name in form.fields
        label = str(form[name].label) if in_field else "Let op"
        for line in lines:
            if line != CHANGED:
                yield {
                    "name": form.add_prefix(name) if in_field else "",
                    "label": label,
                    "message": str(line),
                }
