"""Citations of parliamentary and official papers: recognised, printed, linked."""

from .kinds import (
    AnnexDocument,
    Citation,
    CitationError,
    Kamerstuk,
    ParliamentDocument,
    Proceedings,
    Staatscourant,
)
from .reading import Match, find, parse
from .sessions import session_of

__all__ = [
    "AnnexDocument",
    "Citation",
    "CitationError",
    "Kamerstuk",
    "Match",
    "ParliamentDocument",
    "Proceedings",
    "Staatscourant",
    "find",
    "parse",
    "session_of",
]
