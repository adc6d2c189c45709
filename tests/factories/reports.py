"""Letters, and the parties that they need: valid rows without arguments."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from mvi_portal.core.prose import FigureNode, Form
from reports.content import register_of
from reports.models import (
    Addressee,
    AddresseeAddress,
    Annex,
    Assent,
    AssentKind,
    CheckKey,
    Comment,
    CoSender,
    DecisionNote,
    Edition,
    Freeze,
    Ground,
    Letter,
    LetterVersion,
    NoteSection,
    Parcel,
    ParcelFile,
    PlanStep,
    Recess,
    Section,
    SenderDetails,
    SentFile,
    StepKind,
    Waiver,
    Withholding,
)
from signatories.models import Kind
from tests.factories.monitoring import FrameFactory
from tests.factories.signatories import OfficeFactory, OrganisationFactory

DATED = date(2025, 1, 31)
SINCE = date(2023, 2, 15)


def figure(key: str, form: str = "number") -> str:
    """A figure in the text."""
    return str(FigureNode(key, Form(form)))


class MinistryFactory(OrganisationFactory):
    kind = Kind.MINISTRY
    called__name = "Water en Wegen"
    called__name_with_kind = "ministerie van Water en Wegen"


class MinisterFactory(OfficeFactory):
    """The office that sends letters."""

    organisation = factory.SubFactory(MinistryFactory)
    title = "De minister van Water en Wegen"


class AddresseeFactory(factory.django.DjangoModelFactory[Addressee]):
    class Meta:
        model = Addressee

    slug = factory.Sequence(lambda n: f"kamer-{n}")
    name = "De voorzitter van de Kamer"


class AddresseeAddressFactory(factory.django.DjangoModelFactory[AddresseeAddress]):
    class Meta:
        model = AddresseeAddress

    addressee = factory.SubFactory(AddresseeFactory)
    lines = "Postbus 1\n1000 AA Voorbeeldstad"


class SenderDetailsFactory(factory.django.DjangoModelFactory[SenderDetails]):
    class Meta:
        model = SenderDetails

    organisation = factory.SubFactory(MinistryFactory)
    visiting = "Voorbeeldplein 1\nVoorbeeldstad"
    postal = "Postbus 2\n1000 AB Voorbeeldstad"


class LetterFactory(factory.django.DjangoModelFactory[Letter]):
    """A letter without text: it cannot be built."""

    class Meta:
        model = Letter

    slug = factory.Sequence(lambda n: f"brief-{n}")
    title = "Voortgang van het plan"
    frame = factory.SubFactory(FrameFactory)
    dated = DATED
    reference_date = DATED
    sender = factory.SubFactory(MinisterFactory)
    addressee = factory.SubFactory(AddresseeFactory)

    @classmethod
    def saying(cls, *texts: str, **fields: Any) -> Letter:
        """A letter that can be built: with addresses, and a section for each text."""
        letter: Letter = cls.create(**fields)
        AddresseeAddressFactory(addressee=letter.addressee)
        SenderDetailsFactory(organisation=letter.sender.organisation)
        for text in texts:
            SectionFactory(letter=letter, text=text)
        return letter


class CoSenderFactory(factory.django.DjangoModelFactory[CoSender]):
    class Meta:
        model = CoSender

    letter = factory.SubFactory(LetterFactory)
    office = factory.SubFactory(MinisterFactory)
    order = factory.LazyAttribute(lambda row: row.letter.co_sender_rows.count() + 1)


class SectionFactory(factory.django.DjangoModelFactory[Section]):
    class Meta:
        model = Section

    letter = factory.SubFactory(LetterFactory)
    order = factory.LazyAttribute(lambda section: section.letter.sections.count() + 1)
    title = "Brede borging"
    text = "<p>Het gaat vooruit.</p>"


class CommentFactory(factory.django.DjangoModelFactory[Comment]):
    class Meta:
        model = Comment

    section = factory.SubFactory(SectionFactory)
    anchor = "a" * 64
    words = "Het gaat vooruit."
    text = "Klopt dit?"


class RecessFactory(factory.django.DjangoModelFactory[Recess]):
    class Meta:
        model = Recess

    name = "kerstreces"
    first_day = date(2026, 12, 21)
    last_day = date(2027, 1, 3)


class PlanStepFactory(factory.django.DjangoModelFactory[PlanStep]):
    class Meta:
        model = PlanStep

    letter = factory.SubFactory(LetterFactory)
    kind = StepKind.LINE
    due_on = DATED


class WaiverFactory(factory.django.DjangoModelFactory[Waiver]):
    class Meta:
        model = Waiver

    letter = factory.SubFactory(LetterFactory)
    check_key = CheckKey.TYPED_NUMBER
    anchor = factory.Sequence(lambda n: f"{n:064x}")
    told = "‘64 deelnemers’ is met de hand getypt."
    why = "Het is een citaat."


class AnnexFactory(factory.django.DjangoModelFactory[Annex]):
    class Meta:
        model = Annex

    letter = factory.SubFactory(LetterFactory)
    number = factory.LazyAttribute(lambda annex: annex.letter.annexes.count() + 1)
    title = "Een los document"


class LetterVersionFactory(factory.django.DjangoModelFactory[LetterVersion]):
    """Asked for and not built; `ready` gives one with a file."""

    class Meta:
        model = LetterVersion

    letter = factory.SubFactory(LetterFactory)
    number = factory.LazyAttribute(lambda version: version.letter.versions.count() + 1)
    reference_date = factory.SelfAttribute("letter.reference_date")

    @classmethod
    def ready(cls, **fields: Any) -> LetterVersion:
        printed = {"content": "{}", "content_sha256": "a" * 64, "file": "letters/brief.pdf"}
        made: LetterVersion = cls.create(**{**printed, "file_sha256": "b" * 64, "pages": 3, **fields})
        return made


class FreezeFactory(factory.django.DjangoModelFactory[Freeze]):
    class Meta:
        model = Freeze

    letter = factory.SubFactory(LetterFactory)
    number = factory.LazyAttribute(lambda freeze: freeze.letter.freezes.count() + 1)
    reference_date = factory.SelfAttribute("letter.reference_date")
    content = "{}"
    sha256 = "d" * 64

    @classmethod
    def of(cls, letter: Letter) -> Freeze:
        """The register as it is now, as the service keeps it, but within the test's own transaction."""
        register = register_of(letter.pk)
        made: Freeze = cls.create(letter=letter, content=register.to_json(), sha256=register.sha256())
        return made


class ParcelFactory(factory.django.DjangoModelFactory[Parcel]):
    """Asked for and not made; `ready` gives one with a manifest."""

    class Meta:
        model = Parcel

    version = factory.SubFactory(LetterVersionFactory)

    @classmethod
    def ready(cls, **fields: Any) -> Parcel:
        taken = {"content": "{}", "content_sha256": "e" * 64, "manifest": "{}"}
        made: Parcel = cls.create(**{"freeze": FreezeFactory(), **taken, **fields})
        return made


class ParcelFileFactory(factory.django.DjangoModelFactory[ParcelFile]):
    class Meta:
        model = ParcelFile

    parcel = factory.LazyFunction(lambda: ParcelFactory.ready())
    order = factory.LazyAttribute(lambda row: row.parcel.files.count() + 1)
    name = factory.Sequence(lambda n: f"brief-{n}.txt")
    kind = "letter"
    title = "De brief"
    edition = Edition.PUBLIC
    content = "Tekst"

    @classmethod
    def _create(cls, model_class: type[ParcelFile], *args: Any, **kwargs: Any) -> ParcelFile:
        made = str(kwargs.pop("content")).encode()
        told = {"sha256": hashlib.sha256(made).hexdigest(), "size": len(made)}
        path = default_storage.save(f"parcels/{kwargs['name']}", ContentFile(made))
        row: ParcelFile = super()._create(model_class, *args, **{"file": path, **told, **kwargs})
        return row


class SentFileFactory(factory.django.DjangoModelFactory[SentFile]):
    class Meta:
        model = SentFile

    letter = factory.SubFactory(LetterFactory)
    file = "sent/brief.pdf"
    filename = "brief.pdf"
    sha256 = "c" * 64
    uploaded_at = factory.LazyFunction(timezone.now)
    sent_on = DATED


class AssentFactory(factory.django.DjangoModelFactory[Assent]):
    class Meta:
        model = Assent

    letter = factory.SubFactory(LetterFactory)
    organisation = factory.SubFactory(MinistryFactory)
    kind = AssentKind.ASSENT


class DecisionNoteFactory(factory.django.DjangoModelFactory[DecisionNote]):
    class Meta:
        model = DecisionNote

    letter = factory.SubFactory(LetterFactory)
    office = factory.SubFactory(MinisterFactory)


class NoteSectionFactory(factory.django.DjangoModelFactory[NoteSection]):
    class Meta:
        model = NoteSection

    note = factory.SubFactory(DecisionNoteFactory)
    slug = factory.Sequence(lambda n: f"deel-{n}")
    title = "Aanleiding"
    order = factory.Sequence(int)


class WithholdingFactory(factory.django.DjangoModelFactory[Withholding]):
    class Meta:
        model = Withholding

    section = factory.SubFactory(NoteSectionFactory)
    sha256 = "a" * 64
    words = "Wij vinden van niet."
    ground = Ground.OPINIONS
