"""The pages: each list against Django admin's of the same rows; start, timeline and search as they grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from bench.register import FIRST, grow
from bench.scratch import least, promise
from buyergroups.models import BuyerGroup
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.lists import PER_PAGE
from signatories.models import Manifest, Organisation, Signatory

MOST_OF_ADMIN = 1.0
MOST_GROWTH = 1.3
SMALL, LARGE = 400, 4_000
GROWING = {
    "the start page": "/",
    "the timeline over five years": "/monitoring/tijdlijn/?van=31-1-2020&tot=31-1-2025",
    "a search": "/zoeken/?zoek=circulaire",
    "the board of a round": "/monitoring/voortgang/voortgang-2025/",
}
# An address of ours, the model whose list the admin shows, and what of it we show
LISTS: tuple[tuple[str, type[models.Model]], ...] = (
    ("/organisaties/?bestaat=alle", Organisation),
    ("/ondertekenaars/", Signatory),
    ("/buyergroups/", BuyerGroup),
)


def measure() -> bool:
    """True when no list takes longer or more queries than the admin's, and what asks all hardly grows."""
    manifest = Manifest.objects.create(slug="bench", name="Bench", opened_on=FIRST)
    reader, keeper = client(Role.SECRETARIAT), client(Role.ADMINISTRATOR, is_superuser=True)
    with override_settings(REFERENCE_DATE=date(2025, 1, 31), DEBUG=False):
        grow(manifest, SMALL)
        small = efforts(reader)
        held = [compared(reader, keeper, address, model) for address, model in LISTS]
        grow(manifest, LARGE)
        large = efforts(reader)
        held += [compared(reader, keeper, address, model) for address, model in LISTS]
    held += [grown(name, small[name], large[name]) for name in GROWING]
    return all(held)


def efforts(reader: Client) -> dict[str, float]:
    """Two sizes cannot take turns: the second is made of the first."""
    return {name: least(partial(fetch, reader, at))[0] for name, at in GROWING.items()}


def grown(name: str, small: float, large: float) -> bool:
    growth = large / small
    return promise(
        f"{name} with {LARGE:,} organisations: {growth:.2f} of {SMALL} (at most {MOST_GROWTH}; "
        f"{large:.3f} s and {small:.3f} s of a processor)",
        holds=growth <= MOST_GROWTH,
    )


def client(role: Role, **fields: Any) -> Client:
    made = Client()
    made.force_login(
        User.objects.create_user(f"bench-{role}@voorbeeld.example", name="B", role=role, **fields)
    )
    return made


def fetch(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")


def compared(reader: Client, keeper: Client, ours: str, model: type[models.Model]) -> bool:
    """What the first page of both costs, with as many rows on it."""
    theirs = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with page_size(model):
        mine, admins = least(partial(fetch, reader, ours), partial(fetch, keeper, theirs))
        queries, of_admin = asked(reader, ours), asked(keeper, theirs)
    count = model._default_manager.count()
    return promise(
        f"{ours} with {count:,} rows: {mine / admins:.2f} of the admin's time, {queries} "
        f"queries against {of_admin} (at most {MOST_OF_ADMIN} of both)",
        holds=mine <= MOST_OF_ADMIN * admins and queries <= of_admin,
    )


def asked(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        fetch(browser, address)
    return len(queries)


@contextmanager
def page_size(model: type[models.Model]) -> Iterator[None]:
    """The admin shows as many rows on a page as we do."""
    shown: Any = admin.site.get_model_admin(model)
    before, shown.list_per_page = shown.list_per_page, PER_PAGE
    try:
        yield
    finally:
        shown.list_per_page = before
