"""Write an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.workbooks import Form
from mvi_portal.core.workbooks.commands import fault_of
from mvi_portal.core.workbooks.importing import templates


class Command(PortalCommand):
    help = "Schrijf een leeg sjabloon om in te vullen, in de vorm van de naam van het bestand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "name", metavar="WAT", choices=templates.names(), help="; ".join(templates.names())
        )
        parser.add_argument("--out", type=Path, required=True, metavar="BESTAND", help=".csv, .xlsx of .ods")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["out"]
        ending = path.suffix.removeprefix(".").lower()
        found = templates.get(options["name"])
        if ending not in set(Form) or found is None:
            raise CommandError(f"{path.name} eindigt niet op .csv, .xlsx of .ods.")
        try:
            path.write_bytes(found.make(Form(ending)))
        except OSError as error:
            raise CommandError(f"{path} is niet te schrijven: {fault_of(error)}.") from error
        self.stdout.write(f"{found.title}: {path}")
