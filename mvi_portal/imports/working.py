"""In the worker: a trial of the whole file, or the writing of it. Killed, it leaves nothing half done.

The trial writes only what it said. The writing is one transaction that ends by asking whether the lease is
still its own: it is there whole, once, or not at all. How far it is, is told from outside that transaction.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.workbooks import Book
from mvi_portal.core.workbooks.importing import Importer, Order, Outcome, Report
from mvi_portal.core.workbooks.trials import Taken, take
from mvi_portal.imports.models import Import, State
from mvi_portal.imports.outcomes import as_json
from mvi_portal.jobs.aside import aside
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError

CHANGED_SINCE = (
    "Het register is gewijzigd nadat het bestand werd nagekeken, en nu past niet alles meer. Kijk hieronder "
    "wat er niet klopt."
)


def check(run: Run) -> None:
    sent = _sent(run)
    importer = _importer(sent)
    taken = _take(run, sent, importer, write=False)
    _keep(run, sent, taken)
    run.write(expires_at=sent.expires_at)


def write(run: Run) -> None:
    """A second try of a worker that was killed after it wrote finds that it did."""
    sent = _sent(run)
    if sent.state == State.WRITTEN:
        return
    importer = _importer(sent)
    taken = _take(run, sent, importer, write=True)
    run.write(expires_at=sent.expires_at)
    sent.refresh_from_db()
    if sent.state != State.WRITTEN:
        _keep(run, sent, taken, notice=CHANGED_SINCE)


def _take(run: Run, sent: Import, importer: Importer, *, write: bool) -> Taken:
    with aside(run) as telling:
        order = partial(_order, run, sent, report=telling.report, write=write)
        return take(importer, _content(sent), order)


def _sent(run: Run) -> Import:
    found = Import.objects.filter(pk=run.payload["import"]).select_related("by").first()
    if found is None:
        raise JobError("Dit bestand is er niet meer. Stuur het opnieuw.")
    return found


def _importer(sent: Import) -> Importer:
    importer = sent.of
    if importer is None or not may(sent.by, Action(importer.action)):
        raise JobError("U mag dit niet (meer) inlezen. Vraag de beheerder om hulp.")
    return importer


def _content(sent: Import) -> bytes:
    return _read(sent.file)


def _beside(sent: Import) -> bytes:
    return _read(sent.beside) if sent.beside else b""


def _read(stored: FieldFile) -> bytes:
    try:
        with stored.open("rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise JobError("Het gestuurde bestand is niet te vinden. Stuur het opnieuw.") from error
    return content


def _order(run: Run, sent: Import, book: Book, *, report: Report, write: bool) -> Order:
    return Order(
        book,
        sent.by,
        beside=_beside(sent),
        write=write,
        only_good=sent.only_good,
        answers={int(row): key for row, key in sent.answers.items()},
        why=f"Ingelezen uit {sent.name}",
        report=report,
        at_end=partial(_written, run, sent),
    )


def _written(run: Run, sent: Import, outcome: Outcome) -> None:
    """Inside the transaction that writes: only for who still holds the job."""
    run.check()
    told: dict[str, Any] = {"state": State.WRITTEN, "outcome": as_json(outcome)}
    Import.objects.filter(pk=sent.pk).update(**told)


def _keep(run: Run, sent: Import, taken: Taken, *, notice: str = "") -> None:
    earlier = sent.commented.name
    if taken.returned is not None:
        sent.commented.save(
            f"{sent.importer}/fouten-{sent.name}", ContentFile(taken.returned.content), save=False
        )
    else:
        sent.commented = ""
    lost = taken.returned.lost if taken.returned else ()
    notices = " ".join(text for text in (notice, taken.not_returned) if text)
    with transaction.atomic():
        run.check()
        sent.outcome = as_json(taken.outcome, lost=lost, notice=notices)
        sent.state = State.CHECKED
        sent.save(update_fields=["outcome", "state", "commented"])
    if earlier and earlier != sent.commented.name:
        sent.commented.storage.delete(earlier)
