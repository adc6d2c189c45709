"""Tell of a PDF whether it is a letter of ours; exits 0 only when it is, byte for byte, or the sent one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.dates import long_date
from mvi_portal.core.uploads import limit_of, limit_told
from reports.models import LetterVersion, SentDifference
from reports.proof import Proof, State, prove

NOT_COMPARED = "Verschillen met de bevroren versie: niet vergeleken, in het bestand staat geen tekst."
_TOLD = {
    State.OURS: "Dit bestand is byte voor byte door het portaal gemaakt.",
    State.SENT: "Dit is het bestand dat is verzonden.",
    State.CHANGED: "Dit bestand begon als een document van het portaal, maar is daarna veranderd.",
    State.UNKNOWN: "Het portaal kent dit bestand niet.",
}


class Command(PortalCommand):
    help = "Controleert of een PDF een brief uit het portaal is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", help="de PDF")
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            content = _content(options["file"])
        except CommandError as error:
            if options["json"]:  # who reads the answer gets one, whatever the file
                self.stdout.write(json.dumps({**outcome(Proof(State.UNKNOWN, "")), "error": str(error)}))
            raise
        proof = prove(content, LetterVersion.objects.all())
        told = outcome(proof)
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _text(proof))
        if not proof.holds:
            sys.exit(1)


def outcome(proof: Proof) -> dict[str, Any]:
    version = proof.version
    letter = version.letter.slug if version else proof.sent.letter.slug if proof.sent else None
    return {
        "state": str(proof.state),
        "letter": letter,
        "version": version.number if version else None,
        "reference_date": version.reference_date.isoformat() if version else None,
        "document": proof.title if letter else None,
        "sha256": proof.sha256,
        "figures": proof.figures,
        "compared": proof.sent.is_compared if proof.sent else None,
        "differences": [_difference(row) for row in proof.differences],
    }


def _difference(row: SentDifference) -> dict[str, Any]:
    """From what was frozen to what was sent."""
    return {
        "number": row.number,
        "kind": row.kind,
        "where": row.where,
        "after": row.around,
        "frozen": row.frozen,
        "sent": row.sent,
        "explanation": row.explanation,
    }


def _content(name: str) -> bytes:
    path = Path(name)
    try:
        if path.stat().st_size > limit_of():
            raise CommandError(f"{name} is groter dan {limit_told(limit_of())}: dat is geen brief van ons.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{name} kan niet worden gelezen ({error.strerror}).") from error


def _text(proof: Proof) -> str:
    lines = [_TOLD[proof.state], f"SHA-256: {proof.sha256}"]
    if proof.version:
        version = proof.version
        lines += [
            f"Document: {proof.title}",
            f"Brief: {version.letter.slug}, versie {version.number}",
            f"Peildatum: {long_date(version.reference_date)}",
            *(f"  {key}: {value}" for key, value in sorted(proof.figures.items())),
        ]
    if proof.sent:
        lines += _differing(proof.differences) if proof.sent.is_compared else [NOT_COMPARED]
    return "\n".join(lines)


def _differing(rows: list[SentDifference]) -> Iterator[str]:
    yield f"Verschillen met de bevroren versie: {len(rows) or 'geen'}"
    for row in rows:
        yield f"  {row.number}. {row.where} ({row.get_kind_display()})"
        yield f"     bevroren: {row.frozen or '–'}"
        yield f"     verzonden: {row.sent or '–'}"
        if row.is_open or row.explanation:
            yield f"     verklaring: {row.explanation or 'nog niet gegeven'}"
