"""Writing the demonstration register: by natural key, a few queries for a table, and twice without effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import pghistory
from django.db import models

from mvi_portal.core.dates import PartialDateField
from mvi_portal.core.prose import ProseField

ACTION = "demo.loaded"  # under this name the history records what the demonstration wrote

M = TypeVar("M", bound=models.Model)
Row = dict[str, Any]
Key = tuple[Any, ...]


class Writer:
    """Adds the rows that are missing, and brings up to date those that nobody else changed.

    `created`, `changed` and `kept` count rows by the model's Dutch name; kept are those that somebody
    changed after the demonstration wrote them.
    """

    def __init__(self) -> None:
        self.created: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()

    def write(
        self, model: type[M], rows: Iterable[Row], *, key: Sequence[str], update: bool = True
    ) -> dict[Key, M]:
        """The rows as they stand in the database, by the values of `key`.

        The first field of `key` is never empty. With `update` false a row that is there stays as it is:
        what was published never changes.
        """
        given = [(_made(model, row), row) for row in rows]
        wanted = {_key_of(made, key): (made, row) for made, row in given}
        if len(wanted) != len(given):
            raise ValueError(f"{model.__name__}: two rows have the same {', '.join(key)}")
        found = self._found(model, wanted, key)
        missing = [made for at, (made, _row) in wanted.items() if at not in found]
        self._count(self.created, model, len(missing))
        model._default_manager.bulk_create(missing, batch_size=500)
        if update:
            self._bring_up_to_date(
                model, [(found[at], made, row) for at, (made, row) in wanted.items() if at in found]
            )
        return {at: found.get(at, made) for at, (made, _row) in wanted.items()}

    def _found(self, model: type[M], wanted: Iterable[Key], key: Sequence[str]) -> dict[Key, M]:
        first = _column(model, key[0])
        rows = model._default_manager.filter(**{f"{first}__in": {_plain(at[0]) for at in wanted}})
        return {at: row for row in rows if (at := _key_of(row, key)) in set(wanted)}

    def _bring_up_to_date(self, model: type[M], pairs: list[tuple[M, M, Row]]) -> None:
        differing = [pair for pair in pairs if _different(*pair)]
        theirs = _changed_by_others(model, [found.pk for found, _made, _row in differing])
        self._count(self.kept, model, len(theirs))
        for found, made, row in differing:
            if found.pk in theirs:
                continue
            names = _different(found, made, row)
            for name in names:
                setattr(found, name, getattr(made, name))
            found.save(update_fields=names)
            self._count(self.changed, model, 1)

    def _count(self, counter: Counter[str], model: type[models.Model], number: int) -> None:
        if number:
            counter[str(model._meta.verbose_name_plural)] += number


def _made(model: type[M], row: Row) -> M:
    """A row that is not written yet, with its prose cleaned as the database will hold it."""
    made = model(**row)
    for name in row:
        field = model._meta.get_field(name)
        if isinstance(field, ProseField):
            setattr(made, name, field.pre_save(made, add=True))
    return made


def _key_of(row: models.Model, key: Sequence[str]) -> Key:
    return tuple(getattr(row, _column(type(row), name)) for name in key)


def _column(model: type[models.Model], name: str) -> str:
    """The attribute that holds the value: of a relation its key, so that nothing is fetched."""
    field = model._meta.get_field(name)
    return field.attname if isinstance(field, models.ForeignKey) else name


def _plain(value: Any) -> Any:
    return getattr(value, "last_day", value)


def _different(found: models.Model, made: models.Model, row: Row) -> list[str]:
    """The fields of the row in which the two differ; of a vague date its precision too."""
    columns = {name: _column(type(found), name) for name in row}
    names = [name for name, column in columns.items() if getattr(found, column) != getattr(made, column)]
    fields = [found._meta.get_field(name) for name in names]
    return names + [field.precision_field for field in fields if isinstance(field, PartialDateField)]


def _changed_by_others(model: type[models.Model], keys: list[Any]) -> set[Any]:
    """Those of the rows of which the last change in the history is not the demonstration's own."""
    if not keys:
        return set()
    (events,) = pghistory.core.event_models(tracks_model=model)
    last = events._default_manager.filter(pgh_obj__in=keys).order_by("pgh_obj", "-pgh_id")
    found = last.distinct("pgh_obj").values_list("pgh_obj", "pgh_context__metadata__action")
    return {key for key, action in found if action != ACTION}
