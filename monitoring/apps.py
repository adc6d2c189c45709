from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Monitoring"

    def ready(self) -> None:
        """One page stands in the menu; it leads to all others."""
        from mvi_portal.core.menu import Page, pages

        pages.add("monitoring", Page("Monitoring", "monitoring:start"), order=400)
