"""Line C."""

from __future__ import annotations

from tests.access.rows import ALL, READERS, Access
from tests.factories.actionplans import (
    ActionPlanFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
)


def evaluation() -> str:
    made = EvaluationFactory.published()
    return f"/evaluaties/{made.plan.slug}/zonder-ronde/{made.number}/"


ROWS = [
    Access("actionplans:plan-list", get=ALL),
    Access("actionplans:plan-export", get=ALL),
    Access(
        "actionplans:plan-detail", get=READERS, address=lambda: f"/actieplannen/{ActionPlanFactory().slug}/"
    ),
    Access("actionplans:evaluation-list", get=ALL),
    Access("actionplans:evaluation-export", get=ALL),
    Access("actionplans:evaluation-detail", get=READERS, address=evaluation),
    Access(
        "actionplans:round-detail",
        get=ALL,
        address=lambda: f"/evaluaties/rondes/{EvaluationRoundFactory().slug}/",
    ),
]
