"""What the jobs of these tests do; named by their dotted path, as every handler is."""

from __future__ import annotations

from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError, cancel


def succeed(run: Run) -> None:
    run.report(1, 2, "Halverwege")
    run.store("uitkomst.txt", b"klaar")
    run.report(2, 2, "Klaar")


def refuse(run: Run) -> None:
    raise JobError("De brief heeft geen tekst. Schrijf eerst een sectie.")


def crash(run: Run) -> None:
    raise ZeroDivisionError


def cancel_itself(run: Run) -> None:
    """As when somebody cancels while it works."""
    cancel(job=run.job)
    run.report(1, 1)
