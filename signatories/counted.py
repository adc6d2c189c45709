"""What the figures of line A count, by the names of the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Counted
from mvi_portal.core.figures import Figure
from signatories.models import Organisation, Signatory, Signature
from signatories.together import headed


def counted(figure: Figure, on: date, user: User) -> list[Counted]:
    """The organisations, or the signatures with who stands under them."""
    keys = figure.keys(on)
    if figure.row_key == "organisation__key":
        return _organisations(keys, on, user)
    return signatures(Signature.objects.filter(pk__in=keys), on, user)


def _organisations(keys: list[Any], on: date, user: User) -> list[Counted]:
    visible = Organisation.objects.visible_to(user, on=timezone.localdate())
    found: Any = visible.filter(pk__in=keys).with_name(on=on)
    return [
        Counted(
            item.key,
            item.name_on_day or item.key,
            reverse("signatories:organisation-detail", args=[item.key]),
            item.is_demo,
        )
        for item in found
    ]


def signatures(rows: Any, on: date, user: User) -> list[Counted]:
    """Each signature called after the organisations under it on the day, of those that the user may see."""
    visible = list(rows.visible_to(user, on=timezone.localdate()).select_related("manifest"))
    under: Any = Signatory.objects.in_force(on=on).filter(signature__in=visible).with_name(on=on)
    names: dict[int, list[str]] = {}
    for item in sorted(under, key=lambda item: item.sort_name_on_day or ""):
        names.setdefault(item.signature_id, []).append(item.name_on_day)
    return [_signature(item, names.get(item.pk, [])) for item in visible]


def _signature(item: Signature, names: list[str]) -> Counted:
    address = reverse("signatories:signature-detail", args=[item.manifest.slug, item.slug])
    return Counted(item.natural, headed(names) or item.slug, address, item.is_demo)
