"""The columns of evaluations: who and when, and for each criterion of the rubric its score and a remark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from actionplans.models import Criterion, CriterionKind, Evaluation, EvaluationRound, Rubric
from actionplans.models.scores import LAST_PAGE
from mvi_portal.core.workbooks import Column, Form, Kind, template
from mvi_portal.core.workbooks.importing import LEFT_ALONE

SHEET = "Evaluaties"
ADVICE = (
    LEFT_ALONE,
    "Eén rij is één actieplan in één ronde. Wat is ingediend of gepubliceerd, verandert niet meer.",
    "Hoort er een document bij? Zet de bestandsnaam in de kolom “document”, en stuur één zip mee met alles.",
)
_STEPS = [(step, str(step)) for step in range(1, 6)]
_FIRST = (
    Column("actieplan", "De sleutel van het actieplan, zoals in het adres.", name="plan", required=True),
    Column("titel", "De titel van het actieplan.", derived=True),
    Column("ronde", "De sleutel van de evaluatieronde.", name="round", required=True, longest=60),
    Column("beoordelaar", "Het e-mailadres van de beoordelaar. Leeg: wie het al is, of u.", name="evaluator"),
    Column("geëvalueerd op", "Zo precies als bekend.", Kind.PARTIAL_DATE, name="evaluated_on"),
    Column(
        "ingediend op",
        "Leeg: de evaluatie blijft een concept. Ingevuld: elk criterium heeft een score of een opmerking.",
        Kind.DAY,
        name="submitted_on",
    ),
    Column("opmerking", "Het algemene oordeel en het advies.", name="remark", longest=10_000),
    Column("document", "De naam van een bestand in de zip die u meestuurt.", name="document", longest=200),
)


def columns(rubric: Rubric) -> tuple[Column, ...]:
    """Of the rubric: per criterion its score, and what it rests on."""
    criteria = list(rubric.criteria.order_by("order", "code"))
    names = Counter(criterion.name for criterion in criteria)
    return (*_FIRST, *(column for item in criteria for column in _of(item, alone=names[item.name] == 1)))


def any_columns() -> tuple[Column, ...]:
    """Those of the newest rubric that can be scored with."""
    rubric = newest()
    return columns(rubric) if rubric else _FIRST


def newest() -> Rubric | None:
    """That of the newest open round, else the last that was published."""
    waiting = EvaluationRound.objects.open().select_related("rubric").order_by("-pk").first()
    if waiting is not None:
        return waiting.rubric
    return Rubric.objects.published().order_by("published_on", "version").last()


def _of(criterion: Criterion, *, alone: bool) -> Iterator[Column]:
    heading = criterion.name if alone else f"{criterion.name} ({criterion.code})"
    if criterion.kind != CriterionKind.TEXT:
        yield _score(criterion, heading)
    yield Column(
        f"opmerking: {heading}",
        "Bij de score, of in plaats daarvan.",
        name=f"remark:{criterion.code}",
        longest=5_000,
    )
    yield Column(
        f"bladzijde: {heading}",
        "Op welke bladzijde van het plan het staat.",
        Kind.WHOLE,
        name=f"page:{criterion.code}",
        lowest=1,
        highest=LAST_PAGE,
    )
    yield Column(f"citaat: {heading}", "Wat daar staat.", name=f"quote:{criterion.code}", longest=5_000)


def _score(criterion: Criterion, heading: str) -> Column:
    name, help_text = f"score:{criterion.code}", criterion.help or "De score."
    if criterion.kind == CriterionKind.YES_NO:
        return Column(heading, help_text, Kind.YES_NO, name=name)
    if criterion.kind == CriterionKind.FIVE_STEP:
        return Column(heading, help_text, Kind.CHOICE, name=name, choices=_STEPS)
    return Column(heading, help_text, Kind.WHOLE, name=name, lowest=0, highest=criterion.max_points)


def empty(form: Form) -> bytes:
    """The template, without rows."""
    return template(SHEET, any_columns(), form, told=ADVICE)


def filled_in(round_: EvaluationRound, evaluations: Sequence[Evaluation], form: Form) -> bytes:
    """The template of a round, with a row for each of its plans and what is known already."""
    made = columns(round_.rubric)
    rows = [_row(round_, item, made) for item in evaluations]
    return template(SHEET, made, form, told=ADVICE, rows=rows)


def _row(round_: EvaluationRound, item: Evaluation, made: Sequence[Column]) -> list[object]:
    known: dict[str, object] = {
        "plan": item.plan.slug,
        "titel": item.plan.title,
        "round": round_.slug,
        "evaluator": item.evaluator.email if item.evaluator else None,
        "evaluated_on": item.evaluated_on,
        "remark": item.remark,
    }
    for score in item.scores.all():
        code, kind = score.criterion.code, score.criterion.kind
        is_yes_no = kind == CriterionKind.YES_NO and score.value is not None
        known[f"score:{code}"] = bool(score.value) if is_yes_no else score.value
        known |= {f"remark:{code}": score.remark, f"page:{code}": score.page, f"quote:{code}": score.quote}
    return [known.get(column.key) for column in made]
