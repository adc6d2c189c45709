"""Prints the words of one PDF in a process of its own: python pdf_words.py FILE.

A file that was made to break a reader breaks this process and not the portal's; it imports nothing of ours.
"""

import resource
import sys

MEMORY = 1536 * 1024**2
SECONDS = 20
MOST_PAGES = 500


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in list(range(len(document)))[:MOST_PAGES]:
        words = document[page].get_textpage().get_text_range()
        sys.stdout.buffer.write(words.encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
