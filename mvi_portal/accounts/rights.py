"""The table of rights for who reads it: on the administrator's page, on one's own, and in the docs."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst

from mvi_portal.accounts.models import Role
from mvi_portal.accounts.permissions import RIGHTS, Action, Scope
from mvi_portal.core.tables import Cell, Column, Row, Table

INTRO = """# Wie mag wat

Wat iemand in het portaal mag doen, volgt uit de rol van het account. "Eigen organisatie" is elke organisatie
waarvoor iemand als vertegenwoordiger is vastgelegd.

Dit document is gemaakt uit de tabel in `mvi_portal/accounts/permissions.py`. Verander het niet met de hand,
maar draai `make manage ARGS="rights --out docs/rechten.md"`.
"""


def cell(action: Action, role: Role) -> Scope:
    return RIGHTS[action].get(role, Scope.NO)


def as_table() -> Table:
    """A row for each action, a column for each role."""
    columns = [Column("action", "Handeling"), *(Column(role.value, capfirst(role.label)) for role in Role)]
    rows = [Row([Cell(capfirst(action.label)), *_cells(action)]) for action in Action]
    return Table("Wat elke rol mag", columns, rows, "")


def _cells(action: Action) -> Iterator[Cell]:
    for role in Role:
        scope = cell(action, role)
        yield Cell("nee") if scope is Scope.NO else Cell("", tag=scope.value, tone=_tone(scope))


def _tone(scope: Scope) -> str:
    return "good" if scope is Scope.YES else "info"


def of(role: Role) -> list[str]:
    """What the role may do, each with how far when that is not everywhere."""
    reach = [(action, cell(action, role)) for action in Action]
    return [
        action.label if scope is Scope.YES else f"{action.label} ({scope.value})"
        for action, scope in reach
        if scope is not Scope.NO
    ]


def as_markdown() -> str:
    """The whole document; the same table gives the same text."""
    head = ["handeling", *(role.label for role in Role)]
    lines = [head, ["---"] * len(head), *([action.label, *_words(action)] for action in Action)]
    return "\n".join([INTRO, *(f"| {' | '.join(line)} |" for line in lines), ""])


def _words(action: Action) -> list[str]:
    return [cell(action, role).value for role in Role]
