"""What RFC 9116 asks of /.well-known/security.txt."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("security@mvi.example.nl", "mailto:security@mvi.example.nl"),
        ("https://mvi.example.nl/meld", "https://mvi.example.nl/meld"),
    ],
)
def test_anyone_reads_where_to_report_a_hole(
    contact: str, told: str, client: Client, settings: Settings
) -> None:
    settings.SECURITY_CONTACT = contact
    settings.SECURITY_EXPIRES = date(2026, 11, 1)
    settings.ALLOWED_HOSTS = ["mvi.example.nl", "testserver", ".example.org"]

    answer = client.get(ADDRESS)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        f"Contact: {told}",
        "Expires: 2026-11-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://mvi.example.nl/.well-known/security.txt",
        "Canonical: https://testserver/.well-known/security.txt",
    ]


def test_where_any_host_will_do_none_is_called_the_one(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert "Canonical" not in client.get(ADDRESS).content.decode()


def test_it_is_only_read(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405
