"""The whole road of a letter with four accounts, by its pages: from a concept to what parliament got."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mvi_portal.accounts.models import Role
from mvi_portal.mails.models import Mail
from reports.models import Assent, Letter, SentFile
from reports.services import edit_section
from reports.services.agreeing import propose_parties
from signatories.models import Organisation
from tests.documents import pdf
from tests.factories.agreement import built
from tests.factories.monitoring import ConsultationFactory, PlanRoleFactory
from tests.factories.reports import (
    CoSenderFactory,
    DecisionNoteFactory,
    FreezeFactory,
    LetterFactory,
    MinisterFactory,
    MinistryFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
HOME, AGREEMENT = "/brieven/brief/", "/brieven/brief/akkoord/"


def client_of(role: Role, organisation: Organisation | None = None) -> Client:
    user = ActorFactory(role=role)
    if organisation:
        RepresentativeFactory(user=user, organisation=organisation)
    client = Client()
    client.force_login(user)
    return client


def posted(client: Client, address: str, data: dict[str, object] | None = None) -> str:
    return client.post(address, data or {}, follow=True).content.decode()


def answer(client: Client, key: str) -> str:
    address = f"{AGREEMENT}partijen/{key}/antwoord/"
    found = re.search(r'name="text_sha256" value="(\w+)"', client.get(address).content.decode())
    assert found
    data = {"text_sha256": found[1], "answer": "agreed", "function": "minister", "remark": ""}
    return posted(client, address, dict(data))


def test_a_letter_goes_from_concept_to_parliament() -> None:
    letter = LetterFactory.saying("<p>Het gaat goed met de plannen.</p>", slug="brief")
    DecisionNoteFactory(letter=letter, office=letter.sender)
    first, second = (
        CoSenderFactory(letter=letter, office=MinisterFactory(organisation=MinistryFactory())) for _ in "12"
    )
    for organisation in (OrganisationFactory(), OrganisationFactory()):
        PlanRoleFactory(frame=letter.frame, organisation=organisation)
    secretary = client_of(Role.SECRETARIAT)
    assert propose_parties(letter=letter, by=None) == 4
    one, other = (row.office.organisation for row in (first, second))
    minister = client_of(Role.OFFICER, one)

    assert "akkoordronde" in posted(secretary, f"{HOME}verder/", {"expected": "draft"})
    assert "gaat 1 mail uit" in posted(secretary, f"{AGREEMENT}vragen/", {"due_on": "31-12-2099"})
    assert "Geef uw antwoord op de brief" in minister.get("/").content.decode()
    assert "is vastgelegd" in answer(minister, one.key)
    mailed = {"answer": "agreed", "given_on": "3-2-2025", "function": "minister", "proof": "mail"}
    assert "Vastgelegd" in posted(secretary, f"{AGREEMENT}partijen/{other.key}/vastleggen/", dict(mailed))
    aligned = Assent.objects.filter(kind="alignment").values_list("organisation__key", flat=True)
    held = {"consultation": ConsultationFactory().pk, "parties": list(aligned), "function": "directeuren"}
    told = posted(secretary, f"{AGREEMENT}overleg/", {**held, "answer": "agreed", "given_on": "3-2-2025"})
    assert "Vastgelegd voor 2 partijen" in told

    edit_section(section=letter.sections.get(), text="<p>Het gaat heel goed met de plannen.</p>", by=None)
    html = secretary.get(f"{AGREEMENT}wijzigingen/").content.decode()
    field = re.search(r'name="(keuze-[\w-]+)"', html)
    assert field
    assert "vastgelegd" in posted(secretary, f"{AGREEMENT}wijzigingen/", {field[1]: "ask", "why": ""})
    assert "moet opnieuw antwoorden" in secretary.get(HOME).content.decode()
    posted(secretary, f"{AGREEMENT}vragen/", {"due_on": "31-12-2099"})
    assert "Gewijzigd sinds uw akkoord" in minister.get(f"{AGREEMENT}partijen/{one.key}/").content.decode()
    answer(minister, one.key)
    posted(secretary, f"{AGREEMENT}partijen/{other.key}/vastleggen/", {**mailed, "proof": "tweede mail"})

    assert "akkoord" in posted(secretary, f"{HOME}verder/", {"expected": "in-agreement"})
    posted(secretary, "/brieven/ambtelijke-lijn/inrichten/", {"steps": "directeur"})
    step = re.search(r"lijn/stappen/\d+/", secretary.get(f"{AGREEMENT}lijn/").content.decode())
    assert step
    posted(secretary, f"{AGREEMENT}{step[0]}", {"function": "directeur", "on": "4-2-2025"})
    decision = {"verdict": "agreed", "on": "5-2-2025"}
    posted(secretary, f"{AGREEMENT}lijn/besluiten/{letter.sender.slug}/", dict(decision))
    posted(secretary, f"{HOME}verder/", {"expected": "agreed"})
    FreezeFactory.of(letter)  # the page reads in a transaction of its own
    built(letter)
    final = [posted(secretary, f"{HOME}verder/", {"expected": "decided"}) for _ in range(2)]
    assert "Er is niets dubbel gebeurd" in final[1]
    assert "geen versie zonder CONCEPT" in secretary.get(HOME).content.decode()

    went = {
        "expected": "final",
        "file": SimpleUploadedFile("brief.pdf", pdf(text="Brede borging Het gaat heel goed met de plannen.")),
        "version": built(Letter.objects.get()).pk,
        "dated": "6-2-2025",
        "sent_on": "6-2-2025",
    }
    assert "ligt vast" in posted(secretary, f"{HOME}verzenden/", dict(went))
    assert not SentFile.objects.get().differences.exists()
    assert Letter.objects.get().is_sent
    assert Mail.objects.count() == 2
