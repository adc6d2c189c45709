"""Import sources: read all, plan all, and only then write, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Organisation
from signatories.tooi import known, plan
from signatories.tooi.applying import apply
from signatories.tooi.errors import Problem, RegisterError
from signatories.tooi.nodes import Document
from signatories.tooi.plan import Plan
from signatories.tooi.records import Told
from signatories.tooi.register import Register, read


@dataclass(frozen=True)
class Import:
    """The files that were read, and what they change."""

    registers: tuple[Register, ...]
    plan: Plan

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should look at."""
        passed = [f"{item.file}: {remark}" for item in self.registers for remark in item.remarks]
        return (*passed, *self.plan.remarks)


def import_registers(paths: Sequence[Path | Document], *, dry_run: bool = False) -> Import:
    """Bring our register in step with the official ones.

    Raises RegisterError, with every fault of every file, before anything is written.
    """
    registers = _read_all(paths)
    told = [register.told for register in registers]
    if dry_run:
        return Import(registers, prepare(told))
    return Import(registers, carry_out(told, action="tooi.imported", why=why_of(registers)))


@transaction.atomic
def import_as(
    sources: Sequence[Path | Document], *, by: User, agreed: Callable[[Import], bool]
) -> Import | None:
    """Import what `agreed` accepts of the plan as it is now, while nobody else writes; else write nothing.

    Gives what was imported; None when it was not agreed.
    """
    registers = _read_all(sources)
    told = [register.told for register in registers]
    with history(by=by, action="tooi.imported", why=why_of(registers)):
        lock()
        made = Import(registers, prepare(told))
        if not agreed(made):
            return None
        apply(made.plan)
    return made


def why_of(registers: Iterable[Register]) -> str:
    return "; ".join(str(register.header) for register in registers)


def lock() -> None:
    """Nobody else changes the organisations until the transaction ends."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Organisation._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def prepare(told: Sequence[Told]) -> Plan:
    """The plan, without writing."""
    keys = set().union(*(source.mentioned() for source in told))
    return plan.make(known.read(keys), told)


@transaction.atomic
def carry_out(told: Sequence[Told], *, action: str, why: str) -> Plan:
    """Plan and write, while nobody else changes the organisations."""
    with history(by=None, action=action, why=why):
        lock()
        made = prepare(told)
        apply(made)
    return made


def _read_all(paths: Iterable[Path | Document]) -> tuple[Register, ...]:
    registers: list[Register] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            registers.append(read(path))
        except RegisterError as error:
            problems += error.problems
    if problems:
        raise RegisterError(problems)
    return tuple(registers)
