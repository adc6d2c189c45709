from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "Actieplannen"

    def ready(self) -> None:
        """The figures register themselves when they are imported."""
        from actionplans import figures  # noqa: F401
        from actionplans.announcing import announce
        from actionplans.clockwork import panel
        from actionplans.counted import counted
        from actionplans.filters import BY_PLAN
        from actionplans.finding import SEARCHED
        from actionplans.happenings import SOURCES
        from actionplans.panels import plans_panel
        from actionplans.reminding.board import tasks_of
        from actionplans.succeeding import PART
        from actionplans.waiting import tasks_of as uploads_of
        from mvi_portal.core.contributions import (
            counted_rows,
            dossier_panels,
            list_filters,
            search_sources,
            signature_panels,
            tasks,
            timeline_sources,
        )
        from mvi_portal.core.menu import Page, pages
        from signatories.succeeding import parts

        announce()
        counted_rows.add("actieplannen", counted)
        parts.add("plans", PART)
        dossier_panels.add("action-plans", plans_panel, order=200)
        signature_panels.add("action-plans", panel)
        tasks.add("uploads", uploads_of)
        list_filters.add("actieplan", BY_PLAN)
        tasks.add("reminders", tasks_of)
        pages.add("action-plans", Page("Actieplannen", "actionplans:plan-list"), order=300)
        pages.add(
            "evaluations",
            Page("Evaluaties", "actionplans:evaluation-list", also=("/beoordelingskaders/",)),
            order=310,
        )
        search_sources.add("actionplans", SEARCHED, order=300)
        for name, source in SOURCES.items():
            timeline_sources.add(name, source, order=300)
