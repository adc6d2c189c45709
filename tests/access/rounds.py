"""Rounds of evaluations, and what is printed of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.files.base import ContentFile

from mvi_portal.accounts.models import Role
from mvi_portal.jobs.models import Job, State
from tests.access.rows import ALL, Access
from tests.factories.actionplans import CheckDraftFactory, EvaluationFactory, EvaluationRoundFactory

EVALUATORS = {Role.EVALUATOR}
WORKERS = {Role.EVALUATOR, Role.SECRETARIAT}


def in_round(room: str) -> Callable[[], str]:
    return lambda: f"/evaluaties/rondes/{EvaluationRoundFactory().slug}/{room}"


def closed() -> str:
    made = EvaluationRoundFactory(closed_on=date(2024, 6, 1))
    return f"/evaluaties/rondes/{made.slug}/openen/"


def chosen() -> str:
    made = EvaluationRoundFactory()
    plan = EvaluationFactory(round=made, rubric=made.rubric).plan
    return f"/evaluaties/rondes/{made.slug}/plannen/{plan.slug}/weghalen/"


def made(room: str) -> Callable[[], str]:
    return lambda: f"/evaluaties/gemaakt/{finished_job().pk}/{room}"


def finished_job() -> Job:
    payload: dict[str, object] = {"round": "", "title": "Antwoord", "form": "pdf", "evaluations": []}
    job = Job.objects.create(kind="evaluation.replies", state=State.DONE, payload=payload)
    job.result.save("brief.pdf", ContentFile(b"%PDF-"))
    return job


def writes(name: str, address: Callable[[], str] | None) -> Access:
    """To look and to write, for who evaluates."""
    return Access(f"actionplans:{name}", get=EVALUATORS, post=EVALUATORS, address=address)


def pressed(name: str, address: Callable[[], str]) -> Access:
    return Access(f"actionplans:{name}", get=None, post=EVALUATORS, address=address)


def worked(name: str, address: Callable[[], str]) -> Access:
    """To look, for who may see the scores of every organisation."""
    return Access(f"actionplans:{name}", get=WORKERS, address=address)


def published() -> str:
    made = EvaluationFactory.published()
    return f"/evaluaties/{made.plan.slug}/zonder-ronde/{made.number}/antwoord/"


def checkable() -> str:
    made = EvaluationFactory(
        started_on=date(2024, 5, 1), submitted_on=date(2024, 5, 15), evaluated_on=date(2024, 5, 15)
    )
    return f"/evaluaties/{made.plan.slug}/zonder-ronde/{made.number}/feitencheck/concept/"


def drafted() -> str:
    row = CheckDraftFactory()
    place = f"/evaluaties/{row.evaluation.plan.slug}/zonder-ronde/{row.evaluation.number}"
    return f"{place}/feitencheck/concept/{row.pk}/"


ROWS = [
    pressed("evaluation-reply", published),
    pressed("evaluation-concept", checkable),
    worked("check-draft", drafted),
    Access("actionplans:round-list", get=ALL),
    Access("actionplans:round-export", get=ALL),
    Access("actionplans:round-plans-export", get=EVALUATORS, address=in_round("plannen/export.csv")),
    Access("actionplans:round-detail", get=ALL, address=in_round("")),
    Access("actionplans:round-results", get=ALL, address=in_round("resultaten/")),
    worked("round-results-export", in_round("resultaten/verdeling.csv")),  # others once it is closed
    worked("round-compare-export", in_round("naast-elkaar/export.csv")),
    Access("actionplans:round-template", get=EVALUATORS, address=in_round("sjabloon/")),
    writes("round-new", None),
    writes("round-edit", in_round("bewerken/")),
    writes("round-plans", in_round("plannen/")),
    writes("round-assign", in_round("verdeling/")),
    writes("evaluation-drop", chosen),
    writes("round-findings", in_round("bevindingen/")),
    writes("round-close", in_round("afsluiten/")),
    writes("round-reopen", closed),
    pressed("round-deal", in_round("verdelen/")),
    pressed("round-report", in_round("verslag/")),
    pressed("round-replies", in_round("brieven/")),
    pressed("printed-cancel", made("afbreken/")),
    worked("round-board", in_round("bord/")),
    worked("round-board-export", in_round("bord/export.csv")),
    worked("round-compare", in_round("naast-elkaar/")),
    worked("round-files", in_round("stukken/")),
    worked("printed-detail", made("")),
    worked("printed-progress", made("voortgang/")),
    worked("printed-file", made("bestand/")),
]
