"""The pages of a plan as pictures, beside its file: whether they are there, and asking for them."""

from __future__ import annotations

from django.db import transaction

from actionplans.models import PlanVersion
from mvi_portal.accounts.models import User
from mvi_portal.files.services import scan_of
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.services import enqueue

DRAW = "plan.pages"
MOST = 300  # pages; who needs more opens the file


def picture(version: PlanVersion, page: int) -> str:
    """Where a page lies; the first is drawn last, so it tells that all are there."""
    return f"{str(version.file.name).removesuffix('.pdf')}-{page}.png"


def page_numbers(version: PlanVersion) -> range:
    """From 1; none of what is no PDF."""
    is_pdf = str(version.file.name).lower().endswith(".pdf")
    return range(1, min(version.pages or 0, MOST) + 1) if is_pdf else range(0)


def is_drawn(version: PlanVersion) -> bool:
    return bool(page_numbers(version)) and version.file.storage.exists(picture(version, 1))


def is_safe(version: PlanVersion) -> bool:
    """Not kept aside for the virus scanner."""
    return scan_of(version).is_open


def is_being_drawn(version: PlanVersion) -> bool:
    return Job.objects.open().filter(kind=DRAW, payload__version=version.pk).exists()


def draws_itself(version: PlanVersion) -> bool:
    """A page that shows the plan may ask for it unasked: it was not tried in vain before."""
    tried = Job.objects.filter(kind=DRAW, payload__version=version.pk, state=State.FAILED)
    return is_safe(version) and not tried.exists()


@transaction.atomic
def ask_for_pages(*, version: PlanVersion, by: User | None) -> bool:
    """Put the worker to it; False when there is nothing to draw, or when it is on its way."""
    if not page_numbers(version) or is_drawn(version) or is_being_drawn(version) or not is_safe(version):
        return False
    enqueue(kind=DRAW, payload={"version": version.pk}, by=by)
    return True
