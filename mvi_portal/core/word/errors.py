"""Why a Word document cannot be read."""


class WordError(Exception):
    """The message is Dutch, and tells who sent the file what is the matter and what to do."""
