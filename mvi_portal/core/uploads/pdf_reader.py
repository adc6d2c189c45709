"""Reads one PDF in a process of its own: python pdf_reader.py FILE prints what it found as JSON.

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


def main(path: str) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        chosen = range(0, pages, max(1, pages // LOOKED_AT))
        with_text = sum(has_text(document[place]) for place in chosen)
    except pypdfium2.PdfiumError as error:
        return {"fault": "locked" if "password" in str(error).lower() else "damaged"}
    return {"pages": pages, "searchable": bool(pages) and with_text * 2 >= len(chosen)}


def has_text(page: Any) -> bool:
    return bool(page.get_textpage().count_chars() >= WORDS)


if __name__ == "__main__":
    json.dump(main(sys.argv[1]), sys.stdout)
