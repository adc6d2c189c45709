from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mvi_portal.demo"
    verbose_name = "Demonstratiegegevens"
