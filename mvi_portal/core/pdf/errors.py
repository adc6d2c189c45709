"""What can go wrong while a PDF is written."""


class PdfError(Exception):
    """The PDF cannot be made as it should be; the message is Dutch and for the person who asked for it."""
