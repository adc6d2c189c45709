"""Line C."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from actionplans import drawn
from actionplans.models import ReusableRemark
from mvi_portal.accounts.models import Role, User
from tests.access.rows import ALL, READERS, Access
from tests.factories.actionplans import (
    ActionPlanFactory,
    CriterionFactory,
    EvaluationFactory,
    PlanVersionFactory,
    RubricFactory,
)

EVALUATORS = {Role.EVALUATOR}
SCORERS = {Role.EVALUATOR, Role.SECRETARIAT}


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


def judged(verb: str) -> Callable[[], str]:
    """Below an evaluation that was published, so that everybody may read it."""

    def address() -> str:
        made = EvaluationFactory.published()
        return f"/evaluaties/{made.plan.slug}/zonder-ronde/{made.number}/{verb}"

    return address


def document() -> str:
    file = default_storage.save("actionplans/evaluatie.pdf", ContentFile(b"%PDF-"))
    stored = {"file": file, "filename": "evaluatie.pdf", "sha256": "a" * 64}
    made = EvaluationFactory.published(**stored, uploaded_at=datetime(2024, 6, 1, tzinfo=UTC))
    return f"/evaluaties/{made.plan.slug}/zonder-ronde/{made.number}/bestand/"


def plan_page() -> str:
    file = default_storage.save("actionplans/plan.pdf", ContentFile(b"%PDF-"))
    stored = {"file": file, "sha256": "a" * 64, "pages": 1, "uploaded_at": datetime(2024, 1, 1, tzinfo=UTC)}
    version = PlanVersionFactory(**stored)
    default_storage.save(drawn.picture(version, 1), ContentFile(b"PNG"))
    return f"/actieplannen/{version.plan.slug}/versies/{version.number}/bladzijden/1.png"


def remark(verb: str = "") -> str:
    """Of somebody else than who tries."""
    owner, _ = User.objects.get_or_create(email="ander@voorbeeld.example", defaults={"name": "Ander"})
    made = ReusableRemark.objects.create(owner=owner, text=str(uuid4()))
    return f"/evaluaties/vaste-opmerkingen/{made.pk}/{verb}"


def builds(name: str, address: Callable[[], str] | None) -> Access:
    """To look and to write, for who evaluates."""
    return Access(f"actionplans:{name}", get=EVALUATORS, post=EVALUATORS, address=address)


def pressed(name: str, address: Callable[[], str]) -> Access:
    return Access(f"actionplans:{name}", get=None, post=EVALUATORS, address=address)


ROWS = [
    Access("actionplans:rubric-list", get=ALL),
    Access("actionplans:rubric-export", get=ALL),
    Access("actionplans:rubric-detail", get=ALL, address=published_rubric),
    builds("rubric-new", None),
    builds("evaluation-new", lambda: f"/actieplannen/{PlanVersionFactory().plan.slug}/evalueren/"),
    builds("evaluation-edit", judged("beoordelen/")),
    pressed("evaluation-draft", judged("beoordelen/concept/")),
    builds("evaluation-pages", judged("beoordelen/bladzijden/")),
    builds("evaluation-take-back", judged("terugnemen/")),
    builds("evaluation-check", judged("feitencheck/")),
    builds("evaluation-reaction", judged("reactie/")),
    builds("evaluation-document", judged("document/")),
    Access("actionplans:evaluation-file", get=SCORERS, address=document),
    builds("evaluation-publish", judged("publiceren/")),
    builds("evaluation-correct", judged("corrigeren/")),
    builds("remark-list", None),
    Access("actionplans:remark-edit", post=frozenset(), address=remark),
    Access("actionplans:remark-remove", get=None, post=frozenset(), address=lambda: remark("weghalen/")),
    Access("actionplans:plan-page", get=READERS, address=plan_page),
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
