from __future__ import annotations

from collections.abc import Iterator

import pgtrigger
import pytest
from pgtrigger import registry

from mvi_portal.history.registering import _Indexed
from signatories.models import Alias

PLANTED = "signatories.Alias:planted"


def a_trigger(func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name="planted", when=pgtrigger.Before, operation=pgtrigger.Insert, func=func)


@pytest.fixture
def planted() -> Iterator[pgtrigger.Trigger]:
    trigger = a_trigger("RETURN NEW;")
    registry._registry[PLANTED] = (Alias, trigger)
    yield trigger
    registry.delete(PLANTED)


def agrees() -> bool:
    """Whether it finds what the library finds by going through all."""
    ours, all_of_it = registry._registry, registry._registry.values()
    functions = {trigger.get_pgid(model) for model, trigger in all_of_it}
    tables = {(model._meta.db_table, trigger.name): trigger for model, trigger in all_of_it}
    return bool(ours.by_db_table == tables and ours.pg_function_names == functions)


def test_it_knows_what_the_librarys_own_would_find() -> None:
    assert isinstance(registry._registry, _Indexed)
    assert len(registry._registry) > 300
    assert agrees()


def test_a_name_that_is_taken_is_refused(planted: pgtrigger.Trigger) -> None:
    with pytest.raises(KeyError, match="already"):
        registry._registry[PLANTED] = (Alias, a_trigger("RETURN OLD;"))
    assert registry._registry[PLANTED][1] is planted
    assert agrees()


def test_what_was_taken_out_is_free_again() -> None:
    registry._registry[PLANTED] = (Alias, a_trigger("RETURN NEW;"))
    registry.delete(PLANTED)
    assert agrees()
    assert (Alias._meta.db_table, "planted") not in registry._registry.by_db_table
