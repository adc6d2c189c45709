from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mvi_portal.jobs"
    verbose_name = "Taken"

    def ready(self) -> None:
        """Make the queue known: a task sent from a web process must find it too."""
        from mvi_portal import celery  # noqa: F401
        from mvi_portal.jobs import pulse  # noqa: F401 - listens to Celery's signals
