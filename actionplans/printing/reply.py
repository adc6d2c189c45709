"""The reply to a signatory as HTML: what was judged, the scores, the remarks and the advice.

Before the publication it goes out as a draft, for the factual check: the same, with a mark on each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from actionplans.models import CriterionKind, Evaluation
from actionplans.scoring import told
from actionplans.tables import names_of_plans
from mvi_portal.core.dates import long_date
from mvi_portal.core.printing import house, tables
from mvi_portal.core.printing.frozen import FrozenTable

NOT_PUBLISHED = "De evaluatie is nog niet gepubliceerd. Een antwoord kan pas daarna."
NOT_SUBMITTED = "De evaluatie is nog niet ingediend. Een concept voor de feitencheck kan pas daarna."
PUBLISHED = "De evaluatie is al gepubliceerd. Een concept voor de feitencheck hoort daarvóór."
DRAFT = "Concept voor feitencheck"
NO_ADVICE = "De beoordelaar gaf geen algemeen advies."


class ReplyError(Exception):
    """There can be no reply; the message is Dutch."""


@dataclass(frozen=True)
class Remark:
    """What was noted at a criterion, and where in the plan it rests on."""

    name: str
    told: str
    where: str
    text: str
    quote: str


@dataclass(frozen=True)
class Reply:
    """All that the template prints."""

    opening: Sequence[str]
    steps: SafeString
    advice: Sequence[str]
    remarked: Sequence[Remark]
    closing: Sequence[str]
    scores: SafeString


def for_printing(keys: Sequence[int]) -> list[Any]:
    """The evaluations with all that their letters tell, by title: a fixed number of queries."""
    rows = Evaluation.objects.filter(pk__in=keys).select_related("plan", "round", "rubric", "version")
    rows = rows.prefetch_related("scores__criterion__theme", "rubric__criteria__theme")
    return list(rows.order_by("plan__title", "plan__slug", "number"))


def addressees(evaluations: Sequence[Any], *, on: date) -> dict[int, list[str]]:
    """By the key of the plan, the organisations that are written to, by their names of the day."""
    return names_of_plans([item.plan for item in evaluations], on)


def to_html(
    evaluation: Any, names: Sequence[str], *, on: date, plain: bool = False, draft: bool = False
) -> str:
    """The letter of the day. Raises ReplyError for what is not published, or no draft any more."""
    if refusal := _why_no_draft(evaluation) if draft else _why_no_reply(evaluation, on):
        raise ReplyError(refusal)
    context = {"head": _head(evaluation, names, on, draft), "reply": _reply(evaluation, draft)}
    if plain:
        return render_to_string(
            "actionplans/print/plain.html", {**context, "body": "actionplans/print/reply_text.html"}
        )
    return render_to_string("actionplans/print/reply.html", {**context, "dated": on})


def _why_no_reply(evaluation: Any, on: date) -> str:
    is_published = evaluation.published_on is not None and evaluation.published_on <= on
    return "" if is_published else NOT_PUBLISHED


def _why_no_draft(evaluation: Any) -> str:
    if evaluation.published_on is not None:
        return PUBLISHED
    return NOT_SUBMITTED if evaluation.submitted_on is None else ""


def _head(evaluation: Any, names: Sequence[str], on: date, draft: bool) -> house.Head:
    about = f"de evaluatie van uw actieplan “{evaluation.plan.title}”"
    notices = tuple(_notices(evaluation, draft))
    return house.Head(
        sender=settings.EVALUATION_SENDER,
        title=f"{DRAFT} van {about}" if draft else f"Uitkomst van {about}",
        dated=on,
        addressee=tuple(names) or (evaluation.plan.title,),
        aside=(("Bijlage", "1"),),
        marks=tuple(mark for mark, _told in notices),
        notices=tuple(f"{mark}: {told}" for mark, told in notices),
        logo=house.logo(),
    )


def _notices(evaluation: Any, draft: bool) -> Iterator[tuple[str, str]]:
    """What each page says in its margin, and what the first page says of it."""
    if draft:
        yield DRAFT, "dit is nog niet de uitkomst. Die volgt na uw reactie."
    if evaluation.is_demo:
        yield house.DEMO, "deze evaluatie is verzonnen en de brief wordt niet verzonden."


def _reply(evaluation: Any, draft: bool) -> Reply:
    scores = {score.criterion_id: score for score in evaluation.scores.all()}
    criteria = sorted(evaluation.rubric.criteria.all(), key=lambda item: (item.order, item.code))
    return Reply(
        opening=list(_draft_opening(evaluation) if draft else _opening(evaluation)),
        steps=_steps(criteria, scores),
        advice=[line for line in evaluation.remark.splitlines() if line.strip()] or [NO_ADVICE],
        remarked=[_remark(item, scores[item.pk]) for item in criteria if _has_remark(scores.get(item.pk))],
        closing=list(_draft_closing(evaluation) if draft else _closing(evaluation)),
        scores=tables.of_rows([_table(criteria, scores)]),
    )


def _opening(evaluation: Any) -> Iterator[str]:
    yield _thanks(evaluation)
    yield (
        f"De evaluatie is gedaan{_within(evaluation)} ({evaluation.evaluated_on}), met het kader "
        f"“{evaluation.rubric}”. In deze brief leest u de uitkomst en ons advies. In de bijlage staan alle "
        "scores."
    )
    yield from _told_of(evaluation)


def _draft_opening(evaluation: Any) -> Iterator[str]:
    yield _thanks(evaluation)
    yield (
        f"De beoordeling is gedaan{_within(evaluation)}, met het kader “{evaluation.rubric}”. Dit is het "
        "concept van de uitkomst. Wilt u nagaan of de feiten kloppen, voordat wij de uitkomst vaststellen? "
        "In de bijlage staan alle scores."
    )
    yield from _told_of(evaluation)


def _thanks(evaluation: Any) -> str:
    return (
        f"U stuurde ons uw actieplan “{evaluation.plan.title}”. Wij ontvingen versie "
        f"{evaluation.version.number} ({evaluation.version.received_on}) en hebben die beoordeeld. Dank "
        "daarvoor: met uw plan maakt u werk van de afspraken in het Manifest."
    )


def _within(evaluation: Any) -> str:
    return f" in de ronde “{evaluation.round.name}”" if evaluation.round else ""


def _told_of(evaluation: Any) -> Iterator[str]:
    """What a reader must know of the rubric and of an earlier outcome."""
    if evaluation.rubric.is_example:
        yield "Het beoordelingskader is een voorbeeld van het MVI-portaal, niet het kader van PIANOo."
    if evaluation.correction_reason:
        yield f"Deze uitkomst komt in de plaats van een eerdere. De reden: {evaluation.correction_reason}"


def _closing(evaluation: Any) -> Iterator[str]:
    yield (
        "Wij vragen u om elk jaar te kijken hoe het met uw plan gaat, daarover verslag te doen aan uw "
        "bestuur en het plan zo nodig aan te passen. Stuurt u ons dan de nieuwe versie?"
    )
    if evaluation.reacted_on:
        yield f"Uw reactie van {long_date(evaluation.reacted_on)} op de feitencheck hebben wij meegewogen."
    yield f"Heeft u vragen, of wilt u hulp bij de volgende stap? {_reached()}"


def _draft_closing(evaluation: Any) -> Iterator[str]:
    until = evaluation.check_until
    term = f"uiterlijk op {long_date(until)}" if until else "binnen de termijn die in onze mail staat"
    yield (
        f"Klopt er iets niet, of mist er iets? Laat het ons weten {term}. Klopt alles, dan horen wij dat ook "
        "graag."
    )
    yield (
        "Wij wegen uw reactie mee en passen de beoordeling zo nodig aan. Daarna stelt een tweede persoon de "
        "uitkomst vast en ontvangt u die van ons in een brief."
    )
    yield f"Heeft u vragen over dit concept? {_reached()}"


def _reached() -> str:
    via = f" via {settings.EVALUATION_CONTACT}" if settings.EVALUATION_CONTACT else ""
    return f"Neem dan gerust contact met ons op{via}."


def _steps(criteria: Sequence[Any], scores: dict[int, Any]) -> SafeString:
    """The step of each theme that the rubric asks one for."""
    asked = [item for item in criteria if item.kind == CriterionKind.FIVE_STEP and item.theme]
    if not asked:
        return SafeString()
    rows = tuple((item.theme.name, told(item, scores.get(item.pk))) for item in asked)
    return tables.of_rows([FrozenTable("Stap per thema", ("Thema", "Stap"), rows)])


def _has_remark(score: Any) -> bool:
    return bool(score and (score.remark or score.quote))


def _remark(criterion: Any, score: Any) -> Remark:
    where = f"bladzijde {score.page}" if score.page else ""
    return Remark(criterion.name, told(criterion, score), where, score.remark, score.quote)


def _table(criteria: Sequence[Any], scores: dict[int, Any]) -> FrozenTable:
    rows = tuple(
        (item.name, told(item, scores.get(item.pk))) for item in criteria if item.kind != CriterionKind.TEXT
    )
    return FrozenTable("Score per criterium", ("Criterium", "Score"), rows)
