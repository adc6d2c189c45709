from django.apps import AppConfig


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = "Ondertekenaars"

    def ready(self) -> None:
        """The figures register themselves when they are imported; two pages stand in the menu."""
        from mvi_portal.core.contributions import counted_rows
        from mvi_portal.core.menu import Page, pages
        from signatories import figures  # noqa: F401
        from signatories.counted import counted

        counted_rows.add("ondertekenaars", counted)
        pages.add("organisations", Page("Organisaties", "signatories:organisation-list"), order=100)
        pages.add("signatories", Page("Ondertekenaars", "signatories:signatory-list"), order=110)
