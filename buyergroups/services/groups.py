"""A group is made and changed, with who took the initiative and its themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from buyergroups.models import BuyerGroup, GroupTheme, Initiator
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Organisation, Theme

AFTER_PHASE = "De groep begint na haar eerste fase ({phase}). Wijzig eerst die fase."
ADDRESSES = frozenset({"export", "nieuw", "tijdlijn"})  # words that stand where the key of a group does


@transaction.atomic
def make_group(
    *, initiators: Sequence[Organisation], themes: Sequence[str], by: User | None, **facts: Any
) -> BuyerGroup:
    """`facts` are fields of the group; themes by database key, as the form gives them."""
    made = BuyerGroup(slug=_free(facts["name"]), **facts)
    with history(by=by, action="group.made"):
        made.full_clean()
        made.save()
        _set_initiators(made, initiators)
        _set_themes(made, themes)
    return made


@transaction.atomic
def change_group(
    *,
    group: BuyerGroup,
    initiators: Sequence[Organisation],
    themes: Sequence[str],
    by: User | None,
    **facts: Any,
) -> None:
    """Any fact of it; its key stays, so that links do."""
    found = BuyerGroup.objects.select_for_update().get(pk=group.pk)
    for name, value in facts.items():
        setattr(found, name, value)
    _must_not_begin_after_its_phases(found)
    with history(by=by, action="group.changed"):
        found.full_clean()
        found.save()
        _set_initiators(found, initiators)
        _set_themes(found, themes)


def _must_not_begin_after_its_phases(group: BuyerGroup) -> None:
    first = group.phases.order_by("valid_from").first()
    if first and group.started_on and group.started_on.last_day > first.valid_from.last_day:
        raise ValidationError({"started_on": AFTER_PHASE.format(phase=first.valid_from)})


def _set_initiators(group: BuyerGroup, wanted: Sequence[Organisation]) -> None:
    group.initiator_rows.exclude(organisation__in=wanted).delete()
    there = set(group.initiator_rows.values_list("organisation", flat=True))
    new = [item for item in wanted if item.pk not in there]
    Initiator.objects.bulk_create(Initiator(group=group, organisation=item) for item in new)


def _set_themes(group: BuyerGroup, wanted: Sequence[str]) -> None:
    group.theme_rows.exclude(theme__in=[int(pk) for pk in wanted]).delete()
    there = group.theme_rows.values("theme")
    new = Theme.objects.filter(pk__in=wanted).exclude(pk__in=there)
    GroupTheme.objects.bulk_create(GroupTheme(group=group, theme=item) for item in new)


def _free(name: str) -> str:
    """A key of the name that no group has yet."""
    base = slugify(name)[:70] or "groep"
    taken: set[Any] = set(BuyerGroup.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    tried = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 4))
    return next(slug for slug in tried if slug not in taken | ADDRESSES)
