"""What a workbook asks: each row with the evaluation that it is about, compared with what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from actionplans.importing.columns import columns, newest
from actionplans.importing.documents import Documents
from actionplans.models import ActionPlan, CriterionKind, Evaluation, EvaluationRound, Rubric
from actionplans.services import bringing
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.workbooks import Column, FileRefused, Record, Rule, Sheet, records
from mvi_portal.core.workbooks.importing import Order

Change = tuple[str, Any, Any]  # the name of a column, what stands there, what comes
_ROUND = Column("ronde", name="round")
_TOLD = 5  # so many criteria in a message
FACTS = ("evaluated_on", "submitted_on", "remark")
ON_CRITERION = {"score": "value", "remark": "remark", "page": "page", "quote": "quote"}  # column, and field


@dataclass
class Entry:
    """One row: whom it is about, what stands there already, and what would change."""

    record: Record
    plan: ActionPlan | None = None
    round: EvaluationRound | None = None
    existing: Evaluation | None = None
    evaluator: User | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return self.record.is_good and self.plan is not None and self.round is not None

    @property
    def is_new(self) -> bool:
        """Nothing was judged yet: not chosen, or chosen and not begun."""
        return self.existing is None or (self.existing.started_on is None and bool(self.changes))

    @property
    def label(self) -> str:
        return self.plan.title if self.plan else str(self.record.values.get("plan") or "")


def rubric_of(sheet: Sheet) -> Rubric:
    """That of the rounds that the rows name: one for the whole file. Raises FileRefused.

    Where no row names one that we know, the newest whose columns these are: then each row tells it itself.
    """
    named = {str(row.values.get("round") or "") for row in records(sheet, [_ROUND]).rows} - {""}
    rounds = EvaluationRound.objects.filter(slug__in=named).select_related("rubric")
    rubrics = {item.rubric_id: item.rubric for item in rounds}
    if not rubrics:
        if (fitting := newest()) is not None and not records(sheet, columns(fitting)).errors:
            return fitting
        told = f" “{min(named)}” is er geen." if named else ""
        raise FileRefused(
            Rule.KNOWN,
            f"Geen enkele rij noemt een ronde die wij kennen.{told} Haal het sjabloon van de ronde op.",
            sheet=sheet.name,
        )
    if len(rubrics) > 1:
        raise FileRefused(
            Rule.FITS,
            "De rijen horen bij rondes met een ander beoordelingskader. Maak een bestand per kader.",
            sheet=sheet.name,
        )
    return next(iter(rubrics.values()))


class Planner:
    """Reads the register once, and then compares row by row."""

    def __init__(self, order: Order, rubric: Rubric, documents: Documents) -> None:
        self.order, self.rubric, self.documents = order, rubric, documents
        self.rounds = {
            item.slug: item for item in EvaluationRound.objects.filter(rubric=rubric).select_related("rubric")
        }
        self.users = {user.email.casefold(): user for user in User.objects.filter(role=Role.EVALUATOR)}
        self.criteria = {item.code: item for item in rubric.criteria.all()}
        self.seen: dict[tuple[str, str], int] = {}

    def plan(self, rows: list[Record]) -> list[Entry]:
        self.plans = ActionPlan.objects.in_bulk(
            {str(row.values.get("plan") or "") for row in rows}, field_name="slug"
        )
        found = Evaluation.objects.filter(round__in=self.rounds.values()).order_by("number")
        found = found.select_related("plan", "evaluator").prefetch_related("scores__criterion")
        self.present = {(item.plan_id, item.round_id): item for item in found}
        return [self._told(place, row, len(rows)) for place, row in enumerate(rows)]

    def _told(self, place: int, record: Record, total: int) -> Entry:
        self.order.compared(place, total, with_what="de evaluaties")
        entry = Entry(record)
        self._find(entry)
        if entry.is_usable:
            self._compare(entry)
        return entry

    def _find(self, entry: Entry) -> None:
        record = entry.record
        slug, within = (str(record.values.get(name) or "") for name in ("plan", "round"))
        entry.plan, entry.round = self.plans.get(slug), self.rounds.get(within)
        if slug and entry.plan is None:
            record.refuse("plan", Rule.KNOWN, f"Er is geen actieplan met de sleutel “{slug}”.")
        if within and entry.round is None:
            record.refuse("round", Rule.KNOWN, f"Er is geen ronde “{within}” met dit beoordelingskader.")
        if entry.plan and entry.round:
            self._once(entry, slug, within)
            entry.existing = self.present.get((entry.plan.pk, entry.round.pk))
        self._evaluator(entry)

    def _once(self, entry: Entry, slug: str, within: str) -> None:
        first = self.seen.setdefault((slug, within), entry.record.row)
        if first != entry.record.row:
            entry.record.refuse("plan", Rule.DOUBLE, f"Dit actieplan staat al in rij {first}.")

    def _evaluator(self, entry: Entry) -> None:
        text = str(entry.record.values.get("evaluator") or "")
        entry.evaluator = self.users.get(text.casefold())
        if text and entry.evaluator is None:
            message = f"Er is geen beoordelaar met het e-mailadres “{text}”."
            entry.record.refuse("evaluator", Rule.KNOWN, message)

    def _compare(self, entry: Entry) -> None:
        """Only what is filled in and differs; then whether that may still change."""
        known = _standing(entry.existing)
        given = {**entry.record.values, "evaluator": entry.evaluator}
        skip = {"plan", "round", "document"}
        for name, value in given.items():
            if name in skip or value in (None, ""):
                continue
            new = int(value) if name.startswith("score:") else value
            if known.get(name) != new:
                entry.changes.append((name, known.get(name), new))
        self._document(entry)
        self._may_change(entry)
        self._complete(entry)

    def _document(self, entry: Entry) -> None:
        """Another than the evaluation has already."""
        name = str(entry.record.values.get("document") or "")
        if not name:
            return
        fingerprint = self.documents.fingerprint(name)
        if fingerprint is None:
            message = f"“{name}” zit niet in de zip met documenten. Stuur de zip mee, of maak deze cel leeg."
            entry.record.refuse("document", Rule.KNOWN, message)
        elif entry.existing is None or entry.existing.sha256 != fingerprint:
            before = entry.existing.filename if entry.existing else ""
            entry.changes.append(("document", before, name))

    def _may_change(self, entry: Entry) -> None:
        """As on the pages; what is refused here, the verb would refuse too."""
        round_ = entry.round
        if round_ is not None and round_.closed_on is not None and entry.changes:
            entry.record.refuse("round", Rule.FITS, "Deze ronde is afgesloten. Open haar eerst weer.")
        if not entry.changes:
            return
        judges = any(name not in bringing.BESIDE for name, _now, _new in entry.changes)
        told = bringing.why_not(entry.existing, judges=judges, evaluator=entry.evaluator, by=self.order.by)
        for column, message in told.items():
            entry.record.refuse(column, Rule.FITS, message)

    def _complete(self, entry: Entry) -> None:
        """What is handed in has an answer to every criterion, and a day on which it was evaluated."""
        handed_in = entry.record.values.get("submitted_on")
        if handed_in is None or not entry.is_usable:
            return
        if left := self._unanswered(entry):
            more = f" en nog {len(left) - _TOLD}" if len(left) > _TOLD else ""
            message = f"Nog niet ingevuld: {', '.join(left[:_TOLD])}{more}. Laat deze cel leeg, of vul aan."
            entry.record.refuse("submitted_on", Rule.FITS, message)

    def _unanswered(self, entry: Entry) -> list[str]:
        """The criteria that would have neither a score nor a remark."""
        known = _standing(entry.existing) | {name: new for name, _now, new in entry.changes}
        return [item.name for item in self.criteria.values() if not _answered(item, known)]


def _answered(criterion: Any, known: dict[str, Any]) -> bool:
    has_score = criterion.kind != CriterionKind.TEXT and known.get(f"score:{criterion.code}") is not None
    return has_score or bool(str(known.get(f"remark:{criterion.code}") or "").strip())


def _standing(existing: Evaluation | None) -> dict[str, Any]:
    """By the name of the column."""
    if existing is None:
        return {}
    known: dict[str, Any] = {name: getattr(existing, name) for name in FACTS}
    known["evaluator"] = existing.evaluator
    for score in existing.scores.all():
        code = score.criterion.code
        known |= {f"{what}:{code}": getattr(score, name) for what, name in ON_CRITERION.items()}
    return known


def details(entry: Entry) -> Iterator[str]:
    """What changes, in words."""
    for name, now, new in entry.changes:
        heading = entry.record.headings.get(name, name)
        yield f"{heading}: {_shown(now)} wordt {_shown(new)}"


def _shown(value: object) -> str:
    return "niets" if value in (None, "") else f"“{value}”"
