"""Write the table of rights as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mvi_portal.accounts.rights import as_markdown
from mvi_portal.core.commands import PortalCommand


class Command(PortalCommand):
    help = "Schrijf de tabel van rechten als Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="bestand; zonder dit gaat de tekst naar het scherm")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["out"] is None:
            self.stdout.write(as_markdown(), ending="")
        else:
            options["out"].write_text(as_markdown(), encoding="utf-8")
