"""Finding an organisation by what people type: exact before beginning, before holding, before coming near.

Its names (also former ones), what it is also called, the names of whom it took over, and its code. Words
that only come near count when nothing holds what was typed: who types it right, sees no guesses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    F,
    Field,
    FloatField,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Greatest

from mvi_portal.core.remembered import remembered
from mvi_portal.core.search import CODE, Plain, closeness, likeness, rank
from signatories.models.aliases import Alias
from signatories.models.organisations import Organisation, OrganisationName, searched
from signatories.models.successions import Succession

TAKEN_OVER = 0.5  # so much lower stands who took over the name, than who bears it


@dataclass(frozen=True)
class Match:
    """How near, and by which name; a code has none."""

    closeness: float
    found_as: str | None


def search(rows: QuerySet[Organisation], text: str) -> QuerySet[Any]:
    """Of the rows those that the text leads to; annotates `found_as` and `closeness`."""
    found = matches(text)
    keys = list(found)
    near, called = [item.closeness for item in found.values()], [item.found_as for item in found.values()]
    return rows.filter(pk__in=keys).annotate(
        closeness=_beside(keys, near, FloatField()), found_as=_beside(keys, called, TextField())
    )


@remembered
def matches(text: str) -> dict[int, Match]:
    """Organisations by their key in the database, with how they were found. Two queries."""
    own: dict[int, Match] = {}
    for organisation, name, near in _named(text.strip()):
        _keep(own, organisation, Match(near, name or None))
    found, successors = dict(own), _successors() if own else {}
    for organisation, match in own.items():
        for successor, steps in _onward(organisation, successors).items():
            _keep(found, successor, Match(match.closeness - TAKEN_OVER * steps, match.found_as))
    return found


def _keep(found: dict[int, Match], organisation: int, match: Match) -> None:
    """The nearest of all ways to it."""
    if organisation not in found or found[organisation].closeness < match.closeness:
        found[organisation] = match


def _named(text: str) -> QuerySet[Any, Any]:
    """Organisation, name and nearness of all with a name, an alias or a code like the text: one query."""
    names = OrganisationName.objects.annotate(plain=searched(), bare=Plain(F("name")))
    aliases = Alias.objects.annotate(plain=Plain(F("name")), bare=Plain(F("name")))
    typed = Plain(Value(text))
    held = Exists(names.filter(plain__contains=typed)) | Exists(aliases.filter(plain__contains=typed))
    alike = Q(plain__trigram_word_similar=typed) | Q(bare__trigram_similar=typed)
    like = Q(plain__contains=typed) | alike & ~held
    near = Greatest(closeness("plain", text), likeness("bare", text))
    called = rank(text, "name", "abbreviation", "name_with_kind") + near
    codes = Organisation.objects.filter(key__iexact=text).annotate(
        name=Value("", output_field=CharField()), near=Value(CODE, output_field=FloatField())
    )
    parts = (
        aliases.filter(like)
        .annotate(near=rank(text, "name") + near)
        .values_list("organisation", "name", "near"),
        codes.values_list("pk", "name", "near"),
    )
    return (
        names.filter(like)
        .annotate(near=called)
        .values_list("organisation", "name", "near")
        .order_by()
        .union(*(part.order_by() for part in parts), all=True)
    )


def _successors() -> dict[int, list[int]]:
    into: dict[int, list[int]] = defaultdict(list)
    for before, after in Succession.objects.order_by().values_list("predecessor", "successor"):
        into[before].append(after)
    return into


def _onward(start: int, successors: dict[int, list[int]]) -> dict[int, int]:
    """Into whom it went over, in how many steps."""
    steps, waiting = {start: 0}, [start]
    while waiting:
        here = waiting.pop(0)
        fresh = [after for after in successors.get(here, ()) if after not in steps]
        steps |= dict.fromkeys(fresh, steps[here] + 1)
        waiting += fresh
    return {after: count for after, count in steps.items() if count}


def _beside(keys: list[int], values: list[Any], field: Field[Any, Any]) -> Func:
    """For each row the value that stands beside its key."""
    place = Func(_array(keys, BigIntegerField()), F("pk"), function="array_position")
    return Func(
        _array(values, field), place, template="(%(expressions)s]", arg_joiner=")[", output_field=field
    )


def _array(values: list[Any], field: Field[Any, Any]) -> Cast:
    of = ArrayField(field)
    return Cast(Value(values, output_field=of), of)
