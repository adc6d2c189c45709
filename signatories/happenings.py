"""What happened on line A: who signed, joined, took over, and withdrew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import DateField, F
from django.db.models.functions import Cast
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings
from mvi_portal.core.dates import long_date
from signatories.called import Called, names_under, under
from signatories.models import Signatory, Signature
from signatories.together import several

LINE = "A"


def signed(user: User, today: date) -> Any:
    return Signature.objects.visible_to(user, on=today).annotate(happened_on=Cast("signed_on", DateField()))


def withdrawn(user: User, today: date) -> Any:
    found = Signature.objects.visible_to(user, on=today).filter(withdrawn_on__isnull=False)
    return found.annotate(happened_on=F("withdrawn_on"))


def joined(user: User, today: date) -> Any:
    """Under a signature that was there already; who took over, is told apart."""
    found = Signatory.objects.visible_to(user, on=today)
    later = found.filter(via=None, valid_from__gt=F("signature__signed_on"))
    return later.annotate(happened_on=F("valid_from"))


def took_over(user: User, today: date) -> Any:
    found = Signatory.objects.visible_to(user, on=today).filter(via__isnull=False)
    return found.annotate(happened_on=F("valid_from"))


def tell_signed(keys: Collection[int]) -> dict[int, Happening]:
    rows = list(Signature.objects.filter(pk__in=keys).select_related("manifest"))
    names = names_under(under(keys), {row.pk: row.signed_on.last_day for row in rows})
    return {
        row.pk: Happening(
            str(row.signed_on),
            f"{several(names[row.pk]) or row.slug} {_verb(names[row.pk])} het {row.manifest.name}",
            _href(row),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


def tell_withdrawn(keys: Collection[int]) -> dict[int, Happening]:
    rows = list(Signature.objects.filter(pk__in=keys).select_related("manifest"))
    days = {row.pk: row.withdrawn_on for row in rows if row.withdrawn_on}
    names = names_under(under(keys), days)
    return {
        row.pk: Happening(
            long_date(days[row.pk]),
            f"De handtekening van {several(names[row.pk]) or row.slug} is ingetrokken",
            _href(row),
            LINE,
            row.is_demo,
        )
        for row in rows
    }


def tell_joined(keys: Collection[int]) -> dict[int, Happening]:
    return _tell(keys, lambda row, called, day: f"{called.on(row.organisation_id, day)} sluit aan")


def tell_took_over(keys: Collection[int]) -> dict[int, Happening]:
    def told(row: Signatory, called: Called, day: date) -> str:
        before = called.on(row.via.predecessor_id, day) if row.via else ""
        return f"{called.on(row.organisation_id, day)} neemt de ondertekening over van {before}"

    return _tell(keys, told)


def _tell(keys: Collection[int], told: Any) -> dict[int, Happening]:
    rows = list(Signatory.objects.filter(pk__in=keys).select_related("signature__manifest", "via"))
    bodies = {row.organisation_id for row in rows} | {row.via.predecessor_id for row in rows if row.via}
    called = Called(bodies)
    return {
        row.pk: Happening(
            long_date(row.valid_from),
            told(row, called, row.valid_from),
            _href(row.signature),
            LINE,
            row.is_demo,
        )
        for row in rows
        if row.valid_from
    }


def _verb(names: list[str]) -> str:
    return "ondertekenen" if len(names) > 1 else "ondertekent"


def _href(signature: Signature) -> str:
    return reverse("signatories:signature-detail", args=[signature.manifest.slug, signature.slug])


UNDER, OWN = {"organisation": "signatories__organisation"}, {"organisation": "organisation"}
SOURCES = {
    "signed": Happenings("ondertekening", signed, tell_signed, LINE, about=UNDER),
    "joined": Happenings("aansluiting", joined, tell_joined, LINE, about=OWN),
    "took-over": Happenings("opvolging", took_over, tell_took_over, LINE, about=OWN),
    "withdrawn": Happenings("intrekking", withdrawn, tell_withdrawn, LINE, about=UNDER),
}
