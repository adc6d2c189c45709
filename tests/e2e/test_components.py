"""Every component in every state, and what a browser asks for beside a file."""

from __future__ import annotations

import pytest

from tests.e2e.browser import Desk
from tests.e2e.checks import visit

pytestmark = pytest.mark.slow


def test_every_component_can_be_used_by_everybody(desk: Desk) -> None:
    with desk.person("lezer") as page:
        assert not visit(page, "/componenten/")


def test_the_icon_is_our_own(desk: Desk) -> None:
    with desk.person() as page:
        answer = page.request.get("/favicon.ico")
        assert answer.headers["content-type"] == "image/svg+xml"
