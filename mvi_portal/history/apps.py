from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "mvi_portal.history"
    verbose_name = "Geschiedenis"
