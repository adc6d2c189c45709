"""Who may do what with the agreement on a letter. Each address is of a letter under way."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from reports.models import Answer, LetterState
from tests.access.reports import COMMENTERS, COMPOSERS, letter_address
from tests.access.rows import NOBODY, READERS, Access
from tests.factories import frozen
from tests.factories.agreement import (
    LineRecordFactory,
    LineStepFactory,
    ProposalFactory,
    ReplyFactory,
    SentDifferenceFactory,
    final,
)
from tests.factories.reports import (
    DATED,
    AssentFactory,
    LetterFactory,
    LetterVersionFactory,
    SectionFactory,
    SentFileFactory,
)


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


def changes_address() -> str:
    return f"/brieven/{LetterFactory.saying('<p>Tekst.</p>').slug}/akkoord/wijzigingen/"


def proposal_address(below: str) -> Callable[[], str]:
    def made() -> str:
        section = SectionFactory.create()
        row = ProposalFactory.create(letter=section.letter, section=section)
        return f"/brieven/{section.letter.slug}/akkoord/voorstellen/{row.pk}/{below}/"

    return made


def line_address() -> str:
    return f"/brieven/{LetterFactory.saying('<p>Tekst.</p>').slug}/akkoord/lijn/"


def step_address() -> str:
    return f"{line_address()}stappen/{LineStepFactory.create().pk}/"


def decision_address() -> str:
    letter = LetterFactory.saying("<p>Tekst.</p>")
    return f"/brieven/{letter.slug}/akkoord/lijn/besluiten/{letter.sender.slug}/"


def record_address() -> str:
    file = default_storage.save("reports/paraaf.pdf", ContentFile(b"%PDF-"))
    row = LineRecordFactory.create(
        file=file, filename="paraaf.pdf", sha256="e" * 64, uploaded_at=timezone.now()
    )
    return f"/brieven/{row.letter.slug}/akkoord/lijn/stap-{row.pk}/bestand/"


def send_address() -> str:
    return f"/brieven/{final().letter.slug}/verzenden/"


def sent_address(below: str = "") -> Callable[[], str]:
    def made() -> str:
        letter = LetterFactory.create(state=LetterState.SENT, sent_on=DATED)
        file = default_storage.save("reports/brief.pdf", ContentFile(b"%PDF-"))
        row = SentFileFactory.create(letter=letter, file=file, sha256=f"{letter.pk:064x}")
        SentDifferenceFactory.create(sent_file=row)
        return f"/brieven/{letter.slug}/verzonden/{below}"

    return made


def differences_address(below: str = "") -> Callable[[], str]:
    """Of a letter that was built twice."""

    def made() -> str:
        content = frozen.LetterFactory.build().to_json()
        version = LetterVersionFactory.ready(content=content, letter=LetterFactory.saying("<p>Tekst.</p>"))
        return f"/brieven/{version.letter.slug}/verschillen/{below}"

    return made


ROWS = [
    Access("reports:change-list", get=COMPOSERS, post=COMPOSERS, address=changes_address),
    Access("reports:proposal-list", get=COMMENTERS, address=agreement_address("voorstellen/")),
    Access("reports:proposal-accept", get=None, post=COMPOSERS, address=proposal_address("overnemen")),
    Access("reports:proposal-decline", get=COMPOSERS, post=COMPOSERS, address=proposal_address("afwijzen")),
    Access("reports:line-set-up", get=COMPOSERS, post=COMPOSERS),
    Access("reports:line-detail", get=COMMENTERS, address=line_address),
    Access("reports:line-step", get=COMPOSERS, post=COMPOSERS, address=step_address),
    Access("reports:decision-new", get=COMPOSERS, post=COMPOSERS, address=decision_address),
    Access("reports:record-file", get=COMMENTERS, address=record_address),
    Access("reports:letter-send", get=COMPOSERS, post=COMPOSERS, address=send_address),
    Access("reports:sent-detail", get=READERS, address=sent_address()),
    Access("reports:sent-download", get=READERS, address=sent_address("brief.pdf")),
    Access("reports:sent-cite", get=COMPOSERS, post=COMPOSERS, address=sent_address("vindplaats/")),
    Access(
        "reports:difference-explain",
        get=COMPOSERS,
        post=COMPOSERS,
        address=sent_address("verschillen/1/"),
    ),
    Access("reports:letter-differences", get=COMMENTERS, post=COMPOSERS, address=differences_address()),
    Access("reports:differences-export", get=COMMENTERS, address=differences_address("export/")),
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
    Access("reports:party-word", get=NOBODY, post=NOBODY, address=party_address("word/")),
    Access("reports:party-record", get=COMPOSERS, post=COMPOSERS, address=party_address("vastleggen/")),
    Access("reports:party-condition", get=COMPOSERS, post=COMPOSERS, address=condition_address),
    Access("reports:party-remove", get=COMPOSERS, post=COMPOSERS, address=party_address("weghalen/")),
    Access("reports:reply-file", get=COMMENTERS, address=reply_address),
    Access("reports:letter-advance", get=None, post=COMPOSERS, address=lambda: letter_address("verder/")),
    Access("reports:letter-back", get=COMPOSERS, post=COMPOSERS, address=back_address),
]
