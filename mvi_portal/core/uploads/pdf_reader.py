"""Reads one PDF in a process of its own: python pdf_reader.py FILE [text] prints what it found as JSON.

A file that was made to break a reader breaks this process and not the portal's; it imports nothing of ours.
"""

import json
import resource
import sys
from typing import Any

MEMORY = 1536 * 1024**2
SECONDS = 20
LOOKED_AT = 40  # pages, spread over the document
WORDS = 20  # signs: with fewer a page holds no text
MOST_PAGES = 400  # of which the text is told
MOST_SIGNS = 2_000_000


def main(path: str, *, text: bool = False) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        return {"texts": texts_of(document)} if text else looked_at(document)
    except pypdfium2.PdfiumError as error:
        return {"fault": "locked" if "password" in str(error).lower() else "damaged"}


def looked_at(document: Any) -> dict[str, object]:
    pages = len(document)
    chosen = range(0, pages, max(1, pages // LOOKED_AT))
    with_text = sum(has_text(document[place]) for place in chosen)
    return {"pages": pages, "searchable": bool(pages) and with_text * 2 >= len(chosen)}


def has_text(page: Any) -> bool:
    return bool(page.get_textpage().count_chars() >= WORDS)


def texts_of(document: Any) -> list[str]:
    """The text of each page, as far as the bounds go."""
    found: list[str] = []
    left = MOST_SIGNS
    for place in range(min(len(document), MOST_PAGES)):
        found.append(document[place].get_textpage().get_text_bounded()[:left])
        left -= len(found[-1])
    return found


if __name__ == "__main__":
    json.dump(main(sys.argv[1], text="text" in sys.argv[2:]), sys.stdout)
