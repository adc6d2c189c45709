"""What parties answered to a letter: valid rows without arguments."""

from __future__ import annotations

import hashlib

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from reports.agreement.reading import text_of
from reports.content import gather
from reports.models import (
    Answer,
    Decision,
    DifferenceKind,
    Letter,
    LetterState,
    LetterVersion,
    LineRecord,
    LineStep,
    Proposal,
    ProposalSource,
    Reading,
    Reply,
    SentDifference,
    Verdict,
    WordExport,
    WordImport,
)
from tests.factories.reports import (
    DATED,
    AssentFactory,
    FreezeFactory,
    LetterFactory,
    LetterVersionFactory,
    SentFileFactory,
)


class ReadingFactory(factory.django.DjangoModelFactory[Reading]):
    """Of an empty text."""

    class Meta:
        model = Reading

    letter = factory.SubFactory(LetterFactory)
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    content = factory.List([])


class ReplyFactory(factory.django.DjangoModelFactory[Reply]):
    """Recorded from a mail."""

    class Meta:
        model = Reply

    assent = factory.SubFactory(AssentFactory)
    answer = Answer.AGREED
    given_on = DATED
    function = "directeur Inkoop"
    file = ""
    proof = "mail aan het secretariaat"
    reading = factory.SubFactory(ReadingFactory, letter=factory.SelfAttribute("..assent.letter"))
    sha256 = factory.LazyAttribute(lambda reply: "d" * 64 if reply.file else "")
    uploaded_at = factory.LazyAttribute(lambda reply: timezone.now() if reply.file else None)


class ProposalFactory(factory.django.DjangoModelFactory[Proposal]):
    class Meta:
        model = Proposal

    letter = factory.SubFactory(LetterFactory)
    old = "Het gaat vooruit."
    new = "Het gaat goed."
    source = ProposalSource.PARTY
    from_whom = "Een ministerie"


class LineStepFactory(factory.django.DjangoModelFactory[LineStep]):
    class Meta:
        model = LineStep

    title = factory.Sequence(lambda n: f"stap {n}")
    order = factory.Sequence(int)


class LineRecordFactory(factory.django.DjangoModelFactory[LineRecord]):
    class Meta:
        model = LineRecord

    letter = factory.SubFactory(LetterFactory)
    step = "directeur"
    function = "directeur Inkoop"
    done_on = DATED
    text_sha256 = "f" * 64


class SentDifferenceFactory(factory.django.DjangoModelFactory[SentDifference]):
    class Meta:
        model = SentDifference

    sent_file = factory.SubFactory(SentFileFactory)
    number = 1
    kind = DifferenceKind.TEXT
    frozen = "goed"
    sent = "beter"


def decided(letter: Letter) -> Decision:
    """The sender agreed with the text of now."""
    told = {"verdict": Verdict.AGREED, "decided_on": DATED, "text_sha256": text_of(letter)[0].sha256}
    found: Decision = Decision.objects.create(letter=letter, office=letter.sender, **told)
    return found


def built(letter: Letter) -> LetterVersion:
    """A version as the letter would be printed now, from its newest freeze."""
    content = gather(letter.pk, on=letter.reference_date).to_json()
    return LetterVersionFactory.ready(
        letter=letter,
        freeze=letter.freezes.order_by("-number").first(),
        content=content,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def final(text: str = "<p>Tekst.</p>", **fields: object) -> LetterVersion:
    """The version that can be signed of a letter that can be sent: frozen, decided on, final, then built."""
    letter = LetterFactory.saying(text, state=LetterState.FINAL, **fields)
    FreezeFactory.of(letter)
    decided(letter)
    return built(letter)


class WordExportFactory(factory.django.DjangoModelFactory[WordExport]):
    """Made, of an empty text."""

    class Meta:
        model = WordExport

    letter = factory.SubFactory(LetterFactory)
    name = "brief"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    file = factory.LazyFunction(lambda: default_storage.save("word/brief.docx", ContentFile(b"PK")))
    file_sha256 = "a" * 64


class WordImportFactory(factory.django.DjangoModelFactory[WordImport]):
    """Brought back, and not to be read."""

    class Meta:
        model = WordImport

    letter = factory.SubFactory(LetterFactory)
    file = factory.LazyFunction(lambda: default_storage.save("word/terug.docx", ContentFile(b"PK")))
    filename = "terug.docx"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    uploaded_at = factory.LazyFunction(timezone.now)
