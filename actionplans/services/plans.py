"""Recording a plan, for whom it stands, and its ambitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from actionplans.models import ActionPlan, Ambition, PlanCoverage
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Signature, Theme

LAST = "Een actieplan geldt voor minstens één handtekening. Voeg eerst een andere toe."
COVERED = "Dit actieplan geldt al voor deze handtekening."


@transaction.atomic
def record_plan(
    *, signatures: Iterable[Signature], title: str, by: User, **facts: Any
) -> tuple[ActionPlan, bool]:
    """A plan for these signatures, and whether it is new.

    One with the same title for the same signatures is the same plan: so who presses twice, or a colleague
    who was first, makes no second.
    """
    whole = _locked(signatures)
    same = _same(whole, title)
    if same is not None:
        return same, False
    plan = ActionPlan(title=title, slug=_free_slug(title), **facts)
    plan.is_demo = all(signature.is_demo for signature in whole)
    with history(by=by, action="plan.recorded"):
        plan.full_clean()
        plan.save()
        PlanCoverage.objects.bulk_create(PlanCoverage(plan=plan, signature=one) for one in whole)
    return plan, True


@transaction.atomic
def correct_plan(*, plan: ActionPlan, by: User, why: str = "", **facts: Any) -> None:
    for name, value in facts.items():
        setattr(plan, name, value)
    with history(by=by, action="plan.corrected", why=why):
        plan.full_clean()
        plan.save()


@transaction.atomic
def cover(*, plan: ActionPlan, signatures: Iterable[Signature], by: User) -> int:
    """The plan stands for these too; returns for how many it did not yet."""
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    known = set(plan.coverages.values_list("signature", flat=True))
    missing = [signature for signature in signatures if signature.pk not in known]
    with history(by=by, action="plan.covered"):
        PlanCoverage.objects.bulk_create(PlanCoverage(plan=plan, signature=one) for one in missing)
    return len(missing)


@transaction.atomic
def uncover(*, plan: ActionPlan, signature: Signature, by: User) -> bool:
    """The plan does not stand for it; False when it did not. The last one stays."""
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    found = plan.coverages.filter(signature=signature)
    if not found.exists():
        return False
    if plan.coverages.count() == 1:
        raise ValidationError(LAST, code="last")
    with history(by=by, action="plan.uncovered"):
        found.delete()
    return True


@transaction.atomic
def set_ambitions(*, plan: ActionPlan, steps: Mapping[Theme, int | None], by: User) -> None:
    """The step for each theme; None says that none was set."""
    known = {row.theme_id: row for row in plan.ambitions.all()}
    with history(by=by, action="plan.ambitions"):
        for theme, step in steps.items():
            row = known.get(theme.pk) or Ambition(plan=plan, theme=theme)
            if row.pk is None or row.step != step:
                row.step = step
                row.full_clean()
                row.save()


def _locked(signatures: Iterable[Signature]) -> list[Signature]:
    """Who presses twice waits here, and finds the plan of the first."""
    keys = {signature.pk for signature in signatures}
    if not keys:
        raise ValidationError("Een actieplan geldt voor minstens één handtekening.")
    return list(Signature.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _same(signatures: list[Signature], title: str) -> ActionPlan | None:
    keys = {signature.pk for signature in signatures}
    named = ActionPlan.objects.filter(title=title, coverages__signature=signatures[0])
    for plan in named.prefetch_related("coverages"):
        if {coverage.signature_id for coverage in plan.coverages.all()} == keys:
            return plan
    return None


def _free_slug(title: str) -> str:
    """Begins with "actieplan", so that it is never a word that the addresses use."""
    words = slugify(title)
    wanted = (words if words.startswith("actieplan") else f"actieplan-{words}")[:70].strip("-")
    taken = set(ActionPlan.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
