from django.apps import AppConfig
from django.contrib.admin import apps as admin


class CoreConfig(AppConfig):
    default = True
    name = "mvi_portal.core"
    verbose_name = "Vloer"

    def ready(self) -> None:
        """The page of definitions stands last in the menu."""
        from mvi_portal.core.menu import Page, pages

        pages.add("definitions", Page("Definities", "core:definition-list"), order=900)


class PortalAdminConfig(admin.AdminConfig):
    """Django's admin, with our door."""

    default = False
    default_site = "mvi_portal.core.admin.PortalAdmin"
