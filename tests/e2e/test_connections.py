"""The portal keeps its connections with the database, and does without one that is gone."""

from __future__ import annotations

import pytest

from tests.e2e import portal
from tests.e2e.browser import Desk

pytestmark = pytest.mark.slow


def test_a_connection_is_kept_between_pages_and_one_that_is_gone_is_replaced(desk: Desk) -> None:
    with desk.person("lezer") as page:
        for _ in range(3):
            page.goto("/organisaties/")
            assert portal.let_go(desk.database) >= 1
            answer = page.goto("/")
            assert answer
            assert answer.status == 200
