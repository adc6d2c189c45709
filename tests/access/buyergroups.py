"""Line B."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, READERS, Access
from tests.factories.buyergroups import BuyerGroupFactory, OutputFactory, ParticipationFactory, PhaseFactory

SECRETARIAT = frozenset({Role.SECRETARIAT})
ROOMS: dict[str, tuple[str, Any]] = {
    "phase": ("fasen", PhaseFactory),
    "participation": ("deelnemers", ParticipationFactory),
    "output": ("resultaten", OutputFactory),
}


def group(below: str = "") -> str:
    return f"/buyergroups/{BuyerGroupFactory().slug}/{below}"


def row(noun: str, verb: str) -> str:
    place, factory = ROOMS[noun]
    made = factory()
    return f"/buyergroups/{made.group.slug}/{place}/{made.pk}/{verb}/"


def published() -> str:
    """A document that a group published."""
    row = OutputFactory(
        published_on=date(2024, 1, 1),
        file=ContentFile(b"%PDF-", name="visie.pdf"),
        filename="visie.pdf",
        sha256="0" * 64,
        uploaded_at=timezone.now(),
    )
    return f"/buyergroups/{row.group.slug}/resultaten/{row.pk}/"


def kept(name: str, address: Callable[[], str] | None = None) -> Access:
    """For the secretariat, to look and to write."""
    return Access(f"buyergroups:{name}", get=SECRETARIAT, post=SECRETARIAT, address=address)


def rooms() -> Iterator[Access]:
    for noun, (place, _factory) in ROOMS.items():
        yield kept(f"{noun}-new", partial(group, f"{place}/nieuw/"))
        yield kept(f"{noun}-edit", partial(row, noun, "bewerken"))
        yield kept(f"{noun}-drop", partial(row, noun, "verwijderen"))


ROWS = [
    Access("buyergroups:group-list", get=ALL),
    Access("buyergroups:group-export", get=ALL),
    *(Access(f"buyergroups:{noun}-export", get=ALL) for noun in ROOMS),
    Access("buyergroups:group-timeline", get=ALL),
    Access("buyergroups:group-detail", get=READERS, address=group),
    Access("buyergroups:output-file", get=READERS, address=published),
    kept("group-new"),
    kept("group-edit", partial(group, "bewerken/")),
    *rooms(),
]
