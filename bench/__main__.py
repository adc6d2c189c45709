"""`make bench`, or `make bench ARGS=letter` for one; exits 1 when a promise does not hold."""

from __future__ import annotations

import sys

from bench import evaluations, letter, lists, pages, parcel, preview, register, replies, workbooks
from bench.scratch import database

MEASURES = {
    "evaluations": evaluations.measure,
    "letter": letter.measure,
    "lists": lists.measure,
    "pages": pages.measure,
    "parcel": parcel.measure,
    "preview": preview.measure,
    "register": register.measure,
    "replies": replies.measure,
    "workbooks": workbooks.measure,
}


def main(names: list[str]) -> int:
    """Each measure that is named, else all of them."""
    if unknown := set(names) - set(MEASURES):
        print(f"no such measure: {', '.join(unknown)}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    held = [measured(name) for name in names or MEASURES]
    return 0 if all(held) else 1


def measured(name: str) -> bool:
    """In a database of its own: one measure's rows would weigh on the next."""
    with database():
        return bool(MEASURES[name]())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
