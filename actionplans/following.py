"""How far one evaluation is, and what somebody who evaluates can do with it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from actionplans.models import Evaluation
from actionplans.services import drafts, judging, publishing
from actionplans.tables import evaluation_href
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.templatetags.mvi import keep


@dataclass(frozen=True)
class Step:
    """A page where it goes on; the first is what is asked now."""

    label: str
    href: str
    is_first: bool = False


@dataclass(frozen=True)
class Steps:
    items: list[Step]
    waits: str  # why it cannot be published yet by this person


def steps(evaluation: Evaluation, by: User) -> Steps:
    place = evaluation_href(evaluation)
    names = enumerate(_names(evaluation, by))
    items = [Step(label, f"{place}{name}/", not index) for index, (label, name) in names]
    is_under_way = evaluation.submitted_on is not None and evaluation.published_on is None
    return Steps(items, publishing.why_not_publish(evaluation, by) if is_under_way else "")


def _names(evaluation: Evaluation, by: User) -> Iterator[tuple[str, str]]:
    """What can be done, with the last word of its address; what is asked first comes first."""
    if evaluation.published_on:
        if not _later(evaluation).exists():
            yield "Maak een correctie", "corrigeren"
        return
    if not publishing.why_not_publish(evaluation, by):
        yield "Publiceer", "publiceren"
    if evaluation.check_sent_on and not evaluation.reacted_on:
        yield "Leg de reactie vast", "reactie"
    if not judging.why_shut(evaluation, by):
        yield "Vul de beoordeling in", "beoordelen"
    yield from _check(evaluation, by)
    yield ("Vervang het document" if evaluation.file else "Voeg een document toe"), "document"


def _check(evaluation: Evaluation, by: User) -> Iterator[tuple[str, str]]:
    """What surrounds the factual check of what was submitted."""
    if evaluation.reacted_on:
        yield "Wijzig de reactie", "reactie"
    elif evaluation.check_sent_on:
        yield "Wijzig de feitencheck", "feitencheck"
    elif evaluation.submitted_on:
        yield "Leg de feitencheck vast", "feitencheck"
        yield ("Neem terug" if evaluation.evaluator_id == by.pk else "Geef terug"), "terugnemen"


def progress(evaluation: Evaluation) -> list[tuple[str, ...]]:
    """What is known of the way it went, for who works on it."""
    told: list[tuple[Any, ...]] = [
        ("Stand vandaag", evaluation.state.label),
        ("Beoordelaar", evaluation.evaluator),
        ("Waarom gekozen", evaluation.chosen_because),
        ("Klaar op", evaluation.due_on),
        ("Begonnen op", evaluation.started_on),
        ("Ingediend op", evaluation.submitted_on),
        *_drafts(evaluation),
        ("Feitencheck verstuurd op", evaluation.check_sent_on),
        ("Reactie gevraagd tot en met", evaluation.check_until),
        ("Reactie ontvangen op", evaluation.reacted_on or _no_reaction(evaluation)),
        ("Gepubliceerd door", evaluation.published_by),
    ]
    return [(label, _words(value), *rest) for label, value, *rest in told if value]


def _drafts(evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    """What was made for the factual check, and what of it went out, each with its file."""
    for row in drafts.drafts_of(evaluation):
        sent = f", verstuurd op {long_date(row.sent_on)}" if row.sent_on else ""
        file = f"{evaluation_href(evaluation)}feitencheck/concept/{row.pk}/"
        yield "Voor de feitencheck", f"{capfirst(row.told)}{sent}: {row}", file


def others(
    evaluation: Evaluation, visible: QuerySet[Evaluation], request: HttpRequest
) -> list[tuple[str, str]]:
    """The other versions of the same evaluation that the reader may see."""
    same = visible.filter(plan=evaluation.plan_id, round=evaluation.round_id).exclude(pk=evaluation.pk)
    return [
        (f"Versie {item.number}{_because(item)}", keep(request, evaluation_href(item)))
        for item in same.order_by("number")
    ]


def _because(item: Evaluation) -> str:
    return f": {item.correction_reason}" if item.correction_reason else ""


def _later(evaluation: Evaluation) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(
        plan=evaluation.plan_id, round=evaluation.round_id, number__gt=evaluation.number
    )


def _no_reaction(evaluation: Evaluation) -> str:
    return "geen reactie" if evaluation.is_check_over(on=timezone.localdate()) else ""


def _words(value: Any) -> str:
    return value.name if isinstance(value, User) else value if isinstance(value, str) else long_date(value)


def document(evaluation: Evaluation) -> File | None:
    """In which it was written down, for who may see scores."""
    if not evaluation.file:
        return None
    size, name = size_of(evaluation.file), evaluation.filename
    return File(name, f"{evaluation_href(evaluation)}bestand/", kind_of(name), size, evaluation.pages)
