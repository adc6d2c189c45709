from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mvi_portal.jobs"
    verbose_name = "Taken"

    def ready(self) -> None:
        """Make the queue known: a task sent from a web process must find it too."""
        from mvi_portal import celery  # noqa: F401
        from mvi_portal.core.contributions import long_exports
        from mvi_portal.jobs import kinds, pulse  # noqa: F401 - listens to Celery's signals
        from mvi_portal.jobs.exporting import KIND, ask

        kinds.register(KIND, label="Lijst exporteren", handler="mvi_portal.jobs.exporting.export")
        long_exports.add("jobs", ask)
