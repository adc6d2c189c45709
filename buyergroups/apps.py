from django.apps import AppConfig


class BuyerGroupsConfig(AppConfig):
    name = "buyergroups"
    verbose_name = "Buyer groups"
