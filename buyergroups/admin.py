"""Buyer groups, for looking; writing goes through the pages."""

from django.contrib import admin

from buyergroups import models
from mvi_portal.core.admin import ReadOnlyAdmin


@admin.register(models.BuyerGroup)
class BuyerGroupAdmin(ReadOnlyAdmin):
    list_display = ["name", "sector", "domain", "facilitator", "started_on", "is_demo"]
    list_filter = ["sector", "domain", "is_demo"]
    search_fields = ["name", "product_group"]


@admin.register(models.Phase)
class PhaseAdmin(ReadOnlyAdmin):
    list_display = ["group", "kind", "valid_from", "valid_until"]
    list_filter = ["kind"]


@admin.register(models.Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    list_display = ["group", "organisation", "party_name", "role", "valid_from", "valid_until"]
    list_filter = ["role", "group"]


@admin.register(models.Output)
class OutputAdmin(ReadOnlyAdmin):
    list_display = ["title", "group", "kind", "published_on"]
    list_filter = ["kind"]


@admin.register(models.Initiator)
class InitiatorAdmin(ReadOnlyAdmin):
    list_display = ["group", "organisation"]


@admin.register(models.GroupTheme)
class GroupThemeAdmin(ReadOnlyAdmin):
    list_display = ["group", "theme"]
