from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mvi_portal.core"
    verbose_name = "Vloer"

    def ready(self) -> None:
        """The page of definitions stands last in the menu."""
        from mvi_portal.core.menu import Page, pages

        pages.add("definitions", Page("Definities", "core:definition-list"), order=900)
