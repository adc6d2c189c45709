"""The tabs above a page: which one is current."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from mvi_portal.core import reference
from mvi_portal.core.tabs import tabs

PAGES = (("Overzicht", "/brief/"), ("Akkoord", "/brief/akkoord/"), ("Pakket", "/brief/pakket/"))


@pytest.mark.parametrize(
    ("path", "current", "is_above"),
    [
        ("/brief/", ["Overzicht"], False),
        ("/brief/akkoord/", ["Akkoord"], False),
        ("/brief/akkoord/partijen/bzk/", ["Akkoord"], True),
        ("/brief/planning/", [], True),  # the overview holds no page
    ],
)
def test_the_page_itself_is_current_else_the_one_above_it(
    path: str, current: list[str], is_above: bool
) -> None:
    request = RequestFactory().get(path)
    request.reference_date = reference.read(request)  # type: ignore[attr-defined] # as the middleware does
    found = tabs(request, *PAGES)

    assert [tab.label for tab in found if tab.is_current] == current
    assert all(tab.is_above == is_above for tab in found)
