"""Line A's figures, against an independent count in Python of the same rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mvi_portal.core.dates import PartialDate
from mvi_portal.core.figures import registry
from signatories.models import Kind, Manifest, Organisation, Signatory, Signature

pytestmark = pytest.mark.django_db

START = date(2022, 11, 24)
DAYS = st.integers(-40, 900).map(lambda days: START + timedelta(days=days))
SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(
    lambda span: span[0] is None or span[1] is None or span[0] <= span[1]
)


def manifest(**fields: Any) -> Manifest:
    return Manifest.objects.create(**{"slug": "mvoi", "name": "Manifest", "opened_on": START, **fields})


def organisation(key: str, kind: Kind = Kind.MUNICIPALITY, **fields: Any) -> Organisation:
    return Organisation.objects.create(key=key, kind=kind, **fields)


def signature(of: Manifest, slug: str, *organisations: Organisation, **fields: Any) -> Signature:
    made = Signature.objects.create(**{"manifest": of, "slug": slug, "signed_on": START, **fields})
    Signatory.objects.bulk_create(Signatory(signature=made, organisation=item) for item in organisations)
    return made


def value(key: str, on: date = START) -> int:
    return registry.get(key).value(on)


def test_one_signature_for_four_municipalities_counts_each_of_them() -> None:
    signature(manifest(), "buch", *(organisation(f"m{number}") for number in range(4)))
    assert value("ondertekenaars.gemeenten") == 4
    assert value("ondertekenaars.handtekeningen") == 1


def test_a_ministry_with_two_signatures_counts_once() -> None:
    ministry, signed = organisation("bz", Kind.MINISTRY), manifest()
    signature(signed, "bz-1", ministry)
    signature(signed, "bz-2", ministry)
    assert value("ondertekenaars.departementen") == 1
    assert value("ondertekenaars.handtekeningen") == 2


def test_a_signature_known_by_month_counts_from_the_last_day() -> None:
    signature(manifest(), "lv", organisation("lv"), signed_on=PartialDate.month(2023, 2))
    assert value("ondertekenaars.gemeenten", date(2023, 2, 27)) == 0
    assert value("ondertekenaars.gemeenten", date(2023, 2, 28)) == 1


def test_on_the_day_of_withdrawal_a_signature_is_no_longer_in_force() -> None:
    signature(manifest(), "a", organisation("a"), withdrawn_on=date(2024, 3, 1))
    assert value("ondertekenaars.gemeenten", date(2024, 2, 29)) == 1
    assert value("ondertekenaars.gemeenten", date(2024, 3, 1)) == 0


def test_when_the_manifest_is_ended_no_signature_is_in_force() -> None:
    signature(manifest(ended_on=date(2026, 1, 1)), "a", organisation("a"))
    assert value("ondertekenaars.gemeenten", date(2025, 12, 31)) == 1
    assert value("ondertekenaars.gemeenten", date(2026, 1, 1)) == 0


def test_an_organisation_that_no_longer_exists_does_not_count() -> None:
    signature(manifest(), "a", organisation("a", valid_until=date(2023, 12, 31)))
    assert value("ondertekenaars.gemeenten", date(2023, 12, 31)) == 1
    assert value("ondertekenaars.gemeenten", date(2024, 1, 1)) == 0


def test_the_five_categories_add_up_to_the_organisations() -> None:
    kinds = (Kind.MINISTRY, Kind.PROVINCE, Kind.MUNICIPALITY, Kind.WATER_AUTHORITY, Kind.OTHER)
    signature(manifest(), "all", *(organisation(kind.value, kind) for kind in (*kinds, Kind.UMBRELLA)))
    parts = ("departementen", "provincies", "gemeenten", "waterschappen", "overige")
    assert sum(value(f"ondertekenaars.{part}") for part in parts) == 5
    assert value("ondertekenaars.organisaties") == 5


def test_the_rows_are_named_by_natural_keys() -> None:
    signature(manifest(), "buch", organisation("gm9002"), organisation("gm9001"))
    assert registry.get("ondertekenaars.gemeenten").row_keys(START) == ["gm9001", "gm9002"]
    assert registry.get("ondertekenaars.handtekeningen").row_keys(START) == ["mvoi:buch"]


def test_all_is_measured_against_what_exists_on_the_day() -> None:
    organisation("old", valid_until=date(2023, 12, 31))
    signature(manifest(), "new", organisation("new"))
    municipalities = registry.get("ondertekenaars.gemeenten")
    assert municipalities.whole(START) == 2
    assert municipalities.whole(date(2024, 1, 1)) == 1


def test_a_made_up_row_marks_the_figure() -> None:
    made = signature(manifest(), "a", organisation("a"))
    assert not registry.get("ondertekenaars.gemeenten").at(START).is_demo
    made.signatories.update(is_demo=True)
    assert registry.get("ondertekenaars.gemeenten").at(START).is_demo


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(DAYS, st.none() | DAYS, SPANS, SPANS), max_size=8), on=st.lists(DAYS, min_size=3)
)
def test_value_rows_and_series_equal_an_independent_count(rows: list[Any], on: list[date]) -> None:
    _clear()
    signed = manifest()
    for index, (signed_on, withdrawn_on, own, exists) in enumerate(rows):
        if withdrawn_on and withdrawn_on < signed_on:
            withdrawn_on = None
        body = organisation(f"m{index // 2}-{index}", valid_from=exists[0], valid_until=exists[1])
        act = Signature.objects.create(
            manifest=signed, slug=f"s{index}", signed_on=signed_on, withdrawn_on=withdrawn_on
        )
        Signatory.objects.create(signature=act, organisation=body, valid_from=own[0], valid_until=own[1])
    for day in on:  # the condition and the range tell the same
        for register in (Signatory.objects, Signature.objects):
            spanned: Any = register.with_span()
            assert set(register.in_force(on=day)) == set(spanned.filter(span__contains=day))
    municipalities = registry.get("ondertekenaars.gemeenten")
    expected = [(day, _counted(day)) for day in sorted(set(on))]
    assert municipalities.series(set(on)) == expected
    assert [(day, municipalities.value(day)) for day in sorted(set(on))] == expected
    assert [len(municipalities.row_keys(day)) for day in sorted(set(on))] == [
        number for _, number in expected
    ]


def _counted(day: date) -> int:
    """The same question, asked of the rows one by one."""
    found = set()
    for row in Signatory.objects.select_related("signature__manifest", "organisation"):
        act, body = row.signature, row.organisation
        ends = [act.withdrawn_on, act.manifest.ended_on]
        holds = act.signed_on is not None and act.signed_on.last_day <= day
        holds = holds and all(end is None or day < end for end in ends)
        for first, last in ((row.valid_from, row.valid_until), (body.valid_from, body.valid_until)):
            holds = holds and (first is None or first <= day) and (last is None or day <= last)
        if holds:
            found.add(body.pk)
    return len(found)


def _clear() -> None:
    for model in (Signatory, Signature, Manifest, Organisation):
        model.objects.all().delete()
