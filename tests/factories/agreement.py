"""What parties answered to a letter: valid rows without arguments."""

from __future__ import annotations

import factory
from django.utils import timezone

from reports.models import Answer, Reading, Reply
from tests.factories.reports import DATED, AssentFactory, LetterFactory


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
