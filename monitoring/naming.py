"""Names of organisations on a day, for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.addresses import address_of
from mvi_portal.core.prepared import Prepared
from mvi_portal.core.tables import Cell
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Organisation

NOT_KNOWN = "niet bekend"
CLOSED_AT = 90  # characters of a text that stands as the heading of its row


class Named(NamedTuple):
    """An organisation under its name of the day."""

    pk: int
    key: str
    name_on_day: str | None


def named(rows: QuerySet[Organisation], on: date) -> QuerySet[Any, Any]:
    """Those in the rows, as a `Named` takes them."""
    found: Any = rows.order_by().with_name(on=on, fields=["name"])  # type: ignore[attr-defined] # of its queryset
    told: QuerySet[Any, Any] = found.values_list(*Named._fields)
    return told


_NAMES = Prepared(lambda those, on: named(Organisation.objects.filter(those("pk")), on))


class Names:
    """Organisations by primary key, under the name of the day; one query.

    None for those `among` the known.
    """

    def __init__(self, keys: Iterable[int | None], on: date, among: Iterable[Named] = ()) -> None:
        known = {body.pk: body for body in among}
        wanted = {key for key in keys if key is not None} - known.keys()
        rows = map(Named._make, _NAMES.rows(wanted, on))
        self._found: dict[int, Named] = known | {body.pk: body for body in rows}

    def of(self, key: int | None) -> str:
        body = self._found.get(key) if key is not None else None
        return (body.name_on_day or body.key) if body else ""

    def cell(self, key: int | None, request: HttpRequest, *, other: str = NOT_KNOWN) -> Cell:
        """The name, with the dossier behind it for who reads all of the register."""
        body = self._found.get(key) if key is not None else None
        if body is None:
            return Cell(other)
        return Cell(self.of(key), dossier(body.key, request))


def dossier(key: str, request: HttpRequest) -> str:
    """The address of a dossier; empty for who reads only the own one."""
    user = request.user
    if not isinstance(user, User) or scope(user, Action.READ) is not Scope.YES:
        return ""
    return keep(request, address_of("signatories:organisation-detail", key))


def shortened(text: str, most: int = CLOSED_AT) -> str:
    """The beginning of a long text, up to the end of a word."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"


def listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(name for name in names if name))
