"""Keys for addresses, made of words."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, count
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify


def free_slug(rows: QuerySet[Any], text: str, *, most: int = 70) -> str:
    """The words as a key that none of the rows has: "motie-2024", and when that is taken "motie-2024-2"."""
    found = rows.order_by().filter(slug__startswith=_base(text, most)).values_list("slug", flat=True)
    return free_of(set(found), text, most=most)


def free_of(taken: Collection[str], text: str, *, most: int = 70) -> str:
    """The same, when it is known which keys are taken."""
    base = _base(text, most)
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)


def _base(text: str, most: int) -> str:
    return slugify(text)[:most].strip("-") or "naamloos"
