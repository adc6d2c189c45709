"""Bring evaluations in from a workbook, with their documents in a zip beside it."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandParser

from mvi_portal.core.workbooks.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Lees evaluaties in uit CSV, XLSX of ODS; met --dry-run alleen om te zien wat er zou veranderen. "
        "Met --documents komen de documenten mee die de rijen noemen."
    )
    importer = "evaluations"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--documents", type=Path, metavar="ZIP", help="de documenten, in één zip")
