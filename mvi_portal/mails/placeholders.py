"""Texts with places to fill in, as "Geachte {naam}": which are known is told by who sends them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

PLACE = re.compile(r"\{([^{}]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Raises KeyError for a place that is not known: `check` the text when it is written."""
    return PLACE.sub(lambda found: values[found[1]], text)


def check(text: str, known: Iterable[str]) -> None:
    """Raises ValidationError that names every place that is not known, and a brace that stands alone."""
    allowed = list(known)
    unknown = [name for name in PLACE.findall(text) if name not in allowed]
    usable = ", ".join(f"{{{name}}}" for name in allowed)
    if unknown:
        told = ", ".join(f"{{{name}}}" for name in dict.fromkeys(unknown))
        raise ValidationError(f"Deze invulplek is niet bekend: {told}. U kunt gebruiken: {usable}.")
    if set("{}") & set(PLACE.sub("", text)):
        raise ValidationError(f"Er staat een losse accolade in de tekst. Schrijf een invulplek zo: {usable}.")
