"""Who is asked about a letter: proposed once each, added and replaced at any time, asked by one mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from monitoring.models.frame import Role as PlanRoleKind
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.contributions import tasks
from mvi_portal.mails.models import Mail
from reports.agreement.board import Board
from reports.agreement.reading import text_of
from reports.errors import LetterError
from reports.models import Answer, Assent, AssentKind, Letter, LetterState, Reading
from reports.services import agreeing as services
from signatories.models import Organisation
from tests.factories.monitoring import PlanRoleFactory
from tests.factories.reports import (
    AssentFactory,
    CoSenderFactory,
    LetterFactory,
    MinisterFactory,
    MinistryFactory,
    SectionFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
ROOT = "https://portaal.example/"


@pytest.fixture
def secretary() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT)
    return found


@pytest.fixture
def page(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


def letter_of(**fields: object) -> Letter:
    letter: Letter = LetterFactory(slug="brief", **fields)
    return letter


def officer(*organisations: Organisation) -> User:
    user: User = ActorFactory(role=Role.OFFICER)
    for organisation in organisations:
        RepresentativeFactory(user=user, organisation=organisation)
    return user


def soon() -> date:
    return timezone.localdate() + timedelta(days=7)


def test_co_senders_assent_and_departments_and_umbrellas_are_aligned_with(secretary: User) -> None:
    letter = letter_of()
    both = CoSenderFactory(letter=letter, office=MinisterFactory()).office.organisation
    sender, department, umbrella = letter.sender.organisation, MinistryFactory(), OrganisationFactory()
    for organisation in (both, sender, department):
        PlanRoleFactory(frame=letter.frame, organisation=organisation, role=PlanRoleKind.PAYS)
    PlanRoleFactory(frame=letter.frame, organisation=umbrella, role=PlanRoleKind.ADVISES)
    PlanRoleFactory(frame=letter.frame, role=PlanRoleKind.EVALUATES)

    assert services.propose_parties(letter=letter, by=secretary) == 3
    assert services.propose_parties(letter=letter, by=secretary) == 0
    found = dict(Assent.objects.values_list("organisation", "kind"))
    assert found == {both.pk: "assent", department.pk: "alignment", umbrella.pk: "alignment"}


def test_who_was_taken_out_is_not_proposed_again_and_can_come_back(secretary: User) -> None:
    letter = letter_of()
    umbrella = PlanRoleFactory(frame=letter.frame, role=PlanRoleKind.ADVISES).organisation
    services.propose_parties(letter=letter, by=secretary)
    row = Assent.objects.get()
    services.remove_party(assent=row, why="Doet niet mee.", by=secretary)
    assert services.propose_parties(letter=letter, by=secretary) == 0
    assert not Board(letter).parties
    with pytest.raises(LetterError, match="geen partij meer"):
        services.remove_party(assent=row, why="Nog eens.", by=secretary)
    services.add_party(letter=letter, organisation=umbrella, kind=AssentKind.ASSENT, by=secretary)
    row.refresh_from_db()
    assert (row.kind, row.left_on) == ("assent", None)


def test_a_party_is_replaced_by_another_with_the_same_question(secretary: User) -> None:
    row, other = AssentFactory(letter=letter_of()), OrganisationFactory()
    services.remove_party(assent=row, why="Andere koepel.", instead=other, by=secretary)
    assert [party.assent.organisation for party in Board(row.letter).parties] == [other]


@pytest.mark.parametrize("which", ["twice", "sender"])
def test_a_party_is_asked_once_and_the_sender_not_at_all(which: str, secretary: User) -> None:
    row = AssentFactory(letter=letter_of())
    organisation = row.organisation if which == "twice" else row.letter.sender.organisation
    with pytest.raises(LetterError, match=r"één keer|afzender"):
        services.add_party(
            letter=row.letter, organisation=organisation, kind=AssentKind.ALIGNMENT, by=secretary
        )


def test_nothing_is_added_to_a_letter_that_was_sent() -> None:
    letter = letter_of(state=LetterState.SENT, sent_on=date(2025, 2, 3))
    with pytest.raises(LetterError, match="verzonden"):
        services.propose_parties(letter=letter, by=None)


def test_each_person_gets_one_mail_for_all_questions_together(secretary: User) -> None:
    letter = letter_of(state=LetterState.IN_AGREEMENT)
    rows = [AssentFactory(letter=letter) for _ in range(3)]
    officer(rows[0].organisation, rows[1].organisation)

    sent = services.ask(letter=letter, due_on=soon(), root=ROOT, by=secretary)
    again = services.ask(letter=letter, due_on=soon(), root=ROOT, by=secretary)

    assert (sent.mails, len(sent.nobody), again.mails, again.again) == (1, 1, 0, 1)
    mail = Mail.objects.get()
    for row in rows[:2]:
        assert f"{ROOT}brieven/brief/akkoord/partijen/{row.organisation.key}/antwoord/" in mail.body
    assert Assent.objects.filter(is_asked=True, due_on=soon()).count() == 3


def test_who_is_asked_finds_a_task_and_is_reminded_once_a_day(secretary: User) -> None:
    row = AssentFactory(letter=letter_of(state=LetterState.IN_AGREEMENT))
    user, today = officer(row.organisation), timezone.localdate()
    tasks_of = tasks.get("letters")
    assert tasks_of
    assert tasks_of(user, today) == []
    with pytest.raises(LetterError, match="niemand aan wie"):
        services.remind(letter=row.letter, root=ROOT, by=secretary)
    services.ask(letter=row.letter, due_on=soon(), root=ROOT, by=secretary)
    (task,) = tasks_of(user, today)
    assert (task.title, task.due) == ("Geef uw antwoord op de brief", soon())
    assert tasks_of(secretary, today) == []
    reminders = [services.remind(letter=row.letter, root=ROOT, by=secretary).mails for _ in range(2)]
    assert reminders == [1, 0]
    assert "gewijzigd sinds" not in Mail.objects.latest("pk").body


def test_a_reminder_is_about_the_text_of_now_which_is_kept(secretary: User) -> None:
    row = AssentFactory(letter=letter_of(state=LetterState.IN_AGREEMENT))
    section = SectionFactory(letter=row.letter, text="<p>Het gaat goed.</p>")
    officer(row.organisation)
    services.ask(letter=row.letter, due_on=soon(), root=ROOT, by=secretary)
    services.edit_section(section=section, text="<p>Het gaat beter.</p>", by=secretary)

    services.remind(letter=row.letter, root=ROOT, by=secretary)

    assert "de tekst is gewijzigd sinds u werd gevraagd" in Mail.objects.latest("pk").body
    assert Reading.objects.count() == 2
    assert Reading.objects.filter(sha256=text_of(row.letter)[0].sha256).exists()


def test_nobody_is_asked_before_the_round_or_in_the_past_or_when_all_answered(secretary: User) -> None:
    letter = letter_of()
    with pytest.raises(LetterError, match="nog niet begonnen"):
        services.ask(letter=letter, due_on=soon(), root=ROOT, by=secretary)
    Letter.objects.update(state=LetterState.IN_AGREEMENT)
    with pytest.raises(LetterError, match="vanaf vandaag"):
        services.ask(letter=letter, due_on=date(2020, 1, 1), root=ROOT, by=secretary)
    with pytest.raises(LetterError, match="Iedereen heeft geantwoord"):
        services.ask(letter=letter, due_on=soon(), root=ROOT, by=secretary)


def test_the_round_cannot_begin_without_parties_nor_end_without_their_assent(secretary: User) -> None:
    letter = letter_of()
    with pytest.raises(LetterError, match="Wijs eerst de partijen aan"):
        services.advance(letter=letter, expected=LetterState.DRAFT, by=secretary)
    AssentFactory(letter=letter)
    AssentFactory(letter=letter, kind=AssentKind.ALIGNMENT)
    Letter.objects.update(state=LetterState.IN_AGREEMENT)
    with pytest.raises(LetterError, match="nog geen antwoord") as refused:
        services.advance(letter=letter, expected=LetterState.IN_AGREEMENT, by=secretary)
    assert len(refused.value.problems) == 1  # alignment advises, and does not block


def test_the_page_tells_everybody_who_works_on_it_for_whom_it_waits(client: Client, page: Client) -> None:
    letter = letter_of(state=LetterState.IN_AGREEMENT)
    row = AssentFactory(letter=letter, organisation__called__name="Water en Lucht")
    html = page.get("/brieven/brief/akkoord/").content.decode()
    assert "Wacht op:</strong> Water en Lucht (instemming)" in html
    user = officer(row.organisation)
    client.force_login(user)
    html = client.get("/brieven/brief/akkoord/").content.decode()
    assert "Geef uw antwoord" in html
    assert "Vraag om een antwoord" not in html


def test_parties_are_kept_on_the_page(page: Client) -> None:
    letter = letter_of()
    PlanRoleFactory(frame=letter.frame, role=PlanRoleKind.ADVISES)
    umbrella, other = OrganisationFactory(), OrganisationFactory()
    place = "/brieven/brief/akkoord/"
    html = page.post(f"{place}partijen-voorstellen/", follow=True).content.decode()
    assert "1 partij toegevoegd" in html
    html = page.post(f"{place}partijen-voorstellen/", follow=True).content.decode()
    assert "zijn al partij" in html
    new = {"organisation": umbrella.key, "kind": "alignment", "why": ""}
    assert page.post(f"{place}partijen/nieuw/", {**new, "organisation": ""}).status_code == 400
    assert "is toegevoegd" in page.post(f"{place}partijen/nieuw/", new, follow=True).content.decode()
    again = page.post(f"{place}partijen/nieuw/", new)
    assert (again.status_code, "één keer gevraagd" in again.content.decode()) == (400, True)
    leave = {"why": "Fuseert.", "instead": other.key}
    html = page.post(f"{place}partijen/{umbrella.key}/weghalen/", leave, follow=True).content.decode()
    assert "Geen partij meer" in html
    assert Assent.objects.parties().filter(organisation=other).exists()
    assert page.get(f"{place}partijen/{umbrella.key}/").status_code == 404


def test_the_round_is_asked_and_reminded_on_the_page(page: Client) -> None:
    row = AssentFactory(letter=letter_of(state=LetterState.IN_AGREEMENT))
    place = "/brieven/brief/akkoord/"
    assert page.post(f"{place}vragen/", {"due_on": "gisteren"}).status_code == 400
    html = page.post(f"{place}vragen/", {"due_on": soon().isoformat()}, follow=True).content.decode()
    assert "Niemand handelt namens" in html
    officer(row.organisation)
    html = page.post(f"{place}herinneren/", follow=True).content.decode()
    assert "Er gaat 1 mail uit" in html
    assert "Vandaag al gemaild" in page.post(f"{place}herinneren/", follow=True).content.decode()
    Assent.objects.update(answer=Answer.AGREED, given_on=timezone.localdate(), is_asked=False)
    html = page.post(f"{place}herinneren/", follow=True).content.decode()
    assert "niemand aan wie al is gevraagd" in html
