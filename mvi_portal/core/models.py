"""Abstract bases; the floor has no tables of its own."""

from django.db import models


class Fact(models.Model):
    """A row of the register: where it comes from, and whether it is made up for the demonstration."""

    source = models.CharField("bron", max_length=300, blank=True)
    is_demo = models.BooleanField("demonstratiegegeven", default=False)

    class Meta:
        abstract = True
