"""What differs between two moments of the register, figure by figure, with the rows that came or went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mvi_portal.core.numbers import number
from mvi_portal.core.printing.wording import qualified
from reports.frozen import FrozenFigure
from reports.frozen_register import FrozenRegister
from reports.models import AnnexKind

NOTHING = "niet bevroren"


@dataclass(frozen=True)
class Change:
    """One figure that differs: as it was and as it is, and who came and went by their own keys."""

    key: str
    label: str
    was: str
    now: str
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drift:
    """All that differs; `others` is not of one figure: Dutch sentences."""

    changes: tuple[Change, ...]
    others: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.others)


def drift(old: FrozenRegister, new: FrozenRegister) -> Drift:
    keys = [*new.figures, *(key for key in old.figures if key not in new.figures)]
    pairs = ((old.figures.get(key), new.figures.get(key)) for key in keys)
    changes = tuple(_change(was, now) for was, now in pairs if _plain(was) != _plain(now))
    return Drift(changes, tuple(_others(old, new)))


def _plain(figure: FrozenFigure | None) -> object:
    """A series follows from the rows, and from what charts ask for."""
    return figure and (
        *(figure.value, figure.previous, figure.population, figure.rows),
        *(figure.label, figure.definition, figure.qualifier, figure.note),
    )


def _change(was: FrozenFigure | None, now: FrozenFigure | None) -> Change:
    figure = now or was
    assert figure is not None  # noqa: S101 - one of the two is there
    before, after = set(was.rows if was else ()), set(now.rows if now else ())
    return Change(
        key=figure.key,
        label=figure.label,
        was=qualified(was, was.value) if was else NOTHING,
        now=qualified(now, now.value) if now else NOTHING,
        came=tuple(sorted(after - before)),
        went=tuple(sorted(before - after)),
        notes=tuple(_notes(was, now)) if was and now else (),
    )


def _notes(was: FrozenFigure, now: FrozenFigure) -> Iterator[str]:
    if was.definition != now.definition:
        yield f"De definitie is veranderd. Zij was: {was.definition}"
    if was.previous != now.previous:
        yield f"De waarde bij de vorige brief was {_number(was.previous)} en is nu {_number(now.previous)}."
    if was.population != now.population:
        yield f"Het geheel was {_number(was.population)} en is nu {_number(now.population)}."
    if was.note != now.note:
        yield f"Over de volledigheid staat er nu: {now.note or 'niets; het cijfer is volledig'}"


def _number(value: int | None) -> str:
    return "niet bekend" if value is None else number(value)


def _others(old: FrozenRegister, new: FrozenRegister) -> Iterator[str]:
    if (old.reference_date, old.since) != (new.reference_date, new.since):
        yield "De peildatum of de datum van de vorige brief is veranderd."
    if old.parties != new.parties:
        yield "Afzender, medeafzenders, geadresseerde of hun namen en adressen zijn veranderd."
    for kind in (AnnexKind.SIGNATORIES, AnnexKind.PLANS, AnnexKind.BUYER_GROUPS):
        if old.tables.get(kind) != new.tables.get(kind):
            yield f"De bijlage met de {kind.label} wordt anders."
    for name in sorted(old.parts.keys() | new.parts.keys()):
        if old.parts.get(name) != new.parts.get(name):
            yield f"Gegevens voor een ander document van het pakket zijn veranderd ({name})."
