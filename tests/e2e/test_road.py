"""A letter and its note from new to sent, with six people, each in a window of their own."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from mvi_portal.jobs.workers import ensure_worker
from tests import verapdf
from tests.documents import pdf
from tests.e2e import portal
from tests.e2e.browser import Desk
from tests.e2e.checks import axe
from tests.reports.words import tracked

pytestmark = pytest.mark.slow

Role = Literal["button", "link"]
TITLE = "Voortgang MVI, van concept naar Kamer"
PEOPLE = ("secretariaat", "ienw", "bzk", "ez", "vng", "lezer")
BUILT = 120_000  # milliseconds at most that a worker takes
MENDED = "Het werk gaat door in de opdrachten zelf."
PROPOSED = "Het werk gaat door, in de opdrachten zelf."
CHANGED = ("hoe het staat", "hoe ver het is")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY = ("Krachtenveld", "Politieke", "Positie", "Financiële", "Rollen", "Communicatie")  # of a new note
STEPS = 4  # of the line as the demonstration set it up


@pytest.fixture(scope="module", autouse=True)
def worker(writing: Desk, folder: Path) -> Iterator[None]:
    with ensure_worker(env=portal.environment(writing.database, folder)):
        yield


@dataclass
class Person:
    """Somebody at a window; counts what is clicked or chosen, and not what is typed."""

    name: str
    page: Page
    clicks: int = 0

    def click(self, name: str, *, role: Role = "button", within: Locator | None = None) -> None:
        """What leads to another page; until that is there."""
        place = within or self.page.get_by_role("main")
        with self.page.expect_navigation():
            self.press(place.get_by_role(role, name=re.compile(name)).first)

    def press(self, on: Locator) -> None:
        self.clicks += 1
        on.click()

    def follow(self, name: str) -> None:
        self.click(name, role="link")

    def choose(self, label: str, words: str) -> None:
        """The option of a list that holds these words."""
        self.clicks += 1
        field = self.page.get_by_label(label, exact=True)
        option = field.locator("option").filter(has_text=words).first
        field.select_option(option.get_attribute("value"))

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def write(self, text: str) -> None:
        """In the editor, in the place of what is there, and save it."""
        expect(self.page.locator(".mvi-editor[data-ready]")).to_be_visible()
        self.page.locator(".ProseMirror").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.click("Bewaar de tekst")

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def goes(self, *parts: str) -> None:
        """By the address bar: what a link in a mail does."""
        self.page.goto("/".join(["/brieven", *parts, ""]))


@pytest.fixture
def people(writing: Desk) -> Iterator[dict[str, Person]]:
    with ExitStack() as windows:
        yield {name: Person(name, windows.enter_context(writing.person(name))) for name in PEOPLE}


def test_a_letter_and_its_note_go_from_new_to_sent(people: dict[str, Person]) -> None:
    """Steps of one story: each leans on the one before it."""
    begun = time.monotonic()
    office, letter = people["secretariaat"], compose(people["secretariaat"])
    mend_and_waive(office, letter)
    note(office, letter)
    through_word_and_back(people, letter)
    begin_the_round(office, letter)
    everybody_answers(people, letter)
    a_paragraph_changes_and_is_asked_again(people, letter)
    through_the_line_to_the_decision(office, letter)
    signed = frozen_final_and_packed(office, letter)
    sent_and_numbered(office, letter, signed)
    the_proof_knows_it(people["lezer"], signed)
    clicks = {name: person.clicks for name, person in people.items()}
    print(f"klikken van nieuw tot verzonden: {clicks}, {time.monotonic() - begun:.0f} s")  # noqa: T201 - measured
    assert clicks["secretariaat"] <= 85
    assert max(clicks[name] for name in PEOPLE[1:]) <= 10


def compose(office: Person) -> str:
    """From the previous letter; its opening and closing typed, its lines taken from what is known."""
    page = office.page
    page.goto("/brieven/")
    office.follow("Maak een nieuwe brief")
    office.fill("Onderwerp", TITLE)
    office.choose("Kader", "Hoofdlijnen")
    office.choose("Vorige brief", "februari 2023")
    office.choose("Afzender", "Openbaar Vervoer en Milieu")
    office.fill("Briefdatum", "3 februari 2025")
    office.fill("Peildatum", "31 januari 2025")
    office.fill("Ons kenmerk", "IENW/BSK-2025/12345")
    for ministry in ("Binnenlandse Zaken", "Economische Zaken"):
        box = page.get_by_role("checkbox", name=re.compile(f"minister van {ministry}[^(]*$")).first
        if not box.is_checked():
            office.press(box)
    office.click("Maak de brief")
    page.wait_for_url("**/onderdelen/")
    letter = page.url.split("/brieven/")[1].split("/")[0]
    for code in "ABCD":
        office.goes(letter)
        office.follow(f"^Bewerk {code}[.]")
        office.follow("Materiaal voor dit onderdeel")
        office.click("^Neem over")
        office.sees("al overgenomen")
    for name, text in (
        ("Opening", "In deze brief leest u hoe het staat."),
        ("Tot slot", "Er zijn 70 gemeenten."),
    ):
        office.goes(letter)
        office.follow(f"^Bewerk {name}")
        office.write(text)
    return letter


def mend_and_waive(office: Person, letter: str) -> None:
    """A number that was typed is found; a promise that need not be told is put aside."""
    office.goes(letter, "controles")
    typed = office.page.get_by_role("listitem").filter(has_text="70").filter(has_text="Tot slot").first
    office.click("^Bewerk", role="link", within=typed)
    office.write(MENDED)
    office.goes(letter, "controles")
    office.follow("^Zet opzij")
    office.fill("Waarom", "Hierover gaat een aparte brief.")
    office.click("Zet opzij")
    office.sees("Opzij gezet")


def note(office: Person, letter: str) -> None:
    """The note to the one who decides: what the letter proposes, and what only a writer knows."""
    office.goes(letter, "beslisnotas")
    office.click("Maak de nota aan .*staatssecretaris")
    overview = office.page.url
    for section in (
        *(
            "Krachtenveld",
            "Politieke context",
            "Positie bedrijfsleven",
            "Financiële",
            "Rollen",
            "Communicatie",
        ),
    ):
        office.page.goto(overview)
        office.follow(f"^Bewerk {section}")
        office.write("Hierover is niets bijzonders te melden.")
    office.page.goto(overview)
    office.follow("Voorbeeld")
    office.sees("Geadviseerd besluit")


def through_word_and_back(people: dict[str, Person], letter: str) -> None:
    """A colleague takes the text out; the file with a tracked change comes back as a proposal."""
    officer, office = people["ienw"], people["secretariaat"]
    officer.goes(letter, "word")
    officer.click("^Maak het Word-bestand.*De brief")
    link = officer.page.get_by_role("link", name=re.compile("^Download .*docx"))
    expect(link).to_be_visible(timeout=BUILT)
    made = officer.page.request.get(link.get_attribute("href") or "").body()
    file = {"name": "brief-met-wijzigingen.docx", "mimeType": DOCX, "buffer": tracked(made, CHANGED)}
    office.goes(letter, "word")
    office.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type] # a file
    office.click("Lees het bestand")
    assert not axe(office.page)
    office.click("Neem over als voorstellen")
    office.follow("Beoordeel de voorstellen")
    office.click("^Neem over")


def begin_the_round(office: Person, letter: str) -> None:
    office.goes(letter, "akkoord")
    office.click("Vul de gebruikelijke partijen in")
    office.click("Begin de akkoordronde")
    ask(office, letter)


def ask(office: Person, letter: str) -> None:
    office.goes(letter, "akkoord")
    office.follow("Vraag om een antwoord")
    office.fill("Antwoord uiterlijk op", "31 december 2099")
    office.click("Verstuur de vraag")
    office.sees("mails uit.")


def everybody_answers(people: dict[str, Person], letter: str) -> None:
    remark(people["ienw"], letter)
    answer(people["bzk"])
    recorded(people["ez"], letter, "mail van 20 januari 2025")
    proposal(people["vng"])
    office = people["secretariaat"]
    office.goes(letter, "akkoord")
    office.follow("Leg de uitkomst van een overleg vast")
    office.choose("Overleg", "Directeurenoverleg")
    office.fill("Gegeven op", "22 januari 2025")
    office.click("Leg vast")
    expect(office.page.get_by_text(re.compile(r"Vastgelegd voor [3-9] partijen"))).to_be_visible()


def remark(officer: Person, letter: str) -> None:
    officer.goes(letter)
    officer.click("^Opmerkingen.* bij B", role="link")
    officer.press(officer.page.get_by_text("Maak een opmerking").first)
    officer.fill("Uw opmerking", "Noem hier ook de sectoren.")
    officer.click("Plaats de opmerking")
    officer.sees("Uw opmerking staat erbij.")


def task(person: Person) -> None:
    """From the start page, where a mail leads to as well."""
    person.page.goto("/")
    told = person.page.get_by_role("listitem").filter(has_text=TITLE)
    person.click("antwoord op de brief", role="link", within=told)


def answer(person: Person) -> None:
    task(person)
    if not person.clicks > 1:
        assert not axe(person.page)
    give(person)


def give(person: Person) -> None:
    person.press(person.page.get_by_role("radio", name="akkoord", exact=True))
    person.fill("Functie van wie antwoordt", "directeur")
    person.click("Geef dit antwoord")
    person.sees("Uw antwoord is vastgelegd: akkoord.")


def recorded(person: Person, letter: str, proof: str) -> None:
    """What the minister's office wrote in a mail, by the officer of the ministry."""
    person.goes(letter, "akkoord")
    person.follow("^Economische Zaken$")
    person.follow("Leg een antwoord vast")
    person.press(person.page.get_by_role("radio", name="akkoord", exact=True))
    person.fill("Gegeven op", "22 januari 2025")
    person.fill("Functie van wie antwoordt", "minister van Economische Zaken")
    person.fill("Bewijs", proof)
    mail = {"name": "mail.pdf", "mimeType": "application/pdf", "buffer": pdf(text=proof)}
    person.page.get_by_label("Bestand als bewijs").set_input_files(mail)  # type: ignore[arg-type] # a file
    person.click("Leg vast")
    person.sees("Vastgelegd: Economische Zaken, akkoord.")


def proposal(person: Person) -> None:
    """An answer with another text for one paragraph."""
    task(person)
    last = person.page.locator(".mvi-answer__remark").last
    person.press(last.locator("summary"))
    last.get_by_label(re.compile("^Tekst zoals u hem wilt")).fill(PROPOSED)
    give(person)


def a_paragraph_changes_and_is_asked_again(people: dict[str, Person], letter: str) -> None:
    office, bzk = people["secretariaat"], people["bzk"]
    office.goes(letter, "akkoord", "voorstellen")
    office.click("Neem over")
    office.goes(letter, "akkoord", "wijzigingen")
    for radio in office.page.get_by_role("radio", name="opnieuw vragen").all():
        office.press(radio)
    office.click("Leg de keuzes vast")
    ask(office, letter)
    task(bzk)
    bzk.sees("Gewijzigd sinds uw akkoord")
    give(bzk)
    recorded(people["ez"], letter, "mail van 23 januari 2025")
    office.goes(letter, "akkoord")
    office.click("Stel vast: iedereen is akkoord")


def through_the_line_to_the_decision(office: Person, letter: str) -> None:
    for place in range(STEPS):
        office.goes(letter, "akkoord", "lijn")
        office.follow("^Leg vast")
        if not place:
            assert not axe(office.page)
        office.fill("Functie", "hoofd van de directie")
        office.fill("Op", "27 januari 2025")
        office.click("Leg vast")
    office.goes(letter, "akkoord", "lijn")
    office.follow("^Leg een besluit vast")
    assert not axe(office.page)
    office.press(office.page.get_by_role("radio", name="akkoord", exact=True))
    office.fill("Op", "30 januari 2025")
    office.fill("Bewijs", "paraaf op de nota")
    office.click("Leg vast")
    office.click("Stel vast: er is besloten")


def frozen_final_and_packed(office: Person, letter: str) -> bytes:
    """What the house signs: the letter of the parcel, with a mark of its own."""
    office.goes(letter, "bevriezen")
    office.click("Bevries de cijfers")
    office.follow("^Bevriezing 1$")
    assert not axe(office.page)
    office.goes(letter)
    office.click("Bouw de brief")
    expect(office.page.get_by_role("link", name="Download de brief")).to_be_visible(timeout=BUILT)
    office.goes(letter)
    office.click("Maak de brief definitief")
    office.goes(letter, "pakket")
    office.click("Maak het pakket")
    expect(office.page.get_by_role("link", name=re.compile("Download alles"))).to_be_visible(timeout=BUILT)
    assert not axe(office.page)
    link = office.page.get_by_role("link", name="De brief als PDF", exact=True)
    made = office.page.request.get(link.get_attribute("href") or "").body()
    every_pdf_conforms(office)
    with pikepdf.open(io.BytesIO(made)) as opened:
        opened.docinfo["/Signed"] = "ja"
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def every_pdf_conforms(office: Person) -> None:
    """Letter, notes, annexes, report and plain page of the parcel, according to veraPDF."""
    link = office.page.get_by_role("link", name=re.compile("Download alles"))
    packed = office.page.request.get(link.get_attribute("href") or "").body()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive, TemporaryDirectory() as folder:
        names = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert {name.split("-")[0] for name in names} >= {"voortgangsbrief", "beslisnota", "jaarverslag"}
        files = [Path(archive.extract(name, folder)) for name in names]
        assert verapdf.missing() or verapdf.broken_rules(*files) == ""


def sent_and_numbered(office: Person, letter: str, signed: bytes) -> None:
    office.goes(letter)
    office.follow("Leg vast wat is verzonden")
    assert not axe(office.page)
    file = {"name": "brief-ondertekend.pdf", "mimeType": "application/pdf", "buffer": signed}
    office.page.get_by_label("Het verzonden, ondertekende bestand").set_input_files(file)  # type: ignore[arg-type] # a file
    office.fill("Verzonden op", "3 februari 2025")
    office.click("Leg vast en sluit de brief")
    office.sees("De brief is verzonden en ligt vast.")
    assert not axe(office.page)
    office.follow("Leg de vindplaats vast")
    office.fill("Vindplaats", "Kamerstukken II 2024/25, 30 196, nr. 840")
    office.click("^Leg|^Bewaar")
    office.sees("Kamerstukken II 2024/25, 30 196, nr. 840")


def the_proof_knows_it(person: Person, signed: bytes) -> None:
    person.page.goto("/brieven/")
    person.follow("Controleer een PDF")
    file = {"name": "uit-de-post.pdf", "mimeType": "application/pdf", "buffer": signed}
    person.page.get_by_label("PDF").set_input_files(file)  # type: ignore[arg-type] # a file
    person.click("Controleer")
    person.sees("Dit is de verzonden brief")
    person.sees(TITLE)
    assert not axe(person.page)
