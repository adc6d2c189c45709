"""Write the definitions of all figures as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.definitions import as_markdown
from mvi_portal.core.figures import registry


class Command(PortalCommand):
    help = "Schrijf de definities van alle cijfers als Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="bestand; zonder dit gaat de tekst naar het scherm")

    def handle(self, *_args: Any, **options: Any) -> None:
        text = as_markdown(registry)
        if options["out"] is None:
            self.stdout.write(text, ending="")
        else:
            options["out"].write_text(text, encoding="utf-8")
