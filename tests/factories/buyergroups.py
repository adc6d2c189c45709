"""Buyer groups: valid rows without arguments."""

from __future__ import annotations

from datetime import date

import factory

from buyergroups.models import BuyerGroup, GroupTheme, Initiator, Output, Participation, Phase, Sector
from signatories.models import Domain
from tests.factories.signatories import OrganisationFactory, ThemeFactory

STARTED_ON = date(2021, 3, 1)


class BuyerGroupFactory(factory.django.DjangoModelFactory[BuyerGroup]):
    class Meta:
        model = BuyerGroup

    slug = factory.Sequence(lambda n: f"groep-{n}")
    name = factory.Sequence(lambda n: f"Voorbeeldgroep {n}")
    sector = Sector.INFRASTRUCTURE
    domain = Domain.PHYSICAL
    started_on = STARTED_ON


class PhaseFactory(factory.django.DjangoModelFactory[Phase]):
    class Meta:
        model = Phase

    group = factory.SubFactory(BuyerGroupFactory)
    kind = Phase.Kind.START
    valid_from = STARTED_ON


class ParticipationFactory(factory.django.DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    group = factory.SubFactory(BuyerGroupFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Participation.Role.CORE


class OutputFactory(factory.django.DjangoModelFactory[Output]):
    class Meta:
        model = Output

    group = factory.SubFactory(BuyerGroupFactory)
    kind = Output.Kind.MARKET_VISION
    title = factory.Sequence(lambda n: f"Marktvisie {n}")


class InitiatorFactory(factory.django.DjangoModelFactory[Initiator]):
    class Meta:
        model = Initiator

    group = factory.SubFactory(BuyerGroupFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class GroupThemeFactory(factory.django.DjangoModelFactory[GroupTheme]):
    class Meta:
        model = GroupTheme

    group = factory.SubFactory(BuyerGroupFactory)
    theme = factory.SubFactory(ThemeFactory)
