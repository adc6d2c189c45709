"""How far a job is, in words that a page prints."""

from __future__ import annotations

from dataclasses import dataclass

from mvi_portal.jobs.models import Job, State

WAITS = "Dit staat in de wachtrij. Zodra het portaal tijd heeft, begint het."


@dataclass(frozen=True)
class Progress:
    """What was truly done of all there is to do, and in words at what it is."""

    done: int
    total: int
    words: str


def progress_of(job: Job) -> Progress:
    """From the job's own row, so it never tells more than was done."""
    if job.state == State.DONE:
        return Progress(1, 1, "Klaar.")
    if job.state != State.RUNNING or not job.total:
        return Progress(0, max(job.total, 1), WAITS)
    step = f": {job.step}" if job.step else ""
    return Progress(job.done, job.total, f"{min(job.done + 1, job.total)} van {job.total}{step}")
