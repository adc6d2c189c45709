"""Build all that goes with a letter through the queue, and put the files in a folder.

Of a letter that was sent the parcel is there: its files are put in the folder as they were made.
"""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.dates import long_date
from reports import commands
from reports.errors import LetterError
from reports.models import Letter, Parcel
from reports.parcel.packing import MANIFEST
from reports.services import request_parcel
from reports.services.locks import sent


class Command(PortalCommand):
    help = "Maakt het pakket van een brief, door een worker, en zet alle bestanden in een map."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("letter", metavar="BRIEF", help="de sleutel van de brief")
        parser.add_argument("--out", required=True, metavar="MAP", help="waar de bestanden komen")
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
        letter, out = commands.letter_named(options["letter"]), _folder(options["out"])
        parcel = _kept(letter) if letter.is_sent else _made(letter, options["timeout"])
        outcome = _outcome(parcel, _put(parcel, out), total=time.monotonic() - start)
        self.stdout.write(json.dumps(outcome, ensure_ascii=False) if options["json"] else _text(outcome))


def _made(letter: Letter, timeout: int) -> Parcel:
    """A new one, by a worker."""
    try:
        parcel = request_parcel(letter=letter, by=None)
    except LetterError as error:
        raise CommandError(str(error)) from error
    job = parcel.version.job
    if job is None:
        raise CommandError("De opdracht is niet gegeven.")
    commands.wait_for(job, timeout=timeout, what="Het pakket")
    parcel = Parcel.objects.select_related("version__letter", "freeze").get(pk=parcel.pk)
    if not parcel.is_ready:
        raise CommandError(job.reason or "De opdracht is geannuleerd.")
    return parcel


def _kept(letter: Letter) -> Parcel:
    """Of a letter that was sent: that of the version that went, else the newest."""
    ready = Parcel.objects.filter(version__letter=letter).exclude(manifest="")
    rows = ready.select_related("version__letter", "freeze").order_by("-version__number")
    found = rows.filter(version__sent_files__letter=letter).first() or rows.first()
    if found is None:
        raise CommandError(f"{sent(letter)} Voor het verzenden is er geen pakket van gemaakt.")
    return found


def _folder(text: str) -> Path:
    """Said before anything is made when the files cannot go there."""
    path = Path(text).absolute()
    if path.exists() and not path.is_dir():
        raise CommandError(f"{path} is een bestand. Geef met --out de naam van een map.")
    return commands.made_folder(path)


def _put(parcel: Parcel, out: Path) -> Path:
    """The manifest comes last: where it stands, all that it names does."""
    for row in parcel.files.order_by("order"):
        with row.file.open("rb") as stored:
            commands.put(stored.read(), out / row.name)
    commands.put(parcel.manifest.encode(), out / MANIFEST)
    return out


def _outcome(parcel: Parcel, out: Path, *, total: float) -> dict[str, Any]:
    version = parcel.version
    return {
        "letter": version.letter.slug,
        "path": str(out),
        "version": version.number,
        "reference_date": version.reference_date.isoformat(),
        "freeze": parcel.freeze.number if parcel.freeze else None,
        "content_sha256": version.content_sha256,
        "files": [
            {
                "name": row.name,
                "kind": row.kind,
                "edition": row.edition,
                "sha256": row.sha256,
                "size": row.size,
                "pages": row.pages,
            }
            for row in parcel.files.order_by("order")
        ],
        "seconds": round(total, 3),
    }


def _text(outcome: dict[str, Any]) -> str:
    day = long_date(date.fromisoformat(outcome["reference_date"]))
    lines = [
        outcome["path"],
        f"Brief: {outcome['letter']}, versie {outcome['version']}",
        f"Peildatum: {day}",
        f"Bevriezing: {outcome['freeze']}",
        *(f"  {row['name']}  {row['sha256']}" for row in outcome["files"]),
        f"  {MANIFEST}",
        f"Tijd: {outcome['seconds']:.1f} s".replace(".", ","),
    ]
    return "\n".join(lines)
