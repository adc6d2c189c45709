from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mvi_portal.accounts"
    verbose_name = "Accounts"
