"""Keys for addresses, made of words."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify


def free_slug(rows: QuerySet[Any], text: str, *, most: int = 70) -> str:
    """The words as a key that none of the rows has: "motie-2024", and when that is taken "motie-2024-2"."""
    base = slugify(text)[:most].strip("-") or "naamloos"
    taken = set(rows.order_by().filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)
