"""Sentences that an evaluator writes again and again."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import once, rule
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked


class ReusableRemarkQuerySet(models.QuerySet["ReusableRemark"]):
    def usable_by(self, user: User) -> Self:
        """One's own, and what others share."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


@tracked()
class ReusableRemark(Fact):
    """A remark that is at hand at every criterion: of one evaluator, or for all of them."""

    owner = models.ForeignKey(
        User, verbose_name="van", on_delete=models.PROTECT, related_name="reusable_remarks"
    )
    text = models.CharField("opmerking", max_length=500)
    is_shared = models.BooleanField("voor alle beoordelaars", default=False)

    objects = ReusableRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "vaste opmerking"
        verbose_name_plural = "vaste opmerkingen"
        ordering = ["text", "pk"]
        constraints = [
            once("reusableremark", "owner", "text", message="Deze vaste opmerking hebt u al."),
            rule("reusableremark", "has_text", ~Q(text=""), "Vul een opmerking in."),
        ]

    def __str__(self) -> str:
        return self.text
