"""What comes in from workbooks for line B: groups, and their phases, participants and results.

Each is a table of its own, the same as its export: one row is one thing.
"""

from __future__ import annotations

from functools import partial

from buyergroups.incoming import groups, outputs, participants, phases
from buyergroups.incoming.groups import COLUMNS, cells
from buyergroups.incoming.tables import GroupTable
from mvi_portal.accounts.permissions import Action
from mvi_portal.core.workbooks import Form, template
from mvi_portal.core.workbooks.comparing import run
from mvi_portal.core.workbooks.importing import Importer, Order, Outcome, Template, importers, templates

__all__ = ["COLUMNS", "TABLES", "GroupTable", "cells", "empty", "register"]

TABLES = {module.TABLE.name: module.TABLE for module in (groups, phases, participants, outputs)}


def _run(table: GroupTable, order: Order) -> Outcome:
    return run(order, table.title, table.columns, table.comparison())


def empty(form: Form, table: GroupTable = groups.TABLE) -> bytes:
    """The template."""
    return template(table.title, table.columns, form, told=table.told)


def _importer(table: GroupTable) -> Importer:
    back = "buyergroups:group-list"
    columns, told = partial(tuple, table.columns), table.told
    return Importer(table.title, columns, Action.KEEP_REGISTER, back, partial(_run, table), told)


def _template(table: GroupTable) -> Template:
    return Template(f"Sjabloon: {table.title}", partial(empty, table=table))


COMING = {name: (_importer(table), _template(table)) for name, table in TABLES.items()}


def register() -> None:
    """Told when the portal starts: what can come in, and its template."""
    for name, (importer, made) in COMING.items():
        importers.add(name, importer)
        templates.add(name, made)
