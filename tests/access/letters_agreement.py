"""Who may do what with the agreement on a letter. Each address is of a letter under way."""

from __future__ import annotations

from reports.models import LetterState
from tests.access.reports import COMPOSERS, letter_address
from tests.access.rows import Access
from tests.factories.reports import LetterFactory


def back_address() -> str:
    return f"/brieven/{LetterFactory.create(state=LetterState.AGREED).slug}/terug/"


ROWS = [
    Access("reports:letter-advance", get=None, post=COMPOSERS, address=lambda: letter_address("verder/")),
    Access("reports:letter-back", get=COMPOSERS, post=COMPOSERS, address=back_address),
]
