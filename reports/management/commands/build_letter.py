"""Build a letter through the queue, wait for it, and put the PDF somewhere."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.dates import long_date, parse_day
from mvi_portal.jobs.models import Job
from reports import commands
from reports.errors import LetterError
from reports.models import Letter, LetterVersion
from reports.services import request_build
from reports.services.locks import sent


class Command(PortalCommand):
    help = "Bouwt een brief als PDF, door een worker, en zet het bestand klaar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--letter", required=True, metavar="NAAM", help="de sleutel van de brief")
        parser.add_argument(
            "--on", type=_day, metavar="DATUM", help="een andere peildatum; de versie heet dan 'wat als'"
        )
        parser.add_argument("--out", required=True, metavar="BESTAND", help="waar de PDF komt")
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")
        parser.add_argument(
            "--timeout",
            type=commands.seconds,
            default=commands.TIMEOUT,
            metavar="SECONDEN",
            help=f"standaard {commands.TIMEOUT}",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        start = time.monotonic()
        letter, out = commands.letter_named(options["letter"]), _target(options["out"])
        on = options["on"] or letter.reference_date
        kept = letter.is_sent and on == letter.reference_date
        version = _kept(letter) if kept else _built(letter, on, timeout=options["timeout"])
        with version.file.open("rb") as built:
            commands.put(built.read(), out)
        outcome = _outcome(version, out, total=time.monotonic() - start)
        self.stdout.write(json.dumps(outcome, ensure_ascii=False) if options["json"] else _text(outcome))


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _target(text: str) -> Path:
    """Where the file goes; said before anything is built when it cannot go there."""
    path = Path(text).absolute()
    commands.made_folder(path.parent)
    if path.is_dir():
        raise CommandError(f"{path} is een map. Geef met --out de naam van een bestand.")
    return path


def _kept(letter: Letter) -> LetterVersion:
    """Of a letter that was sent: the version that went, else the newest; a new one never comes."""
    ready = letter.versions.ready().filter(what_if=False).order_by("-number")
    found = ready.filter(sent_files__letter=letter).first() or ready.first()
    if found is None:
        raise CommandError(f"{sent(letter)} Voor het verzenden is er geen versie van gebouwd.")
    return found


def _built(letter: Letter, on: date, *, timeout: int) -> LetterVersion:
    """A new one, by a worker. Raises CommandError with the reason when it does not come."""
    try:
        version = request_build(letter=letter, on=on, by=None)
    except LetterError as error:
        raise CommandError(str(error)) from error
    job = Job.objects.get(letter_version=version)
    commands.wait_for(job, timeout=timeout, what="De brief")
    version.refresh_from_db()
    if not version.is_ready:
        raise CommandError(job.reason or "De opdracht is geannuleerd.")
    return version


def _outcome(version: LetterVersion, out: Path, *, total: float) -> dict[str, Any]:
    return {
        "letter": version.letter.slug,
        "path": str(out),
        "sha256": version.file_sha256,
        "content_sha256": version.content_sha256,
        "pages": version.pages,
        "reference_date": version.reference_date.isoformat(),
        "what_if": version.what_if,
        "version": version.number,
        "seconds": {**version.steps, "Totaal": round(total, 3)},
    }


def _text(outcome: dict[str, Any]) -> str:
    day = long_date(date.fromisoformat(outcome["reference_date"]))
    steps = [f"  {step}: {seconds:.2f} s".replace(".", ",") for step, seconds in outcome["seconds"].items()]
    what_if = " (wat als)" if outcome["what_if"] else ""
    lines = [
        outcome["path"],
        f"Brief: {outcome['letter']}, versie {outcome['version']}{what_if}",
        f"Peildatum: {day}",
        f"Pagina's: {outcome['pages']}",
        f"SHA-256: {outcome['sha256']}",
        f"SHA-256 van de inhoud: {outcome['content_sha256']}",
        "Tijd per stap:",
        *steps,
    ]
    return "\n".join(lines)
