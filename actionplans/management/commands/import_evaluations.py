"""Bring evaluations in from a workbook, with their documents in a zip beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from actionplans.importing import Documents, run_with
from mvi_portal.core.workbooks import FileRefused, Rule
from mvi_portal.core.workbooks.commands import ImportCommand
from mvi_portal.core.workbooks.importing import Importer, Outcome
from mvi_portal.core.workbooks.trials import Taken


class Command(ImportCommand):
    help = (
        "Lees evaluaties in uit CSV, XLSX of ODS; met --dry-run alleen om te zien wat er zou veranderen. "
        "Met --documents komen de documenten mee die de rijen noemen."
    )
    importer = "evaluations"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--documents", type=Path, metavar="ZIP", help="de documenten, in één zip")

    def take(self, importer: Importer, options: dict[str, Any]) -> Taken:
        try:
            documents = _read(options["documents"])
        except FileRefused as refused:
            return Taken(Outcome(errors=[refused.error]))
        along = Importer(
            importer.title,
            importer.columns,
            importer.action,
            importer.back,
            lambda order: run_with(order, documents),
            importer.told,
        )
        return super().take(along, options)


def _read(path: Path | None) -> Documents:
    """Raises FileRefused, which names the zip."""
    if path is None:
        return Documents()
    try:
        return Documents.read(path.read_bytes())
    except OSError as error:
        message = f"Deze zip is niet te lezen: {error.strerror}."
        raise FileRefused(Rule.FILE, message, value=str(path)) from error
    except FileRefused as refused:
        raise FileRefused(refused.rule, refused.message, value=str(path)) from refused
