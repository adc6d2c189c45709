"""A page asks as many questions of a large register as of a small one: every address, one by one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mvi_portal.accounts.models import Role
from mvi_portal.core import statistics
from signatories.models import Organisation, OrganisationName, Signatory, Signature
from tests.access.rows import Access
from tests.access.test_walk import ROWS, visitor
from tests.factories import registers

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]
MOST = 60  # of one page: a dozen figures, each with its completeness, the menu and the tasks
EVERY_FIGURE = {  # pages that tell of every figure of the register, and the rows or the dates behind them
    "actionplans:round-findings": 75,
    "reports:freeze-drift": 125,
}
Page = tuple[str, str, Client]


def reader_of(row: Access, visitors: dict[Role, Client]) -> Client | None:
    """Of who may read the page, the one who is shown most."""
    allowed = [role for role in (Role.SECRETARIAT, *Role) if row.get and role in row.get]
    return visitors.setdefault(allowed[0], visitor(allowed[0])) if allowed else None


def counted(pages: Iterable[Page]) -> dict[str, int]:
    found = {}
    for name, address, client in pages:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[name] = len(queries)
    return found


def test_no_page_asks_more_of_4000_organisations_than_of_10() -> None:
    visitors: dict[Role, Client] = {}
    pages = [
        (row.name, row.address() if row.address else reverse(row.name), client)
        for row in ROWS
        if not row.public and (client := reader_of(row, visitors))
    ]
    lists = [page for page in pages if page[0].endswith(("list", "home", "board", "dashboard"))]
    asked = []
    for first, size, looked_at in ((0, 10, pages), (10, 400, lists), (400, 4_000, pages)):
        registers.municipalities(size - first, first=first + 1)
        statistics.refresh(Organisation, OrganisationName, Signature, Signatory)
        asked.append(counted(looked_at))
    small, middle, large = asked
    assert len(small) > 150
    assert {name: count for name, count in small.items() if count > EVERY_FIGURE.get(name, MOST)} == {}
    assert {name: count for name, count in middle.items() if count > small[name]} == {}
    grown = {name: (small[name], count) for name, count in large.items() if count > small[name]}
    # An export is written in parts, so that a large one needs no more memory; so many rows, so many parts
    assert grown.keys() <= {name for name in small if name.endswith("export")}
