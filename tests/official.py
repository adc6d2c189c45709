"""The official registers, when shared/ lies beside the checkout; they are not ours to commit."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
REGISTERS = tuple(sorted((SHARED / "tooi").glob("*.json")))

needs_registers = pytest.mark.skipif(
    not REGISTERS, reason="the official TOOI registers are not here: ../shared/data/tooi/*.json"
)


def report() -> str:
    """The line in the head of a test run that says what the importer is tried on."""
    if not REGISTERS:
        return "TOOI registers: small ones of our own; the official ones are not in ../shared/data/tooi"
    return f"TOOI registers: small ones of our own, and the official {', '.join(p.name for p in REGISTERS)}"
