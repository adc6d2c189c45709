"""Numbers as Dutch prints them: "1.234", "12,5", and small ones in words."""

from __future__ import annotations

from decimal import Decimal

WORDS = (
    "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip


def number(value: int | Decimal) -> str:
    """Points between the thousands, a comma before the decimals, of which all that are given are printed."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return written.translate(str.maketrans(",.", ".,"))


def in_words(value: int) -> str:
    """Up to twelve in words, as Dutch running text does; above that, and below zero, in figures."""
    return WORDS[value] if 0 <= value < len(WORDS) else number(value)
