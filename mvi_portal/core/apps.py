from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mvi_portal.core"
    verbose_name = "Vloer"
