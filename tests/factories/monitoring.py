"""Line D: valid rows without arguments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone

from monitoring import models
from mvi_portal.accounts.models import User
from tests.factories.signatories import OrganisationFactory

MADE_ON = date(2024, 6, 12)


class OfficerFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"medewerker-{n}@example.nl")
    name = "Een Medewerker"


class FrameFactory(factory.django.DjangoModelFactory[models.Frame]):
    class Meta:
        model = models.Frame

    slug = factory.Sequence(lambda n: f"kader-{n}")
    name = "Kader"
    plan_title = "Een nationaal plan"


class PolicyLineFactory(factory.django.DjangoModelFactory[models.PolicyLine]):
    class Meta:
        model = models.PolicyLine

    frame = factory.SubFactory(FrameFactory)
    code = factory.Sequence(str)
    title = "Een lijn"
    order = factory.Sequence(int)


class LineMappingFactory(factory.django.DjangoModelFactory[models.LineMapping]):
    class Meta:
        model = models.LineMapping

    from_line = factory.SubFactory(PolicyLineFactory)
    to_line = factory.SubFactory(PolicyLineFactory)


class PlanRoleFactory(factory.django.DjangoModelFactory[models.PlanRole]):
    class Meta:
        model = models.PlanRole

    organisation = factory.SubFactory(OrganisationFactory)
    frame = factory.SubFactory(FrameFactory)
    role = models.Role.PAYS


class ProgressRoundFactory(factory.django.DjangoModelFactory[models.ProgressRound]):
    class Meta:
        model = models.ProgressRound

    slug = factory.Sequence(lambda n: f"ronde-{n}")
    frame = factory.SubFactory(FrameFactory)
    title = "Voortgang over 2024"
    period_from = date(2024, 1, 1)
    period_until = date(2024, 12, 31)
    due_on = date(2025, 1, 15)


class ProgressRequestFactory(factory.django.DjangoModelFactory[models.ProgressRequest]):
    class Meta:
        model = models.ProgressRequest

    round = factory.SubFactory(ProgressRoundFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ProgressQuestionFactory(factory.django.DjangoModelFactory[models.ProgressQuestion]):
    class Meta:
        model = models.ProgressQuestion

    round = factory.SubFactory(ProgressRoundFactory)
    line = factory.SubFactory(PolicyLineFactory, frame=factory.SelfAttribute("..round.frame"))
    text = "Wat is er gedaan?"


class ProgressEntryFactory(factory.django.DjangoModelFactory[models.ProgressEntry]):
    """A draft in a round; `submitted=True` and so on take it a step further."""

    class Meta:
        model = models.ProgressEntry

    class Params:
        submitted = factory.Trait(
            state=models.EntryState.SUBMITTED,
            submitted_at=factory.LazyFunction(timezone.now),
            submitted_by=factory.SubFactory(OfficerFactory),
        )
        returned = factory.Trait(
            submitted=True,
            state=models.EntryState.RETURNED,
            returned_at=factory.LazyFunction(timezone.now),
            returned_by=factory.SubFactory(OfficerFactory),
            remark="Noem ook de planning.",
        )
        accepted = factory.Trait(
            submitted=True,
            state=models.EntryState.ACCEPTED,
            accepted_at=factory.LazyFunction(timezone.now),
            accepted_by=factory.SubFactory(OfficerFactory),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    round = factory.SubFactory(ProgressRoundFactory)
    line = factory.SubFactory(PolicyLineFactory, frame=factory.SelfAttribute("..round.frame"))
    text = "<p>Er is een handreiking gemaakt.</p>"


class EntryFileFactory(factory.django.DjangoModelFactory[models.EntryFile]):
    class Meta:
        model = models.EntryFile

    entry = factory.SubFactory(ProgressEntryFactory)
    filename = "verslag.pdf"
    sha256 = "0" * 64
    uploaded_at = factory.LazyFunction(timezone.now)
    file = factory.django.FileField(filename="verslag.pdf", data=b"%PDF-")


class ActivityFactory(factory.django.DjangoModelFactory[models.Activity]):
    class Meta:
        model = models.Activity

    slug = factory.Sequence(lambda n: f"activiteit-{n}")
    line = factory.SubFactory(PolicyLineFactory)
    owner = factory.SubFactory(OrganisationFactory)
    title = "Een onderzoek"


class MilestoneFactory(factory.django.DjangoModelFactory[models.Milestone]):
    class Meta:
        model = models.Milestone

    activity = factory.SubFactory(ActivityFactory)
    title = factory.Sequence(lambda n: f"Mijlpaal {n}")


class IndicatorFactory(factory.django.DjangoModelFactory[models.Indicator]):
    class Meta:
        model = models.Indicator

    slug = factory.Sequence(lambda n: f"indicator-{n}")
    name = "Vermeden uitstoot"
    definition = "Wat er minder wordt uitgestoten."
    unit = "kton"
    basis = models.Basis.YEARLY


class IndicatorMethodFactory(factory.django.DjangoModelFactory[models.IndicatorMethod]):
    class Meta:
        model = models.IndicatorMethod

    indicator = factory.SubFactory(IndicatorFactory)
    description = "Geteld bij inkopers."


class MeasurementFactory(factory.django.DjangoModelFactory[models.Measurement]):
    class Meta:
        model = models.Measurement

    method = factory.SubFactory(IndicatorMethodFactory)
    period_from = date(2021, 1, 1)
    period_until = date(2022, 12, 31)
    value = Decimal(900)
    source = "RIVM"


class IndicatorTargetFactory(factory.django.DjangoModelFactory[models.IndicatorTarget]):
    class Meta:
        model = models.IndicatorTarget

    indicator = factory.SubFactory(IndicatorFactory)
    due_on = date(2030, 12, 31)
    value = Decimal(1000)


class PaperFactory(factory.django.DjangoModelFactory[models.Paper]):
    class Meta:
        model = models.Paper

    slug = factory.Sequence(lambda n: f"stuk-{n}")
    kind = models.PaperKind.LETTER
    title = "Een brief"
    dated = MADE_ON


class PaperSenderFactory(factory.django.DjangoModelFactory[models.PaperSender]):
    class Meta:
        model = models.PaperSender

    paper = factory.SubFactory(PaperFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class PaperPartyFactory(factory.django.DjangoModelFactory[models.PaperParty]):
    class Meta:
        model = models.PaperParty

    paper = factory.SubFactory(PaperFactory)
    name = "Voorbeeldfractie"


class PaperPointFactory(factory.django.DjangoModelFactory[models.PaperPoint]):
    class Meta:
        model = models.PaperPoint

    paper = factory.SubFactory(PaperFactory)
    number = 1
    text = "Geef het goede voorbeeld."


class CommitmentFactory(factory.django.DjangoModelFactory[models.Commitment]):
    class Meta:
        model = models.Commitment

    slug = factory.Sequence(lambda n: f"toezegging-{n}")
    kind = models.CommitmentKind.COMMITMENT
    text = "De Kamer krijgt een brief."
    made_on = MADE_ON
    source = "Verslag"


class CommitmentStepFactory(factory.django.DjangoModelFactory[models.CommitmentStep]):
    class Meta:
        model = models.CommitmentStep

    commitment = factory.SubFactory(CommitmentFactory)
    status = models.CommitmentStatus.MET
    since = date(2025, 1, 31)
    evidence = "De brief is verzonden."


class CommitmentPartyFactory(factory.django.DjangoModelFactory[models.CommitmentParty]):
    class Meta:
        model = models.CommitmentParty

    commitment = factory.SubFactory(CommitmentFactory)
    side = models.CommitmentSide.GIVER
    organisation = factory.SubFactory(OrganisationFactory)


class ConsultationFactory(factory.django.DjangoModelFactory[models.Consultation]):
    class Meta:
        model = models.Consultation

    slug = factory.Sequence(lambda n: f"overleg-{n}")
    kind = models.ConsultationKind.ADMINISTRATIVE
    title = "Bestuurlijk overleg"
    held_on = MADE_ON


class ParticipantFactory(factory.django.DjangoModelFactory[models.Participant]):
    class Meta:
        model = models.Participant

    consultation = factory.SubFactory(ConsultationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    capacity = "bewindspersoon"


class ConsultationDecisionFactory(factory.django.DjangoModelFactory[models.ConsultationDecision]):
    class Meta:
        model = models.ConsultationDecision

    consultation = factory.SubFactory(ConsultationFactory)
    text = "De partijen gaan door met het beleid."


class PositionFactory(factory.django.DjangoModelFactory[models.Position]):
    class Meta:
        model = models.Position

    kind = models.PositionKind.BUSINESS
    organisation = factory.SubFactory(OrganisationFactory)
    stance = "Vraag overal hetzelfde."
    dated = MADE_ON
    source = "Gesprek"


class FinanceCoverFactory(factory.django.DjangoModelFactory[models.FinanceCover]):
    class Meta:
        model = models.FinanceCover

    frame = factory.SubFactory(FrameFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    year = 2024
    covered = True
    source = "Begroting"


class CommunicationMomentFactory(factory.django.DjangoModelFactory[models.CommunicationMoment]):
    class Meta:
        model = models.CommunicationMoment

    slug = factory.Sequence(lambda n: f"bericht-{n}")
    channel = models.Channel.NEWSLETTER
    dated = MADE_ON
    title = "Nieuwsbrief"
    source = "De nieuwsbrief zelf"


class ExampleFactory(factory.django.DjangoModelFactory[models.Example]):
    class Meta:
        model = models.Example

    slug = factory.Sequence(lambda n: f"voorbeeld-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    title = "Gerecyclede stoepen"
    result = "Minder nieuw beton."
    source = "Gemeente"


class ProgrammeFactory(factory.django.DjangoModelFactory[models.Programme]):
    class Meta:
        model = models.Programme

    slug = factory.Sequence(lambda n: f"programma-{n}")
    kind = models.ProgrammeKind.PROGRAMME
    name = "Een programma"
    source = "De site van het programma"


class PublishedFigureFactory(factory.django.DjangoModelFactory[models.PublishedFigure]):
    class Meta:
        model = models.PublishedFigure

    figure_key = "ondertekenaars.gemeenten"
    document = factory.Sequence(lambda n: f"Brief {n}")
    dated = MADE_ON
    wording = "zo'n 50 gemeenten"
    value = 50
    refers_on = MADE_ON
    source = "Brief"
