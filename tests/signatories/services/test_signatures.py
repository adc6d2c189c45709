"""Signing the Manifest, and withdrawing from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory.models
import pytest
from django.core.exceptions import ValidationError

from mvi_portal.core.dates import PartialDate
from signatories.models import Signatory, Signature
from signatories.services import sign, withdraw
from tests.factories.signatories import SIGNED_ON, ManifestFactory, OfficeFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_one_signature_makes_each_of_its_organisations_a_signatory() -> None:
    buch = OrganisationFactory.create_batch(4)
    made = sign(
        manifest=ManifestFactory(slug="mvoi"),
        organisations=buch,
        signed_on=SIGNED_ON,
        slug="buch",
        office=OfficeFactory(),
        source="rtv80.nl",
        by=None,
    )
    assert made.natural == "mvoi:buch"
    assert set(Signatory.objects.in_force(on=SIGNED_ON).values_list("organisation", flat=True)) == {
        organisation.pk for organisation in buch
    }
    assert set(Signatory.objects.values_list("source", flat=True)) == {"rtv80.nl"}


def test_a_date_keeps_its_precision() -> None:
    made = sign(
        manifest=ManifestFactory(),
        organisations=[OrganisationFactory()],
        signed_on=PartialDate.month(2023, 2),
        slug="lv",
        by=None,
    )
    made.refresh_from_db()
    assert str(made.signed_on) == "februari 2023"
    assert not Signature.objects.in_force(on=date(2023, 2, 27)).exists()
    assert Signature.objects.in_force(on=date(2023, 2, 28)).exists()


def test_a_signature_for_nobody_is_refused() -> None:
    with pytest.raises(ValidationError, match="minstens één organisatie"):
        sign(manifest=ManifestFactory(), organisations=[], signed_on=SIGNED_ON, slug="leeg", by=None)
    assert not Signature.objects.exists()


def test_an_organisation_signs_once_under_a_signature() -> None:
    twice = [OrganisationFactory()] * 2
    with pytest.raises(ValidationError, match="twee keer"):
        sign(manifest=ManifestFactory(), organisations=twice, signed_on=SIGNED_ON, slug="dubbel", by=None)


def test_a_second_signature_with_the_same_key_is_refused() -> None:
    manifest = ManifestFactory()
    for_one: dict[str, Any] = {"manifest": manifest, "signed_on": SIGNED_ON, "slug": "x", "by": None}
    sign(organisations=[OrganisationFactory()], **for_one)
    with pytest.raises(ValidationError, match="staat al onder het manifest"):
        sign(organisations=[OrganisationFactory()], **for_one)


def test_from_the_day_of_withdrawal_nobody_is_bound() -> None:
    made = sign(
        manifest=ManifestFactory(),
        organisations=OrganisationFactory.create_batch(2),
        signed_on=SIGNED_ON,
        slug="x",
        by=None,
    )
    withdraw(signature=made, on=date(2024, 3, 1), by=None, why="Raadsbesluit")
    assert Signatory.objects.in_force(on=date(2024, 2, 29)).count() == 2
    assert not Signatory.objects.in_force(on=date(2024, 3, 1)).exists()
    (context,) = pghistory.models.Context.objects.filter(metadata__action="signature.withdrawn")
    assert context.metadata["why"] == "Raadsbesluit"


def test_nobody_withdraws_before_signing() -> None:
    made = sign(
        manifest=ManifestFactory(),
        organisations=[OrganisationFactory()],
        signed_on=SIGNED_ON,
        slug="x",
        by=None,
    )
    with pytest.raises(ValidationError, match="einddatum"):
        withdraw(signature=made, on=date(2022, 11, 23), by=None)
