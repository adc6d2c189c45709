"""Reusable remarks: kept by who wrote them, shared with the others when they want to."""

from __future__ import annotations

from django.db import transaction

from actionplans.models import ReusableRemark
from mvi_portal.accounts.models import User
from mvi_portal.history import history


@transaction.atomic
def keep_remark(*, text: str, is_shared: bool, by: User) -> ReusableRemark:
    """The same words again are the same remark."""
    with history(by=by, action="remark.kept"):
        remark, is_new = ReusableRemark.objects.get_or_create(
            owner=by, text=text, defaults={"is_shared": is_shared}
        )
        if not is_new and remark.is_shared != is_shared:
            remark.is_shared = is_shared
            remark.save(update_fields=["is_shared"])
    return remark


@transaction.atomic
def change_remark(*, remark: ReusableRemark, text: str, is_shared: bool, by: User) -> None:
    with history(by=by, action="remark.changed"):
        remark.text, remark.is_shared = text, is_shared
        remark.full_clean()
        remark.save(update_fields=["text", "is_shared"])


@transaction.atomic
def remove_remark(*, remark: ReusableRemark, by: User) -> None:
    """What was written with it stays as it is."""
    with history(by=by, action="remark.removed"):
        remark.delete()
