"""All figures of the register on a reference date."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.dates import long_date, parse_day
from mvi_portal.core.figures import FigureValue, Qualifier, registry


class Command(PortalCommand):
    help = "Toon alle cijfers op een peildatum."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", help="peildatum, bijvoorbeeld 2025-01-31; zonder dit: vandaag")
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = _day(options["on"])
        values = list(registry.collect(on).values())
        if options["json"]:
            self.stdout.write(json.dumps([as_dict(item) for item in values], ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"Peildatum {long_date(on)}")
        for item in values:
            self.stdout.write(f"{item.value:>7}  {item.figure.key:<34} {item.figure.label}")


def as_dict(item: FigureValue) -> dict[str, Any]:
    """One figure as the command and later the open data tell it."""
    return {
        "key": item.figure.key,
        "value": item.value,
        "label": item.figure.label,
        "unit": item.figure.unit.many,
        "definition": item.figure.definition,
        "line": item.figure.line,
        "reference_date": item.on.isoformat(),
        "complete": item.completeness.qualifier is Qualifier.EXACT,
        "qualifier": item.completeness.qualifier.value,
        "note": item.completeness.note,
        "is_demo": item.is_demo,
    }


def _day(text: str | None) -> date:
    if not text:
        return timezone.localdate()
    try:
        return parse_day(text)
    except ValueError as error:
        raise CommandError(f"--on {text}: {error}") from None
