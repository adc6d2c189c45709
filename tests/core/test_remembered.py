"""What is asked more than once while one page is made."""

from __future__ import annotations

import pytest
from django.db.models import TextField, Value
from django.db.models.functions import Concat

from mvi_portal.core.finding import joined
from mvi_portal.core.remembered import remembered, remembering
from signatories.models import Kind, Organisation


def test_a_question_is_asked_once_on_a_page_and_again_on_the_next() -> None:
    asked: list[str] = []

    @remembered
    def question(text: str) -> int:
        asked.append(text)
        return len(asked)

    assert [question("a"), question("a")] == [1, 2]
    for first in (3, 5):
        with remembering():
            assert [question("a"), question("b"), question("a")] == [first, first + 1, first]


@pytest.mark.django_db
def test_columns_are_joined_as_django_joins_them() -> None:
    Organisation.objects.create(key="a", kind=Kind.OTHER, source="Staatscourant")
    Organisation.objects.create(key="b", kind=Kind.OTHER, kvk="12345678")
    parts = ("key", Value(" "), "source", Value(" "), "kvk")
    rows = Organisation.objects.annotate(
        ours=joined("key", "source", "kvk"), theirs=Concat(*parts, output_field=TextField())
    )
    told = list(rows.order_by("key").values_list("ours", "theirs"))
    assert told == [("a Staatscourant ", "a Staatscourant "), ("b  12345678", "b  12345678")]
