"""Line C."""

from __future__ import annotations

from collections.abc import Callable

from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, READERS, Access
from tests.factories.actionplans import (
    ActionPlanFactory,
    CriterionFactory,
    EvaluationFactory,
    RubricFactory,
)

EVALUATORS = {Role.EVALUATOR}


def evaluation() -> str:
    made = EvaluationFactory.published()
    return f"/evaluaties/{made.plan.slug}/zonder-ronde/{made.number}/"


def rubric(verb: str = "") -> Callable[[], str]:
    """One that is being built: for who builds, and the secretariat, to see."""
    return lambda: f"/beoordelingskaders/{RubricFactory().slug}/1/{verb}"


def published_rubric() -> str:
    return f"/beoordelingskaders/{RubricFactory.published().slug}/1/"


def criterion(verb: str = "") -> Callable[[], str]:
    def address() -> str:
        made = CriterionFactory()
        return f"/beoordelingskaders/{made.rubric.slug}/1/criteria/{made.code}/{verb}"

    return address


def builds(name: str, address: Callable[[], str] | None) -> Access:
    """To look and to write, for who evaluates."""
    return Access(f"actionplans:{name}", get=EVALUATORS, post=EVALUATORS, address=address)


def pressed(name: str, address: Callable[[], str]) -> Access:
    return Access(f"actionplans:{name}", get=None, post=EVALUATORS, address=address)


ROWS = [
    Access("actionplans:rubric-list", get=ALL),
    Access("actionplans:rubric-detail", get=ALL, address=published_rubric),
    builds("rubric-new", None),
    builds("rubric-edit", rubric("bewerken/")),
    pressed("rubric-publish", rubric("publiceren/")),
    pressed("rubric-version", rubric("nieuwe-versie/")),
    pressed("rubric-remove", rubric("weghalen/")),
    builds("criterion-new", rubric("nieuw-criterium/")),
    builds("criterion-edit", criterion()),
    pressed("criterion-move", criterion("verplaatsen/")),
    pressed("criterion-remove", criterion("weghalen/")),
    Access("actionplans:plan-list", get=ALL),
    Access("actionplans:plan-export", get=ALL),
    Access(
        "actionplans:plan-detail", get=READERS, address=lambda: f"/actieplannen/{ActionPlanFactory().slug}/"
    ),
    Access("actionplans:evaluation-list", get=ALL),
    Access("actionplans:evaluation-export", get=ALL),
    Access("actionplans:evaluation-detail", get=READERS, address=evaluation),
]
