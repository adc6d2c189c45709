"""Drawing the pages of a plan, in a worker. Started again after a kill, it goes on where it was."""

from __future__ import annotations

from actionplans import drawn
from actionplans.models import PlanVersion
from mvi_portal.core.pdf.pictures import Unreadable, draw
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError

WIDTH = 900  # pixels; half the desk on a wide screen


def draw_pages(run: Run) -> None:
    version = PlanVersion.objects.get(pk=run.payload["version"])
    pages = drawn.page_numbers(version)
    drawing = draw(version.file, lambda page: drawn.picture(version, page), pages=pages, width=WIDTH)
    try:
        for done, _page in enumerate(drawing, start=1):
            run.report(done, len(pages), "Bladzijden tekenen")
    except Unreadable as error:
        raise JobError(str(error)) from error
