from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "Actieplannen"

    def ready(self) -> None:
        """The figures register themselves when they are imported."""
        from actionplans import figures  # noqa: F401
