from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mvi_portal.jobs"
    verbose_name = "Taken"
