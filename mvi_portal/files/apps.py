from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "mvi_portal.files"
    verbose_name = "Bestanden"
