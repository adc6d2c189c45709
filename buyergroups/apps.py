from django.apps import AppConfig


class BuyerGroupsConfig(AppConfig):
    name = "buyergroups"
    verbose_name = "Buyer groups"

    def ready(self) -> None:
        """The figures register themselves when they are imported."""
        from buyergroups import figures, incoming  # noqa: F401 - figures register themselves
        from buyergroups.counted import counted
        from buyergroups.finding import SEARCHED
        from buyergroups.happenings import SOURCES
        from buyergroups.panels import groups_panel
        from mvi_portal.core.contributions import (
            counted_rows,
            dossier_panels,
            search_sources,
            timeline_sources,
        )
        from mvi_portal.core.menu import Page, pages

        counted_rows.add("buyergroups", counted)
        incoming.register()
        dossier_panels.add("buyer-groups", groups_panel, order=300)
        pages.add("buyer-groups", Page("Buyer groups", "buyergroups:group-list"), order=200)
        search_sources.add("buyergroups", SEARCHED, order=200)
        for name, source in SOURCES.items():
            timeline_sources.add(name, source, order=200)
