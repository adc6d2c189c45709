"""The whole demonstration in one transaction: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from mvi_portal.accounts.models import User
from mvi_portal.core import statistics
from mvi_portal.demo import (
    accounts,
    activities,
    agreement,
    agreements,
    evaluations,
    files,
    following,
    frames,
    groups,
    invented,
    letters,
    manifest,
    monitoring,
    notes,
    papers,
    plans,
    progress,
    published,
    register,
    reminders,
    sent,
    workbooks,
)
from mvi_portal.demo.common import Organisations
from mvi_portal.demo.writer import ACTION, Writer
from mvi_portal.history import history
from signatories import facts


@dataclass(frozen=True)
class Loaded:
    """What was done, as numbers of rows by the Dutch name of what they are."""

    organisations: int  # of the table of facts: added or corrected
    created: dict[str, int]
    changed: dict[str, int]
    kept: dict[str, int]  # changed by somebody after the demonstration wrote them; left as they are
    confirmed: int  # successions
    new_accounts: frozenset[str]

    @property
    def is_unchanged(self) -> bool:
        return not (self.organisations or self.created or self.changed or self.confirmed)


@transaction.atomic
def load(*, password: Callable[[], str]) -> Loaded:
    """Load what is missing. `password` is asked only when an account has to be made."""
    plan = facts.load()
    writer = Writer()
    with history(by=None, action=ACTION):
        written = _write(writer, password)
    confirmed = register.confirm_successions(written.known)
    with history(by=None, action=ACTION):  # the letters count who went on
        _agree_and_send(writer, written)
    statistics.refresh(*(model for model in apps.get_models() if model._meta.can_migrate(connection)))
    return Loaded(
        organisations=len(plan.additions) + len(plan.updates) + len(plan.successions),
        created=dict(writer.created),
        changed=dict(writer.changed),
        kept=dict(writer.kept),
        confirmed=confirmed,
        new_accounts=frozenset(written.new_accounts),
    )


@dataclass(frozen=True)
class _Written:
    """What later steps lean on."""

    known: Organisations
    users: dict[str, User]
    lines: frames.Lines
    new_accounts: set[str]
    new_letters: set[str]


def _write(writer: Writer, password: Callable[[], str]) -> _Written:
    """Every subject, after what it leans on."""
    signed, known = manifest.load(writer), invented.load(writer)
    users, new = accounts.load(writer, known, password=password)
    register.load(writer, signed, known)
    plans.load(writer, signed, users)
    files.load_waiting(writer, users)
    reminders.load(writer, signed, known, users)
    evaluations.load(writer, signed, users)
    groups.load(writer, signed, known)
    found = papers.load(writer, known)
    lines = frames.load(writer, known, found)
    agreements.load(writer, known, found, lines)
    activities.load(writer, signed, known, lines)
    monitoring.load(writer, lines)
    progress.load(writer, known, users, lines)
    published.load(writer)
    new_letters = letters.load(writer, known, lines)
    notes.load(writer)
    workbooks.load(users)
    following.load(users, new, lines)
    return _Written(known, users, lines, new, new_letters)


def _agree_and_send(writer: Writer, written: _Written) -> None:
    """How far the letters got; what people did with one since, is theirs."""
    agreement.load_steps(writer)
    if letters.OF_2025 in written.new_letters:
        agreement.load(writer, written.users, written.known, written.lines)
        notes.load_said(written.users)
    if letters.OF_2023 in written.new_letters:
        sent.load(written.users, written.known)
    sent.load_late(writer, written.known)
