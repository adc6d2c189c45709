from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "mvi_portal.imports"
    verbose_name = "Inlezen"

    def ready(self) -> None:
        """To try and to write are jobs; what can come in, the apps above tell."""
        from mvi_portal.imports import tasks  # noqa: F401 - known to the queue
        from mvi_portal.imports.services import CHECK, WRITE
        from mvi_portal.jobs import kinds

        kinds.register(CHECK, label="Werkblad nakijken", handler="mvi_portal.imports.working.check")
        kinds.register(WRITE, label="Werkblad opslaan", handler="mvi_portal.imports.working.write")
