"""Who may do what with the agreement on a letter. Each address is of a letter under way."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.models import Answer, LetterState
from tests.access.reports import COMMENTERS, COMPOSERS, letter_address
from tests.access.rows import NOBODY, Access
from tests.factories.agreement import ReplyFactory
from tests.factories.reports import AssentFactory, LetterFactory


def back_address() -> str:
    return f"/brieven/{LetterFactory.create(state=LetterState.AGREED).slug}/terug/"


def agreement_address(below: str = "") -> Callable[[], str]:
    return lambda: letter_address(f"akkoord/{below}")


def party_address(below: str = "") -> Callable[[], str]:
    """Of a party that was asked and for which nobody in the walk acts."""

    def made() -> str:
        letter = LetterFactory.create(state=LetterState.IN_AGREEMENT)
        assent = AssentFactory.create(letter=letter)
        return f"/brieven/{letter.slug}/akkoord/partijen/{assent.organisation.key}/{below}"

    return made


def condition_address() -> str:
    reply = ReplyFactory.create(answer=Answer.AGREED_IF, remark="Noem het jaar.")
    row = reply.assent
    row.answer, row.given_on = reply.answer, reply.given_on
    row.save()
    return f"/brieven/{row.letter.slug}/akkoord/partijen/{row.organisation.key}/mits/"


def consultation_address() -> str:
    letter = LetterFactory.create(state=LetterState.IN_AGREEMENT)
    return f"/brieven/{letter.slug}/akkoord/overleg/"


def reply_address() -> str:
    reply = ReplyFactory.create(
        file=default_storage.save("reports/mail.pdf", ContentFile(b"%PDF-")), filename="mail.pdf"
    )
    return f"/brieven/{reply.assent.letter.slug}/akkoord/antwoorden/{reply.pk}/bestand/"


ROWS = [
    Access("reports:agreement", get=COMMENTERS, address=agreement_address()),
    Access(
        "reports:agreement-propose",
        get=None,
        post=COMPOSERS,
        address=agreement_address("partijen-voorstellen/"),
    ),
    Access("reports:agreement-ask", get=COMPOSERS, post=COMPOSERS, address=agreement_address("vragen/")),
    Access("reports:agreement-remind", get=None, post=COMPOSERS, address=agreement_address("herinneren/")),
    Access("reports:consultation-new", get=COMPOSERS, post=COMPOSERS, address=consultation_address),
    Access("reports:party-new", get=COMPOSERS, post=COMPOSERS, address=agreement_address("partijen/nieuw/")),
    Access("reports:party-detail", get=COMMENTERS, address=party_address()),
    Access("reports:party-answer", get=NOBODY, post=NOBODY, address=party_address("antwoord/")),
    Access("reports:party-record", get=COMPOSERS, post=COMPOSERS, address=party_address("vastleggen/")),
    Access("reports:party-condition", get=COMPOSERS, post=COMPOSERS, address=condition_address),
    Access("reports:party-remove", get=COMPOSERS, post=COMPOSERS, address=party_address("weghalen/")),
    Access("reports:reply-file", get=COMMENTERS, address=reply_address),
    Access("reports:letter-advance", get=None, post=COMPOSERS, address=lambda: letter_address("verder/")),
    Access("reports:letter-back", get=COMPOSERS, post=COMPOSERS, address=back_address),
]
