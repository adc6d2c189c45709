"""Evaluations of the demonstration that are not finished: one being filled in, one with the signatory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

from django.core.files.base import ContentFile

from actionplans.models import (
    CheckDraft,
    Criterion,
    CriterionKind,
    Evaluation,
    PlanVersion,
    ReusableRemark,
    Rubric,
    Score,
)
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import DEMO, Fields
from mvi_portal.demo.documents import plan
from mvi_portal.demo.files import stored
from mvi_portal.demo.plans import made_plans
from mvi_portal.demo.writer import Writer

FIRST = 34  # of the invented plans: after those that are in a round
ANSWERED = 12  # criteria of the one that is being filled in
_REMARKS = (
    ("Het plan noemt geen bedragen.", True),
    ("Het plan noemt wel acties, maar niet wie ze uitvoert.", True),
    ("Goed voorbeeld voor andere organisaties.", False),
)
_DRAFT = (
    "Dit concept is verzonnen voor de demonstratie.",
    "",
    "Wilt u nagaan of de feiten kloppen, voordat wij de uitkomst vaststellen?",
)
_LINES = (
    "Dit plan is verzonnen voor de demonstratie.",
    "",
    "1. Elke inkoop boven de drempel begint met een gesprek over doelen.",
    "2. In 2025 vragen wij bij alle nieuwe contracten naar de CO2-uitstoot.",
    "3. De directie bespreekt elk half jaar de voortgang.",
)


def load(writer: Writer, rubric: Rubric, evaluators: list[User]) -> None:
    """Outside a round. What somebody went on with stays as it is."""
    mine, second = evaluators
    draft, checked = (_version(slug) for slug in _slugs())
    rows = [_draft(draft, rubric, mine), _checked(checked, rubric, second)]
    found = writer.write(Evaluation, rows, key=["plan", "round", "number"], update=False)
    criteria = list(rubric.criteria.order_by("order"))
    of = {evaluation.plan_id: evaluation for evaluation in found.values()}
    _score(writer, of[draft.plan_id], criteria[:ANSWERED])
    _score(writer, of[checked.plan_id], criteria)
    writer.write(CheckDraft, [_sent(of[checked.plan_id], second)], key=["evaluation", "number"], update=False)
    remarks = [{"owner": mine, "text": text, "is_shared": shared, **DEMO} for text, shared in _REMARKS]
    writer.write(ReusableRemark, remarks, key=["owner", "text"], update=False)
    _attach(draft)


def _slugs() -> Iterator[str]:
    return (made.slug for made in islice(made_plans(), FIRST, FIRST + 2))


def _version(slug: str) -> PlanVersion:
    return PlanVersion.objects.select_related("plan").get(plan__slug=slug, number=1)


def _base(version: PlanVersion, rubric: Rubric, evaluator: User) -> Fields:
    shared = {"plan": version.plan, "version": version, "round": None, "rubric": rubric, "number": 1}
    return {**shared, "evaluator": evaluator, **DEMO}


def _draft(version: PlanVersion, rubric: Rubric, evaluator: User) -> Fields:
    dates = {"started_on": date(2025, 1, 13), "due_on": date(2025, 2, 14)}
    return {**_base(version, rubric, evaluator), **dates}


def _checked(version: PlanVersion, rubric: Rubric, evaluator: User) -> Fields:
    return {
        **_base(version, rubric, evaluator),
        "started_on": date(2025, 1, 13),
        "submitted_on": date(2025, 1, 20),
        "evaluated_on": PartialDate.month(2025, 1),
        "check_sent_on": date(2025, 1, 23),
        "check_until": date(2025, 2, 13),
    }


def _sent(evaluation: Evaluation, by: User) -> Fields:
    """The draft that went to the signatory; a stand-in, as the letter itself is made by a worker."""
    content = plan("Concept voor feitencheck", [_DRAFT])
    return {
        "evaluation": evaluation,
        "number": 1,
        **stored(f"concept-feitencheck-{evaluation.plan.slug}.pdf", content, pages=1),
        "uploaded_at": datetime(2025, 1, 22, 9, tzinfo=UTC),
        "uploaded_by": by,
        "sent_on": evaluation.check_sent_on,
        **DEMO,
    }


def _score(writer: Writer, evaluation: Evaluation, criteria: list[Criterion]) -> None:
    """Only of what nobody else wrote in since."""
    if evaluation.published_on is None and not evaluation.scores.exists():
        writer.write(Score, _scores(evaluation, criteria), key=["evaluation", "criterion"], update=False)


def _scores(evaluation: Evaluation, criteria: list[Criterion]) -> Iterator[Fields]:
    for criterion in criteria:
        is_step = criterion.kind == CriterionKind.FIVE_STEP
        value = criterion.order % 5 + 1 if is_step else int(criterion.order % 3 > 0)
        remark = "" if value else "Het plan zegt er niets over."
        yield {"evaluation": evaluation, "criterion": criterion, "value": value, "remark": remark}


def _attach(version: PlanVersion) -> None:
    """The plan itself, to read beside the questions."""
    if version.file:
        return
    content = plan(version.plan.title, [_LINES, _LINES, _LINES])
    version.filename, version.pages, version.searchable = "actieplan.pdf", 3, True
    version.sha256 = hashlib.sha256(content).hexdigest()
    version.uploaded_at = datetime(2025, 1, 6, 9, tzinfo=UTC)
    version.file.save("actieplan.pdf", ContentFile(content), save=False)
    version.save()
