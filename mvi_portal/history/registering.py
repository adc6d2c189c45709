"""A registry of triggers that does not go through all of them for each that is added.

That of django-pgtrigger does, twice: with our hundreds it took a quarter of the start of every process.
"""

from __future__ import annotations

from typing import Any

from pgtrigger import Trigger, registry


class _Indexed(registry._Registry):
    def __init__(self) -> None:
        self._of_table: dict[tuple[str, str | None], Trigger] = {}
        self._functions: set[str] = set()
        super().__init__(registry._registry)

    @property
    def by_db_table(self) -> dict[tuple[str, str | None], Trigger]:
        return self._of_table

    @property
    def pg_function_names(self) -> set[str]:
        return self._functions

    def __setitem__(self, key: str, value: tuple[Any, Trigger]) -> None:
        super().__setitem__(key, value)  # type: ignore[no-untyped-call]
        model, trigger = value
        self._of_table[model._meta.db_table, trigger.name] = trigger
        self._functions.add(trigger.get_pgid(model))

    def __delitem__(self, key: str) -> None:
        model, trigger = self[key]
        super().__delitem__(key)  # type: ignore[no-untyped-call]
        del self._of_table[model._meta.db_table, trigger.name]
        self._functions.remove(trigger.get_pgid(model))


def quickly() -> None:
    """From here on; raises nothing, and what was registered stays so."""
    registry._registry = _Indexed()
