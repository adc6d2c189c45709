"""What the page of a file on its way in shows: how far it is, what came of it, and what can be done."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from mvi_portal.core.dates import long_date, long_moment
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.imports.models import Import, State
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.models import State as JobState
from mvi_portal.jobs.progress import progress_of

ERRORS = (
    Column("place", "Cel"),
    Column("column", "Kolom"),
    Column("value", "Waarde"),
    Column("rule", "Regel"),
    Column("message", "Wat u kunt doen"),
)
LINES = (
    Column("row", "Rij"),
    Column("label", "Wie of wat"),
    Column("verdict", "Wordt"),
    Column("details", "Hoe"),
)
TONES = {State.CHECKING: "info", State.CHECKED: "neutral", State.WRITING: "info", State.WRITTEN: "good"}


def context(sent: Import) -> dict[str, Any]:
    counts = sent.counts
    return {
        "sent": sent,
        "title": sent.of.title if sent.of else sent.importer,
        "state": _state(sent),
        "tone": _tone(sent),
        "progress": progress_of(sent.job) if sent.is_under_way and sent.job else None,
        "problem": _problem(sent),
        "counts": _counts(counts, sent.outcome, done=sent.state == State.WRITTEN) if counts else [],
        "facts": _facts(sent),
        "errors": errors(sent),
        "more_errors": max(0, sent.outcome.get("error_count", 0) - len(sent.outcome.get("errors", []))),
        "lines": lines(sent),
        "lost": sent.outcome.get("lost", []),
        "notice": sent.outcome.get("notice", ""),
        "left_out": sent.outcome.get("left_out", 0),
        "good": counts.get("added", 0) + counts.get("changed", 0),
    }


def errors(sent: Import) -> Table:
    told = sent.outcome.get("errors", [])
    rows = [
        Row(
            [
                Cell(error["place"] or error["sheet"] or "het bestand"),
                Cell(error["column"] or ""),
                Cell(error["value"]),
                Cell(error["rule"]),
                Cell(error["message"]),
            ]
        )
        for error in told
    ]
    caption = f"Fouten: {number(sent.outcome.get('error_count', 0))}"
    return Table(caption, ERRORS, rows, "Er zijn geen fouten gevonden.")


def lines(sent: Import) -> Table:
    told = sent.outcome.get("lines", [])
    tones = {"toegevoegd": "good", "gewijzigd": "info"}
    rows = [
        Row(
            [
                Cell(line["row"]),
                Cell(line["label"]),
                Cell("", tag=line["verdict"], tone=tones.get(line["verdict"], "neutral")),
                Cell("; ".join(line["details"])),
            ]
        )
        for line in told
    ]
    good = sent.counts.get("added", 0) + sent.counts.get("changed", 0)
    return Table(f"Rijen: {number(good)}", LINES, rows, "Er wijzigt niets.")


def commented_file(sent: Import, address: str) -> File:
    return File(f"fouten-{sent.name}", address, kind_of(sent.name), size_of(sent.commented))


def _state(sent: Import) -> str:
    if sent.is_under_way or sent.state in (State.CHECKED, State.WRITTEN) or sent.job is None:
        return str(sent.get_state_display())
    return str(sent.job.get_state_display())


def _tone(sent: Import) -> str:
    failed = sent.job is not None and sent.job.state == JobState.FAILED and sent.state != State.WRITTEN
    return "bad" if failed else TONES[State(sent.state)]


def _problem(sent: Import) -> str:
    """Why it stopped, when it did."""
    job: Job | None = sent.job
    if sent.is_under_way or sent.state in (State.CHECKED, State.WRITTEN):
        return ""
    if job is None:
        return "Van deze taak is niets meer bekend."
    if job.state == JobState.CANCELLED:
        return "U hebt dit afgebroken. Er is niets opgeslagen."
    return job.reason or "De taak is gestopt voordat zij klaar was."


def _counts(counts: dict[str, int], outcome: dict[str, Any], *, done: bool) -> list[tuple[str, str]]:
    told = [
        ("Rijen in het bestand", counts["rows"]),
        ("Toegevoegd" if done else "Wordt toegevoegd", counts["added"]),
        ("Gewijzigd" if done else "Wordt gewijzigd", counts["changed"]),
        ("Ongewijzigd" if done else "Blijft zoals het is", counts["unchanged"]),
        ("Niet bruikbaar", outcome.get("left_out", 0)),
    ]
    return [(label, number(value)) for label, value in told]


def _facts(sent: Import) -> list[tuple[str, str]]:
    return [
        ("Bestand", sent.name),
        ("Gestuurd op", long_moment(sent.created_at)),
        ("Verdwijnt op", long_date(timezone.localdate(sent.expires_at))),
    ]
