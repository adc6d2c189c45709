"""What a table of line B is: its columns, and how it is compared with the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mvi_portal.core.workbooks import Column
from mvi_portal.core.workbooks.comparing import Comparison


@dataclass(frozen=True)
class GroupTable:
    """`name` is the word in addresses and commands."""

    name: str
    title: str
    columns: Sequence[Column]
    comparison: Callable[[], Comparison]
    told: Sequence[str]


DEMO = Column("demo", "ja: verzonnen voor de demonstratie; nee: een feit.", derived=True)
SOURCE = Column("bron", "Waar u dit vond.", name="source", longest=300)
