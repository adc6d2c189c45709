"""The register: valid rows without arguments."""

from __future__ import annotations

from datetime import date

import factory

from signatories.models import Domain, Kind, Manifest, Organisation, Signatory, Signature, Theme

SIGNED_ON = date(2022, 11, 24)


class ManifestFactory(factory.django.DjangoModelFactory[Manifest]):
    class Meta:
        model = Manifest

    slug = factory.Sequence(lambda n: f"manifest-{n}")
    name = "Manifest"
    opened_on = SIGNED_ON


class ThemeFactory(factory.django.DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    manifest = factory.SubFactory(ManifestFactory)
    slug = factory.Sequence(lambda n: f"thema-{n}")
    name = "Klimaat"
    domain = Domain.PHYSICAL
    order = factory.Sequence(int)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    key = factory.Sequence(lambda n: f"organisatie-{n}")
    kind = Kind.MUNICIPALITY


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
