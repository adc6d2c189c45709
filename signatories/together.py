"""One signature, more organisations: 'mede voor'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone

from mvi_portal.accounts.models import User
from signatories.models import Signatory


def several(names: list[str], shown: int = 2) -> str:
    """Like "A; B en 3 andere"; all of them when there are few."""
    if len(names) <= shown + 1:
        return "; ".join(names)
    return f"{'; '.join(names[:shown])} en {len(names) - shown} andere"


def headed(names: list[str]) -> str:
    """Like "A en 3 andere": whose signature it is, in short."""
    rest = f" en {len(names) - 1} andere" if len(names) > 1 else ""
    return f"{names[0]}{rest}" if names else ""


def together(
    rows: Iterable[Signatory], request: HttpRequest, on: date, *, in_force: bool = False
) -> dict[int, list[str]]:
    """For each row the names, on the day, of who else stands under its signature in force.

    Only the names that the reader may see; one query for all rows, shorter when all are known to be in force.
    """
    rows = list(rows)
    seen = Signatory.objects.visible_to(cast("User", request.user), on=timezone.localdate())
    whole = seen.present(on=on) if in_force else seen.in_force(on=on)
    beside = whole.filter(signature__in={row.signature_id for row in rows})
    named: Any = beside.with_name(on=on).order_by()
    found = named.values_list("signature", "organisation", "sort_name_on_day", "name_on_day")
    names: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for signature, organisation, _sort_name, name in sorted(found, key=lambda row: row[2] or ""):
        names[signature].append((organisation, name))
    return {
        row.pk: [name for other, name in names[row.signature_id] if other != row.organisation_id]
        for row in rows
    }
