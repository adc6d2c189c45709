from django.apps import AppConfig


class BuyerGroupsConfig(AppConfig):
    name = "buyergroups"
    verbose_name = "Buyer groups"

    def ready(self) -> None:
        """The figures register themselves when they are imported."""
        from buyergroups import figures  # noqa: F401
