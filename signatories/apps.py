from django.apps import AppConfig


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = "Ondertekenaars"

    def ready(self) -> None:
        """The figures register themselves when they are imported; two pages stand in the menu."""
        from mvi_portal.core.contributions import (
            Entry,
            account_panels,
            counted_rows,
            invitation_parts,
            management_pages,
            search_sources,
            tasks,
            timeline_sources,
        )
        from mvi_portal.core.menu import Page, pages
        from signatories import figures, incoming  # noqa: F401 - figures register themselves
        from signatories.counted import counted
        from signatories.finding import SEARCHED
        from signatories.happenings import SOURCES
        from signatories.representing import INVITED_FOR, acting_panel
        from signatories.succeeding import tasks_of

        counted_rows.add("ondertekenaars", counted)
        incoming.register()
        account_panels.add("acting", acting_panel)
        tasks.add("successions", tasks_of, order=150)
        invitation_parts.add("acting", INVITED_FOR)
        acting = "Leg vast voor welke organisatie iemand handelt, en tot wanneer."
        page = Entry("Vertegenwoordigers", "signatories:representative-list", acting)
        management_pages.add("representatives", page, order=200)
        places = ("/herindelingen/", "/contactpersonen/")
        organisations = Page("Organisaties", "signatories:organisation-list", also=places)
        pages.add("organisations", organisations, order=100)
        pages.add(
            "signatories",
            Page("Ondertekenaars", "signatories:signatory-list", also=("/manifesten/",)),
            order=110,
        )
        search_sources.add("signatories", SEARCHED, order=100)
        for name, source in SOURCES.items():
            timeline_sources.add(name, source, order=100)
