"""What the figures of line B count."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from buyergroups.models import BuyerGroup
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Counted
from mvi_portal.core.figures import Figure
from signatories.models import Organisation


def counted(figure: Figure, on: date, user: User) -> list[Counted]:
    """Groups, or what stands at groups that the reader may see."""
    visible = BuyerGroup.objects.visible_to(user, on=timezone.localdate())
    if figure.key == "buyergroups.deelnemers":
        return _parties(figure.rows(on).filter(group__in=visible), on)
    if figure.key == "buyergroups.resultaten":
        rows = figure.rows(on).filter(group__in=visible).select_related("group")
        return [Counted(row.called, row.title, _address(row.group), row.is_demo) for row in rows]
    found = visible.filter(pk__in=figure.keys(on))
    return [Counted(item.slug, item.name, _address(item), item.is_demo) for item in found]


def _parties(rows: Any, on: date) -> list[Counted]:
    """Each once: an organisation under its name of the day, another party under its own."""
    found = {row.party: row for row in rows.order_by("party")}
    keys = [row.organisation_id for row in found.values() if row.organisation_id]
    bodies: dict[int, Any] = Organisation.objects.with_name(on=on).in_bulk(keys)
    return [_party(row, bodies.get(row.organisation_id)) for row in found.values()]


def _party(row: Any, body: Any) -> Counted:
    if body is None:
        return Counted(row.party, row.party, "", row.is_demo)
    address = reverse("signatories:organisation-detail", args=[body.key])
    return Counted(body.key, body.name_on_day or body.key, address, body.is_demo)


def _address(group: BuyerGroup) -> str:
    return reverse("buyergroups:group-detail", args=[group.slug])
