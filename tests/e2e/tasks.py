"""The main tasks, done in a browser and counted: what docs/tasks.md tells. `python -m tests.e2e.tasks`."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.e2e import keeping_tasks, portal
from tests.e2e.browser import Desk, chromium
from tests.e2e.hand import Hand

ROUND = "Ronde van drie"
ONE, TWO = "pianoo-1", "pianoo-2"
NAMES = {ONE: "Eerste beoordelaar PIANOo", TWO: "Tweede beoordelaar PIANOo"}
WHO = {"secretariaat": "secretariat", ONE: "evaluator", TWO: "second evaluator", "": "second evaluator"}
HIGHEST = """questions => {
    for (const question of questions) {
        const given = [...question.querySelectorAll("input[type=radio]")].filter(one => one.value);
        given.reduce((best, one) => Number(one.value) > Number(best.value) ? one : best).click();
    }
    return questions.length;
}"""


def sign(hand: Hand) -> None:
    hand.click("link", "Ondertekenaars")
    hand.click("link", "Leg een handtekening vast")
    hand.type("Organisaties waarvoor de handtekening geldt", "Almere")
    hand.type("Ondertekend op", "1 oktober 2025")
    hand.type("Bron", "Brief van 1 oktober 2025")
    hand.click("button", "Leg vast")
    expect(hand.page.get_by_text("De handtekening staat in het register.")).to_be_visible()


def bring_signatories(hand: Hand) -> None:
    rows = [f"{name};mvoi-2022-2025;1 oktober 2025" for name in ("Zwolle", "Apeldoorn", "Breda", "Tilburg")]
    content = "\n".join(["naam;manifest;ondertekend op", *rows]).encode()
    hand.click("link", "Ondertekenaars")
    hand.click("link", "Lees een bestand in")
    hand.bring("Bestand", {"name": "nieuw.csv", "mimeType": "text/csv", "buffer": content})
    hand.click("button", "Kijk het bestand na")
    save = hand.page.get_by_role("button", name=re.compile("^Sla alles op"))
    expect(save).to_be_visible(timeout=30_000)
    hand.on(save)
    expect(hand.page.get_by_text("De rijen zijn opgeslagen")).to_be_visible(timeout=30_000)


def decide(hand: Hand) -> None:
    """On a merger, from the start page: the signature goes along, as is proposed."""
    hand.click("link", re.compile("^Beslis over de herindeling"))
    hand.click("button", "Beslis")
    expect(hand.page.get_by_text("Besloten over de herindeling")).to_be_visible()


def put_off(hand: Hand) -> None:
    """A delay that a signatory announced."""
    hand.click("link", "Actieplannen")
    hand.click("link", re.compile("^Termijnen"))
    hand.on(hand.page.locator("tbody th a").first)
    hand.click("link", "Leg uitstel vast")
    hand.type("Gemeld op", "13 januari 2025")
    hand.type("Nieuwe datum", "najaar 2026")
    hand.type("Reden", "De raad besluit later.")
    hand.click("button", "Bewaar")
    expect(hand.page.get_by_text("De stand van de termijn klopt weer overal.")).to_be_visible()


def upload(hand: Hand) -> None:
    from tests.documents import pdf

    name = "Actieplan voorbeeldgemeente 50.pdf"
    hand.click("link", "Actieplannen")
    hand.click("link", "Upload bestanden")
    hand.bring("Bestanden", {"name": name, "mimeType": "application/pdf", "buffer": pdf(pages=3)})
    hand.click("button", "Upload")
    hand.click("link", f"Bevestig {name}")
    hand.click("button", "Bevestig")
    expect(hand.page.get_by_text("staat nu bij").first).to_be_visible()


def remind(hand: Hand) -> None:
    hand.click("link", re.compile("^Herinneringen klaar om te versturen"))
    hand.click("button", re.compile("^Verstuur alle"))
    hand.click("button", "Verstuur")
    expect(hand.page.get_by_text(re.compile("^Vrijgegeven"))).to_be_visible()


def evaluate(hand: Hand) -> None:
    """By keyboard once the form is there: an answer and Enter for each criterion."""
    hand.click("link", re.compile("^Actieplannen beoordelen"))
    hand.click("link", "Actieplan MVOI Voorbeeldgemeente 27")
    hand.click("link", "Vul de beoordeling in")
    questions = hand.page.locator("[data-criterion]")
    questions.first.locator("input").first.focus()
    for number in range(questions.count()):
        kind = questions.nth(number).get_attribute("data-criterion")
        hand.press({"five-step": "4", "yes-no": "j"}[str(kind)], "Enter")
        hand.answers += 1
    hand.click("button", "Dien in")
    expect(hand.page.get_by_text("De evaluatie is ingediend")).to_be_visible()


def publish(hand: Hand) -> None:
    """With the factual check, which goes by mail: when it was sent, what came back, and then in the open."""
    hand.click("link", "Evaluaties")
    hand.click("link", "Evaluatie najaar 2026")
    hand.click("link", "Bord")
    hand.click("link", "Actieplan MVOI Voorbeeldgemeente 29")
    check(hand)
    hand.click("link", "Publiceer")
    hand.type("Geëvalueerd op", "november 2026")
    hand.click("button", "Publiceer")
    expect(hand.page.get_by_text("De evaluatie is gepubliceerd.")).to_be_visible()


def draft(hand: Hand) -> None:
    """What goes to the signatory is made, taken, and stays with the evaluation."""
    hand.click("button", "Maak het concept")
    made = hand.page.get_by_role("link", name=re.compile(r"^concept-feitencheck.*\.zip"))
    expect(made).to_be_visible(timeout=60_000)
    hand.on(made)
    hand.look()
    hand.click("link", "Terug naar de evaluatie")


def check(hand: Hand) -> None:
    """From the page of the evaluation: the mail that went out, and the mail that came back."""
    hand.click("link", "Leg de feitencheck vast")
    hand.look()
    hand.click("button", "Leg vast")
    hand.click("link", "Leg de reactie vast")
    hand.look()
    hand.type("Reactie ontvangen op", f"{timezone.localdate():%d-%m-%Y}")
    hand.type("Reactie van de ondertekenaar", "Geen opmerkingen.")
    hand.click("button", "Leg de reactie vast")


def bring_evaluations(hand: Hand) -> None:
    """The workbook of a round, taken, filled in elsewhere and sent back."""
    hand.click("link", "Evaluaties")
    hand.click("link", "Evaluatie najaar 2026")
    hand.click("link", "Verslag en brieven")
    with hand.page.expect_download() as taken:
        hand.click("link", "Excel (XLSX)")
    content = filled_in(taken.value.path())
    hand.click("link", "Lees het ingevulde werkblad in")
    hand.bring("Bestand", {"name": "ronde.xlsx", "mimeType": "application/zip", "buffer": content})
    hand.click("button", "Kijk het bestand na")
    save = hand.page.get_by_role("button", name=re.compile("^Sla alles op"))
    expect(save).to_be_visible(timeout=30_000)
    hand.on(save)
    expect(hand.page.get_by_text("De rijen zijn opgeslagen")).to_be_visible(timeout=30_000)


def filled_in(path: Path) -> bytes:
    """With a remark in the first row."""
    book, file = load_workbook(BytesIO(path.read_bytes())), BytesIO()
    sheet: Any = book.worksheets[0]
    (column,) = (cell.column for cell in sheet[1] if cell.value == "opmerking")
    sheet.cell(2, column).value = "Een helder plan."
    book.save(file)
    return file.getvalue()


def reply(hand: Hand) -> None:
    """To one signatory, from its evaluation."""
    hand.click("button", "Maak het antwoord aan de ondertekenaar")
    link = hand.page.get_by_role("link", name=re.compile(r"\.(zip|pdf)$")).first
    expect(link).to_be_visible(timeout=60_000)
    hand.on(link)


def reply_to_all(hand: Hand) -> None:
    hand.click("link", "Evaluaties")
    hand.on(hand.page.get_by_role("main").get_by_role("link", name="Evaluatie mei 2024", exact=True).first)
    hand.click("link", "Verslag en brieven")
    hand.click("button", re.compile("^Maak alle brieven"))
    link = hand.page.get_by_role("link", name=re.compile(r"\.zip$")).first
    expect(link).to_be_visible(timeout=180_000)
    hand.on(link)


def set_up_round(hand: Hand) -> None:
    """From nothing to three plans that are dealt out."""
    hand.click("link", "Evaluaties")
    hand.click("link", "Alle rondes")
    hand.click("link", "Nieuwe ronde")
    hand.type("Naam", ROUND)
    hand.page.get_by_label("Beoordelingskader").select_option(index=1)
    hand.clicks += 2
    hand.type("Klaar op", "31 december 2030")
    hand.click("button", "Maak de ronde")
    for place in range(3):
        hand.on(hand.page.get_by_role("row").get_by_role("checkbox").nth(place))
    hand.type("Waarom deze plannen", "De eerste drie")
    hand.click("button", "Kies wat is aangekruist")
    hand.click("button", "Verdeel 3 plannen over de beoordelaars")
    expect(hand.page.get_by_text(re.compile("Van mij: [12] van 3"))).to_be_visible()


def judge_own(hand: Hand, name: str) -> None:
    """All plans of the round that are this person's, until they are handed in."""
    hand.click("link", f"Actieplannen beoordelen: {ROUND}")
    for _each in range(waiting(hand, "het begin van de beoordeling", name)):
        open_first(hand, "het begin van de beoordeling", name)
        hand.click("link", "Vul de beoordeling in")
        answer(hand)
        hand.click("button", "Dien in")
        expect(hand.page.get_by_text("De evaluatie is ingediend")).to_be_visible()
        to_board(hand)


def answer(hand: Hand) -> None:
    """Every criterion at its highest: at once here, with the two keys each that `evaluate` presses."""
    hand.page.locator("[data-count]").wait_for()
    count = hand.page.locator("[data-criterion]").evaluate_all(HIGHEST)
    hand.answers += count
    hand.keys += 2 * count
    expect(hand.page.locator("[data-count]")).to_have_text(f"{count} van {count} ingevuld")


def publish_of(hand: Hand, judge: str, drafts: int = 0) -> None:
    """By the second person: checked with the signatory, and published. Of so many the draft is made here."""
    hand.click("link", "Evaluaties")
    hand.click("link", ROUND)
    hand.click("link", "Bord")
    for place in range(waiting(hand, "feitencheck of publicatie", judge)):
        open_first(hand, "feitencheck of publicatie", judge)
        if place < drafts:
            draft(hand)
        check(hand)
        hand.click("link", "Publiceer")
        hand.look()
        hand.click("button", "Publiceer")
        expect(hand.page.get_by_text("De evaluatie is gepubliceerd.")).to_be_visible()
        to_board(hand)


def rows(hand: Hand, *words: str) -> Locator:
    """Of the board, those with all these words."""
    found = hand.page.locator("tbody tr")
    for part in words:
        found = found.filter(has_text=part)
    return found


def waiting(hand: Hand, *words: str) -> int:
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(f"Bord van {ROUND}")
    return rows(hand, *words).count()


def open_first(hand: Hand, *words: str) -> None:
    hand.on(rows(hand, *words).first.get_by_role("link").first)


def to_board(hand: Hand) -> None:
    """From one of its evaluations."""
    hand.click("link", ROUND)
    hand.click("link", "Bord")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(f"Bord van {ROUND}")


def end_round(hand: Hand) -> None:
    """From the board: what it taught, with a figure that lives on, its end, and its report."""
    hand.click("link", "Evaluaties")
    hand.click("link", ROUND)
    hand.click("link", "Schrijf de bevindingen")
    hand.page.locator(".mvi-editor[data-ready]").wait_for()
    hand.on(hand.page.get_by_role("textbox", name="Bevindingen en aanbevelingen"))
    text = "De meeste plannen zijn concreet. Wij lazen er "
    hand.page.keyboard.type(text)
    hand.keys += len(text)
    hand.click("button", re.compile("^Cijfer$"))
    hand.page.get_by_role("dialog").get_by_label("Welk cijfer").select_option("ronde.geevalueerd")
    hand.clicks += 2
    hand.look()
    hand.click("button", "Zet in de tekst")
    hand.click("button", "Bewaar de bevindingen")
    expect(hand.page.get_by_text("Wij lazen er 3")).to_be_visible()
    hand.click("link", "Bord")
    hand.click("link", "Sluit de ronde af")
    hand.click("button", "Sluit de ronde af")
    hand.click("link", "Verslag en brieven")
    hand.click("button", "Maak het verslag")
    link = hand.page.get_by_role("link", name="verslag-ronde-van-drie.pdf")
    expect(link).to_be_visible(timeout=60_000)
    hand.look()
    hand.on(link)


@dataclass(frozen=True)
class Step:
    """A part of the round of three, by whom."""

    name: str
    who: str
    task: Callable[[Hand], None]


ROUND_OF_THREE = (
    Step("A round of three: made, plans chosen, dealt out", ONE, set_up_round),
    Step("Two of its plans judged and handed in", ONE, partial(judge_own, name=NAMES[ONE])),
    Step("The third judged and handed in", TWO, partial(judge_own, name=NAMES[TWO])),
    Step(
        "The two checked by their signatories, and published",
        TWO,
        partial(publish_of, judge=NAMES[ONE], drafts=1),
    ),
    Step("The third checked, and published", ONE, partial(publish_of, judge=NAMES[TWO])),
    Step("The round's findings, its end and its report", ONE, end_round),
)


def whole(hands: Sequence[Hand]) -> Hand:
    """What all of it took together."""
    found = Hand(hands[0].page)
    for hand in hands:
        found.clicks += hand.clicks
        found.fields += hand.fields
        found.keys += hand.keys
        found.answers += hand.answers
    return found


TASKS: tuple[tuple[str, str, Callable[[Hand], None]], ...] = (
    ("Find the dossier of an organisation, with a typing error", "secretariaat", keeping_tasks.find),
    ("Record a signature", "secretariaat", sign),
    ("Correct a signature", "secretariaat", keeping_tasks.correct_signature),
    ("Withdraw a signature", "secretariaat", keeping_tasks.withdraw_signature),
    (
        "Update the register from the official file: send, look, accept",
        "secretariaat",
        keeping_tasks.update_register,
    ),
    ("Take a filtered list along as a workbook", "secretariaat", keeping_tasks.export),
    ("Add a contact person to a dossier", "secretariaat", keeping_tasks.add_contact),
    ("Import signatories from a workbook: send, look, save", "secretariaat", bring_signatories),
    ("Decide on a merger, from the start page", "secretariaat", decide),
    ("Record a delay that was announced", "secretariaat", put_off),
    ("Build a rubric of three criteria and publish it", "pianoo-1", keeping_tasks.build_rubric),
    ("Upload a plan and confirm whose it is", "pianoo-1", upload),
    ("Release all reminders", "secretariaat", remind),
    ("Evaluate a plan on 41 criteria, by keyboard", "pianoo-1", evaluate),
    ("Send the workbook of a round back, filled in: take it, look, save", "pianoo-1", bring_evaluations),
    ("Factual check sent, its reaction kept, and publish", "pianoo-2", publish),
    ("The reply to one signatory, after that", "", reply),
    ("The replies to a round of 27, in one zip", "pianoo-1", reply_to_all),
    (
        "Correct one score of a published evaluation, and hand it in",
        "pianoo-1",
        keeping_tasks.correct_evaluation,
    ),
)


def line(name: str, who: str, hand: Hand) -> str:
    """As docs/tasks.md has it."""
    told = (
        name,
        WHO.get(who, who),
        hand.clicks,
        hand.fields or "",
        hand.answers or "",
        f"{hand.minutes:.1f}",
    )
    return "| " + " | ".join(map(str, told)).replace("|  |", "| |").replace("|  |", "| |") + " |"


def count(desk: Desk) -> None:
    """Each from the start page; without a person it goes on where the one before stopped."""
    page = desk.window("secretariaat")
    wanted = set(sys.argv[1:])  # names; without any, all
    for name, who, task in TASKS:
        if wanted and name not in wanted:
            continue
        if who:
            page = desk.window(who)
            page.goto("/")
        hand = Hand(page)
        task(hand)
        print(line(name, who, hand), flush=True)  # noqa: T201 - a program
    if not wanted:
        count_round(desk)


def count_round(desk: Desk) -> None:
    hands = []
    for step in ROUND_OF_THREE:
        hands.append(Hand(desk.window(step.who)))
        hands[-1].page.goto("/")
        step.task(hands[-1])
        print(line(step.name, step.who, hands[-1]), flush=True)  # noqa: T201 - a program
    print(line("All of that round", "two evaluators", whole(hands)), flush=True)  # noqa: T201 - a program


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.e2e.settings")
    django.setup()
    from mvi_portal.jobs.workers import ensure_worker

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(portal.demonstration(folder, "tasks"))
        address = stack.enter_context(portal.served(database, folder))
        env = portal.environment(database, folder)
        stack.enter_context(ensure_worker(env=env))
        count(Desk(stack.enter_context(chromium()), address, database))


if __name__ == "__main__":
    main()
