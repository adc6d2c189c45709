"""The pages that ask all of the register: start, timeline, search and board as they grow."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench.register import FIRST, grow
from bench.scratch import copied, least_in, promise, reading
from mvi_portal.accounts.models import Role, User
from signatories.models import Manifest

MOST_GROWTH = 1.3
SMALL, LARGE = 400, 4_000
GROWING = {
    "the start page": "/",
    "the timeline over five years": "/monitoring/tijdlijn/?van=31-1-2020&tot=31-1-2025",
    "a search": "/zoeken/?zoek=circulaire",
    "the board of a round": "/monitoring/voortgang/voortgang-2025/",
}


def measure() -> bool:
    """True when what asks all hardly grows."""
    manifest = Manifest.objects.create(slug="bench", name="Bench", opened_on=FIRST)
    reader = client(Role.SECRETARIAT)
    with override_settings(REFERENCE_DATE=date(2025, 1, 31), DEBUG=False):
        grow(manifest, SMALL)
        with copied() as larger:
            with reading(larger):
                grow(manifest, LARGE)
            sizes = connections["default"], larger
            held = [
                grown(name, *least_in(partial(fetch, reader, at), *sizes)) for name, at in GROWING.items()
            ]
    return all(held)


def grown(name: str, small: float, large: float) -> bool:
    growth = large / small
    return promise(
        f"{name} with {LARGE:,} organisations: {growth:.2f} of {SMALL} (at most {MOST_GROWTH}; "
        f"{large:.3f} s and {small:.3f} s of a processor)",
        holds=growth <= MOST_GROWTH,
    )


def client(role: Role, who: str = "bench", **fields: Any) -> Client:
    """Of somebody new, logged in."""
    made = Client()
    address = f"{who}-{role}@voorbeeld.example"
    made.force_login(User.objects.create_user(address, name="B", role=role, **fields))
    return made


def fetch(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")


def asked(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        fetch(browser, address)
    return len(queries)
