"""What rounds of evaluations tell to the floor, once the app is ready."""

from __future__ import annotations

from actionplans import importing
from actionplans.boards import tasks_of
from actionplans.material import proposal
from mvi_portal.core.contributions import letter_material, tasks
from mvi_portal.core.workbooks.importing import Importer, Template, importers, templates
from mvi_portal.jobs import kinds


def announce() -> None:
    """A worker's handlers by their path: the web process never imports what prints."""
    tasks.add("evaluation-rounds", tasks_of, order=140)
    letter_material.add("action-plans", proposal)
    back = "actionplans:evaluation-list"
    importers.add(
        "evaluations",
        Importer(
            importing.SHEET,
            importing.any_columns,
            "evaluate",
            back,
            importing.run,
            importing.ADVICE,
            beside="Documenten bij de evaluaties",
        ),
    )
    templates.add("evaluations", Template("Sjabloon voor evaluaties", importing.empty))
    kinds.register(
        "evaluation.report",
        label="Verslag van een evaluatieronde",
        handler="actionplans.printing.jobs.make_report",
    )
    kinds.register(
        "evaluation.replies",
        label="Antwoorden aan ondertekenaars",
        handler="actionplans.printing.jobs.make_replies",
    )
    kinds.register(
        "evaluation.draft",
        label="Concept voor de feitencheck",
        handler="actionplans.printing.jobs.make_draft",
    )
    kinds.register(
        "plan.pages", label="Bladzijden van een plan tekenen", handler="actionplans.drawing.draw_pages"
    )
