"""A query that is compiled once: another day and other keys, the same answer as Django's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from mvi_portal.core.prepared import Prepared, Those
from signatories.models import Organisation
from tests.factories.signatories import OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 31)


def existing(those: Those, on: date) -> QuerySet[Any, Any]:
    return Organisation.objects.filter(those("pk")).existing(on=on).order_by("key").values_list("key")


def test_it_answers_as_the_query_that_it_was_made_of(django_assert_num_queries: Any) -> None:
    old = OrganisationFactory(key="gm1", valid_until=DAY)
    new = OrganisationFactory(key="gm2", valid_from=DAY + timedelta(days=1))
    ever, other = OrganisationFactory(key="gm3"), OrganisationFactory(key="gm4")
    asked = Prepared(existing)
    for on in (DAY, DAY + timedelta(days=1)):
        for keys in ([old.pk, new.pk, ever.pk], [other.pk], [0]):
            plain = Organisation.objects.filter(pk__in=keys).existing(on=on).order_by("key")
            with django_assert_num_queries(1):
                found = asked.rows(keys, on)
            assert found == [(body.key,) for body in plain]
    assert asked.rows([], DAY) == []


def test_a_query_that_reckons_with_the_day_is_refused() -> None:
    late = Prepared(lambda those, on: existing(those, on + timedelta(days=1)))
    with pytest.raises(ValueError, match="rekent met de dag"):
        late.rows([1], DAY)
