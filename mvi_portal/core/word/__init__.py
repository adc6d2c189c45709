"""Word documents: opened safely, read paragraph by paragraph, and marked as ours.

`opening` takes a file apart without running, fetching or unpacking anything it asks for; `reading` tells the
blocks of its text with what was changed and said in Word; `marking` writes properties and a mark into one.
"""

from .errors import WordError
from .opening import Package, opened
from .reading import read
from .told import Block, Document, Line, Note, Piece, Said

__all__ = ["Block", "Document", "Line", "Note", "Package", "Piece", "Said", "WordError", "opened", "read"]
