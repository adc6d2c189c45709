"""The addresses of pages, remembered: a page has a hundred links, and the next reader has the same ones."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=10_000)
def address_of(name: str, *args: object) -> str:
    return reverse(name, args=args)
