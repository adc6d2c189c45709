from django.apps import AppConfig


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = "Ondertekenaars"

    def ready(self) -> None:
        """The figures register themselves when they are imported."""
        from signatories import figures  # noqa: F401
