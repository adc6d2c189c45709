"""Every list that can be exported explains each of its columns."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import get_resolver

from mvi_portal.core import exports
from mvi_portal.core.lists import ListPage


def lists(found: type[ListPage] = ListPage) -> Iterator[type[ListPage]]:
    for one in found.__subclasses__():
        yield one
        yield from lists(one)


def silent(page: type[ListPage]) -> list[str]:
    """Headings that nobody explains."""
    return [column.heading for column in exports.headed(page.header, page.meanings) if not column.help]


def test_each_column_of_each_export_is_explained() -> None:
    assert get_resolver().url_patterns, "all pages are imported"
    exported = [page for page in lists() if getattr(page, "export", "")]
    assert len(exported) > 10
    assert not {page.__name__: silent(page) for page in exported if silent(page)}
