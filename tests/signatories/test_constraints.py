"""What must never be, the database refuses: each constraint by its name, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from signatories.models import (
    Alias,
    Contact,
    Kind,
    ManifestExtension,
    Organisation,
    RegisterFile,
    RegisterImport,
    SignatureDocument,
)
from tests.factories.signatories import (
    ActorFactory,
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


def document(**fields: object) -> object:
    """What was signed, of a signature of its own unless told otherwise."""
    given: dict[str, Any] = {
        "file": "signatories/a.pdf",
        "sha256": "a" * 64,
        "uploaded_at": timezone.now(),
        **fields,
    }
    signature = given.pop("signature", None) or SignatureFactory()
    return SignatureDocument.objects.create(signature=signature, **given)


def same_document() -> None:
    signature = SignatureFactory()
    document(signature=signature)
    document(signature=signature)


def extension(**fields: object) -> object:
    given: dict[str, Any] = {"decided_on": SOONER, "runs_until": LATER, "source": "Staatscourant", **fields}
    manifest = given.pop("manifest", None) or ManifestFactory()
    return ManifestExtension.objects.create(manifest=manifest, **given)


def same_extension() -> None:
    manifest = ManifestFactory()
    extension(manifest=manifest)
    extension(manifest=manifest)


def alias(**fields: object) -> object:
    given: dict[str, Any] = {"name": "Den Bosch", "source": "kaart", **fields}
    organisation = given.pop("organisation", None) or OrganisationFactory()
    return Alias.objects.create(organisation=organisation, **given)


def same_alias() -> None:
    organisation = OrganisationFactory()
    alias(organisation=organisation)
    alias(organisation=organisation)


def register_import(**fields: object) -> RegisterImport:
    return RegisterImport.objects.create(
        plan={}, fingerprint="a" * 64, uploaded_at=timezone.now(), uploaded_by=ActorFactory(), **fields
    )


def same_register_file() -> None:
    whole = register_import()
    for name in ("een.json", "twee.json"):
        RegisterFile.objects.create(register_import=whole, name=name, sha256="a" * 64, file=name)


def stand_in(**fields: object) -> object:
    return RepresentativeFactory(
        **{"stands_in_for": ActorFactory(), "valid_until": date(2099, 1, 1), **fields}
    )


def own_stand_in() -> None:
    user = ActorFactory()
    stand_in(user=user, stands_in_for=user)


REFUSED: dict[str, Callable[[], object]] = {
    "succession_decided_one_way": lambda: SuccessionFactory(confirmed_on=LATER, declined_on=LATER),
    "alias_once": same_alias,
    "alias_name_given": lambda: alias(name=""),
    "alias_valid_until_after_valid_from": lambda: alias(**BACKWARD),
    "manifestextension_once": same_extension,
    "manifestextension_sourced": lambda: extension(source=""),
    "manifestextension_runs_until_after_decision": lambda: extension(decided_on=LATER, runs_until=SOONER),
    "signaturedocument_once": same_document,
    "signaturedocument_has_file": lambda: document(file=""),
    "signaturedocument_pages_positive": lambda: document(pages=0),
    "signaturedocument_sha256_form": lambda: document(sha256="x"),
    "signaturedocument_file_has_fingerprint": lambda: document(uploaded_at=None),
    "registerimport_state_known": lambda: register_import(state="lost", decided_at=timezone.now()),
    "registerimport_decided_once": lambda: register_import(decided_at=timezone.now()),
    "registerfile_once": same_register_file,
    "representative_stand_in_ends": lambda: stand_in(valid_until=None),
    "representative_stand_in_is_another": own_stand_in,
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
