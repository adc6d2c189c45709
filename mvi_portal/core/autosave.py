"""Saving a draft while somebody types: what static/js/autosave.js sends, and what it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import JsonResponse

from mvi_portal.core.editing import CHANGED, Edited


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
            "theirs": conflict.theirs,
            "mine": conflict.mine,
            "value": conflict.value,
        }
        for conflict in form.conflicts
    ]


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
