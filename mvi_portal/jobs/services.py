"""Asking for a job, doing it, and sweeping up what was left behind."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from mvi_portal.accounts.models import User
from mvi_portal.core import logs
from mvi_portal.jobs import kinds
from mvi_portal.jobs.leases import LeaseLost, Run, claim, kept
from mvi_portal.jobs.models import MAX_TRIES, Job, State

log = logging.getLogger(__name__)


class JobError(Exception):
    """The job cannot succeed as things are; the Dutch message tells a person what to do about it."""


def enqueue(
    *,
    kind: str,
    payload: dict[str, Any],
    by: User | None,
    title: str = "",
    detail: str = "",
    address: str = "",
) -> Job:
    """Write the job down, and ring the bell when the transaction commits. Raises UnknownKind.

    `title`, `detail` and `address` tell who asked for it what it is and where it was asked.
    """
    kinds.get(kind)
    told = {"title": title[:300], "detail": detail, "address": address[:300]}
    job = Job.objects.create(kind=kind, payload=payload, by=by, request_id=logs.request_id(), **told)
    transaction.on_commit(lambda: ring(job.pk))
    return job


def ring(job_id: int) -> None:
    """Tell the queue. With the queue away the row stays, and the next sweep rings again."""
    from mvi_portal.jobs.tasks import run_job  # the task calls us back

    try:
        run_job.apply_async(args=(job_id,), retry=False)
    except (OperationalError, ConnectionError):
        log.warning("the queue is away; job %s waits for the next sweep", job_id)


def work(job_id: int, *, worker: str) -> None:
    """Claim the job and do it; nothing happens when somebody else has it."""
    run = claim(job_id, worker=worker)
    if run is not None:
        job = run.job
        with logs.working_on(request_id=job.request_id, job=job.pk, user=job.by_id):
            _do(run)


def _do(run: Run) -> None:
    log.info("job begins", extra={"kind": run.job.kind})
    try:
        with kept(run):
            kinds.get(run.job.kind).handler()(run)
        if not run.finished:
            run.finish()
        log.info("job %s", State.DONE.value, extra={"kind": run.job.kind})
    except LeaseLost:
        log.warning("job %s went on without us", run.job.pk)
    except JobError as error:
        _fail(run, str(error))
    except Exception as error:
        log.exception("job %s failed at try %s", run.job.pk, run.job.tries)
        _try_again(run, error)


def cancel(*, job: Job) -> bool:
    """Stop an open job; a running worker finds its lease gone. False when it was finished already."""
    return bool(
        Job.objects.open()
        .filter(pk=job.pk)
        .update(state=State.CANCELLED, lease=None, lease_until=None, finished_at=timezone.now())
    )


def sweep() -> int:
    """Ring for every job that waits or was left behind, and fail those without a try to spare.

    Returns how many bells were rung. Safe at any time and any number of times.
    """
    now = timezone.now()
    Job.objects.exhausted(now=now).update(
        state=State.FAILED, reason=_ABANDONED, lease=None, lease_until=None, finished_at=now
    )
    waiting = list(Job.objects.claimable(now=now).order_by("created_at").values_list("pk", flat=True))
    for job_id in waiting:
        ring(job_id)
    return len(waiting)


def expire() -> int:
    """Delete the results that had their time; returns how many."""
    gone = Job.objects.expired(now=timezone.now())
    for job in gone:
        job.result.delete(save=True)
    return len(gone)


_ABANDONED = (
    f"De taak is {MAX_TRIES} keer begonnen en {MAX_TRIES} keer afgebroken, bijvoorbeeld door te weinig "
    "geheugen. Probeer het opnieuw; gebeurt het weer, vraag dan de beheerder om hulp."
)


def _fail(run: Run, reason: str) -> None:
    values = {"state": State.FAILED, "reason": reason, "finished_at": timezone.now()}
    try:
        run.write(**values, lease=None, lease_until=None)
    except LeaseLost:
        log.warning("job %s went on without us", run.job.pk)
    else:
        log.info("job %s", State.FAILED.value, extra={"kind": run.job.kind})


def _try_again(run: Run, error: Exception) -> None:
    """Back in the queue while there is a try to spare, else failed."""
    if run.job.tries >= MAX_TRIES:
        reason = (
            f"De taak is na {MAX_TRIES} pogingen gestopt door een onverwachte fout "
            f"({type(error).__name__}). Vraag de beheerder om hulp."
        )
        _fail(run, reason)
        return
    try:
        run.write(state=State.QUEUED, lease=None, lease_until=None)
    except LeaseLost:
        return
    ring(run.job.pk)
