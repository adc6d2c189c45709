"""The rubric of the demonstration, and the evaluation of May 2024 with invented scores.

That 27 plans were evaluated in May 2024 is public; criteria, scores and findings are not. The rubric is an
example of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from actionplans.models import (
    Criterion,
    CriterionKind,
    Evaluation,
    EvaluationRound,
    PlanVersion,
    Rubric,
    Score,
)
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo import second_look, under_way
from mvi_portal.demo.common import DEMO, INVENTED, NOTE, Fields
from mvi_portal.demo.plans import made_plans
from mvi_portal.demo.writer import Writer
from signatories.models import Manifest, Theme

EVALUATED = 27
MAY_2024 = PartialDate.month(2024, 5)
PUBLISHED_ON = date(2024, 5, 31)
_RUBRIC_ON = date(2024, 4, 15)

_FINDINGS = (
    "<p><strong>Voorbeeld.</strong> De echte bevindingen zijn niet openbaar; deze tekst en de scores zijn "
    "verzonnen.</p><h3>Wat opvalt</h3><p>Van de "
    '<mvi-figure data-key="actieplannen.ontvangen"></mvi-figure> ontvangen plannen zijn er in deze ronde '
    '<mvi-figure data-key="ronde.geevalueerd"></mvi-figure> geëvalueerd. De meeste plannen noemen concrete '
    "acties. Wie ze uitvoert en met welk geld, staat er minder vaak bij.</p><h3>Aanbevelingen</h3><ul>"
    "<li>Geef elke actie een eigenaar en een planning.</li>"
    "<li>Leg vast hoe het plan elk jaar wordt gevolgd.</li></ul>"
)
_ADVICE = (
    "Voorbeeldtekst. Uw plan heeft een helder begin. Geef elke actie een eigenaar en een datum, en leg vast "
    "hoe u elk jaar kijkt of het plan werkt."
)
_OPEN_ROUND: Fields = {
    "slug": "evaluatie-najaar-2026",
    "name": "Evaluatie najaar 2026",
    "starts_on": PartialDate.season(2026, "najaar"),
    "due_on": date(2026, 12, 18),
}
_OPEN: tuple[Fields, ...] = (  # how far each plan of the round that goes on is
    {},
    {},
    {"started_on": date(2026, 11, 2)},
    {"started_on": date(2026, 11, 3)},
    {"started_on": date(2026, 10, 12), "submitted_on": date(2026, 11, 9)},
    {
        "started_on": date(2026, 10, 5),
        "submitted_on": date(2026, 10, 30),
        "check_sent_on": date(2026, 11, 4),
        "check_until": date(2026, 12, 2),
    },
)

_PER_THEME = (
    ("actie", "De acties zijn concreet"),
    ("eigenaar", "Elke actie heeft een eigenaar"),
    ("budget", "Er is budget voor de acties"),
    ("capaciteit", "Er is capaciteit voor de acties"),
    ("planning", "De acties hebben een planning"),
)
_PER_PLAN = (
    ("vastgesteld", "Het plan is bestuurlijk vastgesteld"),
    ("borging", "Het plan is geborgd in de hele organisatie"),
    ("monitoring", "Het plan zegt hoe de uitvoering wordt gevolgd"),
    ("jaarverslag", "De organisatie doet elk jaar verslag"),
    ("communicatie", "Het plan zegt hoe erover wordt gecommuniceerd"),
)


def load(writer: Writer, manifest: Manifest, users: dict[str, User]) -> None:
    """Rubric, round, evaluations and scores; what is published already stays as it is."""
    rubric = _rubric(writer, list(manifest.themes.order_by("order")))
    (round_,) = writer.write(EvaluationRound, [_round(rubric)], key=["slug"]).values()
    pair = [users[f"pianoo-{number}@voorbeeld.example"] for number in (1, 2)]
    rows = _evaluations(rubric, round_, pair)
    evaluations = writer.write(Evaluation, rows, key=["plan", "round", "number"], update=False)
    waiting = [evaluation for evaluation in evaluations.values() if evaluation.published_on is None]
    criteria = list(rubric.criteria.order_by("order"))
    writer.write(Score, _scores(waiting, criteria), key=["evaluation", "criterion"], update=False)
    _publish(waiting, pair)
    second_look.load(writer, rubric, list(evaluations.values()), pair)
    _going_on(writer, rubric, criteria, pair)
    under_way.load(writer, rubric, pair)


def _rubric(writer: Writer, themes: list[Theme]) -> Rubric:
    """Published once its criteria are there: from then on it is frozen."""
    fields = {
        "slug": "voorbeeldkader",
        "version": 1,
        "name": "Voorbeeldkader voor actieplannen MVOI",
        "is_example": True,
        "is_demo": True,
        "source": "eigen uitwerking; niet het kader van PIANOo",
    }
    (rubric,) = writer.write(Rubric, [fields], key=["slug", "version"], update=False).values()
    if rubric.published_on is None:
        writer.write(Criterion, _criteria(rubric, themes), key=["rubric", "code"], update=False)
        rubric.published_on = _RUBRIC_ON
        rubric.save(update_fields=["published_on"])
    return rubric


def _criteria(rubric: Rubric, themes: list[Theme]) -> Iterator[Fields]:
    """Of each theme its step of ambition and five questions; then five questions about the whole plan."""
    yes_no = CriterionKind.YES_NO
    for theme in themes:
        first = theme.order * 10
        yield {
            **_criterion(rubric, f"{theme.slug}-ambitie", f"{theme.name}: ambitiestap", first),
            "theme": theme,
            "kind": CriterionKind.FIVE_STEP,
        }
        for place, (code, name) in enumerate(_PER_THEME, 1):
            row = _criterion(rubric, f"{theme.slug}-{code}", f"{theme.name}: {name.lower()}", first + place)
            yield {**row, "theme": theme, "kind": yes_no}
    for place, (code, name) in enumerate(_PER_PLAN):
        yield {**_criterion(rubric, code, name, 100 + place), "kind": yes_no}


def _criterion(rubric: Rubric, code: str, name: str, order: int) -> Fields:
    return {"rubric": rubric, "code": code, "name": name, "order": order}


def _round(rubric: Rubric) -> Fields:
    return {
        "slug": "evaluatie-mei-2024",
        "name": "Evaluatie mei 2024",
        "rubric": rubric,
        "starts_on": MAY_2024,
        "closed_on": PUBLISHED_ON,
        "findings": _FINDINGS,
        "is_demo": True,
        "source": f"{NOTE}: in mei 2024 zijn 27 actieplannen geëvalueerd; de rest is {INVENTED}",
    }


def _evaluations(rubric: Rubric, round_: EvaluationRound, pair: list[User]) -> Iterator[Fields]:
    """The plans that came in first, shared by the two evaluators."""
    slugs = [plan.slug for plan in islice(made_plans(), EVALUATED)]
    first = PlanVersion.objects.filter(plan__slug__in=slugs, number=1).select_related("plan")
    for place, version in enumerate(first.order_by("plan__slug")):
        yield {
            "plan": version.plan,
            "version": version,
            "round": round_,
            "rubric": rubric,
            "number": 1,
            "chosen_because": "Een van de eerste plannen die zijn ontvangen.",
            "evaluator": pair[place % 2],
            "started_on": date(2024, 5, 6),
            "submitted_on": date(2024, 5, 17),
            "evaluated_on": MAY_2024,
            "remark": _ADVICE,
            **DEMO,
        }


def _scores(evaluations: list[Evaluation], criteria: list[Criterion]) -> Iterator[Fields]:
    """In a pattern, so that every build of the demonstration has the same."""
    for place, evaluation in enumerate(evaluations):
        for criterion in criteria:
            mixed = place * 7 + criterion.order * 3
            five_step = criterion.kind == CriterionKind.FIVE_STEP
            value = mixed % 5 + 1 if five_step else int(mixed % 4 > 0)
            yield {"evaluation": evaluation, "criterion": criterion, "value": value}


def _publish(waiting: list[Evaluation], pair: list[User]) -> None:
    """By the one who did not evaluate it."""
    for evaluator, publisher in (pair, reversed(pair)):
        theirs = [evaluation.pk for evaluation in waiting if evaluation.evaluator_id == evaluator.pk]
        Evaluation.objects.filter(pk__in=theirs, published_on=None).update(
            published_on=PUBLISHED_ON, published_by=publisher
        )


def _going_on(writer: Writer, rubric: Rubric, criteria: list[Criterion], pair: list[User]) -> None:
    """A round that is not closed, to look at its board: the next plans, each somewhere on its way."""
    fields = {**_OPEN_ROUND, "rubric": rubric, **DEMO}
    (round_,) = writer.write(EvaluationRound, [fields], key=["slug"]).values()
    slugs = [plan.slug for plan in islice(made_plans(), EVALUATED, EVALUATED + len(_OPEN))]
    versions = PlanVersion.objects.filter(plan__slug__in=slugs, number=1).select_related("plan")
    rows = [
        _underway(rubric, round_, version, place, pair)
        for place, version in enumerate(versions.order_by("plan__slug"))
    ]
    made = writer.write(Evaluation, rows, key=["plan", "round", "number"], update=False)
    begun = [item for item in made.values() if item.started_on is not None]
    writer.write(Score, _scores(begun, criteria), key=["evaluation", "criterion"], update=False)


def _underway(
    rubric: Rubric, round_: EvaluationRound, version: PlanVersion, place: int, pair: list[User]
) -> Fields:
    return {
        "plan": version.plan,
        "version": version,
        "round": round_,
        "rubric": rubric,
        "number": 1,
        "chosen_because": "Nog niet eerder geëvalueerd.",
        "evaluator": pair[place % 2] if place else None,
        "due_on": _OPEN_ROUND["due_on"],
        "submitted_on": None,
        **_OPEN[place],
        **DEMO,
    }
