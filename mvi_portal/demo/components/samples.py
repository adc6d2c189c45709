"""What the components show: made up, and the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString

from mvi_portal.accounts.changes import ChangeLine
from mvi_portal.core.contributions import Panel
from mvi_portal.core.editing import Conflict
from mvi_portal.core.figures import Completeness, FigureValue, Qualifier, registry
from mvi_portal.core.files import File
from mvi_portal.core.tabs import Tab
from mvi_portal.jobs.models import State
from reports.models import BUILD_STEPS
from reports.progress import Problem, Progress

LONG = "Samenwerkingsverband Regionale Ontwikkeling en Duurzaamheidsbevordering Noord-Nederland"
ORGANISATIONS = ["Aa en Maas (ws0654)", f"{LONG} (voorbeeld)"]
TONES = [("neutral", "gekozen"), ("good", "klaar"), ("warn", "demo"), ("bad", "mislukt"), ("info", "bezig")]
NOTICES = [
    ("", "", "Deze tekst vertelt iets."),
    ("", "Met een titel", "Deze tekst vertelt iets."),
    ("success", "", "De tekst is bewaard."),
    ("warning", "", "De tekst is bewaard, maar nog niet compleet."),
    ("error", "", "De tekst is niet bewaard."),
    ("demo", "", "Dit zijn demonstratiegegevens."),
]
MESSAGES = [
    Message(constants.SUCCESS, "De tekst is bewaard."),
    Message(constants.INFO, "Er is niets gewijzigd."),
    Message(constants.WARNING, "De tekst is bewaard, maar nog niet compleet."),
    Message(constants.ERROR, "De tekst is niet bewaard."),
]
FILES = [
    File("brief.pdf", "#bestand", "PDF", 312_000, 14),
    File("plan.docx", "", "DOCX", 48_500),
    File("een-pagina.pdf", "#bestand", "PDF", pages=1),
]
ABOVE = Tab("Voorbeeld", "#tabs", is_current=True, is_above=True)  # the page lies in this room
TABS = [
    ("Voorbeeld van tabs", [Tab("Overzicht", "#tabs", True), Tab("Voorbeeld", "#tabs", False)]),
    ("Tabs boven een pagina die in een ervan ligt", [Tab("Overzicht", "#tabs", False), ABOVE]),
]
_STEPS = len(BUILD_STEPS)
JOBS = [
    (State.QUEUED.label, Progress(0, _STEPS, "De brief staat in de wachtrij.")),
    (State.RUNNING.label, Progress(2, _STEPS, "Stap 3 van 4: PDF maken")),
    (State.DONE.label, Progress(_STEPS, _STEPS, "De brief is klaar.")),
]
FAILED = [Problem("In de opening staat nog niets.", "#taak", "de opening"), Problem("Er is geen afzender.")]
STEPS = [("15 februari 2023", "Ondertekend", LONG), ("najaar 2024", "Actieplan ontvangen", "")]
PANELS = [
    Panel("Contactgegevens", "demo/_panel.html", {"text": "Wat een app erboven aan deze pagina toevoegt."}),
    Panel("Afspraken", "demo/_panel.html", {"text": "Nog een onderdeel."}),
]
SAVED = {
    "bewaard": "Het wordt bewaard",
    "deels": "Er is iets mis met wat u invult",
    "verschil": "Iemand anders schreef intussen ook",
    "uitgelogd": "U bent uitgelogd",
    "mislukt": "Bewaren lukt nu niet",
    "geweigerd": "Bewaren kan hier niet meer",
}
_STATUS = {"verschil": 409, "uitgelogd": 401, "mislukt": 503, "geweigerd": 404}
CHANGES = [
    ChangeLine(
        datetime(2025, 1, 31, 9, 30, tzinfo=UTC), "gewijzigd", "Iemand", "De naam is nieuw.", ("naam",)
    ),
    ChangeLine(datetime(2025, 1, 30, 16, 5, tzinfo=UTC), "toegevoegd", "Iemand anders", "", ()),
]


class Conflicting:
    """All that the component asks of a form."""

    conflicts = (Conflict("Toelichting", "De eerste tekst.", "De tweede tekst."),)


def fixed() -> dict[str, Any]:
    """What is the same on every day and for every reader."""
    return {
        "tones": TONES,
        "notices": NOTICES,
        "told": MESSAGES,
        "files": FILES,
        "tabs": TABS,
        "jobs": JOBS,
        "failed": FAILED,
        "steps": STEPS,
        "panels": PANELS,
        "histories": [CHANGES, []],
        "crumbs": [("Organisaties", "#kruimelpad"), (LONG, "")],
        "facts": [("Soort", "gemeente"), ("Naam", LONG, "#feiten")],
        "conflict": Conflicting(),
        "exports": [("CSV", "#filter"), ("Excel (XLSX)", "#filter"), ("ODS", "#filter")],
    }


def saved(how: str, typed: str) -> tuple[int, dict[str, Any]]:
    """The status and the words of an answer to a draft, as `core.autosave` gives them."""
    told: dict[str, Any] = {"errors": []}
    if how == "deels":
        told["errors"] = [{"name": "tekst", "label": "Typ hier iets", "message": "Deze tekst is te kort."}]
    if how == "verschil":
        theirs = "Wat iemand anders schreef."
        both = {"label": "Typ hier iets", "theirs": theirs, "mine": typed, "value": [theirs]}
        told["conflicts"] = [{"name": "tekst", **both}]
    return _STATUS.get(how, 200), told


def figures(on: date, trend: SafeString) -> Iterator[tuple[FigureValue, SafeString | str, str]]:
    """Exact with its trend and what changed, incomplete in both ways, and bare."""
    figure, change = next(iter(registry)), "9 meer dan een jaar eerder"
    note = "nog niet elke organisatie heeft geantwoord."
    least, about = Completeness(Qualifier.AT_LEAST, note), Completeness(Qualifier.ABOUT, "een schatting.")
    for value, completeness, drawn, told in (
        (1234, Completeness(), trend, change),
        (53, least, trend, change),
        (70, about, trend, ""),
        (0, Completeness(), "", ""),
    ):
        yield FigureValue(figure, on, value, completeness, is_demo=bool(drawn)), drawn, told
