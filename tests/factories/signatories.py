"""The register: valid rows without arguments. Keys are our own, never a TOOI code."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from django.core.files.base import ContentFile

from mvi_portal.accounts.models import User
from signatories.models import (
    Alias,
    Contact,
    Domain,
    Event,
    Kind,
    Manifest,
    ManifestExtension,
    Office,
    OfficeHolder,
    Organisation,
    OrganisationName,
    RegisterImport,
    Representative,
    Signatory,
    Signature,
    SignatureDocument,
    Step,
    Succession,
    Theme,
)

SIGNED_ON = date(2022, 11, 24)


class OrganisationNameFactory(factory.django.DjangoModelFactory[OrganisationName]):
    class Meta:
        model = OrganisationName

    organisation = factory.SubFactory("tests.factories.signatories.OrganisationFactory", called=None)
    name = factory.Sequence(lambda n: f"Voorbeeldgemeente {n}")
    name_with_kind = factory.LazyAttribute(lambda name: f"gemeente {name.name}")
    sort_name = factory.LazyAttribute(lambda name: name.name.lower())


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """With one name that always held: `called__name="Heerlen"` chooses it, `called=None` leaves it out."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"org-{n}")
    kind = Kind.MUNICIPALITY
    called = factory.RelatedFactory(OrganisationNameFactory, factory_related_name="organisation")


class AliasFactory(factory.django.DjangoModelFactory[Alias]):
    class Meta:
        model = Alias

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Roepnaam {n}")


class SuccessionFactory(factory.django.DjangoModelFactory[Succession]):
    class Meta:
        model = Succession

    predecessor = factory.SubFactory(OrganisationFactory)
    successor = factory.SubFactory(OrganisationFactory)
    event = Event.MERGER
    on = date(2024, 1, 1)


class OfficeFactory(factory.django.DjangoModelFactory[Office]):
    class Meta:
        model = Office

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"ambt-{n}")
    title = "wethouder"


class OfficeHolderFactory(factory.django.DjangoModelFactory[OfficeHolder]):
    class Meta:
        model = OfficeHolder

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"Voorbeeldpersoon {n}")


class ManifestFactory(factory.django.DjangoModelFactory[Manifest]):
    class Meta:
        model = Manifest

    slug = factory.Sequence(lambda n: f"manifest-{n}")
    name = "Manifest"
    opened_on = SIGNED_ON


class ManifestExtensionFactory(factory.django.DjangoModelFactory[ManifestExtension]):
    class Meta:
        model = ManifestExtension

    manifest = factory.SubFactory(ManifestFactory)
    decided_on = date(2025, 11, 1)
    runs_until = date(2026, 12, 31)
    source = "Besluit van het Bestuurlijk Overleg"


class ThemeFactory(factory.django.DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    manifest = factory.SubFactory(ManifestFactory)
    slug = factory.Sequence(lambda n: f"thema-{n}")
    name = "Klimaat"
    domain = Domain.PHYSICAL
    order = factory.Sequence(int)


class StepFactory(factory.django.DjangoModelFactory[Step]):
    class Meta:
        model = Step

    manifest = factory.SubFactory(ManifestFactory)
    number = 1
    name = "Afweging"


class SignatureFactory(factory.django.DjangoModelFactory[Signature]):
    class Meta:
        model = Signature

    manifest = factory.SubFactory(ManifestFactory)
    slug = factory.Sequence(lambda n: f"handtekening-{n}")
    signed_on = SIGNED_ON


class SignatoryFactory(factory.django.DjangoModelFactory[Signatory]):
    class Meta:
        model = Signatory

    signature = factory.SubFactory(SignatureFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Voorbeeld Persoon"
    email = factory.Sequence(lambda n: f"persoon-{n}@voorbeeld.invalid")
    phone = "070 000 00 00"
    purpose = "actieplan"


class ActorFactory(factory.django.DjangoModelFactory[User]):
    """Somebody who acts in the register; what accounts are and may, is tested with their own factory."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"gebruiker-{n}@voorbeeld.invalid")
    name = "Voorbeeld Gebruiker"


class RepresentativeFactory(factory.django.DjangoModelFactory[Representative]):
    class Meta:
        model = Representative

    user = factory.SubFactory(ActorFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    valid_from = date(2024, 1, 1)


class RegisterImportFactory(factory.django.DjangoModelFactory[RegisterImport]):
    """Of no file, and so of no change."""

    class Meta:
        model = RegisterImport

    plan = factory.LazyFunction(
        lambda: {key: [] for key in ("files", "added", "renamed", "merged", "ended", "corrected", "remarks")}
    )
    fingerprint = "0" * 64
    uploaded_at = datetime(2025, 1, 31, 12, tzinfo=UTC)
    uploaded_by = factory.SubFactory(ActorFactory)


class SignatureDocumentFactory(factory.django.DjangoModelFactory[SignatureDocument]):
    """With a few bytes for a file."""

    class Meta:
        model = SignatureDocument

    signature = factory.SubFactory(SignatureFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"getekend", name="getekend.pdf"))
    filename = "getekend.pdf"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    uploaded_at = datetime(2025, 1, 31, 12, tzinfo=UTC)
    uploaded_by = factory.SubFactory(ActorFactory)
