"""What every answer tells a browser about what the page may do."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/toegankelijkheid/", "/inloggen/", "/geen-pagina/"])
def test_a_page_may_use_only_what_is_ours(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["style-src"] == "'self'"
    assert parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_an_answer_goes_nowhere_else_with_its_address(client: Client) -> None:
    answer = client.get("/toegankelijkheid/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
