"""A round of evaluations: opened, filled with plans, dealt out, closed; and what it taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from actionplans.models import ActionPlan, Evaluation, EvaluationRound, EvaluationState, Rubric
from mvi_portal.accounts.models import User
from mvi_portal.core import prose
from mvi_portal.core.dates import PartialDate, long_date
from mvi_portal.history import history

_TAKEN = ("nieuw",)  # words that are addresses already
_LONGEST = 50


@transaction.atomic
def open_round(
    *, name: str, rubric: Rubric, starts_on: PartialDate | None, due_on: date | None, source: str, by: User
) -> EvaluationRound:
    """A round without plans; its address is made of its name."""
    _published(rubric)
    if EvaluationRound.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": "Er is al een ronde met deze naam. Kies een andere naam."})
    with history(by=by, action="round.opened"):
        made = EvaluationRound(
            slug=_free_slug(name), name=name, rubric=rubric, starts_on=starts_on, due_on=due_on, source=source
        )
        made.full_clean()
        made.save()
    return made


@transaction.atomic
def change_round(
    *,
    round_: EvaluationRound,
    name: str,
    rubric: Rubric,
    starts_on: PartialDate | None,
    due_on: date | None,
    source: str,
    by: User,
) -> None:
    """The facts of a round; another rubric only while nothing was chosen."""
    _published(rubric)
    stored = locked(round_)
    if rubric != stored.rubric and stored.evaluations.exists():
        raise ValidationError(
            {"rubric": "In deze ronde zijn al plannen gekozen; het beoordelingskader ligt daarmee vast."}
        )
    with history(by=by, action="round.changed"):
        stored.name, stored.rubric, stored.starts_on = name, rubric, starts_on
        stored.due_on, stored.source = due_on, source
        stored.full_clean()
        stored.save()


@dataclass(frozen=True)
class Chosen:
    """What came into the round, and the plans that could not, each with why."""

    evaluations: Sequence[Evaluation]
    left: Sequence[tuple[ActionPlan, str]]


@transaction.atomic
def choose(*, round_: EvaluationRound, plans: Iterable[ActionPlan], because: str, by: User) -> Chosen:
    """Take plans in, each in the version that is in force today. One that is in it already is left."""
    stored, today = still_open(round_), timezone.localdate()
    present = set(stored.evaluations.values_list("plan", flat=True))
    made, left = [], []
    with history(by=by, action="round.plans-chosen", why=because):
        for plan in plans:
            version = plan.version_on(today)
            if plan.pk in present:
                left.append((plan, "staat al in deze ronde"))
            elif version is None:
                left.append((plan, "er is nog geen versie van ontvangen"))
            else:
                made.append(_evaluation(stored, plan, version, because))
    return Chosen(made, left)


def _evaluation(round_: EvaluationRound, plan: ActionPlan, version: Any, because: str) -> Evaluation:
    return Evaluation.objects.create(
        plan=plan,
        version=version,
        round=round_,
        rubric=round_.rubric,
        chosen_because=because,
        due_on=round_.due_on,
        is_demo=round_.is_demo or plan.is_demo,
    )


@transaction.atomic
def drop(*, evaluation: Evaluation, by: User) -> None:
    """Take a plan out again, as long as nobody began to judge it."""
    if evaluation.round:
        still_open(evaluation.round)
    stored = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if stored.state != EvaluationState.CHOSEN or stored.scores.exists():
        raise ValidationError("De beoordeling van dit plan is al begonnen. Het kan niet meer uit de ronde.")
    with history(by=by, action="round.plan-dropped"):
        stored.delete()


@transaction.atomic
def deal_out(*, round_: EvaluationRound, evaluators: Sequence[User], by: User) -> Counter[User]:
    """Give each plan without an evaluator to the one who has the fewest; tells how many each got."""
    if not evaluators:
        raise ValidationError(
            "Er is geen actief account van een beoordelaar. Vraag de beheerder er een te maken."
        )
    stored = still_open(round_)
    waiting = stored.evaluations.select_for_update().filter(
        evaluator=None, submitted_on=None, published_on=None
    )
    load = Counter(stored.evaluations.values_list("evaluator", flat=True))
    given: Counter[User] = Counter()
    with history(by=by, action="round.dealt-out"):
        for evaluation in waiting.order_by("plan__slug", "number"):
            one = min(evaluators, key=lambda user: (load[user.pk], user.pk))
            load[one.pk] += 1
            given[one] += 1
            evaluation.evaluator = one
            evaluation.save(update_fields=["evaluator"])
    return given


@dataclass(frozen=True)
class Assignment:
    """Who evaluates a plan, and by when."""

    evaluator: User | None
    due_on: date | None


@transaction.atomic
def assign(*, round_: EvaluationRound, wanted: Mapping[int, Assignment], by: User) -> int:
    """By hand, by the key of the evaluation; tells how many changed. Who handed in stays who did it."""
    stored, changed = still_open(round_), 0
    rows = stored.evaluations.select_for_update(of=("self",)).select_related("plan").filter(pk__in=wanted)
    with history(by=by, action="round.assigned"):
        for evaluation in rows:
            one = wanted[evaluation.pk]
            if (evaluation.evaluator_id, evaluation.due_on) == (_key(one.evaluator), one.due_on):
                continue
            if evaluation.submitted_on or evaluation.published_on:
                raise ValidationError(f"De beoordeling van “{evaluation.plan}” is al ingediend.")
            evaluation.evaluator, evaluation.due_on = one.evaluator, one.due_on
            evaluation.save(update_fields=["evaluator", "due_on"])
            changed += 1
    return changed


def _key(user: User | None) -> int | None:
    return user.pk if user else None


@transaction.atomic
def close(*, round_: EvaluationRound, on: date, despite_unfinished: bool, by: User) -> None:
    """Nothing is added any more. With evaluations that are not published only when that is meant."""
    stored = still_open(round_)
    count = stored.evaluations.unfinished().count()
    if count and not despite_unfinished:
        told = "Er is nog 1 evaluatie" if count == 1 else f"Er zijn nog {count} evaluaties"
        raise ValidationError(f"{told} niet gepubliceerd. Kruis aan dat u de ronde toch wilt afsluiten.")
    with history(by=by, action="round.closed"):
        stored.closed_on = on
        stored.save(update_fields=["closed_on"])


@transaction.atomic
def reopen(*, round_: EvaluationRound, by: User, why: str) -> None:
    """The way back of closing."""
    stored = locked(round_)
    if stored.closed_on is not None:
        with history(by=by, action="round.reopened", why=why):
            stored.closed_on = None
            stored.save(update_fields=["closed_on"])


@transaction.atomic
def write_findings(*, round_: EvaluationRound, text: str, by: User) -> None:
    """What the round taught; also after it was closed. The same text again is no change."""
    stored = locked(round_)
    if stored.findings != prose.clean(text):
        with history(by=by, action="round.findings-written"):
            stored.findings = text
            stored.save(update_fields=["findings"])


def locked(round_: EvaluationRound) -> EvaluationRound:
    """The row as it is stored, and nobody else's until the transaction ends."""
    return EvaluationRound.objects.select_for_update(of=("self",)).select_related("rubric").get(pk=round_.pk)


def still_open(round_: EvaluationRound) -> EvaluationRound:
    """The row, locked. Raises ValidationError for a round that was closed."""
    stored = locked(round_)
    if stored.closed_on is not None:
        raise ValidationError(
            f"Deze ronde is afgesloten op {long_date(stored.closed_on)}. Open haar eerst weer."
        )
    return stored


def _published(rubric: Rubric) -> None:
    if rubric.published_on is None:
        raise ValidationError({"rubric": "Kies een gepubliceerd beoordelingskader."})


def _free_slug(name: str) -> str:
    """Made of the name; with a number when it is taken."""
    base = slugify(name)[:_LONGEST].strip("-") or "ronde"
    taken = {*_TAKEN, *EvaluationRound.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    options = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(option for option in options if option not in taken)
