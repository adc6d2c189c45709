"""What was received of a plan: added once, whatever happens to the connection."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from actionplans.models import ActionPlan, PlanVersion
from actionplans.models.guards import refusing
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.history import history

EVENTS: Any = PlanVersion.pgh_event_model  # type: ignore[attr-defined] # made by `tracked`


@transaction.atomic
def add_version(
    *,
    plan: ActionPlan,
    received_on: PartialDate,
    by: User,
    upload: Upload | None = None,
    url: str = "",
    retrieved_on: date | None = None,
    note: str = "",
    source: str = "",
) -> tuple[PlanVersion, bool]:
    """The next version, and whether it is new: the same file, or the same page on the same day, is not."""
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    known = _known(plan, upload, url, retrieved_on, received_on, note)
    if known is not None:
        if upload:
            files.drop(upload=upload)
        return known, False
    version = PlanVersion(plan=plan, number=_next_number(plan), received_on=received_on, is_demo=plan.is_demo)
    version.url, version.retrieved_on, version.note, version.source = url, retrieved_on, note, source
    with history(by=by, action="version.added"):
        _store(version, upload)
    return version, True


@transaction.atomic
def correct_version(
    *, version: PlanVersion, by: User, upload: Upload | None = None, why: str = "", **facts: Any
) -> None:
    """Its facts; and its file, when it had none. A file that is there stays: another one is a new version."""
    for name, value in facts.items():
        setattr(version, name, value)
    with history(by=by, action="version.corrected", why=why), refusing():
        _store(version, None if version.file else upload)


def _store(version: PlanVersion, upload: Upload | None) -> None:
    if upload:
        version.searchable = upload.searchable
        files.keep(upload=upload, row=version)
    version.full_clean()
    version.save()


def _known(
    plan: ActionPlan,
    upload: Upload | None,
    url: str,
    retrieved_on: date | None,
    received_on: PartialDate,
    note: str,
) -> PlanVersion | None:
    if upload:
        return plan.versions.filter(sha256=upload.sha256).first()
    if url:
        return plan.versions.filter(url=url, retrieved_on=retrieved_on).first()
    return plan.versions.filter(received_on=received_on, file="", url="", note=note).first()


def _next_number(plan: ActionPlan) -> int:
    """Never one that was given before, also when that version was taken away since."""
    given = EVENTS.objects.filter(plan=plan.pk).aggregate(last=Max("number"))["last"] or 0
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    return int(max(given, last)) + 1
