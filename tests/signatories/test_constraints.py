"""What must never be, the database refuses: each constraint by its name, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from signatories.models import Contact, Kind, Organisation
from tests.factories.signatories import (
    ContactFactory,
    ManifestFactory,
    OfficeFactory,
    OfficeHolderFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    RepresentativeFactory,
    SignatoryFactory,
    SignatureFactory,
    StepFactory,
    SuccessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

LATER, SOONER = date(2024, 6, 1), date(2024, 5, 31)
BACKWARD = {"valid_from": LATER, "valid_until": SOONER}


def twice(factory: Callable[..., object], **fields: object) -> None:
    factory(**fields)
    factory(**fields)


def overlapping_names() -> None:
    organisation = OrganisationFactory(called=None)
    OrganisationNameFactory(organisation=organisation, valid_until=LATER)
    OrganisationNameFactory(organisation=organisation, valid_from=LATER)


def overlapping_holders() -> None:
    office = OfficeFactory()
    OfficeHolderFactory(office=office, valid_until=LATER)
    OfficeHolderFactory(office=office, valid_from=LATER)


def overlapping_signatories() -> None:
    row = SignatoryFactory(valid_until=LATER)
    SignatoryFactory(signature=row.signature, organisation=row.organisation, valid_from=LATER)


def overlapping_representatives() -> None:
    row = RepresentativeFactory()
    RepresentativeFactory(user=row.user, organisation=row.organisation, valid_from=LATER)


def own_successor() -> None:
    organisation = OrganisationFactory()
    SuccessionFactory(predecessor=organisation, successor=organisation)


def same_succession() -> None:
    row = SuccessionFactory()
    SuccessionFactory(predecessor=row.predecessor, successor=row.successor)


REFUSED: dict[str, Callable[[], object]] = {
    "organisation_valid_until_after_valid_from": lambda: OrganisationFactory(**BACKWARD),
    "organisation_kind_known": lambda: OrganisationFactory(kind="kingdom"),
    "organisation_tooi_code_form": lambda: OrganisationFactory(key="vng", is_tooi=True),
    "organisation_demo_without_tooi": lambda: OrganisationFactory(key="gm9999", is_tooi=True, is_demo=True),
    "organisationname_valid_until_after_valid_from": lambda: OrganisationNameFactory(**BACKWARD),
    "organisationname_no_overlap": overlapping_names,
    "succession_once": same_succession,
    "succession_other": own_successor,
    "succession_event_known": lambda: SuccessionFactory(event="conquest"),
    "office_valid_until_after_valid_from": lambda: OfficeFactory(**BACKWARD),
    "officeholder_valid_until_after_valid_from": lambda: OfficeHolderFactory(**BACKWARD),
    "officeholder_one_at_a_time": overlapping_holders,
    "manifest_plan_term_positive": lambda: ManifestFactory(plan_term_months=0),
    "manifest_ended_on_after_opened_on": lambda: ManifestFactory(opened_on=LATER, ended_on=SOONER),
    "theme_once": lambda: twice(ThemeFactory, manifest=ManifestFactory(), slug="klimaat"),
    "theme_order_once": lambda: twice(ThemeFactory, manifest=ManifestFactory(), order=1),
    "theme_domain_known": lambda: ThemeFactory(domain="digital"),
    "step_once": lambda: twice(StepFactory, manifest=ManifestFactory()),
    "step_from_one_to_five": lambda: StepFactory(number=6),
    "signature_withdrawn_on_after_signed_on": lambda: SignatureFactory(signed_on=LATER, withdrawn_on=SOONER),
    "signature_slug_once": lambda: twice(SignatureFactory, manifest=ManifestFactory(), slug="mnre1034"),
    "signature_number_once": lambda: twice(SignatureFactory, manifest=ManifestFactory(), number=14),
    "signatory_valid_until_after_valid_from": lambda: SignatoryFactory(**BACKWARD),
    "signatory_no_overlap": overlapping_signatories,
    "signatory_via_has_start": lambda: SignatoryFactory(via=SuccessionFactory(), valid_from=None),
    "contact_erased_is_empty": lambda: ContactFactory(erased_on=LATER),
    "representative_valid_until_after_valid_from": lambda: RepresentativeFactory(**BACKWARD),
    "representative_no_overlap": overlapping_representatives,
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_refuses(constraint: str) -> None:
    with pytest.raises(IntegrityError, match=rf'"{constraint}"'), transaction.atomic():
        REFUSED[constraint]()


def test_every_constraint_of_the_register_is_tried() -> None:
    models = apps.get_app_config("signatories").get_models()
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named == set(REFUSED)


def test_names_that_meet_do_not_overlap() -> None:
    organisation = OrganisationFactory(called=None)
    OrganisationNameFactory(organisation=organisation, valid_until=SOONER)
    OrganisationNameFactory(organisation=organisation, valid_from=LATER)
    assert organisation.names.count() == 2


def test_an_organisation_of_one_day_may_be() -> None:
    assert OrganisationFactory(valid_from=LATER, valid_until=LATER).pk


@pytest.mark.parametrize("code", ["gm0363", "pv27", "ws0636", "mnre1034", "so0874", "oorg10004"])
def test_the_codes_of_the_registers_are_accepted(code: str) -> None:
    assert OrganisationFactory(key=code, is_tooi=True, called=None).natural == code


def test_an_organisation_that_signed_is_not_deleted() -> None:
    row = SignatoryFactory()
    with pytest.raises(IntegrityError):
        Organisation.objects.filter(pk=row.organisation_id).delete()


def test_an_erased_contact_may_be_empty() -> None:
    assert Contact.objects.create(organisation=OrganisationFactory(), purpose="actieplan", erased_on=LATER).pk


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_stored(kind: Kind) -> None:
    assert OrganisationFactory(kind=kind).kind == kind
