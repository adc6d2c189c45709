"""Names of organisations, each on a day of its own: what a timeline tells, it tells in the names of then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from signatories.models import OrganisationName, Signatory


class Called:
    """The names of these organisations through time; one query."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._names: dict[int, list[OrganisationName]] = defaultdict(list)
        for row in OrganisationName.objects.filter(organisation__in=set(keys)).order_by("valid_from", "pk"):
            self._names[row.organisation_id].append(row)

    def on(self, key: int, day: date) -> str:
        """Before its first or after its last known name it goes by the nearest one."""
        names = self._names[key]
        held = [row for row in names if _from(row) <= day <= (row.valid_until or date.max)]
        nearest = held or [row for row in names if _from(row) <= day][-1:] or names[:1]
        return nearest[0].name if nearest else ""


def under(signatures: Iterable[int]) -> dict[int, list[Signatory]]:
    """The organisations that ever stood under these signatures, oldest row first; one query."""
    found: dict[int, list[Signatory]] = defaultdict(list)
    for row in Signatory.objects.filter(signature__in=set(signatures)).order_by("pk"):
        found[row.signature_id].append(row)
    return found


def names_under(rows: dict[int, list[Signatory]], days: dict[int, date]) -> dict[int, list[str]]:
    """For each signature the names, on its day, of who stood under it then; one query."""
    called = Called(row.organisation_id for listed in rows.values() for row in listed)
    return {
        key: [called.on(row.organisation_id, day) for row in rows.get(key, []) if _stood(row, day)]
        for key, day in days.items()
    }


def _stood(row: Signatory, day: date) -> bool:
    return (row.valid_from or date.min) <= day <= (row.valid_until or date.max)


def _from(row: OrganisationName) -> date:
    return row.valid_from or date.min
