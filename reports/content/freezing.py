"""Freezing: all that a letter and the documents beside it can be printed from, in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.contributions import counted_rows
from mvi_portal.core.figures import Figure, registry
from reports.content.figures import live_figures
from reports.content.parties import Parties
from reports.content.tables import frozen_tables
from reports.errors import LetterError
from reports.frozen_register import FrozenRegister
from reports.models import Letter
from reports.parcel.plan import parts

_READER = User(role=Role.SECRETARIAT)  # a freeze is for who composes letters, whoever asked for it


def frozen_register(letter: Letter, charts: Mapping[str, date | None]) -> FrozenRegister:
    """Within the caller's transaction; `charts` is what the texts ask for now. Raises LetterError."""
    on, parties = letter.reference_date, Parties(letter)
    if parties.problems:
        raise LetterError(parties.problems)
    figures = live_figures(on=on, since=letter.counts_from, charts=charts, whole=True)
    return FrozenRegister(
        letter=letter.slug,
        reference_date=on,
        since=letter.counts_from,
        is_demo=figures.made_up,
        figures=figures.frozen,
        known=figures.known,
        names={key: name for item in registry for key, name in _names(item, on)},
        parties=parties.frozen,
        tables=frozen_tables(figures),
        parts={name: part_of(letter, on) for name, part_of in parts.named()},
    )


def _names(item: Figure, on: date) -> list[tuple[str, str]]:
    counted = counted_rows.get(item.key.partition(".")[0])
    return [(row.key, row.label) for row in counted(item, on, _READER)] if counted else []
