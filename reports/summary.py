"""What the pages tell of a letter and of its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from mvi_portal.core import reference
from mvi_portal.core.dates import long_date, long_moment
from mvi_portal.core.figures import registry
from mvi_portal.core.files import File, size_of
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.wording import qualified
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports.composing.standard import reference_of
from reports.content.parties import Parties
from reports.frozen import FrozenFigure, FrozenSender
from reports.models import Letter, LetterState, LetterVersion, SentFile, VersionState

TONES = {
    LetterState.DRAFT: "info",
    LetterState.IN_AGREEMENT: "warn",
    LetterState.AGREED: "info",
    LetterState.DECIDED: "info",
    LetterState.FINAL: "good",
    LetterState.SENT: "good",
    VersionState.ASKED: "info",
    VersionState.BUILDING: "info",
    VersionState.READY: "good",
    VersionState.FAILED: "bad",
    VersionState.CANCELLED: "neutral",
}
Facts = list[tuple[str, ...]]
VERSIONS = (
    Column("number", "Versie"),
    Column("state", "Stand"),
    Column("reference", "Peildatum"),
    Column("asked", "Gevraagd"),
    Column("pages", "Pagina's", numeric=True),
    Column("print", "SHA-256"),
    Column("file", "Bestand"),
)
FIGURES = (
    Column("label", "Cijfer"),
    Column("value", "Zoals gedrukt", numeric=True),
    Column("on", "Peildatum"),
    Column("definition", "Definitie"),
)


def letter_facts(letter: Letter, request: HttpRequest) -> Facts:
    """Dates, parties and reference; who sends and receives as they were on the letter's own date."""
    parties = Parties(letter)
    told = [
        ("Briefdatum", long_date(letter.dated)),
        ("Peildatum", f"{long_date(letter.reference_date)}: op deze dag gelden de cijfers"),
        ("Verschillen vanaf", _since(letter), *_previous(letter, request)),
        ("Kader", letter.frame.name),
        ("Plan", letter.frame.plan_title),
        ("Ons kenmerk", reference_of(letter)),
        ("Uw kenmerk", letter.your_reference),
        ("Rubricering", letter.get_marking_display() if letter.marking else ""),
        ("Geadresseerde", ", ".join(parties.addressee)),
        ("Ondertekenaar", _signs(parties.sender)),
        ("Mede namens", "; ".join(_signs(sender) for sender in parties.co_senders)),
        ("Verzonden op", long_date(letter.sent_on) if letter.sent_on else ""),
        *_fingerprint(letter),
    ]
    return [fact for fact in told if fact[1]]


def _fingerprint(letter: Letter) -> Facts:
    """Of what truly went, so that everybody can hold a copy against it."""
    if not letter.is_sent:
        return []
    prints = SentFile.objects.filter(letter=letter).values_list("sha256", flat=True)
    return [("SHA-256 van de verzonden brief", print_) for print_ in prints]


def _signs(sender: FrozenSender) -> str:
    return f"{sender.office}, {sender.holder}" if sender.holder else sender.office


def _since(letter: Letter) -> str:
    return long_date(letter.counts_from) if letter.counts_from else ""


def _previous(letter: Letter, request: HttpRequest) -> list[str]:
    """Leads to the previous letter, which the differences are counted from."""
    if letter.previous is None:
        return []
    return [keep(request, reverse("reports:letter-detail", args=[letter.previous.slug]))]


def version_facts(version: LetterVersion) -> Facts:
    told = [
        ("Peildatum", _reference_date(version)),
        ("Gevraagd", _asked(version)),
        ("Pagina's", number(version.pages) if version.pages else ""),
        ("SHA-256 van het bestand", version.file_sha256),
        ("SHA-256 van de inhoud", version.content_sha256),
        ("Bouwtijd", _seconds(version)),
    ]
    return [fact for fact in told if fact[1]]


def versions_table(letter: Letter, versions: QuerySet[LetterVersion], request: HttpRequest) -> Table:
    rows = [Row(list(_cells(letter, version, request))) for version in versions]
    return Table(f"Versies van deze brief ({len(rows)})", VERSIONS, rows, "Er is nog geen versie gebouwd.")


def _cells(letter: Letter, version: LetterVersion, request: HttpRequest) -> Iterable[Cell]:
    place = [letter.slug, version.number]
    yield Cell(f"Versie {version.number}", keep(request, reverse("reports:version-detail", args=place)))
    yield state_cell(version)
    yield Cell(long_date(version.reference_date), tag="wat als" if version.what_if else "", tone="warn")
    yield Cell(_asked(version))
    yield Cell(number(version.pages) if version.pages else "")
    yield Cell(f"{version.file_sha256[:12]}…" if version.file_sha256 else "")
    yield file_cell(letter, version)


def state_cell(item: Any) -> Cell:
    """The state of a letter or a version, as a tag."""
    state = LetterState(item.state) if isinstance(item, Letter) else item.state
    return Cell("", tag=str(state.label), tone=TONES[state])


def file_cell(letter: Letter, version: LetterVersion) -> Cell:
    if not version.is_ready:
        return Cell("")
    return Cell(
        f"Download PDF van versie {version.number}",
        reverse("reports:version-file", args=[letter.slug, version.number]),
    )


def file_of(version: LetterVersion) -> File | None:
    """The letter to download; None while there is none."""
    if not version.is_ready:
        return None
    address = reverse("reports:version-file", args=[version.letter.slug, version.number])
    return File("Download de brief (PDF)", address, "", size_of(version.file), version.pages)


def figures_table(figures: Sequence[FrozenFigure], on: date) -> Table:
    rows = [Row(list(_figure_cells(figure, on))) for figure in figures]
    return Table(f"Cijfers in de tekst ({len(rows)})", FIGURES, rows, "In de tekst staan nog geen cijfers.")


def _figure_cells(figure: FrozenFigure, on: date) -> Iterable[Cell]:
    """A figure that the register no longer knows has no page to lead to."""
    known = figure.key in registry
    yield Cell(figure.label, _definition(figure, on) if known else "")
    yield Cell(qualified(figure, figure.value))
    yield Cell(long_date(on))
    yield Cell(f"{figure.definition} {figure.note}".strip())


def _definition(figure: FrozenFigure, on: date) -> str:
    """The figure's own page, on the day of the letter."""
    address = reverse("core:definition-detail", args=[figure.key])
    return f"{address}?{urlencode({reference.PARAMETER: on.isoformat()})}"


def newest(versions: Sequence[LetterVersion]) -> LetterVersion | None:
    """Of versions with the newest first: the one to read, so the newest that is ready, else the newest."""
    return next((version for version in versions if version.is_ready), next(iter(versions), None))


def _reference_date(version: LetterVersion) -> str:
    day = long_date(version.reference_date)
    return f"{day} (wat als: niet de peildatum van de brief)" if version.what_if else day


def _asked(version: LetterVersion) -> str:
    who = f" door {version.created_by}" if version.created_by else ""
    return f"{long_moment(version.created_at)}{who}"


def _seconds(version: LetterVersion) -> str:
    """Only when it is known of every step."""
    steps = version.steps
    return f"{sum(steps.values()):.1f} seconden".replace(".", ",") if steps else ""
