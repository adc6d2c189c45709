"""What truly went: stored, laid beside the frozen version, explained; and nothing changes any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role, User
from mvi_portal.core import pdf as printing
from mvi_portal.core.contributions import tasks
from mvi_portal.core.uploads.pdfs import texts_of
from mvi_portal.files.services import park
from reports import render, services
from reports.agreement.sent import compare
from reports.errors import LetterError
from reports.models import (
    Assent,
    Comment,
    DifferenceKind,
    Ground,
    Letter,
    LetterState,
    LetterVersion,
    Section,
    SenderDetails,
    SentDifference,
    SentFile,
    Withholding,
)
from reports.services.sending import send_letter
from tests.documents import pdf
from tests.factories import frozen
from tests.factories.agreement import ReplyFactory, built, decided, final
from tests.factories.registers import municipalities
from tests.factories.reports import (
    AnnexFactory,
    AssentFactory,
    CommentFactory,
    CoSenderFactory,
    DecisionNoteFactory,
    FreezeFactory,
    LetterFactory,
    NoteSectionFactory,
    SectionFactory,
    SentFileFactory,
    WaiverFactory,
    WithholdingFactory,
    figure,
)
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
TEXT = f"<p>Er doen {figure(SIGNED)} gemeenten mee.</p>"


@pytest.fixture
def page(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="De Secretaris"))
    return client


@pytest.fixture
def letter() -> Letter:
    """Final, with a version of its text and its freeze."""
    municipalities(3)
    return final(TEXT, slug="brief").letter


def sent(page: Client, text: str = "Brede borging Er doen 4 gemeenten mee.", **changed: Any) -> Any:
    data = {
        "expected": "final",
        "file": SimpleUploadedFile("ondertekend.pdf", pdf(text=text)),
        "version": LetterVersion.objects.values_list("pk", flat=True).first(),
        "dated": "5 februari 2025",
        "reference": "IENW/BSK-2025/1",
        "sent_on": "6-2-2025",
        **changed,
    }
    return page.post("/brieven/brief/verzenden/", data, follow=True)


def test_what_went_is_stored_compared_and_closes_the_letter(page: Client, letter: Letter) -> None:
    html = sent(page).content.decode()
    assert "is verzonden en ligt vast" in html
    row, difference = SentFile.objects.get(), SentDifference.objects.get()
    assert (row.filename, row.dated, row.reference) == (
        "ondertekend.pdf",
        date(2025, 2, 5),
        "IENW/BSK-2025/1",
    )
    assert (difference.frozen, difference.sent, difference.kind) == ("3", "4", DifferenceKind.FIGURE)
    assert row.sha256 in html
    letter.refresh_from_db()
    assert (letter.state, letter.sent_on) == ("sent", date(2025, 2, 6))


def test_a_reference_without_its_number_is_not_taken(page: Client) -> None:
    municipalities(3)
    final(TEXT, slug="brief", reference="IENW/BSK-2025/7")
    SenderDetails.objects.update(reference_form="IENW/BSK-{jaar}/")
    form = page.get("/brieven/brief/verzenden/").context["form"]
    assert form["reference"].value() == "IENW/BSK-2025/7"
    html = sent(page, reference="IENW/BSK-2025/").content.decode()
    assert "ontbreekt het nummer nog" in html
    assert not SentFile.objects.exists()
    sent(page, reference="")
    assert SentFile.objects.get().reference == ""


def test_a_scan_without_text_is_kept_and_said_not_to_be_compared(page: Client, letter: Letter) -> None:
    scan = pdf(text="")
    html = sent(page, file=SimpleUploadedFile("scan.pdf", scan)).content.decode()
    assert "In het bestand staat geen tekst: er kon niets worden vergeleken." in html
    assert "in het verzonden bestand staat geen tekst, zoals in een scan" in html
    assert "woord voor woord" not in html
    row = SentFile.objects.get()
    assert (row.is_compared, row.sha256 in html, SentDifference.objects.exists()) == (False, True, False)
    with row.file.open("rb") as file:
        assert file.read() == scan
    told = page.post("/brieven/controleren/", {"file": SimpleUploadedFile("x.pdf", scan)}).content.decode()
    assert "Dit is de verzonden brief" in told
    assert "Er kon niets worden vergeleken" in told


def test_sending_twice_is_once(page: Client, letter: Letter) -> None:
    sent(page)
    assert "verzonden en ligt vast" in sent(page).content.decode()
    assert SentFile.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sent_on": "1-1-2099"}, "toekomst"),
        ({"file": SimpleUploadedFile("brief.txt", b"tekst")}, "bestand van de soort PDF"),
        ({"expected": "decided"}, "al gedaan"),
        ({"version": ""}, "verplicht"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_sent(
    page: Client, letter: Letter, changed: dict[str, Any], told: str
) -> None:
    answer = sent(page, **changed)
    assert (answer.status_code, told in answer.content.decode()) == (400, True)
    assert not SentFile.objects.exists()


def test_a_letter_that_is_not_final_is_not_sent(page: Client, letter: Letter) -> None:
    Letter.objects.update(state=LetterState.DECIDED)
    html = page.get("/brieven/brief/verzenden/", follow=True).content.decode()
    assert "Alleen een brief die definitief is" in html


def test_differences_are_explained_and_the_number_follows(page: Client, letter: Letter) -> None:
    sent(page)
    tasks_of = tasks.get("letters")
    assert tasks_of
    user = User.objects.get(name="De Secretaris")
    (task,) = tasks_of(user, date(2025, 2, 6))
    assert "Verklaar de verschillen" in task.title
    place = "/brieven/brief/verzonden/"
    assert page.post(f"{place}verschillen/1/", {"explanation": ""}).status_code == 400
    html = page.post(f"{place}verschillen/1/", {"explanation": "Met de hand."}, follow=True).content.decode()
    assert "Met de hand." in html
    assert tasks_of(user, date(2025, 2, 6)) == []
    wrong = page.post(f"{place}vindplaats/", {"citation": "zomaar iets"})
    assert (wrong.status_code, "herkennen" in wrong.content.decode()) == (400, True)
    given = {"citation": "kst-30196-840"}
    assert "30 196, nr. 840" in page.post(f"{place}vindplaats/", given, follow=True).content.decode()


def test_who_may_read_a_sent_letter_gets_the_file_and_not_the_differences(
    client: Client, page: Client
) -> None:
    letter = LetterFactory(slug="brief", state=LetterState.SENT, sent_on=date(2025, 2, 6))
    SentFileFactory(letter=letter, file=default_storage.save("reports/b.pdf", ContentFile(pdf())))
    client.force_login(ActorFactory(role=Role.READER))
    html = client.get("/brieven/brief/verzonden/").content.decode()
    assert "SHA-256" in html
    assert "Verschillen met de bevroren versie" not in html
    assert client.get("/brieven/brief/verzonden/brief.pdf").status_code == 200


def test_our_own_print_says_what_was_frozen() -> None:
    letter = frozen.LetterFactory.build()
    file = BytesIO(printing.write(render.to_html(letter)))
    pages = texts_of(SimpleUploadedFile("brief.pdf", file.getvalue()))
    found = [item for item in compare(letter, pages) if item.kind is not DifferenceKind.AROUND]
    assert found == []


def test_what_the_frozen_version_says_of_itself_in_its_margins_is_no_difference() -> None:
    letter = frozen.LetterFactory.build(is_demo=True, marking="vertrouwelijk")
    file = BytesIO(printing.write(render.to_html(letter)))
    pages = texts_of(SimpleUploadedFile("brief.pdf", file.getvalue()))
    told = " ".join(item.sent for item in compare(letter, pages))
    assert "demonstratiegegevens" not in told
    assert "VERTROUWELIJK" not in told
    concept = frozen.LetterFactory.build(is_concept=True)
    file = BytesIO(printing.write(render.to_html(concept)))
    pages = texts_of(SimpleUploadedFile("brief.pdf", file.getvalue()))
    assert "CONCEPT" in " ".join(item.sent for item in compare(letter, pages))


def test_nothing_of_a_file_that_cannot_be_read_is_told() -> None:
    assert texts_of(SimpleUploadedFile("stuk.pdf", b"%PDF-stuk")) == []


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return True
    return False


def test_the_database_locks_what_was_sent() -> None:
    letter = LetterFactory()
    section, annex = SectionFactory(letter=letter), AnnexFactory(letter=letter)
    co_sender, note = CoSenderFactory(letter=letter), DecisionNoteFactory(letter=letter)
    part = NoteSectionFactory(note=note)
    remark, kept = CommentFactory(section=section), WithholdingFactory(section=part)
    reply = ReplyFactory(assent=AssentFactory(letter=letter))
    Letter.objects.update(state=LetterState.SENT, sent_on=date(2025, 2, 6))
    row = SentFileFactory(letter=letter)
    rows: list[Any] = [letter, section, annex, co_sender, note, part, remark, kept, reply, reply.assent, row]
    assert all(refused(item.delete) for item in rows)
    assert refused(lambda: Section.objects.update(text="<p>Anders.</p>"))
    assert refused(lambda: Letter.objects.update(title="Anders"))
    assert refused(lambda: Assent.objects.update(answer="", given_on=None, met_how="x"))
    assert refused(lambda: SectionFactory(letter=letter))
    assert refused(lambda: CommentFactory(section=section, text="Nog iets."))
    assert refused(lambda: Comment.objects.update(resolved_at=timezone.now()))
    assert refused(lambda: WithholdingFactory(section=part, sha256="b" * 64))
    assert refused(lambda: Withholding.objects.update(ground=Ground.PRIVACY))
    assert refused(lambda: SentFile.objects.update(reference="Anders"))
    SentFile.objects.update(citation="Kamerstukken II 2024/25, 30 196, nr. 840")


def test_an_account_can_be_erased_after_the_letter_was_sent() -> None:
    user = ActorFactory()
    rows: list[tuple[Any, str]] = [
        (ReplyFactory(recorded_by=user), "recorded_by"),
        (CommentFactory(by=user), "by"),
        (WithholdingFactory(decided_by=user), "decided_by"),
        (WaiverFactory(by=user), "by"),
    ]
    Letter.objects.update(state=LetterState.SENT, sent_on=date(2025, 2, 6))
    user.delete()
    for row, field in rows:
        row.refresh_from_db()
        assert getattr(row, field) is None


def test_what_was_said_and_kept_inside_of_a_sent_letter_stays_and_says_why() -> None:
    kept, remark = WithholdingFactory(), CommentFactory()
    Letter.objects.update(state=LetterState.SENT, sent_on=date(2025, 2, 6))
    given: dict[str, Any] = {"section": kept.section, "sha256": kept.sha256, "by": None}
    for act in (
        lambda: services.release(**given),
        lambda: services.withhold(**given, ground=Ground.PRIVACY, why=""),
        lambda: services.settle(remark=remark, by=ActorFactory()),
        lambda: services.reply(to=remark, text="Ja.", by=ActorFactory()),
    ):
        with pytest.raises(LetterError, match=r"is.* verzonden"):
            act()


def concept(letter: Letter) -> LetterVersion:
    """Built before the letter was final."""
    Letter.objects.update(state=LetterState.DECIDED)
    version = built(letter)
    Letter.objects.update(state=LetterState.FINAL)
    return version


def sending(letter: Letter, version: LetterVersion) -> SentFile:
    """By the service, without a page in between."""
    by = ActorFactory()
    file = SimpleUploadedFile("ondertekend.pdf", pdf(text="Er doen 3 gemeenten mee."))
    return send_letter(
        letter=letter,
        expected=LetterState.FINAL,
        upload=park(file=file, by=by),
        version=version,
        dated=date(2025, 2, 5),
        sent_on=date(2025, 2, 6),
        reference="",
        by=by,
    )


def other_reference(letter: Letter) -> LetterVersion:
    version = letter.versions.get()
    letter.reference = "IENW/BSK-2025/2"
    services.set_reference(letter=letter, by=None)
    built(letter)
    return version


def other_text(letter: Letter) -> LetterVersion:
    Section.objects.update(text="<p>Eerder stond er wat anders.</p>")
    version = built(letter)
    Section.objects.update(text=TEXT)
    return version


def other_figures(letter: Letter) -> LetterVersion:
    version = letter.versions.get()
    FreezeFactory.of(letter)
    built(letter)
    return version


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (concept, "zegt nog CONCEPT"),
        (other_reference, "heeft een ander kenmerk dan de brief"),
        (other_text, "heeft een andere tekst dan de brief"),
        (other_figures, "heeft andere cijfers dan de laatste bevriezing"),
    ],
)
def test_only_what_was_to_be_signed_is_sent(
    page: Client, letter: Letter, made: Callable[[Letter], LetterVersion], told: str
) -> None:
    version = made(letter)
    with pytest.raises(LetterError, match=f"{told}.*Bouw de brief nog een keer"):
        sending(letter, version)
    offered = page.get("/brieven/brief/verzenden/").content.decode()
    assert (offered.count("<option"), f'value="{version.pk}"' in offered) == (1, False)
    answer = sent(page, version=version.pk)
    assert (answer.status_code, "zegt nog CONCEPT, of is niet van de laatste" in answer.content.decode()) == (
        400,
        True,
    )
    assert not SentFile.objects.exists()


def test_a_final_letter_waits_for_a_version_without_concept(page: Client, letter: Letter) -> None:
    told, parcel = "geen versie zonder CONCEPT om te ondertekenen", 'href="/brieven/brief/pakket/"'
    assert told not in page.get("/brieven/brief/").content.decode()
    version = letter.versions.get()
    FreezeFactory.of(letter)  # from now on the letter has other figures than what was built
    html = page.get("/brieven/brief/verzenden/", follow=True).content.decode()
    assert told in html
    assert html.count(parcel) > page.get("/brieven/brief/cijfers/").content.decode().count(parcel)
    assert "Leg vast wat is verzonden" not in html
    with pytest.raises(LetterError, match=told):
        sending(letter, version)
    built(letter)
    assert "Leg vast wat is verzonden" in page.get("/brieven/brief/").content.decode()


def test_a_file_that_comes_when_nothing_can_be_sent_stays(page: Client, letter: Letter) -> None:
    FreezeFactory.of(letter)
    answer = sent(page)
    html = answer.content.decode()
    assert (answer.status_code, "om te ondertekenen" in html, "ondertekend.pdf" in html) == (400, True, True)


def test_figures_that_were_frozen_otherwise_are_decided_on_again(letter: Letter) -> None:
    municipalities(1, first=4)
    FreezeFactory.of(letter)
    version = built(letter)
    with pytest.raises(LetterError, match="sinds het besluit"):
        sending(letter, version)
    decided(letter)
    assert sending(letter, version).letter == letter
