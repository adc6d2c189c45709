"""Build a letter through the queue, wait for it, and put the PDF somewhere."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mvi_portal.core.dates import long_date, parse_day
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import cancel, sweep
from mvi_portal.jobs.workers import NoWorkerError, ensure_worker
from reports.errors import LetterError
from reports.models import Letter, LetterVersion
from reports.services import request_build

TIMEOUT = 300
_LOOK_EVERY = 0.05
_SWEEP_EVERY = 5.0


class Command(BaseCommand):
    help = "Bouwt een brief als PDF, door een worker, en zet het bestand klaar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--letter", required=True, metavar="NAAM", help="de sleutel van de brief")
        parser.add_argument(
            "--on", type=_day, metavar="DATUM", help="een andere peildatum; de versie heet dan 'wat als'"
        )
        parser.add_argument("--out", required=True, metavar="BESTAND", help="waar de PDF komt")
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")
        parser.add_argument(
            "--timeout", type=_seconds, default=TIMEOUT, metavar="SECONDEN", help=f"standaard {TIMEOUT}"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        start = time.monotonic()
        letter, out = _letter(options["letter"]), _target(options["out"])
        try:
            version = request_build(letter=letter, on=options["on"], by=None)
            _wait(version, timeout=options["timeout"])
        except LetterError as error:
            raise CommandError(str(error)) from error
        _put(version, out)
        outcome = _outcome(version, out, total=time.monotonic() - start)
        self.stdout.write(json.dumps(outcome, ensure_ascii=False) if options["json"] else _text(outcome))


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"'{text}' is geen aantal seconden, zoals {TIMEOUT}")
    return int(text)


def _letter(name: str) -> Letter:
    letter = Letter.objects.filter(slug=name).first()
    if letter is None:
        known = ", ".join(Letter.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"De brief '{name}' bestaat niet. Bekend zijn: {known or 'nog geen brieven'}.")
    return letter


def _target(text: str) -> Path:
    """Where the file goes; said before anything is built when it cannot go there."""
    path = Path(text).absolute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"De map {path.parent} kan niet worden gemaakt ({error.strerror}).") from error
    if path.is_dir():
        raise CommandError(f"{path} is een map. Geef met --out de naam van een bestand.")
    if not os.access(path.parent, os.W_OK):
        raise CommandError(f"In de map {path.parent} mag niet worden geschreven.")
    return path


def _wait(version: LetterVersion, *, timeout: int) -> None:
    """Until the job has ended; what this command asked for does not outlive it."""
    deadline = time.monotonic() + timeout
    job = Job.objects.get(letter_version=version)
    trouble = ""
    try:
        with ensure_worker(timeout):
            _watch(job, deadline)
            given_up = cancel(job=job)  # before a temporary worker stops: it waits for its job otherwise
    except NoWorkerError as error:
        given_up, trouble = cancel(job=job), str(error)
    except KeyboardInterrupt:
        cancel(job=job)
        raise
    if given_up:
        raise CommandError(trouble or _too_late(job, timeout))
    version.refresh_from_db()
    if not version.is_ready:
        raise CommandError(job.reason or "De opdracht is geannuleerd.")


def _too_late(job: Job, timeout: int) -> str:
    return (
        f"De brief is na {timeout} seconden nog niet klaar ({job.step or 'nog niet begonnen'}). "
        "De opdracht is geannuleerd. Geef meer tijd met --timeout, of kijk in het logboek van de worker."
    )


def _watch(job: Job, deadline: float) -> None:
    """Our own row tells how far it is. A lost message is made good by a sweep."""
    next_sweep = time.monotonic() + _SWEEP_EVERY
    while job.is_open and (now := time.monotonic()) < deadline:
        time.sleep(_LOOK_EVERY)
        if now > next_sweep:
            sweep()
            next_sweep = now + _SWEEP_EVERY
        job.refresh_from_db()


def _put(version: LetterVersion, out: Path) -> None:
    """Write it whole or not at all."""
    with version.file.open("rb") as built, tempfile.NamedTemporaryFile(dir=out.parent, delete=False) as half:
        half.write(built.read())
    half_path = Path(half.name)
    half_path.chmod(0o644)
    half_path.replace(out)


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
