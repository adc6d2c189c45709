"""Who may do what with making a letter. Each address is of a letter under way."""

from __future__ import annotations

from tests.access.reports import COMPOSERS, letter_address
from tests.access.rows import Access
from tests.factories.reports import SectionFactory


def part_address(below: str) -> str:
    section = SectionFactory.create()
    return f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/{below}"


def _own(name: str, below: str, *, get: bool = True) -> Access:
    """Of who composes alone."""
    shown = COMPOSERS if get else None
    return Access(f"reports:{name}", get=shown, post=COMPOSERS, address=lambda: letter_address(below))


def _part(name: str, below: str, *, get: bool = True) -> Access:
    shown = COMPOSERS if get else None
    return Access(f"reports:{name}", get=shown, post=COMPOSERS, address=lambda: part_address(below))


ROWS = [
    Access("reports:letter-new", get=COMPOSERS, post=COMPOSERS),
    _own("letter-edit", "gegevens/"),
    _own("letter-remove", "verwijderen/"),
    Access("reports:part-list", get=COMPOSERS, address=lambda: letter_address("onderdelen/")),
    _own("part-new", "onderdelen/nieuw/"),
    _part("part-rename", "kop/"),
    _part("part-move", "verplaatsen/", get=False),
    _part("part-remove", "verwijderen/"),
]
