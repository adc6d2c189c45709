"""A file on its way in: a valid row without arguments."""

from __future__ import annotations

import factory
from django.core.files.base import ContentFile

from mvi_portal.imports.models import Import


class ImportFactory(factory.django.DjangoModelFactory[Import]):
    class Meta:
        model = Import

    importer = "signatories"
    name = "lijst.csv"
    by = factory.SubFactory("tests.factories.signatories.ActorFactory", role="secretariat")
    file = factory.LazyFunction(lambda: ContentFile(b"code\n", name="lijst.csv"))
