"""Rubrics: built criterion by criterion, published, and followed by a new version."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from actionplans.models import Criterion, Rubric
from mvi_portal.accounts.models import User
from mvi_portal.history import history

FROZEN = "Dit beoordelingskader is gepubliceerd en verandert niet meer. Maak een nieuwe versie."
_TAKEN = ("nieuw",)  # words that are addresses already


@transaction.atomic
def create_rubric(*, name: str, description: str, by: User) -> Rubric:
    """Empty, under a key made of its name."""
    if Rubric.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": "Er is al een beoordelingskader met deze naam. Kies een andere naam."})
    with history(by=by, action="rubric.created"):
        return Rubric.objects.create(
            slug=_free(Rubric.objects.all(), "slug", name, 50), name=name, description=description
        )


@transaction.atomic
def change_rubric(*, rubric: Rubric, name: str, description: str, by: User) -> None:
    stored = _open(rubric)
    with history(by=by, action="rubric.changed"):
        stored.name, stored.description = name, description
        stored.full_clean()
        stored.save(update_fields=["name", "description"])


@transaction.atomic
def remove_rubric(*, rubric: Rubric, by: User) -> None:
    """Take away a version that was never published, with its criteria."""
    stored = _open(rubric)
    with history(by=by, action="rubric.removed"):
        stored.delete()


@transaction.atomic
def add_criterion(*, rubric: Rubric, by: User, **facts: Any) -> Criterion:
    """At the end, under a code made of its name; `facts` are the fields of a criterion."""
    stored = _open(rubric)
    last = stored.criteria.aggregate(last=Max("order"))["last"]
    criterion = Criterion(rubric=stored, order=0 if last is None else last + 1, **facts)
    criterion.code = _free(stored.criteria.all(), "code", criterion.name, 34)
    _check(criterion)
    with history(by=by, action="rubric.criterion-added"):
        criterion.save()
    return criterion


@transaction.atomic
def change_criterion(*, criterion: Criterion, by: User, **facts: Any) -> None:
    """Of a published rubric only what it is compared with can change: that is no part of the question."""
    stored = Criterion.objects.select_for_update(of=("self",)).select_related("rubric").get(pk=criterion.pk)
    if set(facts) != {"mapped_to"}:
        _open(stored.rubric)
    for name, value in facts.items():
        setattr(stored, name, value)
    _check(stored)
    with history(by=by, action="rubric.criterion-changed"):
        stored.save(update_fields=list(facts))


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: User) -> None:
    _open(criterion.rubric)
    with history(by=by, action="rubric.criterion-removed"):
        criterion.delete()


@transaction.atomic
def move_criterion(*, criterion: Criterion, up: bool, by: User) -> bool:
    """Change places with the neighbour; False at the end of the list."""
    rubric = _open(criterion.rubric)
    ordered = list(rubric.criteria.order_by("order", "code"))
    place = ordered.index(criterion)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return False
    ordered[place], ordered[other] = ordered[other], ordered[place]
    with history(by=by, action="rubric.criterion-moved"):
        for number, item in enumerate(ordered):
            if item.order != number:
                item.order = number
                item.save(update_fields=["order"])
    return True


@transaction.atomic
def publish_rubric(*, rubric: Rubric, by: User) -> None:
    """From now on it is fit to score with, and frozen."""
    stored = _open(rubric)
    if not stored.criteria.exists():
        raise ValidationError("Dit beoordelingskader heeft nog geen criteria. Voeg er eerst één toe.")
    with history(by=by, action="rubric.published"):
        stored.published_on = timezone.localdate()
        stored.save(update_fields=["published_on"])


@transaction.atomic
def next_version(*, rubric: Rubric, by: User) -> Rubric:
    """A copy to change, each criterion comparable with its example; one for who asks twice."""
    versions = Rubric.objects.select_for_update().filter(slug=rubric.slug)
    last = max(versions, key=lambda item: item.version)
    if last.published_on is None:
        return last
    with history(by=by, action="rubric.version-begun"):
        made = Rubric.objects.create(
            slug=last.slug,
            version=last.version + 1,
            name=last.name,
            description=last.description,
            is_example=last.is_example,
            is_demo=last.is_demo,
            source=last.source,
        )
        Criterion.objects.bulk_create(_copy(item, made) for item in last.criteria.order_by("order", "code"))
    return made


def comparable(rubric: Rubric) -> QuerySet[Criterion]:
    """The criteria of earlier versions, which a criterion of this one can be compared with."""
    earlier = Criterion.objects.filter(rubric__slug=rubric.slug, rubric__version__lt=rubric.version)
    return earlier.select_related("rubric").order_by("-rubric__version", "order", "code")


def _copy(item: Criterion, rubric: Rubric) -> Criterion:
    kept = ("code", "order", "name", "help", "theme_id", "kind", "max_points")
    return Criterion(rubric=rubric, mapped_to=item, **{name: getattr(item, name) for name in kept})


def _open(rubric: Rubric) -> Rubric:
    """The rubric, locked, while it can be changed."""
    stored = Rubric.objects.select_for_update().get(pk=rubric.pk)
    if stored.published_on is not None:
        raise ValidationError(FROZEN)
    return stored


def _check(criterion: Criterion) -> None:
    """What the database asks, said at the field. Only what is scored alike can be compared."""
    criterion.full_clean(exclude=["lowest", "highest"])
    other = criterion.mapped_to
    if other is None:
        return
    if other.rubric.slug != criterion.rubric.slug or other.rubric.version >= criterion.rubric.version:
        raise ValidationError({"mapped_to": "Kies een criterium uit een eerdere versie van dit kader."})
    if (other.kind, other.max_points) != (criterion.kind, criterion.max_points):
        told = "Dit criterium wordt anders gescoord. Alleen gelijke soorten zijn te vergelijken."
        raise ValidationError({"mapped_to": told})


def _free(rows: QuerySet[Any], field: str, text: str, longest: int) -> str:
    """The words as a key that none of the rows has."""
    base = slugify(text)[:longest].strip("-") or "naamloos"
    taken = {*rows.order_by().values_list(field, flat=True), *_TAKEN}
    return next(key for key in chain([base], (f"{base}-{n}" for n in count(2))) if key not in taken)
