"""What an organisation is also called: by people, never officially."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from mvi_portal.core.constraints import once, rule
from mvi_portal.core.models import Fact
from mvi_portal.core.search import Plain
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.organisations import Organisation


@tracked()
class Alias(Fact):
    """A word that leads to an organisation: "Den Bosch"; one word may lead to several: "BUCH".

    It finds, whatever the day; its own days only tell when it was in use.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField("roepnaam", max_length=200)
    valid_from = models.DateField("in gebruik vanaf", null=True, blank=True)
    valid_until = models.DateField("in gebruik tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "roepnaam"
        verbose_name_plural = "roepnamen"
        ordering = ["organisation__key", "name"]
        constraints = [
            ordered("alias"),
            once("alias", "organisation", "name", message="Deze roepnaam heeft de organisatie al."),
            rule("alias", "name_given", ~Q(name=""), "Vul een roepnaam in."),
        ]
        indexes = [GinIndex(OpClass(Plain(F("name")), name="gin_trgm_ops"), name="alias_search")]

    def __str__(self) -> str:
        return self.name
