"""Which rows are seen with the row above them."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from signatories.models import Signatory, Signature
from signatories.models.reading import beneath
from tests.factories.signatories import SignatoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_and_second() -> tuple[Signatory, Signatory]:
    return SignatoryFactory(), SignatoryFactory()


def test_who_sees_all_above_sees_all_beneath(first_and_second: tuple[Signatory, Signatory]) -> None:
    assert set(beneath(Signatory.objects.all(), "signature", Signature.objects.all())) == set(
        first_and_second
    )


@pytest.mark.parametrize("how", ["filtered", "sliced", "combined"])
def test_who_sees_one_above_sees_what_is_beneath_it(
    first_and_second: tuple[Signatory, Signatory], how: str
) -> None:
    first, _ = first_and_second
    every = Signature.objects.order_by("pk")
    seen: dict[str, QuerySet[Signature]] = {
        "filtered": every.filter(pk=first.signature_id),
        "sliced": every[:1],
        "combined": every.filter(pk=first.signature_id).union(every.filter(pk=0)),
    }
    assert list(beneath(Signatory.objects.all(), "signature", seen[how])) == [first]


def test_who_sees_none_above_sees_none_beneath(first_and_second: tuple[Signatory, Signatory]) -> None:
    assert not beneath(Signatory.objects.all(), "signature", Signature.objects.none())
