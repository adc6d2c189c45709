"""An import in words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mvi_portal.core.dates import long_date
from signatories.tooi.importing import Import
from signatories.tooi.plan import Plan
from signatories.tooi.records import Link, Record
from signatories.tooi.register import Register

SHOWN = 20


def as_text(done: Import, *, dry_run: bool) -> Iterator[str]:
    """Dutch lines: the files, what changes, remarks, and whether it was saved."""
    yield from (_file(register) for register in done.registers)
    yield ""
    yield from _changes(done.plan)
    yield from _section("Let op", done.remarks)
    yield _outcome(done.plan, dry_run=dry_run)


def as_dict(done: Import, *, dry_run: bool) -> dict[str, Any]:
    """Everything, with dates as in ISO 8601."""
    plan = done.plan
    return {
        "dry_run": dry_run,
        "changed": plan.changes and not dry_run,
        "files": [_file_dict(register) for register in done.registers],
        "added": [{"key": r.key, "name": r.title, "kind": r.kind.value} for r in plan.additions],
        "renamed": [
            {"key": r.key, "before": r.before, "after": r.after, "on": r.on.isoformat()} for r in plan.renames
        ],
        "merged": [_link_dict(link) for link in plan.successions],
        "ended": [{"key": r.key, "name": r.title, "on": _iso(r)} for r in plan.ends],
        "corrected": [
            {"key": c.key, "what": c.what, "before": c.before, "after": c.after} for c in plan.corrections
        ],
        "remarks": list(done.remarks),
    }


def _file(register: Register) -> str:
    return (
        f"{register.file}: {register.header}; {len(register.told.records)} organisaties, waarvan "
        f"{register.current} op die dag bestaan, en {register.events} gebeurtenissen."
    )


def _changes(plan: Plan) -> Iterator[str]:
    yield from _section("Toegevoegd", (f"{r.key} {r.title}" for r in plan.additions))
    yield from _section(
        "Hernoemd", (f"{r.key} {r.before} → {r.after}, vanaf {long_date(r.on)}" for r in plan.renames)
    )
    yield from _section(
        "Opgegaan in een ander (nog te bevestigen)", (_link(plan, li) for li in plan.successions)
    )
    yield from _section(
        "Geëindigd", (f"{r.key} {r.title}, op {long_date(r.valid_until)}" for r in plan.ends if r.valid_until)
    )
    yield from _section(
        "Verbeterd",
        (f"{c.key} {c.what}: {c.before or 'leeg'} → {c.after or 'leeg'}" for c in plan.corrections),
    )


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    whole = list(lines)
    if not whole:
        return
    yield f"{title}: {len(whole)}"
    yield from (f"  {line}" for line in whole[:SHOWN])
    if (more := len(whole) - SHOWN) > 0:
        yield f"  … en nog {more}; met --json staan ze er allemaal."
    yield ""


def _link(plan: Plan, link: Link) -> str:
    old, new = plan.records[link.predecessor], plan.records[link.successor]
    return f"{old.key} {old.title} → {new.key} {new.title}, {link.event.label} op {long_date(link.on)}"


def _outcome(plan: Plan, *, dry_run: bool) -> str:
    if not plan.changes:
        return "Er verandert niets: alles staat al zo in het register."
    if dry_run:
        return "Dit zou er veranderen. Er is niets opgeslagen."
    return "Alles is opgeslagen."


def _file_dict(register: Register) -> dict[str, Any]:
    return {
        "file": register.file,
        "title": register.header.title,
        "version": register.header.version,
        "view_date": register.header.seen_on.isoformat(),
        "organisations": len(register.told.records),
        "current": register.current,
        "events": register.events,
    }


def _link_dict(link: Link) -> dict[str, str]:
    return {
        "predecessor": link.predecessor,
        "successor": link.successor,
        "event": link.event.value,
        "on": link.on.isoformat(),
    }


def _iso(record: Record) -> str:
    return record.valid_until.isoformat() if record.valid_until else ""
