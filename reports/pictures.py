"""The pages of a version as pictures, beside its file. They are made of the file, and can be made again.

A job of its own draws them: the letter is ready without.
"""

from __future__ import annotations

from mvi_portal.accounts.models import User
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import enqueue
from reports.models import LetterVersion

KIND = "letter.pictures"
WIDTH = 1000  # pixels: sharp on a page of half that width


def ask(version: LetterVersion, *, by: User | None) -> None:
    """Have the pages drawn."""
    enqueue(kind=KIND, payload={"version": version.pk}, by=by)


def are_coming(version: LetterVersion) -> bool:
    """Whether a worker is going to draw them, or is at it."""
    return Job.objects.open().filter(kind=KIND, payload__version=version.pk).exists()


def draw_pages(run: Run) -> None:
    """Draw what is not there yet; a second time does nothing."""
    from mvi_portal.core.pdf import pictures  # only a worker draws

    version = LetterVersion.objects.get(pk=run.payload["version"])
    if not version.has_pictures:
        for _page in pictures.draw(version.file, version.picture, width=WIDTH):
            pass  # nobody waits for a single one
