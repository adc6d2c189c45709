"""Every list can be exported, or says why not; and an export explains each of its columns."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import get_resolver

from mvi_portal.core import exports
from mvi_portal.core.lists import ListPage

NO_EXPORT = {
    "RoomList": "no list itself, but what lists of one room share",
    "NamedList": "no list itself, but how lists of signatures are sorted",
    "ContextList": "likewise, of the lists of what surrounds the plan",
    "BelowExport": "an export alone: of what stands at the rows of a list",
    "AccountList": "accounts are personal data, and the administrator works with them in the portal alone",
    "RepresentativeList": "who acts for whom is personal data, likewise",
    "FileList": "one's own files, each of which is a download already",
}


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


def test_each_list_can_be_exported_or_stands_here_with_its_reason() -> None:
    assert get_resolver().url_patterns, "all pages are imported"
    without = {page.__name__ for page in lists() if not page.export}
    assert without == set(NO_EXPORT)
