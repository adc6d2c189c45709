"""The commands that bring a workbook in: the same for every importer."""

from __future__ import annotations

import errno
import json
import logging
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseFault

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.workbooks.errors import FileRefused, Rule
from mvi_portal.core.workbooks.importing import Importer, Order, Outcome, importers
from mvi_portal.core.workbooks.trials import Taken, take

log = logging.getLogger(__name__)
_FAULTS = {
    errno.ENOENT: "het bestaat niet, of de map bestaat niet",
    errno.ENOTDIR: "de map bestaat niet",
    errno.EISDIR: "het is een map",
    errno.EACCES: "u hebt er geen rechten voor",
    errno.ENOSPC: "de schijf is vol",
}
_NOT_STORED = (
    "Het portaal kan nu niet bij zijn opslag of database, dus er is niets ingelezen. Probeer het later "
    "opnieuw. Blijft het zo, waarschuw dan de beheerder."
)


class ImportCommand(PortalCommand):
    """`importer` names what was registered. Exit code 1 when something is wrong, also with a trial.

    With `--only-good-rows` wrong rows are left out, told, and no reason to fail. A file that is refused as a
    whole has no good rows, and fails with it too.
    """

    importer: ClassVar[str]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND", help="CSV (UTF-8), XLSX of ODS")
        parser.add_argument("--dry-run", action="store_true", help="toon wat er verandert en sla niets op")
        parser.add_argument(
            "--only-good-rows",
            action="store_true",
            help="sla foute rijen over en tel ze (skipped): dan is de uitgangscode 0; een bestand dat als "
            "geheel is geweigerd, heeft geen goede rijen en blijft een fout",
        )
        parser.add_argument(
            "--commented", type=Path, metavar="BESTAND", help="schrijf hier het bestand met fouten"
        )
        parser.add_argument("--json", action="store_true", help="vertel de telling en de fouten als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        importer = importers.get(self.importer)
        if importer is None:
            raise CommandError(f"Niemand leest {self.importer} in.")
        taken = self.take(importer, options)
        only_good = options["only_good_rows"]
        told = summary(taken.outcome, only_good=only_good)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if options["json"] else words(told))
        self._give_back(taken, options["commented"])
        if taken.outcome.errors and not (only_good and taken.outcome.lines):
            raise SystemExit(1)

    def take(self, importer: Importer, options: dict[str, Any]) -> Taken:
        """A command that adds the option `documents` brings a zip along."""
        beside = options.get("documents")
        try:
            _can_be_written(options["commented"])
            content, along = _bytes(options["file"]), _bytes(beside) if beside else b""
            write, only_good = not options["dry_run"], options["only_good_rows"]
            why = f"Ingelezen uit {options['file'].name}"
            return take(
                importer,
                content,
                lambda book: Order(book, None, along, write=write, only_good=only_good, why=why),
            )
        except FileRefused as refused:
            return Taken(Outcome(errors=[refused.error]))
        except (OSError, DatabaseFault) as error:
            log.warning("nothing could be stored: %s", type(error).__name__)
            return Taken(Outcome(errors=[FileRefused(Rule.FILE, _NOT_STORED).error]))

    def _give_back(self, taken: Taken, path: Path | None) -> None:
        if path is not None and taken.not_returned:
            self.stderr.write(taken.not_returned)
        if path is None or taken.returned is None:
            return
        try:
            path.write_bytes(taken.returned.content)
        except OSError as error:
            raise CommandError(f"{path} is niet te schrijven: {fault_of(error)}.") from error
        if taken.returned.lost:
            self.stderr.write(f"Niet bewaard in {path}: {', '.join(taken.returned.lost)}.")


def _bytes(path: Path) -> bytes:
    """Raises FileRefused, which names the file."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"Dit bestand is niet te lezen: {fault_of(error)}."
        raise FileRefused(Rule.FILE, message, value=str(path)) from error


def fault_of(error: OSError) -> str:
    """Why a file cannot be read or written, in Dutch."""
    return _FAULTS.get(error.errno or 0, error.strerror or "het systeem weigert het")


def _can_be_written(path: Path | None) -> None:
    """Tried before anything is saved, and nothing is left of it. Raises FileRefused."""
    if path is None:
        return
    stood = path.exists()
    try:
        with path.open("ab"):
            pass
        if not stood:
            path.unlink()
    except OSError as error:
        message = f"Dit bestand is niet te schrijven: {fault_of(error)}. Er is niets ingelezen."
        raise FileRefused(Rule.FILE, message, value=str(path)) from error


def summary(outcome: Outcome, *, only_good: bool) -> dict[str, Any]:
    """With `skipped` when wrong rows may be left out."""
    told = outcome.as_dict()
    return {**told, "skipped": outcome.left_out} if only_good else told


def words(told: dict[str, Any]) -> str:
    """For people: the counts, and a line for each error."""
    counts = f"{told['rows']} rijen: {told['added']} toegevoegd, {told['changed']} gewijzigd, "
    counts += f"{told['unchanged']} ongewijzigd"
    skipped = f", {told['skipped']} overgeslagen" if "skipped" in told else ""
    errors = [_line(error) for error in told["errors"]]
    nothing = ["Er is niets opgeslagen."] if errors and "skipped" not in told else []
    return "\n".join([f"{counts}{skipped}.", *errors, *nothing])


def _line(error: dict[str, Any]) -> str:
    where = f"Rij {error['row']}" if error["row"] else (error["sheet"] or "Bestand")
    column = f", {error['column']}" if error["column"] else ""
    value = f" (“{error['value']}”)" if error["value"] else ""
    return f"{where}{column}{value}: {error['message']}"
