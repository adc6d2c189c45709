"""The house that our letters share: what stands in the head and in the margins.

`_print/letter_head.html` and `_print/letter_margins.html` print it, `print/letter.css` gives it its place.
"""

from __future__ import annotations

import base64
import mimetypes
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from mvi_portal.core.dates import long_date

PLACEHOLDER = "print/logo.svg"
CONCEPT = "CONCEPT"
DEMO = "Bevat demonstratiegegevens"


def logo() -> str:
    """The address of the logo on paper: the one of the settings, else a plain placeholder."""
    return Path(settings.LETTER_LOGO).as_uri() if settings.LETTER_LOGO else PLACEHOLDER


def logo_inside() -> str:
    """The same logo as a part of the page, for one that asks for no other file."""
    path = Path(settings.LETTER_LOGO or Path(settings.BASE_DIR) / "static" / PLACEHOLDER)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


@dataclass(frozen=True)
class Head:
    """Who writes to whom, when and about what; `aside`: labelled lines in the column beside the address."""

    sender: str
    title: str
    dated: date
    addressee: tuple[str, ...]
    reference: str = ""
    your_reference: str = ""
    return_address: str = ""
    addresses: tuple[tuple[str, ...], ...] = ()  # blocks of lines under the sender's name
    aside: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()  # what each page says in its margin
    notices: tuple[str, ...] = ()  # what the first page explains about those marks
    logo: str = PLACEHOLDER
    marking: str = ""  # who may read it, above and below on each page

    @property
    def dated_in_words(self) -> str:
        return long_date(self.dated)

    @property
    def said(self) -> tuple[str, ...]:
        """The marks where there are no margins, who may read it first."""
        return ((self.marking.upper(),) if self.marking else ()) + self.marks

    @property
    def labelled(self) -> tuple[tuple[str, str], ...]:
        references = (("Ons kenmerk", self.reference), ("Uw kenmerk", self.your_reference))
        return tuple(pair for pair in references if pair[1]) + self.aside
