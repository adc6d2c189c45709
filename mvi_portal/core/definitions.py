"""The definitions of all figures as a document: the idea of the portal made visible."""

from __future__ import annotations

from mvi_portal.core.figures import Figure, Registry

INTRO = """# Definities van de cijfers

Elk cijfer in het portaal heeft één definitie. Op een scherm, in een brief en in een export staat steeds
hetzelfde getal: de telling volgens deze definitie op de peildatum die erbij staat.

Dit document is gemaakt uit het cijferregister. Verander het niet met de hand, maar draai
`make manage ARGS="definitions --out docs/definities.md"`.
"""


def as_markdown(registry: Registry) -> str:
    """The whole document; the same registry gives the same text."""
    return "\n".join([INTRO, *(_entry(item) for item in registry)])


def _entry(item: Figure) -> str:
    lines = [
        f"## {item.label}",
        "",
        f"- Sleutel: `{item.key}`",
        f"- Hoofdlijn: {item.line}",
        f"- Eenheid: {item.unit.many}",
        "",
        item.definition,
        "",
    ]
    return "\n".join(lines)
