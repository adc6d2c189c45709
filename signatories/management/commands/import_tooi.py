"""Bring the register of organisations in step with the official TOOI registers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mvi_portal.core.commands import PortalCommand
from signatories.tooi import RegisterError, import_registers
from signatories.tooi.telling import as_dict, as_text


class Command(PortalCommand):
    help = "Lees officiële TOOI-registers (JSON) in: organisaties, namen, provincies en herindelingen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="BESTAND", help="een registerbestand")
        parser.add_argument("--dry-run", action="store_true", help="toon wat er verandert en sla niets op")
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        try:
            done = import_registers(options["files"], dry_run=dry_run)
        except RegisterError as error:
            raise CommandError(f"{error}\nEr is niets opgeslagen.") from error
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(done, dry_run=dry_run), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(as_text(done, dry_run=dry_run)))
