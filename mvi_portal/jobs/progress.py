"""How far a job is, in words; from its own row, so it never tells more than was truly done."""

from __future__ import annotations

from dataclasses import dataclass

from mvi_portal.core.numbers import number
from mvi_portal.jobs.models import Job, State

_WAITS = "Uw opdracht staat in de wachtrij. Zodra het portaal tijd heeft, begint het."


@dataclass(frozen=True)
class Progress:
    """What was done of what there is to do, and in words at what it is."""

    done: int
    total: int
    words: str


def progress_of(job: Job) -> Progress:
    if job.state == State.QUEUED:
        return Progress(0, 1, _WAITS)
    total = max(job.total, 1)
    step = f"Bezig: {job.step}" if job.step else "Bezig"
    part = f" ({number(job.percentage)} %)" if job.total else ""
    return Progress(job.done, total, f"{step}{part}.")
