from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Monitoring"

    def ready(self) -> None:
        """One page stands in the menu; it leads to all others. The figure registers when it is imported."""
        from monitoring import figures, incoming  # noqa: F401 - the figure registers itself
        from monitoring.counted import counted
        from monitoring.finding import SEARCHED
        from monitoring.following import button
        from monitoring.happenings import SOURCES
        from monitoring.material import progress_material
        from monitoring.panels import plan_panel, timeline_link
        from monitoring.surrounding import AROUND
        from monitoring.todo import tasks_of
        from mvi_portal.core.contributions import (
            counted_rows,
            dossier_links,
            dossier_panels,
            follow_buttons,
            letter_material,
            search_sources,
            tasks,
            timeline_sources,
        )
        from mvi_portal.core.menu import Page, pages
        from mvi_portal.jobs import kinds

        pages.add("monitoring", Page("Monitoring", "monitoring:start"), order=400)
        dossier_panels.add("plan", plan_panel, order=400)
        dossier_links.add("timeline", timeline_link, order=400)
        counted_rows.add("toezeggingen", counted)
        tasks.add("progress", tasks_of)
        letter_material.add("progress", progress_material)
        for name, searched in SEARCHED.items():
            search_sources.add(name, searched, order=400)
        incoming.register()
        follow_buttons.add("follow", button)
        kinds.register("consultation.sheet", label="Vergaderblad", handler="monitoring.printing.print_sheet")
        for name, source in {**SOURCES, **AROUND}.items():
            timeline_sources.add(name, source, order=400)
